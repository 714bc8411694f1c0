package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.elementwise;

import dev.gradus.graph.Typing;
import dev.gradus.scalar.Arithmetic;
import java.util.List;

/// Circular and hyperbolic functions and their inverses; angles in radians.
final class Trigonometry {
  private Trigonometry() {}

  static final Entry SIN =
      elementwise("sin", Arithmetic.SIN, Typing.Rule.FLOATING).doc("the sine of x radians").build();

  static final Entry COS =
      elementwise("cos", Arithmetic.COS, Typing.Rule.FLOATING).doc("the cosine of x radians").build();

  static final Entry TAN =
      elementwise("tan", Arithmetic.TAN, Typing.Rule.FLOATING)
          .doc("the tangent of x radians")
          .domain("x not an odd multiple of pi/2")
          .build();

  static final Entry ASIN =
      elementwise("asin", Arithmetic.ASIN, Typing.Rule.FLOATING)
          .aliases("arcsin")
          .doc("the angle in [-pi/2, pi/2] whose sine is x")
          .domain("-1 <= x <= 1")
          .convention("the derivative at -1 and 1 is infinite")
          .build();

  static final Entry ACOS =
      elementwise("acos", Arithmetic.ACOS, Typing.Rule.FLOATING)
          .aliases("arccos")
          .doc("the angle in [0, pi] whose cosine is x")
          .domain("-1 <= x <= 1")
          .convention("the derivative at -1 and 1 is -infinity")
          .build();

  static final Entry ATAN =
      elementwise("atan", Arithmetic.ATAN, Typing.Rule.FLOATING)
          .aliases("arctan")
          .doc("the angle in (-pi/2, pi/2) whose tangent is x")
          .build();

  static final Entry ATAN2 =
      elementwise("atan2", Arithmetic.ATAN2, Typing.Rule.FLOATING)
          .aliases("arctan2")
          .doc("the angle of the point (y, x): its sine has the sign of the first operand")
          .convention("at (0, 0) both derivatives are 0")
          .build();

  static final Entry SINH =
      elementwise("sinh", Arithmetic.SINH, Typing.Rule.FLOATING).doc("the hyperbolic sine").build();

  static final Entry COSH =
      elementwise("cosh", Arithmetic.COSH, Typing.Rule.FLOATING).doc("the hyperbolic cosine").build();

  static final Entry TANH =
      elementwise("tanh", Arithmetic.TANH, Typing.Rule.FLOATING)
          .doc("the hyperbolic tangent, between -1 and 1")
          .convention("the derivative keeps its digits where the value saturates")
          .build();

  static final Entry ASINH =
      elementwise("asinh", Arithmetic.ASINH, Typing.Rule.FLOATING).aliases("arcsinh").doc("the inverse of sinh").build();

  static final Entry ACOSH =
      elementwise("acosh", Arithmetic.ACOSH, Typing.Rule.FLOATING)
          .aliases("arccosh")
          .doc("the inverse of cosh, at least 0")
          .domain("x >= 1")
          .convention("the derivative at 1 is infinite")
          .build();

  static final Entry ATANH =
      elementwise("atanh", Arithmetic.ATANH, Typing.Rule.FLOATING)
          .aliases("arctanh")
          .doc("the inverse of tanh")
          .domain("-1 < x < 1")
          .convention("infinite at -1 and 1")
          .build();

  static final List<Entry> ENTRIES =
      List.of(
          SIN, COS, TAN, ASIN, ACOS, ATAN, ATAN2, SINH, COSH, TANH, ASINH, ACOSH, ATANH);
}
