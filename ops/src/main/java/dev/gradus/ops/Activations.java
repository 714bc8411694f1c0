package dev.gradus.ops;

import static dev.gradus.scalar.Expressions.abs;
import static dev.gradus.scalar.Expressions.constant;
import static dev.gradus.scalar.Expressions.exp;
import static dev.gradus.scalar.Expressions.expm1;
import static dev.gradus.scalar.Expressions.greater;
import static dev.gradus.scalar.Expressions.greaterEqual;
import static dev.gradus.scalar.Expressions.log1p;
import static dev.gradus.scalar.Expressions.maskedMultiply;
import static dev.gradus.scalar.Expressions.maximum;
import static dev.gradus.scalar.Expressions.minimum;
import static dev.gradus.scalar.Expressions.select;
import static dev.gradus.scalar.Expressions.sign;

import dev.gradus.GradusException;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Typing;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.scalar.Expression;
import dev.gradus.scalar.KernelFunction;
import java.util.List;
import org.apache.commons.numbers.gamma.Erfc;

/// What neurons apply to their weighted sum, element by element.
final class Activations {
  private Activations() {}

  /// `y(1 - y)` loses digits where y is near 1, so the derivative that runs is σ(x) σ(-x).
  static final DefinedFunction SIGMOID_FUNCTION =
      DefinedFunction.of("sigmoid", x -> constant(1).dividedBy(exp(x.negated()).plus(1)))
          .withDerivative(x -> sigmoid(x).times(sigmoid(x.negated())))
          .withIdentity("y (1 - y)");

  /// log(1 + eˣ) without overflow.
  static final DefinedFunction SOFTPLUS_FUNCTION =
      DefinedFunction.of("softplus", x -> maximum(x, constant(0)).plus(log1p(exp(abs(x).negated()))))
          .withDerivative(Activations::sigmoid);

  /// The distribution function Φ of the standard normal distribution; through erfc, so that the far left tail keeps
  /// its digits.
  static final KernelFunction NORMAL_CDF =
      KernelFunction.of(
          "ndtr",
          x -> 0.5 * Erfc.value(-x * Math.sqrt(0.5)),
          x -> exp(x.times(x).times(-0.5)).times(1 / Math.sqrt(2 * Math.PI)));

  static final Entry SIGMOID =
      Entry.elementwise("sigmoid", SIGMOID_FUNCTION, Typing.Rule.FLOATING)
          .doc("the logistic function, between 0 and 1")
          .build();

  static final Entry LOG_SIGMOID =
      Entry.elementwise(
              "log_sigmoid",
              DefinedFunction.of(
                      "log_sigmoid", x -> minimum(x, constant(0)).minus(log1p(exp(abs(x).negated()))))
                  .withDerivative(x -> sigmoid(x.negated())),
              Typing.Rule.FLOATING)
          .doc("log(sigmoid(x)), exact for very negative x")
          .build();

  static final Entry RELU =
      Entry.elementwise(
              "relu",
              DefinedFunction.of("relu", x -> maximum(x, constant(0)))
                  .withDerivative(x -> sign(maximum(x, constant(0)))),
              Typing.Rule.NUMERIC)
          .doc("the rectifier: x where positive, else 0")
          .convention("the derivative at the kink 0 is 0; NaN stays NaN")
          .build();

  static final Entry LEAKY_RELU =
      Entry.op("leaky_relu", List.of("x"), (x, a) -> leakyRelu(x.getFirst(), a.number("negative_slope")))
          .attribute("negative_slope", 0.01)
          .doc("x where positive, else a small multiple of x")
          .formula("x > 0 ? x : negative_slope * x")
          .derivatives("g * (x > 0 ? 1 : negative_slope)")
          .convention("the derivative at the kink 0 is the slope")
          .build();

  static final Entry ELU =
      Entry.op("elu", List.of("x"), (x, a) -> elu(x.getFirst(), a.number("alpha")))
          .attribute("alpha", 1.0)
          .doc("x where positive, else alpha (exp(x) - 1)")
          .formula("x > 0 ? x : alpha * expm1(x)")
          .derivatives("g * (x > 0 ? 1 : alpha * exp(x))")
          .convention("the derivative at 0 is alpha")
          .build();

  static final Entry SOFTPLUS =
      Entry.elementwise("softplus", SOFTPLUS_FUNCTION, Typing.Rule.FLOATING)
          .doc("log(1 + exp(x)), a smooth rectifier")
          .build();

  static final Entry SILU =
      Entry.elementwise(
              "silu",
              DefinedFunction.of("silu", x -> maskedMultiply(x, sigmoid(x)))
                  .withDerivative(
                      x ->
                          maskedMultiply(
                              sigmoid(x), maskedMultiply(x, sigmoid(x.negated())).plus(1))),
              Typing.Rule.FLOATING)
          .doc("x sigmoid(x), also called swish")
          .convention("0 at -infinity")
          .build();

  static final Entry GELU =
      Entry.op("gelu", List.of("x"), (x, a) -> gelu(x.getFirst(), a.text("approximate")))
          .attribute("approximate", "none")
          .doc("x times the normal distribution function of x; approximate is none or tanh")
          .formula("x * ndtr(x)")
          .derivatives("g * (ndtr(x) + x * exp(-x^2 / 2) / sqrt(2 pi))")
          .build();

  static final Entry HEAVISIDE =
      Entry.elementwise(
              "heaviside",
              DefinedFunction.of("heaviside", x -> select(greaterEqual(x, constant(0)), constant(1), constant(0))),
              Typing.Rule.FLOATING)
          .doc("the threshold τ(x) of the perceptron: 1 where x >= 0, else 0")
          .convention("the derivative is 0 everywhere, the jump included")
          .build();

  static final List<Entry> ENTRIES =
      List.of(SIGMOID, LOG_SIGMOID, RELU, LEAKY_RELU, ELU, SOFTPLUS, SILU, GELU, HEAVISIDE);

  static Expression sigmoid(Expression x) {
    return SIGMOID_FUNCTION.of(x);
  }

  private static Node apply(String name, DefinedFunction function, Node x) {
    return Elementwise.of(name, function, Typing.Rule.FLOATING).of(x);
  }

  static Node leakyRelu(Node x, double slope) {
    return apply(
        "leaky_relu", DefinedFunction.of("leaky_relu", v -> select(greater(v, constant(0)), v, v.times(slope))), x);
  }

  static Node elu(Node x, double alpha) {
    return apply(
        "elu", DefinedFunction.of("elu", v -> select(greater(v, constant(0)), v, expm1(v).times(alpha))), x);
  }

  /// Hendrycks and Gimpel (2016). The tanh form is written with σ(2u) = (1 + tanh u) / 2, which keeps its digits for
  /// negative x.
  static Node gelu(Node x, String approximate) {
    DefinedFunction function =
        switch (approximate) {
          case "none" -> DefinedFunction.of("gelu", v -> maskedMultiply(v, NORMAL_CDF.of(v)));
          case "tanh" ->
              DefinedFunction.of(
                  "gelu",
                  v ->
                      maskedMultiply(
                          v,
                          sigmoid(
                              v.plus(v.times(v).times(v).times(0.044715)).times(2 * Math.sqrt(2 / Math.PI)))));
          default -> throw new GradusException("gelu", "approximate must be none or tanh", approximate, "choose one");
        };
    return apply("gelu", function, x);
  }
}
