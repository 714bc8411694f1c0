package dev.gradus.ops;

import dev.gradus.graph.Typing;
import dev.gradus.scalar.Arithmetic;
import java.util.List;

/// Rounding, comparisons and logic: piecewise constant, so their derivative is 0 or does not exist.
final class Comparisons {
  private Comparisons() {}

  static final Entry FLOOR =
      Entry.elementwise("floor", Arithmetic.FLOOR, Typing.Rule.NUMERIC)
          .doc("the largest whole number not above x")
          .convention("the derivative is 0 everywhere")
          .build();

  static final Entry CEIL =
      Entry.elementwise("ceil", Arithmetic.CEIL, Typing.Rule.NUMERIC)
          .doc("the smallest whole number not below x")
          .convention("the derivative is 0 everywhere")
          .build();

  static final Entry ROUND =
      Entry.elementwise("round", Arithmetic.ROUND, Typing.Rule.NUMERIC)
          .doc("the nearest whole number, ties to even")
          .convention("the derivative is 0 everywhere")
          .build();

  static final Entry REMAINDER =
      Entry.elementwise("remainder", Arithmetic.REMAINDER, Typing.Rule.NUMERIC)
          .doc("x - floor(x / y) y: the remainder with the sign of y")
          .domain("y != 0")
          .convention("by x 1, by y -floor(x / y), at the jumps too")
          .build();

  static final Entry EQUAL =
      Entry.elementwise("equal", Arithmetic.EQUAL, Typing.Rule.COMPARISON)
          .doc("whether x = y")
          .convention("no gradient: DISCRETE")
          .build();

  static final Entry NOT_EQUAL =
      Entry.elementwise("not_equal", Arithmetic.NOT_EQUAL, Typing.Rule.COMPARISON)
          .doc("whether x and y differ")
          .convention("no gradient: DISCRETE")
          .build();

  static final Entry LESS =
      Entry.elementwise("less", Arithmetic.LESS, Typing.Rule.COMPARISON)
          .doc("whether x < y")
          .convention("no gradient: DISCRETE")
          .build();

  static final Entry LESS_EQUAL =
      Entry.elementwise("less_equal", Arithmetic.LESS_EQUAL, Typing.Rule.COMPARISON)
          .doc("whether x <= y")
          .convention("no gradient: DISCRETE")
          .build();

  static final Entry GREATER =
      Entry.elementwise("greater", Arithmetic.GREATER, Typing.Rule.COMPARISON)
          .doc("whether x > y")
          .convention("no gradient: DISCRETE")
          .build();

  static final Entry GREATER_EQUAL =
      Entry.elementwise("greater_equal", Arithmetic.GREATER_EQUAL, Typing.Rule.COMPARISON)
          .doc("whether x >= y")
          .convention("no gradient: DISCRETE")
          .build();

  static final Entry LOGICAL_AND =
      Entry.elementwise("logical_and", Arithmetic.AND, Typing.Rule.LOGICAL)
          .doc("whether both hold")
          .convention("no gradient: DISCRETE")
          .build();

  static final Entry LOGICAL_OR =
      Entry.elementwise("logical_or", Arithmetic.OR, Typing.Rule.LOGICAL)
          .doc("whether at least one holds")
          .convention("no gradient: DISCRETE")
          .build();

  static final Entry LOGICAL_XOR =
      Entry.elementwise("logical_xor", Arithmetic.NOT_EQUAL, Typing.Rule.LOGICAL)
          .doc("whether exactly one holds")
          .convention("no gradient: DISCRETE")
          .build();

  static final Entry LOGICAL_NOT =
      Entry.elementwise("logical_not", Arithmetic.NOT, Typing.Rule.LOGICAL)
          .doc("whether it does not hold")
          .convention("no gradient: DISCRETE")
          .build();

  static final List<Entry> ENTRIES =
      List.of(
          FLOOR, CEIL, ROUND, REMAINDER, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL,
          LOGICAL_AND, LOGICAL_OR, LOGICAL_XOR, LOGICAL_NOT);
}
