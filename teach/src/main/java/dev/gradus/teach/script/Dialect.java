package dev.gradus.teach.script;

import dev.gradus.scalar.Arithmetic;
import java.util.List;

/// How formulas are written over one kind of numbers.
interface Dialect {
  /// The source of a number.
  Code number(double value);

  /// A truth as 1 or 0.
  Code numberOf(Code truth);

  /// Whether a number is not 0.
  Code truthOf(Code number);

  /// A function of numbers, or of truths where that spares a conversion. The arguments are as they come.
  Code call(Arithmetic function, List<Code> x, Library library);

  /// `x` as a number.
  default Code asNumber(Code x) {
    return x.isTruth() ? numberOf(x) : x;
  }

  /// `x` as a truth.
  default Code asTruth(Code x) {
    return x.isTruth() ? x : truthOf(x);
  }

  /// What the functions have in common that compare and choose.
  static Code logic(Dialect dialect, Arithmetic function, List<Code> x) {
    return switch (function) {
      case LESS -> Code.relation(dialect.asNumber(x.get(0)), "<", dialect.asNumber(x.get(1)));
      case LESS_EQUAL -> Code.relation(dialect.asNumber(x.get(0)), "<=", dialect.asNumber(x.get(1)));
      case GREATER -> Code.relation(dialect.asNumber(x.get(0)), ">", dialect.asNumber(x.get(1)));
      case GREATER_EQUAL -> Code.relation(dialect.asNumber(x.get(0)), ">=", dialect.asNumber(x.get(1)));
      case EQUAL -> Code.relation(dialect.asNumber(x.get(0)), "==", dialect.asNumber(x.get(1)));
      case NOT_EQUAL -> Code.relation(dialect.asNumber(x.get(0)), "!=", dialect.asNumber(x.get(1)));
      case AND -> Code.both(dialect.asTruth(x.get(0)), "&&", dialect.asTruth(x.get(1)));
      case OR -> Code.both(dialect.asTruth(x.get(0)), "||", dialect.asTruth(x.get(1)));
      case NOT -> Code.relation(dialect.asNumber(x.getFirst()), "==", dialect.number(0));
      case SELECT -> Code.choice(dialect.asTruth(x.get(0)), dialect.asNumber(x.get(1)), dialect.asNumber(x.get(2)));
      default -> throw new IllegalArgumentException(function + " neither compares nor chooses");
    };
  }
}
