package dev.gradus.teach.script;

import dev.gradus.scalar.Arithmetic;
import dev.gradus.teach.script.Code.Binding;
import dev.gradus.teach.script.Library.Routine;
import java.util.List;

/// Formulas over JavaScript's numbers, which are Java's doubles. Where `Math` computes what Java's does it is called; special
/// values included.
final class Doubles implements Dialect {
  /// As doubles read it back.
  @Override
  public Code number(double value) {
    return Code.literal(text(value));
  }

  private static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    if (whole) {
      return Math.copySign(1, value) < 0 && value == 0 ? "-0" : Long.toString((long) value);
    }
    return Double.toString(value).replace(".0E", "e").replace('E', 'e');
  }

  @Override
  public Code numberOf(Code truth) {
    return new Code("+" + truth.at(Binding.ATOM), Binding.SIGN, false);
  }

  /// NaN is not 0, though JavaScript's own conversion says that it is false.
  @Override
  public Code truthOf(Code number) {
    return Code.relation(number, "!=", number(0));
  }

  @Override
  public Code call(Arithmetic function, List<Code> x, Library library) {
    return switch (function) {
      case ADD -> Code.arithmetic(number(x, 0), "+", number(x, 1), Binding.SUM);
      case SUBTRACT -> Code.arithmetic(number(x, 0), "-", number(x, 1), Binding.SUM);
      case MULTIPLY -> Code.arithmetic(number(x, 0), "*", number(x, 1), Binding.PRODUCT);
      case MASKED_MULTIPLY -> two(library.name(Routine.MASKED), x);
      case DIVIDE -> Code.arithmetic(number(x, 0), "/", number(x, 1), Binding.PRODUCT);
      case NEGATE -> Code.negative(number(x, 0));
      case POW -> two("Math.pow", x);
      case SQRT -> one("Math.sqrt", x);
      case CBRT -> one("Math.cbrt", x);
      case EXP -> one("Math.exp", x);
      case EXP2 -> Code.call("Math.pow", number(2), number(x, 0));
      case EXPM1 -> one("Math.expm1", x);
      case LOG -> one("Math.log", x);
      case LOG2 -> one("Math.log2", x);
      case LOG10 -> one("Math.log10", x);
      case LOG1P -> one("Math.log1p", x);
      case SIN -> one("Math.sin", x);
      case COS -> one("Math.cos", x);
      case TAN -> one("Math.tan", x);
      case ASIN -> one("Math.asin", x);
      case ACOS -> one("Math.acos", x);
      case ATAN -> one("Math.atan", x);
      case ATAN2 -> two("Math.atan2", x);
      case SINH -> one("Math.sinh", x);
      case COSH -> one("Math.cosh", x);
      case TANH -> one("Math.tanh", x);
      case ASINH -> one("Math.asinh", x);
      case ACOSH -> one("Math.acosh", x);
      case ATANH -> one("Math.atanh", x);
      case HYPOT -> two("Math.hypot", x);
      case ABS -> one("Math.abs", x);
      case SIGN -> one("Math.sign", x);
      case FLOOR -> one("Math.floor", x);
      case CEIL -> one("Math.ceil", x);
      case ROUND -> one(library.name(Routine.NEAREST), x);
      case REMAINDER -> two(library.name(Routine.REMAINDER), x);
      case MINIMUM -> two("Math.min", x);
      case MAXIMUM -> two("Math.max", x);
      case IS_NAN -> new Code(one("isNaN", x).text(), Binding.ATOM, true);
      case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL, AND, OR, NOT, SELECT -> Dialect.logic(this, function, x);
    };
  }

  private Code number(List<Code> x, int slot) {
    return asNumber(x.get(slot));
  }

  private Code one(String name, List<Code> x) {
    return Code.call(name, number(x, 0));
  }

  private Code two(String name, List<Code> x) {
    return Code.call(name, number(x, 0), number(x, 1));
  }
}
