package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.op;
import static dev.gradus.scalar.Expressions.abs;
import static dev.gradus.scalar.Expressions.constant;
import static dev.gradus.scalar.Expressions.lessEqual;
import static dev.gradus.scalar.Expressions.log;
import static dev.gradus.scalar.Expressions.log1p;
import static dev.gradus.scalar.Expressions.maskedMultiply;
import static dev.gradus.scalar.Expressions.select;
import static dev.gradus.scalar.Expressions.sign;

import dev.gradus.GradusException;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Typing;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.scalar.Expression;
import java.util.List;

/// How far predictions are from targets.
final class Losses {
  private Losses() {}

  private static final List<String> PREDICTION = List.of("x", "target");

  private static final DefinedFunction SQUARED =
      DefinedFunction.of("mse_loss", (x, y) -> Arithmetics.SQUARE_FUNCTION.of(x.minus(y)));

  private static final DefinedFunction ABSOLUTE = DefinedFunction.of("l1_loss", (x, y) -> abs(x.minus(y)));

  /// Over x, y and delta.
  private static final DefinedFunction HUBER_FUNCTION = huber();

  private static final DefinedFunction PROBABILITY =
      DefinedFunction.of(
              "binary_cross_entropy",
              (x, y) -> maskedMultiply(y, log(x)).plus(maskedMultiply(constant(1).minus(y), log1p(x.negated()))).negated())
          .withDerivatives(
              (x, y) ->
                  maskedMultiply(constant(1).minus(y), constant(1).dividedBy(constant(1).minus(x)))
                      .minus(maskedMultiply(y, constant(1).dividedBy(x))),
              (x, y) -> log1p(x.negated()).minus(log(x)));

  /// Its derivative by x is σ(x) - y, without cancellation in the tails.
  private static final DefinedFunction LOGIT =
      DefinedFunction.of(
              "binary_cross_entropy_with_logits",
              (x, y) -> Activations.SOFTPLUS_FUNCTION.of(x).minus(maskedMultiply(x, y)))
          .withDerivatives((x, y) -> Activations.sigmoid(x).minus(y), (x, y) -> x.negated());

  static final Entry MSE =
      pointwise(SQUARED).aliases("mse").doc("squared differences: their mean, their sum, or each (none)").build();

  static final Entry MAE =
      pointwise(ABSOLUTE)
          .aliases("mae")
          .doc("absolute differences: their mean, their sum, or each (none)")
          .convention("the derivative where both are equal is 0")
          .build();

  static final Entry HUBER =
      op(
              "huber_loss",
              PREDICTION,
              (x, a) -> huber(x.get(0), x.get(1), a.number("delta"), reduction("huber_loss", a)))
          .aliases("huber")
          .attribute("delta", 1.0)
          .scalar(HUBER_FUNCTION)
          .attribute("reduction", "mean")
          .doc("squared for small differences, linear for large ones")
          .domain("delta > 0")
          .build();

  static final Entry BINARY_CROSS_ENTROPY =
      pointwise(PROBABILITY)
          .doc("the surprise at 0/1 targets, given probabilities x")
          .domain("0 <= x <= 1")
          .convention("0 log 0 = 0; a certain and wrong prediction costs infinity")
          .build();

  static final Entry BINARY_CROSS_ENTROPY_WITH_LOGITS =
      pointwise(LOGIT)
          .doc("the surprise at 0/1 targets, given logits: binary_cross_entropy of sigmoid(x)")
          .convention("no overflow, and no lost digits, for large logits")
          .build();

  static final Entry CROSS_ENTROPY =
      op(
              "cross_entropy",
              List.of("logits", "target"),
              (x, a) ->
                  crossEntropy(
                      x.get(0),
                      x.get(1),
                      a.number("label_smoothing"),
                      a.integer("ignore_index"),
                      reduction("cross_entropy", a)))
          .indices(1)
          .attribute("label_smoothing", 0.0)
          .attribute("ignore_index", -100)
          .attribute("reduction", "mean")
          .doc("the surprise at the target classes (or probabilities), given logits N x C or N x C x d")
          .formula("-sum(onehot(target) * log_softmax(logits))")
          .derivatives(
              "to logits: g * (softmax(logits) - onehot(target))", "to target, if probabilities: g * -log_softmax(logits)")
          .convention("targets equal to ignore_index count nothing; no overflow")
          .build();

  static final Entry NLL =
      op(
              "nll_loss",
              List.of("log_probabilities", "target"),
              (x, a) -> nll(x.get(0), x.get(1), a.integer("ignore_index"), reduction("nll_loss", a)))
          .aliases("nll")
          .indices(1)
          .attribute("ignore_index", -100)
          .attribute("reduction", "mean")
          .doc("the negative log-likelihood of target classes, given log-probabilities N x C or N x C x d")
          .formula("-log_probabilities[n, target[n]]")
          .derivatives("to log_probabilities: -g at the targets, 0 elsewhere")
          .convention("targets equal to ignore_index count nothing")
          .build();

  static final List<Entry> ENTRIES =
      List.of(MSE, MAE, HUBER, BINARY_CROSS_ENTROPY, BINARY_CROSS_ENTROPY_WITH_LOGITS, CROSS_ENTROPY, NLL);

  private static Reduction reduction(String op, Attributes attributes) {
    return Reduction.of(op, attributes.text("reduction"));
  }

  private static EntryBuilder pointwise(DefinedFunction each) {
    return op(
            each.label(), PREDICTION, (x, a) -> pointwise(each, x.get(0), x.get(1), reduction(each.label(), a)))
        .scalar(each)
        .attribute("reduction", "mean");
  }

  private static Node pointwise(DefinedFunction each, Node x, Node target, Reduction reduction) {
    return new Pointwise(Elementwise.of(each.label(), each, Typing.Rule.FLOATING), reduction).of(x, target);
  }

  static Node mse(Node x, Node target, Reduction reduction) {
    return pointwise(SQUARED, x, target, reduction);
  }

  static Node mae(Node x, Node target, Reduction reduction) {
    return pointwise(ABSOLUTE, x, target, reduction);
  }

  static Node binaryCrossEntropy(Node x, Node target, Reduction reduction) {
    return pointwise(PROBABILITY, x, target, reduction);
  }

  static Node binaryCrossEntropyWithLogits(Node x, Node target, Reduction reduction) {
    return pointwise(LOGIT, x, target, reduction);
  }

  private static DefinedFunction huber() {
    Expression difference = Expression.variable(0).minus(Expression.variable(1));
    Expression delta = Expression.variable(2);
    Expression small = lessEqual(abs(difference), delta);
    Expression value =
        select(
            small,
            Arithmetics.SQUARE_FUNCTION.of(difference).times(0.5),
            delta.times(abs(difference).minus(delta.times(0.5))));
    Expression slope = select(small, difference, delta.times(sign(difference)));
    Expression byDelta = select(small, constant(0), abs(difference).minus(delta));
    return DefinedFunction.of("huber_loss", value)
        .withDerivatives(List.of(slope::substitute, x -> slope.substitute(x).negated(), byDelta::substitute));
  }

  static Node huber(Node x, Node target, double delta, Reduction reduction) {
    if (!(delta > 0)) {
      throw new GradusException("huber_loss", "delta must be positive", delta, "1 is usual");
    }
    Expression each = HUBER_FUNCTION.of(Expression.variable(0), Expression.variable(1), constant(delta));
    return new Pointwise(new Elementwise("huber_loss", each, Typing.Rule.FLOATING), reduction).of(x, target);
  }

  static Node crossEntropy(Node logits, Node target, double smoothing, int ignored, Reduction reduction) {
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new GradusException("cross_entropy", "label_smoothing must lie in [0, 1]", smoothing, "0.1 is usual");
    }
    return new CrossEntropy(true, smoothing, ignored, reduction).of(logits, target);
  }

  static Node nll(Node logProbabilities, Node target, int ignored, Reduction reduction) {
    return new CrossEntropy(false, 0, ignored, reduction).of(logProbabilities, target);
  }
}
