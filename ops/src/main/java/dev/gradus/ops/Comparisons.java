package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.elementwise;
import static dev.gradus.scalar.Expressions.abs;
import static dev.gradus.scalar.Expressions.constant;
import static dev.gradus.scalar.Expressions.equal;
import static dev.gradus.scalar.Expressions.less;

import dev.gradus.graph.Typing;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.DefinedFunction;
import java.util.List;

/// Rounding, comparisons and logic: piecewise constant, so their derivative is 0 or does not exist.
final class Comparisons {
  private Comparisons() {}

  static final Entry FLOOR =
      elementwise("floor", Arithmetic.FLOOR, Typing.Rule.NUMERIC)
          .doc("the largest whole number not above x")
          .convention("the derivative is 0 everywhere")
          .build();

  static final Entry CEIL =
      elementwise("ceil", Arithmetic.CEIL, Typing.Rule.NUMERIC)
          .doc("the smallest whole number not below x")
          .convention("the derivative is 0 everywhere")
          .build();

  static final Entry ROUND =
      elementwise("round", Arithmetic.ROUND, Typing.Rule.NUMERIC)
          .doc("the nearest whole number, ties to even")
          .convention("the derivative is 0 everywhere")
          .build();

  static final Entry REMAINDER =
      elementwise("remainder", Arithmetic.REMAINDER, Typing.Rule.NUMERIC)
          .doc("x - floor(x / y) y: the remainder with the sign of y")
          .domain("y != 0")
          .convention("by x 1, by y -floor(x / y), at the jumps too")
          .build();

  static final Entry EQUAL =
      elementwise("equal", Arithmetic.EQUAL, Typing.Rule.COMPARISON).doc("whether x = y").build();

  static final Entry NOT_EQUAL =
      elementwise("not_equal", Arithmetic.NOT_EQUAL, Typing.Rule.COMPARISON).doc("whether x and y differ").build();

  static final Entry LESS =
      elementwise("less", Arithmetic.LESS, Typing.Rule.COMPARISON).doc("whether x < y").build();

  static final Entry LESS_EQUAL =
      elementwise("less_equal", Arithmetic.LESS_EQUAL, Typing.Rule.COMPARISON).doc("whether x <= y").build();

  static final Entry GREATER =
      elementwise("greater", Arithmetic.GREATER, Typing.Rule.COMPARISON).doc("whether x > y").build();

  static final Entry GREATER_EQUAL =
      elementwise("greater_equal", Arithmetic.GREATER_EQUAL, Typing.Rule.COMPARISON).doc("whether x >= y").build();

  static final Entry LOGICAL_AND =
      elementwise("logical_and", Arithmetic.AND, Typing.Rule.LOGICAL).doc("whether both hold").build();

  static final Entry LOGICAL_OR =
      elementwise("logical_or", Arithmetic.OR, Typing.Rule.LOGICAL).doc("whether at least one holds").build();

  static final Entry LOGICAL_XOR =
      elementwise("logical_xor", Arithmetic.NOT_EQUAL, Typing.Rule.LOGICAL).doc("whether exactly one holds").build();

  static final Entry LOGICAL_NOT =
      elementwise("logical_not", Arithmetic.NOT, Typing.Rule.LOGICAL).doc("whether it does not hold").build();

  static final Entry ISNAN =
      elementwise("isnan", Arithmetic.IS_NAN, Typing.Rule.CLASSIFICATION).doc("whether x is not a number").build();

  static final Entry ISINF =
      elementwise(
              "isinf",
              DefinedFunction.of("isinf", x -> equal(abs(x), constant(Double.POSITIVE_INFINITY))),
              Typing.Rule.CLASSIFICATION)
          .doc("whether x is infinite")
          .build();

  static final Entry ISFINITE =
      elementwise(
              "isfinite",
              DefinedFunction.of("isfinite", x -> less(abs(x), constant(Double.POSITIVE_INFINITY))),
              Typing.Rule.CLASSIFICATION)
          .doc("whether x is a number and not infinite")
          .build();

  static final List<Entry> ENTRIES =
      List.of(
          FLOOR, CEIL, ROUND, REMAINDER, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL,
          LOGICAL_AND, LOGICAL_OR, LOGICAL_XOR, LOGICAL_NOT, ISNAN, ISINF, ISFINITE);
}
