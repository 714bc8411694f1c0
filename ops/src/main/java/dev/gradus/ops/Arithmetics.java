package dev.gradus.ops;

import static dev.gradus.scalar.Expressions.constant;
import static dev.gradus.scalar.Expressions.greater;
import static dev.gradus.scalar.Expressions.greaterEqual;
import static dev.gradus.scalar.Expressions.less;
import static dev.gradus.scalar.Expressions.lessEqual;
import static dev.gradus.scalar.Expressions.and;
import static dev.gradus.scalar.Expressions.select;
import static dev.gradus.scalar.Expressions.sqrt;

import dev.gradus.graph.Cast;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.StopGradient;
import dev.gradus.graph.Typing;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.scalar.Expression;
import dev.gradus.tensor.DType;
import java.util.List;

/// Sums, products, powers, roots, extremes.
final class Arithmetics {
  private Arithmetics() {}

  static final Entry ADD =
      Entry.elementwise("add", Arithmetic.ADD, Typing.Rule.NUMERIC).doc("the sum").build();

  static final Entry SUBTRACT =
      Entry.elementwise("subtract", Arithmetic.SUBTRACT, Typing.Rule.NUMERIC).doc("the difference").build();

  static final Entry MULTIPLY =
      Entry.elementwise("multiply", Arithmetic.MULTIPLY, Typing.Rule.NUMERIC)
          .doc("the product, element by element")
          .build();

  static final Entry DIVIDE =
      Entry.elementwise("divide", Arithmetic.DIVIDE, Typing.Rule.FLOATING)
          .doc("the quotient; floating-point only")
          .domain("y != 0")
          .convention("at y = 0 what IEEE arithmetic gives")
          .build();

  static final Entry NEGATIVE =
      Entry.elementwise("negative", Arithmetic.NEGATE, Typing.Rule.NUMERIC).doc("the opposite number").build();

  static final Entry RECIPROCAL =
      Entry.elementwise(
              "reciprocal", DefinedFunction.of("reciprocal", x -> constant(1).dividedBy(x)), Typing.Rule.FLOATING)
          .doc("one over x")
          .domain("x != 0")
          .build();

  static final Entry SQUARE =
      Entry.elementwise(
              "square",
              DefinedFunction.of("square", x -> x.times(x)).withDerivative(x -> x.times(2)),
              Typing.Rule.NUMERIC)
          .doc("x times x")
          .build();

  static final Entry SQRT =
      Entry.elementwise("sqrt", Arithmetic.SQRT, Typing.Rule.FLOATING)
          .doc("the square root")
          .domain("x >= 0")
          .convention("the derivative at 0 is infinite; NaN below")
          .build();

  static final DefinedFunction INVERSE_ROOT =
      DefinedFunction.of("rsqrt", x -> constant(1).dividedBy(sqrt(x)))
          .withDerivative(x -> Arithmetics.inverseRoot(x).dividedBy(x).times(-0.5));

  static final Entry RSQRT =
      Entry.elementwise("rsqrt", INVERSE_ROOT, Typing.Rule.FLOATING)
          .doc("one over the square root")
          .domain("x > 0")
          .convention("infinite at 0, with derivative -infinity")
          .build();

  static final Entry CBRT =
      Entry.elementwise("cbrt", Arithmetic.CBRT, Typing.Rule.FLOATING)
          .doc("the real cube root, of negative numbers too")
          .convention("the derivative at 0 is infinite")
          .build();

  static final Entry POW =
      Entry.elementwise("pow", Arithmetic.POW, Typing.Rule.FLOATING)
          .doc("x to the power y")
          .domain("x > 0; x <= 0 where y is a whole number")
          .convention("pow(0, 0) = 1 with both derivatives 0; by y it is NaN for x < 0")
          .build();

  static final Entry ABS =
      Entry.elementwise("abs", Arithmetic.ABS, Typing.Rule.NUMERIC)
          .doc("the absolute value")
          .convention("the derivative at the kink 0 is 0")
          .build();

  static final Entry SIGN =
      Entry.elementwise("sign", Arithmetic.SIGN, Typing.Rule.NUMERIC)
          .doc("-1, 0 or 1")
          .convention("the derivative is 0 everywhere, the jump included")
          .build();

  static final Entry HYPOT =
      Entry.elementwise("hypot", Arithmetic.HYPOT, Typing.Rule.FLOATING)
          .doc("the length of (x, y), without overflow")
          .convention("at (0, 0) both derivatives are 0")
          .build();

  static final Entry MAXIMUM =
      Entry.elementwise("maximum", Arithmetic.MAXIMUM, Typing.Rule.NUMERIC)
          .doc("the larger of two, element by element")
          .convention("where both are equal each gets half of the gradient; NaN wins")
          .build();

  static final Entry MINIMUM =
      Entry.elementwise("minimum", Arithmetic.MINIMUM, Typing.Rule.NUMERIC)
          .doc("the smaller of two, element by element")
          .convention("where both are equal each gets half of the gradient; NaN wins")
          .build();

  static final Entry CLIP =
      Entry.op("clip", List.of("x"), (x, a) -> {
            Double min = a.numberOrNull("min");
            Double max = a.numberOrNull("max");
            return clip(
                x.getFirst(),
                min == null ? Double.NEGATIVE_INFINITY : min,
                max == null ? Double.POSITIVE_INFINITY : max);
          })
          .attribute("min", null)
          .attribute("max", null)
          .doc("x kept between min and max")
          .formula("min(max(x, min), max)")
          .derivatives("g where min <= x <= max, else 0")
          .convention("the derivative at a bound is 1; NaN stays NaN, with derivative 0")
          .build();

  static final Entry WHERE =
      Entry.elementwise("where", Arithmetic.SELECT, Typing.Rule.SELECTION)
          .doc("y where the condition x holds, else z")
          .convention("the side that is not chosen gets no gradient, whatever its value")
          .build();

  static final Entry STOP_GRADIENT =
      Entry.op("stop_gradient", List.of("x"), (x, a) -> new StopGradient().of(x.getFirst()))
          .doc("x itself, through which no gradient passes")
          .formula("x")
          .derivatives("nothing: stopped")
          .convention("the gradient is reported as STOPPED")
          .build();

  static final Entry CAST =
      Entry.op("cast", List.of("x"), (x, a) -> new Cast(DType.of(a.text("dtype"))).of(x.getFirst()))
          .required("dtype")
          .doc("x in another dtype: f64, f32, i64, i32 or bool")
          .formula("x")
          .derivatives("g cast back; none to and from integers and bools")
          .build();

  static final List<Entry> ENTRIES =
      List.of(
          ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATIVE, RECIPROCAL, SQUARE, SQRT, RSQRT, CBRT, POW, ABS, SIGN, HYPOT,
          MAXIMUM, MINIMUM, CLIP, WHERE, STOP_GRADIENT, CAST);

  private static Expression inverseRoot(Expression x) {
    return INVERSE_ROOT.of(x);
  }

  static Node clip(Node x, double min, double max) {
    DefinedFunction clip =
        DefinedFunction.of(
                "clip", v -> select(less(v, constant(min)), constant(min), select(greater(v, constant(max)), constant(max), v)))
            .withDerivative(
                v -> select(and(greaterEqual(v, constant(min)), lessEqual(v, constant(max))), constant(1), constant(0)));
    return Elementwise.of("clip", clip, Typing.Rule.NUMERIC).of(x);
  }
}
