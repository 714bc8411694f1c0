package dev.gradus.scalar;

/// The built-in functions as methods, for writing formulas with static imports.
public final class Expressions {
  private static final DefinedFunction SECH =
      DefinedFunction.of("sech", x -> constant(1).dividedBy(cosh(x)))
          .withDerivative(x -> sech(x).times(tanh(x)).negated());

  private Expressions() {}

  /// A number.
  public static Expression constant(double value) {
    return Expression.constant(value);
  }

  /// The hyperbolic secant, 1 / cosh.
  public static Expression sech(Expression x) {
    return SECH.of(x);
  }

  /// The length of (x, y), but 1 at the origin: a divisor that makes no NaN.
  static Expression safeLength(Expression x, Expression y) {
    Expression length = hypot(x, y);
    return select(equal(length, constant(0)), constant(1), length);
  }

  /// `x` where the condition is not 0, else `y`.
  public static Expression select(Expression condition, Expression x, Expression y) {
    return Arithmetic.SELECT.of(condition, x, y);
  }

  /// [Arithmetic#SQRT].
  public static Expression sqrt(Expression x) {
    return Arithmetic.SQRT.of(x);
  }

  /// [Arithmetic#CBRT].
  public static Expression cbrt(Expression x) {
    return Arithmetic.CBRT.of(x);
  }

  /// [Arithmetic#EXP].
  public static Expression exp(Expression x) {
    return Arithmetic.EXP.of(x);
  }

  /// [Arithmetic#EXP2].
  public static Expression exp2(Expression x) {
    return Arithmetic.EXP2.of(x);
  }

  /// [Arithmetic#EXPM1].
  public static Expression expm1(Expression x) {
    return Arithmetic.EXPM1.of(x);
  }

  /// [Arithmetic#LOG].
  public static Expression log(Expression x) {
    return Arithmetic.LOG.of(x);
  }

  /// [Arithmetic#LOG2].
  public static Expression log2(Expression x) {
    return Arithmetic.LOG2.of(x);
  }

  /// [Arithmetic#LOG10].
  public static Expression log10(Expression x) {
    return Arithmetic.LOG10.of(x);
  }

  /// [Arithmetic#LOG1P].
  public static Expression log1p(Expression x) {
    return Arithmetic.LOG1P.of(x);
  }

  /// [Arithmetic#SIN].
  public static Expression sin(Expression x) {
    return Arithmetic.SIN.of(x);
  }

  /// [Arithmetic#COS].
  public static Expression cos(Expression x) {
    return Arithmetic.COS.of(x);
  }

  /// [Arithmetic#TAN].
  public static Expression tan(Expression x) {
    return Arithmetic.TAN.of(x);
  }

  /// [Arithmetic#ASIN].
  public static Expression asin(Expression x) {
    return Arithmetic.ASIN.of(x);
  }

  /// [Arithmetic#ACOS].
  public static Expression acos(Expression x) {
    return Arithmetic.ACOS.of(x);
  }

  /// [Arithmetic#ATAN].
  public static Expression atan(Expression x) {
    return Arithmetic.ATAN.of(x);
  }

  /// [Arithmetic#SINH].
  public static Expression sinh(Expression x) {
    return Arithmetic.SINH.of(x);
  }

  /// [Arithmetic#COSH].
  public static Expression cosh(Expression x) {
    return Arithmetic.COSH.of(x);
  }

  /// [Arithmetic#TANH].
  public static Expression tanh(Expression x) {
    return Arithmetic.TANH.of(x);
  }

  /// [Arithmetic#ASINH].
  public static Expression asinh(Expression x) {
    return Arithmetic.ASINH.of(x);
  }

  /// [Arithmetic#ACOSH].
  public static Expression acosh(Expression x) {
    return Arithmetic.ACOSH.of(x);
  }

  /// [Arithmetic#ATANH].
  public static Expression atanh(Expression x) {
    return Arithmetic.ATANH.of(x);
  }

  /// [Arithmetic#ABS].
  public static Expression abs(Expression x) {
    return Arithmetic.ABS.of(x);
  }

  /// [Arithmetic#SIGN].
  public static Expression sign(Expression x) {
    return Arithmetic.SIGN.of(x);
  }

  /// [Arithmetic#FLOOR].
  public static Expression floor(Expression x) {
    return Arithmetic.FLOOR.of(x);
  }

  /// [Arithmetic#CEIL].
  public static Expression ceil(Expression x) {
    return Arithmetic.CEIL.of(x);
  }

  /// [Arithmetic#ROUND].
  public static Expression round(Expression x) {
    return Arithmetic.ROUND.of(x);
  }

  /// [Arithmetic#NOT].
  public static Expression not(Expression x) {
    return Arithmetic.NOT.of(x);
  }

  /// [Arithmetic#IS_NAN].
  public static Expression isNan(Expression x) {
    return Arithmetic.IS_NAN.of(x);
  }

  /// [Arithmetic#ADD].
  public static Expression add(Expression x, Expression y) {
    return Arithmetic.ADD.of(x, y);
  }

  /// [Arithmetic#SUBTRACT].
  public static Expression subtract(Expression x, Expression y) {
    return Arithmetic.SUBTRACT.of(x, y);
  }

  /// [Arithmetic#MULTIPLY].
  public static Expression multiply(Expression x, Expression y) {
    return Arithmetic.MULTIPLY.of(x, y);
  }

  /// [Arithmetic#MASKED_MULTIPLY].
  public static Expression maskedMultiply(Expression x, Expression y) {
    return Arithmetic.MASKED_MULTIPLY.of(x, y);
  }

  /// [Arithmetic#DIVIDE].
  public static Expression divide(Expression x, Expression y) {
    return Arithmetic.DIVIDE.of(x, y);
  }

  /// [Arithmetic#POW].
  public static Expression pow(Expression x, Expression y) {
    return Arithmetic.POW.of(x, y);
  }

  /// [Arithmetic#ATAN2].
  public static Expression atan2(Expression x, Expression y) {
    return Arithmetic.ATAN2.of(x, y);
  }

  /// [Arithmetic#HYPOT].
  public static Expression hypot(Expression x, Expression y) {
    return Arithmetic.HYPOT.of(x, y);
  }

  /// [Arithmetic#REMAINDER].
  public static Expression remainder(Expression x, Expression y) {
    return Arithmetic.REMAINDER.of(x, y);
  }

  /// [Arithmetic#MINIMUM].
  public static Expression minimum(Expression x, Expression y) {
    return Arithmetic.MINIMUM.of(x, y);
  }

  /// [Arithmetic#MAXIMUM].
  public static Expression maximum(Expression x, Expression y) {
    return Arithmetic.MAXIMUM.of(x, y);
  }

  /// [Arithmetic#LESS].
  public static Expression less(Expression x, Expression y) {
    return Arithmetic.LESS.of(x, y);
  }

  /// [Arithmetic#LESS_EQUAL].
  public static Expression lessEqual(Expression x, Expression y) {
    return Arithmetic.LESS_EQUAL.of(x, y);
  }

  /// [Arithmetic#GREATER].
  public static Expression greater(Expression x, Expression y) {
    return Arithmetic.GREATER.of(x, y);
  }

  /// [Arithmetic#GREATER_EQUAL].
  public static Expression greaterEqual(Expression x, Expression y) {
    return Arithmetic.GREATER_EQUAL.of(x, y);
  }

  /// [Arithmetic#EQUAL].
  public static Expression equal(Expression x, Expression y) {
    return Arithmetic.EQUAL.of(x, y);
  }

  /// [Arithmetic#NOT_EQUAL].
  public static Expression notEqual(Expression x, Expression y) {
    return Arithmetic.NOT_EQUAL.of(x, y);
  }

  /// [Arithmetic#AND].
  public static Expression and(Expression x, Expression y) {
    return Arithmetic.AND.of(x, y);
  }

  /// [Arithmetic#OR].
  public static Expression or(Expression x, Expression y) {
    return Arithmetic.OR.of(x, y);
  }
}
