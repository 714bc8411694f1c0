package dev.gradus.teach.script;

import dev.gradus.scalar.Arithmetic;
import dev.gradus.teach.script.Code.Binding;
import dev.gradus.teach.script.Library.Routine;
import java.util.List;

/// Formulas over JavaScript's BigInts, kept to 64 bits where they would leave them: Java's longs.
final class WholeNumbers implements Dialect {
  @Override
  public Code number(double value) {
    return Code.literal((long) value + "n");
  }

  @Override
  public Code numberOf(Code truth) {
    return Code.choice(truth, number(1), number(0));
  }

  @Override
  public Code truthOf(Code number) {
    return Code.relation(number, "!=", number(0));
  }

  @Override
  public Code call(Arithmetic function, List<Code> x, Library library) {
    return switch (function) {
      case ADD -> wrapped(library, Code.arithmetic(number(x, 0), "+", number(x, 1), Binding.SUM));
      case SUBTRACT -> wrapped(library, Code.arithmetic(number(x, 0), "-", number(x, 1), Binding.SUM));
      case MULTIPLY, MASKED_MULTIPLY -> wrapped(library, Code.arithmetic(number(x, 0), "*", number(x, 1), Binding.PRODUCT));
      case NEGATE -> wrapped(library, Code.negative(number(x, 0)));
      case ABS -> wrapped(library, Code.call(library.name(Routine.SIZE_OF), number(x, 0)));
      case SIGN -> Code.call(library.name(Routine.SIGN_OF), number(x, 0));
      case FLOOR, CEIL, ROUND -> number(x, 0);
      case REMAINDER -> Code.call(library.name(Routine.MODULO), number(x, 0), number(x, 1));
      case MINIMUM -> Code.call(library.name(Routine.LESSER), number(x, 0), number(x, 1));
      case MAXIMUM -> Code.call(library.name(Routine.GREATER), number(x, 0), number(x, 1));
      case IS_NAN -> number(0);
      case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL, AND, OR, NOT, SELECT -> Dialect.logic(this, function, x);
      case DIVIDE, POW, SQRT, CBRT, EXP, EXP2, EXPM1, LOG, LOG2, LOG10, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, ATAN2, SINH, COSH,
          TANH, ASINH, ACOSH, ATANH, HYPOT ->
          throw new IllegalArgumentException(function + " has no meaning on integers");
    };
  }

  private Code number(List<Code> x, int slot) {
    return asNumber(x.get(slot));
  }

  private static Code wrapped(Library library, Code code) {
    return Code.call(library.name(Routine.WRAP), code);
  }
}
