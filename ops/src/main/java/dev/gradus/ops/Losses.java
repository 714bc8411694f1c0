package dev.gradus.ops;

import static dev.gradus.scalar.Expressions.abs;
import static dev.gradus.scalar.Expressions.constant;
import static dev.gradus.scalar.Expressions.lessEqual;
import static dev.gradus.scalar.Expressions.log;
import static dev.gradus.scalar.Expressions.log1p;
import static dev.gradus.scalar.Expressions.maskedMultiply;
import static dev.gradus.scalar.Expressions.select;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.Typing;
import dev.gradus.graph.View;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How far predictions are from targets.
final class Losses {
  private Losses() {}

  private static final DefinedFunction SQUARED =
      DefinedFunction.of("squared_error", (x, y) -> x.minus(y).times(x.minus(y)));

  private static final DefinedFunction ABSOLUTE = DefinedFunction.of("absolute_error", (x, y) -> abs(x.minus(y)));

  private static final DefinedFunction PROBABILITY =
      DefinedFunction.of(
          "binary_cross_entropy",
          (x, y) ->
              maskedMultiply(y, log(x)).plus(maskedMultiply(constant(1).minus(y), log1p(x.negated()))).negated());

  /// softplus(x) - x y; its derivative by x is σ(x) - y, without cancellation in the tails.
  private static final DefinedFunction LOGIT =
      DefinedFunction.of(
          "binary_cross_entropy_with_logits",
          (x, y) -> Activations.SOFTPLUS_FUNCTION.of(x).minus(maskedMultiply(x, y)));

  static final Entry MSE =
      pointwise("mse_loss", "the mean of squared differences", "(x - target)^2")
          .derivatives("to x: g * 2 (x - target)", "to target: the opposite")
          .build();

  static final Entry MAE =
      pointwise("l1_loss", "the mean of absolute differences", "|x - target|")
          .derivatives("to x: g * sign(x - target)", "to target: the opposite")
          .convention("the derivative where both are equal is 0")
          .build();

  static final Entry HUBER =
      Entry.op(
              "huber_loss",
              List.of("x", "target"),
              (x, a) -> huber(x.get(0), x.get(1), a.number("delta"), reduction("huber_loss", a)))
          .attribute("delta", 1.0)
          .attribute("reduction", "mean")
          .doc("squared for small differences, linear for large ones")
          .formula("|d| <= delta ? d^2 / 2 : delta (|d| - delta / 2), d = x - target")
          .derivatives("to x: g * clip(d, -delta, delta)", "to target: the opposite")
          .build();

  static final Entry BINARY_CROSS_ENTROPY =
      pointwise(
              "binary_cross_entropy",
              "the surprise at 0/1 targets, given probabilities x",
              "-(target log(x) + (1 - target) log(1 - x))")
          .derivatives("to x: g * (x - target) / (x (1 - x))")
          .domain("0 <= x <= 1")
          .convention("0 log 0 = 0; a certain and wrong prediction costs infinity")
          .build();

  static final Entry BINARY_CROSS_ENTROPY_WITH_LOGITS =
      pointwise(
              "binary_cross_entropy_with_logits",
              "the same for probabilities sigmoid(x), exact and without overflow",
              "softplus(x) - x target")
          .derivatives("to x: g * (sigmoid(x) - target)")
          .build();

  static final Entry CROSS_ENTROPY =
      Entry.op(
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
          .doc("the surprise at the target classes (or probabilities), given logits N x C or N x C x ...")
          .formula("-sum(onehot(target) * log_softmax(logits))")
          .derivatives("to logits: g * (softmax(logits) - onehot(target))")
          .convention("targets equal to ignore_index count nothing; no overflow")
          .build();

  static final Entry NLL =
      Entry.op(
              "nll_loss",
              List.of("log_probabilities", "target"),
              (x, a) -> nll(x.get(0), x.get(1), a.integer("ignore_index"), reduction("nll_loss", a)))
          .indices(1)
          .attribute("ignore_index", -100)
          .attribute("reduction", "mean")
          .doc("the negative log-likelihood of target classes, given log-probabilities N x C or N x C x ...")
          .formula("-log_probabilities[n, target[n]]")
          .derivatives("to log_probabilities: -g at the targets, 0 elsewhere")
          .convention("targets equal to ignore_index count nothing")
          .build();

  static final List<Entry> ENTRIES =
      List.of(MSE, MAE, HUBER, BINARY_CROSS_ENTROPY, BINARY_CROSS_ENTROPY_WITH_LOGITS, CROSS_ENTROPY, NLL);

  private static Reduction reduction(String op, Attributes attributes) {
    return Reduction.of(op, attributes.text("reduction"));
  }

  private static Entry.Builder pointwise(String name, String doc, String formula) {
    return Entry.op(
            name, List.of("x", "target"), (x, a) -> pointwise(name, x.get(0), x.get(1), reduction(name, a)))
        .attribute("reduction", "mean")
        .doc(doc)
        .formula(formula);
  }

  static Node pointwise(String name, Node x, Node target, Reduction reduction) {
    return new Pointwise(name, 0, reduction).of(x, target);
  }

  static Node huber(Node x, Node target, double delta, Reduction reduction) {
    if (!(delta > 0)) {
      throw new GradusException("huber_loss", "delta must be positive", delta, "1 is usual");
    }
    return new Pointwise("huber_loss", delta, reduction).of(x, target);
  }

  static Node crossEntropy(Node logits, Node target, double smoothing, int ignored, Reduction reduction) {
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new GradusException("cross_entropy", "label_smoothing must lie in [0, 1]", smoothing, "0.1 is usual");
    }
    return new CrossEntropy("cross_entropy", true, smoothing, ignored, reduction).of(logits, target);
  }

  static Node nll(Node logProbabilities, Node target, int ignored, Reduction reduction) {
    return new CrossEntropy("nll_loss", false, 0, ignored, reduction).of(logProbabilities, target);
  }

  private static Node sum(Node x) {
    return Reduce.all(Reduce.Kind.SUM, x.shape().rank()).of(x);
  }

  /// A loss of one prediction and one target at each element.
  ///
  /// @param delta where `huber_loss` turns linear; the others ignore it
  record Pointwise(String name, double delta, Reduction reduction) implements Composite {
    private DefinedFunction function() {
      return switch (name) {
        case "mse_loss" -> SQUARED;
        case "l1_loss" -> ABSOLUTE;
        case "huber_loss" ->
            DefinedFunction.of(
                "huber",
                (x, y) ->
                    select(
                        lessEqual(abs(x.minus(y)), constant(delta)),
                        x.minus(y).times(x.minus(y)).times(0.5),
                        abs(x.minus(y)).minus(0.5 * delta).times(delta)));
        case "binary_cross_entropy" -> PROBABILITY;
        default -> LOGIT;
      };
    }

    @Override
    public List<Node> expand(List<Node> x) {
      TensorType prediction = x.get(0).type();
      TensorType target = x.get(1).type();
      if (!prediction.equals(target)) {
        throw new GradusException(
            name, "prediction and target must have one shape and dtype", prediction + " and " + target, "reshape or cast one");
      }
      Node each = Elementwise.of(name, function(), Typing.Rule.FLOATING).of(x.get(0), x.get(1));
      return List.of(
          switch (reduction) {
            case NONE -> each;
            case SUM -> sum(each);
            case MEAN -> sum(each).dividedBy(each.shape().size());
          });
    }
  }

  /// The cross-entropy of classes on axis 1 (axis 0 of a vector), from logits or log-probabilities.
  ///
  /// @param fromLogits whether to take the log-softmax first
  record CrossEntropy(String name, boolean fromLogits, double smoothing, int ignored, Reduction reduction)
      implements Composite {
    @Override
    public List<Node> expand(List<Node> x) {
      Node scores = x.get(0);
      Node target = x.get(1);
      if (scores.shape().rank() == 0 || !scores.dtype().isFloating()) {
        throw new GradusException(
            name, "predictions must be floating-point, with classes on axis 1", scores.type(), "give N x C numbers");
      }
      int axis = scores.shape().rank() == 1 ? 0 : 1;
      int classes = scores.shape().dim(axis);
      Node logs = fromLogits ? Reductions.logSoftmax(scores, axis) : scores;
      if (fromLogits && target.type().equals(scores.type())) {
        return List.of(reduce(weighed(logs, target, axis, classes), null));
      }
      Shape expected = without(scores.shape(), axis);
      if (!target.dtype().isInteger() || !target.shape().equals(expected)) {
        throw new GradusException(
            name, "targets must be integer classes of shape " + expected, target.type(), "cast or reshape them");
      }
      Node hot = new Indexing.OneHot(classes, ignored, DType.BOOL).of(target);
      Node chosen = View.permute(hot, classesAt(axis, hot.shape().rank()));
      Node zero = Constant.scalar(logs.dtype(), 0);
      Node picked = Arithmetics.WHERE.of(chosen, logs, zero);
      Node each = new Reduce(Reduce.Kind.SUM, List.of(axis), false).of(picked).negated();
      Node counts = new Cast(logs.dtype()).of(
          Comparisons.NOT_EQUAL.of(target, Constant.scalar(target.dtype(), ignored)));
      if (smoothing > 0) {
        Node spread = new Reduce(Reduce.Kind.SUM, List.of(axis), false).of(logs).times(-smoothing / classes);
        each = each.times(1 - smoothing).plus(Elementwise.product(counts, spread));
      }
      return List.of(reduce(each, counts));
    }

    private Node weighed(Node logs, Node target, int axis, int classes) {
      Node weights = smoothing == 0 ? target : target.times(1 - smoothing).plus(smoothing / classes);
      return new Reduce(Reduce.Kind.SUM, List.of(axis), false).of(Elementwise.product(weights, logs)).negated();
    }

    private Node reduce(Node each, @Nullable Node counts) {
      return switch (reduction) {
        case NONE -> each;
        case SUM -> sum(each);
        case MEAN -> counts == null ? sum(each).dividedBy(each.shape().size()) : sum(each).dividedBy(sum(counts));
      };
    }

    private static Shape without(Shape shape, int axis) {
      return Shape.of(IntStream.range(0, shape.rank()).filter(i -> i != axis).map(shape::dim).toArray());
    }

    /// The permutation that brings the last axis to place `axis`.
    private static int[] classesAt(int axis, int rank) {
      return IntStream.range(0, rank).map(i -> i < axis ? i : i == axis ? rank - 1 : i - 1).toArray();
    }

    @Override
    public String rule(Apply out, int slot) {
      return slot == 1 ? "none: a class" : fromLogits ? "g * (softmax(x) - onehot(target)) / n" : "-g / n at the targets";
    }
  }
}
