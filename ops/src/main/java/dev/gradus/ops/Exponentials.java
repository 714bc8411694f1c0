package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.elementwise;

import dev.gradus.graph.Typing;
import dev.gradus.scalar.Arithmetic;
import java.util.List;

/// Exponentials and logarithms, kept exact near 0 where that needs a function of its own.
final class Exponentials {
  private Exponentials() {}

  static final Entry EXP =
      elementwise("exp", Arithmetic.EXP, Typing.Rule.FLOATING).doc("e to the power x").build();

  static final Entry EXP2 =
      elementwise("exp2", Arithmetic.EXP2, Typing.Rule.FLOATING).doc("2 to the power x").build();

  static final Entry EXPM1 =
      elementwise("expm1", Arithmetic.EXPM1, Typing.Rule.FLOATING)
          .doc("exp(x) - 1, exact near 0")
          .convention("the derivative exp(x) keeps its digits where the value saturates at -1")
          .build();

  static final Entry LOG =
      elementwise("log", Arithmetic.LOG, Typing.Rule.FLOATING)
          .aliases("ln")
          .doc("the natural logarithm")
          .domain("x > 0")
          .convention("-infinity at 0, with infinite derivative; NaN below")
          .build();

  static final Entry LOG2 =
      elementwise("log2", Arithmetic.LOG2, Typing.Rule.FLOATING)
          .doc("the logarithm to base 2")
          .domain("x > 0")
          .convention("-infinity at 0; NaN below")
          .build();

  static final Entry LOG10 =
      elementwise("log10", Arithmetic.LOG10, Typing.Rule.FLOATING)
          .doc("the logarithm to base 10")
          .domain("x > 0")
          .convention("-infinity at 0; NaN below")
          .build();

  static final Entry LOG1P =
      elementwise("log1p", Arithmetic.LOG1P, Typing.Rule.FLOATING)
          .doc("log(1 + x), exact near 0")
          .domain("x > -1")
          .convention("-infinity at -1, with infinite derivative")
          .build();

  static final List<Entry> ENTRIES =
      List.of(
          EXP, EXP2, EXPM1, LOG, LOG2, LOG10, LOG1P);
}
