package dev.gradus.ops;

import static dev.gradus.ops.Arithmetics.SQUARE_FUNCTION;
import static dev.gradus.ops.EntryBuilder.elementwise;
import static dev.gradus.ops.EntryBuilder.op;
import static dev.gradus.ops.EntryBuilder.withSettings;
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
import static dev.gradus.scalar.Expressions.tanh;

import com.google.common.collect.ImmutableMap;
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
      DefinedFunction.of("sigmoid", x -> constant(1).dividedBy(constant(1).plus(exp(x.negated()))))
          .withDerivative(x -> sigmoid(x).times(sigmoid(x.negated())))
          .withIdentity(y -> y.times(constant(1).minus(y)));

  /// log(1 + eˣ) without overflow.
  static final DefinedFunction SOFTPLUS_FUNCTION =
      DefinedFunction.of("softplus", x -> maximum(x, constant(0)).plus(log1p(exp(abs(x).negated()))))
          .withDerivative(Activations::sigmoid);

  private static final DefinedFunction LOG_SIGMOID_FUNCTION =
      DefinedFunction.of("log_sigmoid", x -> minimum(x, constant(0)).minus(log1p(exp(abs(x).negated()))))
          .withDerivative(x -> sigmoid(x.negated()));

  private static final DefinedFunction RELU_FUNCTION =
      DefinedFunction.of("relu", x -> maximum(x, constant(0)))
          .withDerivative(x -> sign(maximum(x, constant(0))))
          .withIdentity(y -> greater(y, constant(0)));

  private static final DefinedFunction SILU_FUNCTION =
      DefinedFunction.of("silu", x -> maskedMultiply(x, sigmoid(x)))
          .withDerivative(x -> maskedMultiply(sigmoid(x), maskedMultiply(x, sigmoid(x.negated())).plus(1)));

  /// The distribution function Φ of the standard normal distribution; through erfc, so that the far left tail keeps
  /// its digits. Its twin in JavaScript sums the series of erf near 0 and else Laplace's continued fraction of erfc (Abramowitz and
  /// Stegun, *Handbook of Mathematical Functions*, 7.1.6 and 7.1.14); e^(−z²) in two factors, of which the first has an exact exponent.
  static final KernelFunction NORMAL_CDF =
      KernelFunction.of(
          "ndtr",
          x -> 0.5 * Erfc.value(-x * Math.sqrt(0.5)),
          x -> exp(x.times(x).times(-0.5)).times(1 / Math.sqrt(2 * Math.PI)))
          .withSinglePrecision(Activations::normalCdf)
          .withJavaScript(
              """
              x => {
                const z = Math.abs(x) * Math.SQRT1_2, high = Math.fround(z);
                if (z > 40) return x < 0 ? 0 : 1;
                const bell = Math.exp(-high * high) * Math.exp((high - z) * (high + z)) / Math.sqrt(Math.PI);
                if (z < 1.5) {
                  let term = x * Math.SQRT1_2, sum = term;
                  for (let n = 3; n < 60; n += 2) sum += term *= 2 * z * z / n;
                  return 0.5 + bell * sum;
                }
                let fraction = 0;
                for (let n = 80; n > 0; n--) fraction = n / 2 / (z + fraction);
                const tail = 0.5 * bell / (z + fraction);
                return x < 0 ? tail : 1 - tail;
              }""");

  /// Φ for f32: ½ erfc(−x/√2) with erfc(z) = t·e^(−z² + p(t)), t = 1/(1 + z/2), for z ≥ 0, of relative error 1.2e-7; the
  /// polynomial is that of Press, Teukolsky, Vetterling and Flannery, *Numerical Recipes in C*, 1992, 6.2 (erfcc).
  private static Expression normalCdf(Expression x) {
    Expression z = abs(x).times(Math.sqrt(0.5));
    Expression t = constant(1).dividedBy(z.times(0.5).plus(1));
    Expression p = constant(0.17087277);
    for (double c : new double[] {-0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368}) {
      p = p.times(t).plus(c);
    }
    Expression tail = t.times(exp(p.times(t).minus(1.26551223).minus(z.times(z)))).times(0.5);
    return select(greater(constant(0), x), tail, constant(1).minus(tail));
  }

  /// Hendrycks and Gimpel (2016).
  private static final DefinedFunction GELU_FUNCTION =
      DefinedFunction.of("gelu", x -> maskedMultiply(x, NORMAL_CDF.of(x)));

  /// Written with σ(2u) = (1 + tanh u) / 2, which keeps its digits for negative x.
  private static final DefinedFunction GELU_TANH_FUNCTION =
      DefinedFunction.of(
          "gelu_tanh",
          x ->
              maskedMultiply(
                  x, sigmoid(x.plus(x.times(x).times(x).times(0.044715)).times(2 * Math.sqrt(2 / Math.PI)))));

  static final Entry SIGMOID =
      elementwise("sigmoid", SIGMOID_FUNCTION, Typing.Rule.FLOATING)
          .doc("the logistic function, between 0 and 1")
          .convention("the derivative keeps its digits where the value saturates")
          .build();

  static final Entry LOG_SIGMOID =
      elementwise("log_sigmoid", LOG_SIGMOID_FUNCTION, Typing.Rule.FLOATING)
          .doc("log(sigmoid(x)), exact for very negative x")
          .convention("no overflow: x for very negative x")
          .build();

  static final Entry RELU =
      elementwise("relu", RELU_FUNCTION, Typing.Rule.NUMERIC)
          .doc("the rectifier: x where positive, else 0")
          .convention("the derivative at the kink 0 is 0; NaN stays NaN")
          .build();

  static final Entry LEAKY_RELU =
      withSettings(
              "leaky_relu",
              DefinedFunction.of("leaky_relu", (x, slope) -> select(greater(x, constant(0)), x, slope.times(x))),
              Typing.Rule.FLOATING,
              ImmutableMap.of("negative_slope", 0.01))
          .doc("x where positive, else a small multiple of x")
          .convention("the derivative at the kink 0 is the slope")
          .build();

  static final Entry ELU =
      withSettings(
              "elu",
              DefinedFunction.of("elu", (x, alpha) -> select(greater(x, constant(0)), x, alpha.times(expm1(x)))),
              Typing.Rule.FLOATING,
              ImmutableMap.of("alpha", 1.0))
          .doc("x where positive, else alpha (exp(x) - 1)")
          .convention("the derivative at 0 is alpha")
          .build();

  static final Entry SOFTPLUS =
      elementwise("softplus", SOFTPLUS_FUNCTION, Typing.Rule.FLOATING)
          .doc("log(1 + exp(x)), a smooth rectifier")
          .convention("no overflow: x for large x")
          .build();

  static final Entry SOFTSIGN =
      elementwise(
              "softsign",
              DefinedFunction.of("softsign", x -> x.dividedBy(abs(x).plus(1)))
                  .withDerivative(x -> constant(1).dividedBy(SQUARE_FUNCTION.of(abs(x).plus(1)))),
              Typing.Rule.FLOATING)
          .doc("x / (1 + |x|), between -1 and 1")
          .build();

  static final Entry SILU =
      elementwise("silu", SILU_FUNCTION, Typing.Rule.FLOATING)
          .aliases("swish")
          .doc("x sigmoid(x), also called swish")
          .convention("0 at -infinity")
          .build();

  static final Entry MISH =
      elementwise(
              "mish",
              DefinedFunction.of("mish", x -> maskedMultiply(x, tanh(SOFTPLUS_FUNCTION.of(x)))),
              Typing.Rule.FLOATING)
          .doc("x tanh(softplus(x))")
          .convention("0 at -infinity")
          .build();

  static final Entry GELU =
      op("gelu", List.of("x"), (x, a) -> gelu(x.getFirst(), a.text("approximate")))
          .attribute("approximate", "none")
          .scalar(GELU_FUNCTION)
          .doc("x times the normal distribution function of x; approximate is none or tanh")
          .convention("0 at -infinity")
          .build();

  static final Entry HEAVISIDE =
      elementwise(
              "heaviside",
              DefinedFunction.of("heaviside", x -> select(greaterEqual(x, constant(0)), constant(1), constant(0))),
              Typing.Rule.FLOATING)
          .aliases("tau", "τ")
          .doc("the threshold τ(x) of the perceptron: 1 where x >= 0, else 0")
          .convention("the derivative is 0 everywhere, the jump included")
          .build();

  static final List<Entry> ENTRIES =
      List.of(SIGMOID, LOG_SIGMOID, RELU, LEAKY_RELU, ELU, SOFTPLUS, SOFTSIGN, SILU, MISH, GELU, HEAVISIDE);

  static Expression sigmoid(Expression x) {
    return SIGMOID_FUNCTION.of(x);
  }

  static Node gelu(Node x, String approximate) {
    DefinedFunction function =
        switch (approximate) {
          case "none" -> GELU_FUNCTION;
          case "tanh" -> GELU_TANH_FUNCTION;
          default -> throw new GradusException("gelu", "approximate must be none or tanh", approximate, "choose one");
        };
    return Elementwise.of("gelu", function, Typing.Rule.FLOATING).of(x);
  }
}
