package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.elementwise;
import static dev.gradus.ops.EntryBuilder.op;
import static dev.gradus.ops.EntryBuilder.withSettings;
import static dev.gradus.scalar.Expressions.and;
import static dev.gradus.scalar.Expressions.constant;
import static dev.gradus.scalar.Expressions.greater;
import static dev.gradus.scalar.Expressions.greaterEqual;
import static dev.gradus.scalar.Expressions.less;
import static dev.gradus.scalar.Expressions.lessEqual;
import static dev.gradus.scalar.Expressions.select;
import static dev.gradus.scalar.Expressions.sqrt;

import com.google.common.collect.ImmutableMap;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Constant;
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

  static final DefinedFunction SQUARE_FUNCTION =
      DefinedFunction.of("square", x -> x.times(x)).withDerivative(x -> x.times(2));

  private static final DefinedFunction INVERSE_ROOT =
      DefinedFunction.of("rsqrt", x -> constant(1).dividedBy(sqrt(x)))
          .withDerivative(x -> inverseRoot(x).dividedBy(x).times(-0.5));

  private static final DefinedFunction CLIP_FUNCTION = clip();

  static final Entry ADD = elementwise("add", Arithmetic.ADD, Typing.Rule.NUMERIC).doc("the sum").build();

  static final Entry SUBTRACT =
      elementwise("subtract", Arithmetic.SUBTRACT, Typing.Rule.NUMERIC).doc("the difference").build();

  static final Entry MULTIPLY =
      elementwise("multiply", Arithmetic.MULTIPLY, Typing.Rule.NUMERIC).doc("the product, element by element").build();

  static final Entry DIVIDE =
      elementwise("divide", Arithmetic.DIVIDE, Typing.Rule.FLOATING)
          .doc("the quotient; floating-point only")
          .domain("y != 0")
          .convention("at y = 0 what IEEE arithmetic gives")
          .build();

  static final Entry NEGATIVE =
      elementwise("negative", Arithmetic.NEGATE, Typing.Rule.NUMERIC).doc("the opposite number").build();

  static final Entry RECIPROCAL =
      elementwise("reciprocal", DefinedFunction.of("reciprocal", x -> constant(1).dividedBy(x)), Typing.Rule.FLOATING)
          .doc("one over x")
          .domain("x != 0")
          .convention("at 0 what IEEE arithmetic gives")
          .build();

  static final Entry SQUARE = elementwise("square", SQUARE_FUNCTION, Typing.Rule.NUMERIC).doc("x times x").build();

  static final Entry SQUARED_DIFFERENCE =
      elementwise(
              "squared_difference",
              DefinedFunction.of("squared_difference", (x, y) -> SQUARE_FUNCTION.of(x.minus(y))),
              Typing.Rule.NUMERIC)
          .doc("the square of the difference")
          .build();

  static final Entry SQRT =
      elementwise("sqrt", Arithmetic.SQRT, Typing.Rule.FLOATING)
          .doc("the square root")
          .domain("x >= 0")
          .convention("the derivative at 0 is infinite; NaN below")
          .build();

  static final Entry RSQRT =
      elementwise("rsqrt", INVERSE_ROOT, Typing.Rule.FLOATING)
          .doc("one over the square root")
          .domain("x > 0")
          .convention("infinite at 0, with derivative -infinity")
          .build();

  static final Entry CBRT =
      elementwise("cbrt", Arithmetic.CBRT, Typing.Rule.FLOATING)
          .doc("the real cube root, of negative numbers too")
          .convention("the derivative at 0 is infinite")
          .build();

  static final Entry POW =
      elementwise("pow", Arithmetic.POW, Typing.Rule.FLOATING)
          .aliases("power")
          .doc("x to the power y")
          .domain("x > 0; x <= 0 where y is a whole number")
          .convention("pow(0, 0) = 1 with both derivatives 0; by y it is NaN for x < 0")
          .build();

  static final Entry ABS =
      elementwise("abs", Arithmetic.ABS, Typing.Rule.NUMERIC)
          .aliases("absolute")
          .doc("the absolute value")
          .convention("the derivative at the kink 0 is 0")
          .build();

  static final Entry SIGN =
      elementwise("sign", Arithmetic.SIGN, Typing.Rule.NUMERIC)
          .doc("-1, 0 or 1")
          .convention("the derivative is 0 everywhere, the jump included")
          .build();

  static final Entry HYPOT =
      elementwise("hypot", Arithmetic.HYPOT, Typing.Rule.FLOATING)
          .doc("the length of (x, y), without overflow")
          .convention("at (0, 0) both derivatives are 0")
          .build();

  static final Entry MAXIMUM =
      elementwise("maximum", Arithmetic.MAXIMUM, Typing.Rule.NUMERIC)
          .doc("the larger of two, element by element")
          .convention("where both are equal each gets half of the gradient; NaN wins")
          .build();

  static final Entry MINIMUM =
      elementwise("minimum", Arithmetic.MINIMUM, Typing.Rule.NUMERIC)
          .doc("the smaller of two, element by element")
          .convention("where both are equal each gets half of the gradient; NaN wins")
          .build();

  static final Entry CLIP =
      withSettings("clip", CLIP_FUNCTION, Typing.Rule.NUMERIC, openInterval())
          .doc("x kept between min and max")
          .convention("the derivative at a bound is 1; NaN stays NaN, with derivative 0")
          .build();

  static final Entry WHERE =
      elementwise("where", Arithmetic.SELECT, Typing.Rule.SELECTION)
          .doc("y where the condition x (bool) holds, else z")
          .derivatives("by y: where(x, 1, 0)", "by z: where(x, 0, 1)")
          .convention("the side that is not chosen gets no gradient, whatever its value")
          .build();

  static final Entry STOP_GRADIENT =
      op("stop_gradient", List.of("x"), (x, a) -> new StopGradient().of(x.getFirst()))
          .stopped()
          .doc("x itself, through which no gradient passes")
          .formula("x")
          .convention("the gradient reads as zeros and is reported as STOPPED")
          .build();

  static final Entry CAST =
      op("cast", List.of("x"), (x, a) -> new Cast(DType.of(a.text("dtype"))).of(x.getFirst()))
          .required("dtype")
          .doc("x in another dtype: f64, f32, i64, i32 or bool")
          .formula("x")
          .derivatives("g cast back; none to and from integers and bools")
          .build();

  static final List<Entry> ENTRIES =
      List.of(
          ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATIVE, RECIPROCAL, SQUARE, SQUARED_DIFFERENCE, SQRT, RSQRT, CBRT, POW, ABS,
          SIGN, HYPOT, MAXIMUM, MINIMUM, CLIP, WHERE, STOP_GRADIENT, CAST);

  private static Expression inverseRoot(Expression x) {
    return INVERSE_ROOT.of(x);
  }

  private static ImmutableMap<String, Double> openInterval() {
    return ImmutableMap.of("min", Double.NEGATIVE_INFINITY, "max", Double.POSITIVE_INFINITY);
  }

  private static DefinedFunction clip() {
    Expression x = Expression.variable(0);
    Expression min = Expression.variable(1);
    Expression max = Expression.variable(2);
    return DefinedFunction.of("clip", select(less(x, min), min, select(greater(x, max), max, x)))
        .withDerivatives(
            List.of(
                v -> select(and(greaterEqual(v.get(0), v.get(1)), lessEqual(v.get(0), v.get(2))), constant(1), constant(0)),
                v -> select(less(v.get(0), v.get(1)), constant(1), constant(0)),
                v -> select(greater(v.get(0), v.get(2)), constant(1), constant(0))));
  }

  /// A Java number that meets `x`, in its dtype.
  static Node number(String op, Node x, double number) {
    Typing.requireMeets(op, x.dtype(), number);
    return Constant.scalar(x.dtype(), number);
  }
}
