package dev.gradus.scalar;

import static dev.gradus.scalar.Expression.constant;

import dev.gradus.GradusException;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// The built-in scalar functions: one row each, with its value on floating-point numbers, its exact value on integers
/// where it has one (truth is 1 and 0), and its partial derivatives in the form that keeps most digits.
///
/// Derivatives at kinks and special values are conventions: `abs` and `sign` have derivative 0 at 0, at a tie
/// `maximum` and `minimum` give each side one half, `atan2` and `hypot` have derivatives 0 at the origin; at the end of a
/// domain the derivative is what IEEE arithmetic gives.
@SuppressWarnings("ImmutableEnumChecker") // a row is only remembered
public enum Arithmetic implements ScalarFunction {
  ADD(2),
  SUBTRACT(2),
  MULTIPLY(2),
  /// The product in which a zero beats an infinity or a NaN: an edge that sends nothing leaks no NaN.
  MASKED_MULTIPLY(2),
  DIVIDE(2),
  NEGATE(1),
  /// Powers; 0⁰ = 1 with both derivatives 0.
  POW(2),
  SQRT(1),
  CBRT(1),
  EXP(1),
  EXP2(1),
  EXPM1(1),
  LOG(1),
  LOG2(1),
  LOG10(1),
  LOG1P(1),
  SIN(1),
  COS(1),
  TAN(1),
  ASIN(1),
  ACOS(1),
  ATAN(1),
  /// The angle of the point (second, first).
  ATAN2(2),
  SINH(1),
  COSH(1),
  /// Its derivative is sech², since 1 - tanh² loses its digits where tanh saturates.
  TANH(1),
  ASINH(1),
  ACOSH(1),
  ATANH(1),
  HYPOT(2),
  ABS(1),
  SIGN(1),
  FLOOR(1),
  CEIL(1),
  /// To the nearest whole number, ties to even.
  ROUND(1),
  /// With the sign of the divisor.
  REMAINDER(2),
  MINIMUM(2),
  MAXIMUM(2),
  LESS(2),
  LESS_EQUAL(2),
  GREATER(2),
  GREATER_EQUAL(2),
  EQUAL(2),
  NOT_EQUAL(2),
  AND(2),
  OR(2),
  NOT(1),
  IS_NAN(1),
  /// `select(condition, x, y)`: x where the condition is not 0. Its derivative selects too, it never multiplies.
  SELECT(3);

  /// The row of each function, made when it is first wanted: most programs use few, and every lambda takes time to link.
  private Row rowOf() {
    return switch (this) {
      case ADD -> row(binary(Double::sum, Long::sum), (x, y) -> constant(1), (x, y) -> constant(1));
      case SUBTRACT -> row(binary((a, b) -> a - b, (a, b) -> a - b), (x, y) -> constant(1), (x, y) -> constant(-1));
      case MULTIPLY -> row(binary((a, b) -> a * b, (a, b) -> a * b), (x, y) -> y, (x, y) -> x);
      case MASKED_MULTIPLY -> row(binary(Arithmetic::masked, (a, b) -> a * b), (x, y) -> y, (x, y) -> x);
      case DIVIDE ->
          row(
              binary((a, b) -> a / b, null),
              (x, y) -> constant(1).dividedBy(y),
              (x, y) -> x.dividedBy(y).dividedBy(y).negated());
      case NEGATE -> row(unary(a -> -a, a -> -a), x -> constant(-1));
      case POW ->
          row(
              binary(Math::pow, null),
              (x, y) -> Expressions.select(Expressions.equal(y, constant(0)), constant(0), y.times(x.pow(y.minus(1)))),
              (x, y) ->
                  Expressions.select(
                      Expressions.and(Expressions.equal(x, constant(0)), Expressions.greaterEqual(y, constant(0))),
                      constant(0),
                      x.pow(y).times(Expressions.log(x))));
      case SQRT -> row(unary(Math::sqrt, null), x -> constant(0.5).dividedBy(Expressions.sqrt(x)));
      case CBRT ->
          row(
              unary(Math::cbrt, null),
              x -> constant(1).dividedBy(Expressions.cbrt(x).times(Expressions.cbrt(x)).times(3)));
      case EXP -> row(unary(Math::exp, null), Expressions::exp);
      case EXP2 -> row(unary(a -> Math.pow(2, a), null), x -> Expressions.exp2(x).times(Logarithms.LN_2));
      case EXPM1 -> row(unary(Math::expm1, null), Expressions::exp);
      case LOG -> row(unary(Math::log, null), x -> constant(1).dividedBy(x));
      case LOG2 -> row(unary(Logarithms::log2, null), x -> constant(1 / Logarithms.LN_2).dividedBy(x));
      case LOG10 -> row(unary(Math::log10, null), x -> constant(1 / Logarithms.LN_10).dividedBy(x));
      case LOG1P -> row(unary(Math::log1p, null), x -> constant(1).dividedBy(x.plus(1)));
      case SIN -> row(unary(Math::sin, null), Expressions::cos);
      case COS -> row(unary(Math::cos, null), x -> Expressions.sin(x).negated());
      case TAN -> row(unary(Math::tan, null), x -> Expressions.tan(x).pow(2).plus(1));
      case ASIN -> row(unary(Math::asin, null), x -> constant(1).dividedBy(Expressions.sqrt(oneMinusSquare(x))));
      case ACOS -> row(unary(Math::acos, null), x -> constant(-1).dividedBy(Expressions.sqrt(oneMinusSquare(x))));
      case ATAN -> row(unary(Math::atan, null), x -> constant(1).dividedBy(x.times(x).plus(1)));
      case ATAN2 ->
          row(
              binary(Math::atan2, null),
              (y, x) -> overLength(x, x, y).dividedBy(Expressions.safeLength(x, y)),
              (y, x) -> overLength(y, x, y).dividedBy(Expressions.safeLength(x, y)).negated());
      case SINH -> row(unary(Math::sinh, null), Expressions::cosh);
      case COSH -> row(unary(Math::cosh, null), Expressions::sinh);
      case TANH -> row(unary(Math::tanh, null), x -> Expressions.sech(x).pow(2));
      case ASINH -> row(unary(Logarithms::asinh, null), x -> constant(1).dividedBy(Expressions.hypot(x, constant(1))));
      case ACOSH ->
          row(
              unary(Logarithms::acosh, null),
              x -> constant(1).dividedBy(Expressions.sqrt(x.minus(1)).times(Expressions.sqrt(x.plus(1)))));
      case ATANH -> row(unary(Logarithms::atanh, null), x -> constant(1).dividedBy(oneMinusSquare(x)));
      case HYPOT -> row(binary(Math::hypot, null), (x, y) -> overLength(x, x, y), (x, y) -> overLength(y, x, y));
      case ABS -> row(unary(Math::abs, Math::abs), Expressions::sign);
      case SIGN -> row(unary(Math::signum, Long::signum), x -> constant(0));
      case FLOOR -> row(unary(Math::floor, a -> a), x -> constant(0));
      case CEIL -> row(unary(Math::ceil, a -> a), x -> constant(0));
      case ROUND -> row(unary(Math::rint, a -> a), x -> constant(0));
      case REMAINDER ->
          row(
              binary(Arithmetic::floored, Arithmetic::floored),
              (x, y) -> constant(1),
              (x, y) -> Expressions.floor(x.dividedBy(y)).negated());
      case MINIMUM -> row(binary(Math::min, Math::min), (x, y) -> share(Expressions.less(x, y), x, y), (x, y) -> share(Expressions.less(y, x), x, y));
      case MAXIMUM ->
          row(
              binary(Math::max, Math::max),
              (x, y) -> share(Expressions.greater(x, y), x, y),
              (x, y) -> share(Expressions.greater(y, x), x, y));
      case LESS -> row(relation((a, b) -> a < b ? 1 : 0, (a, b) -> a < b ? 1 : 0));
      case LESS_EQUAL -> row(relation((a, b) -> a <= b ? 1 : 0, (a, b) -> a <= b ? 1 : 0));
      case GREATER -> row(relation((a, b) -> a > b ? 1 : 0, (a, b) -> a > b ? 1 : 0));
      case GREATER_EQUAL -> row(relation((a, b) -> a >= b ? 1 : 0, (a, b) -> a >= b ? 1 : 0));
      case EQUAL -> row(relation((a, b) -> a == b ? 1 : 0, (a, b) -> a == b ? 1 : 0));
      case NOT_EQUAL -> row(relation((a, b) -> a != b ? 1 : 0, (a, b) -> a != b ? 1 : 0));
      case AND -> row(relation((a, b) -> a != 0 && b != 0 ? 1 : 0, (a, b) -> a != 0 && b != 0 ? 1 : 0));
      case OR -> row(relation((a, b) -> a != 0 || b != 0 ? 1 : 0, (a, b) -> a != 0 || b != 0 ? 1 : 0));
      case NOT -> row(unary(a -> a != 0 ? 0 : 1, a -> a != 0 ? 0 : 1), x -> constant(0));
      case IS_NAN -> row(unary(a -> Double.isNaN(a) ? 1 : 0, a -> 0), x -> constant(0));
      case SELECT ->
          row(
              new Value((a, b, c) -> a != 0 ? b : c, (a, b, c) -> a != 0 ? b : c),
              List.of(
                  x -> constant(0),
                  x -> Expressions.select(x.get(0), constant(1), constant(0)),
                  x -> Expressions.select(x.get(0), constant(0), constant(1))));
    };
  }

  /// A function of up to three numbers; the unused ones are 0.
  @FunctionalInterface
  interface DoubleKernel {
    double apply(double a, double b, double c);
  }

  /// The same on whole numbers.
  @FunctionalInterface
  interface LongKernel {
    long apply(long a, long b, long c);
  }

  /// What a function computes.
  private record Value(DoubleKernel doubles, @Nullable LongKernel longs) {}

  private record Row(Value value, List<Rule> derivatives) {}

  /// A partial derivative as a function of the arguments.
  private interface Rule {
    Expression at(List<Expression> x);
  }

  private interface UnaryRule {
    Expression at(Expression x);
  }

  private interface BinaryRule {
    Expression at(Expression x, Expression y);
  }

  private final int arity;
  private @Nullable Row known;

  Arithmetic(int arity) {
    this.arity = arity;
  }

  private Row row() {
    Row row = known;
    if (row == null) {
      row = rowOf();
      known = row;
    }
    return row;
  }

  private static Row row(Value value, List<Rule> derivatives) {
    return new Row(value, derivatives);
  }

  private static Row row(Value value, UnaryRule derivative) {
    return new Row(value, List.of(x -> derivative.at(x.getFirst())));
  }

  private static Row row(Value value, BinaryRule byFirst, BinaryRule bySecond) {
    return new Row(value, List.of(x -> byFirst.at(x.get(0), x.get(1)), x -> bySecond.at(x.get(0), x.get(1))));
  }

  private static Row row(Value relation) {
    return row(relation, (x, y) -> constant(0), (x, y) -> constant(0));
  }

  private static Value unary(DoubleUnaryOperator doubles, @Nullable LongUnaryOperator longs) {
    return new Value(
        (a, b, c) -> doubles.applyAsDouble(a), longs == null ? null : (a, b, c) -> longs.applyAsLong(a));
  }

  private static Value binary(DoubleBinaryOperator doubles, @Nullable LongBinaryOperator longs) {
    return new Value(
        (a, b, c) -> doubles.applyAsDouble(a, b), longs == null ? null : (a, b, c) -> longs.applyAsLong(a, b));
  }

  private static Value relation(DoubleBinaryOperator doubles, LongBinaryOperator longs) {
    return binary(doubles, longs);
  }

  private static double masked(double a, double b) {
    double product = a * b;
    return Double.isNaN(product) && (a == 0 || b == 0) ? 0 : product;
  }

  private static double floored(double a, double b) {
    double remainder = a % b;
    if (remainder == 0) {
      return Math.copySign(0, b);
    }
    return (remainder < 0) != (b < 0) ? remainder + b : remainder;
  }

  private static long floored(long a, long b) {
    if (b == 0) {
      throw new GradusException(
          "remainder", "an integer divisor must not be 0", a + " by 0", "cast to f64 for NaN");
    }
    return Math.floorMod(a, b);
  }

  private static Expression oneMinusSquare(Expression x) {
    return constant(1).minus(x).times(x.plus(1));
  }

  /// part / |(x, y)|, and 0 at the origin.
  private static Expression overLength(Expression part, Expression x, Expression y) {
    return part.dividedBy(Expressions.safeLength(x, y));
  }

  /// 1 where `wins`, one half at a tie, else 0.
  private static Expression share(Expression wins, Expression x, Expression y) {
    return Expressions.select(
        wins, constant(1), Expressions.select(Expressions.equal(x, y), constant(0.5), constant(0)));
  }

  /// The value; arguments beyond the arity are ignored.
  public double apply(double a, double b, double c) {
    return row().value.doubles.apply(a, b, c);
  }

  /// The exact value on integers; arguments beyond the arity are ignored.
  ///
  /// @throws GradusException where the function has no meaning on integers
  public long applyExact(long a, long b, long c) {
    LongKernel kernel = row().value.longs;
    if (kernel == null) {
      throw new GradusException(label(), "operands must be floating-point numbers", "integers", "cast them to f64 first");
    }
    return kernel.apply(a, b, c);
  }

  DoubleKernel doubles() {
    return row().value.doubles;
  }

  /// The exact value on integers, or null where the function has none.
  @Nullable LongKernel longs() {
    return row().value.longs;
  }

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public int arity() {
    return arity;
  }

  @Override
  public @Nullable Expression identity() {
    Expression y = Expression.variable(0);
    return switch (this) {
      case EXP -> y;
      case EXPM1 -> y.plus(1);
      case SQRT -> constant(1).dividedBy(y.times(2));
      case TANH -> constant(1).minus(y.pow(2));
      default -> null;
    };
  }

  @Override
  public Expression derivative(int slot, List<Expression> arguments) {
    return row().derivatives.get(slot).at(arguments);
  }
}
