package dev.gradus.scalar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// Printing formulas. A formula is a DAG and a page is a tree, so a text that would explode is cut: a part longer than
/// a page's worth prints as an ellipsis.
enum Notation {
  TEXT("...") {
    @Override
    String number(double value) {
      return Double.isNaN(value) ? "nan" : plain(value).replace("Infinity", "inf");
    }

    @Override
    String infix(String a, String operator, String b) {
      return a + " " + (operator.equals(ODOT) ? "*" : operator) + " " + b;
    }

    @Override
    String quotient(String a, String b) {
      return a + " / " + b;
    }

    @Override
    String power(String a, String b) {
      return a + "^" + b;
    }

    @Override
    String negative(String a) {
      return "-" + a;
    }

    @Override
    String parentheses(String a) {
      return "(" + a + ")";
    }

    @Override
    String call(ScalarFunction function, List<String> x) {
      return function.label() + "(" + String.join(", ", x) + ")";
    }

    @Override
    String choice(String condition, String x, String y) {
      return "where(" + condition + ", " + x + ", " + y + ")";
    }
  },

  LATEX("\\ldots") {
    @Override
    String number(double value) {
      String text = Double.isInfinite(value) ? (value < 0 ? "-" : "") + "\\infty" : plain(value);
      int exponent = text.indexOf('E');
      return exponent < 0
          ? text
          : text.substring(0, exponent) + " \\cdot 10^{" + text.substring(exponent + 1) + "}";
    }

    @Override
    String infix(String a, String operator, String b) {
      String symbol =
          switch (operator) {
            case "*" -> "\\,";
            case ODOT -> "\\odot";
            case "<=" -> "\\le";
            case ">=" -> "\\ge";
            case "!=" -> "\\ne";
            case "and" -> "\\land";
            case "or" -> "\\lor";
            default -> operator;
          };
      return a + " " + symbol + " " + b;
    }

    @Override
    String quotient(String a, String b) {
      return "\\frac{" + a + "}{" + b + "}";
    }

    @Override
    String power(String a, String b) {
      return "{" + a + "}^{" + b + "}";
    }

    @Override
    String negative(String a) {
      return "-" + a;
    }

    @Override
    String parentheses(String a) {
      return "\\left(" + a + "\\right)";
    }

    @Override
    String call(ScalarFunction function, List<String> x) {
      String all = String.join(", ", x);
      return switch (function) {
        case Arithmetic.SQRT -> "\\sqrt{" + all + "}";
        case Arithmetic.CBRT -> "\\sqrt[3]{" + all + "}";
        case Arithmetic.ABS -> "\\left|" + all + "\\right|";
        case Arithmetic.FLOOR -> "\\left\\lfloor " + all + "\\right\\rfloor";
        case Arithmetic.CEIL -> "\\left\\lceil " + all + "\\right\\rceil";
        case Arithmetic.LOG, Arithmetic.EXP, Arithmetic.SIN, Arithmetic.COS, Arithmetic.TAN, Arithmetic.SINH,
            Arithmetic.COSH, Arithmetic.TANH -> "\\" + function.label() + parentheses(all);
        default -> symbol(function, "\\sigma", "\\operatorname{" + function.label().replace("_", "\\_") + "}")
            + parentheses(all);
      };
    }

    @Override
    String choice(String condition, String x, String y) {
      return "\\begin{cases}" + x + " & " + condition + " \\\\ " + y + " & \\text{else}\\end{cases}";
    }
  },

  MATHML("<mo>…</mo>") {
    @Override
    String number(double value) {
      String size = Double.isInfinite(value) ? "∞" : plain(Math.abs(value));
      return (isSigned(value) ? "<mo>−</mo>" : "") + "<mn>" + size + "</mn>";
    }

    @Override
    String infix(String a, String operator, String b) {
      String symbol =
          switch (operator) {
            case "*" -> "·";
            case "<" -> "&lt;";
            case ">" -> "&gt;";
            case "<=" -> "≤";
            case ">=" -> "≥";
            case "!=" -> "≠";
            case "-" -> "−";
            default -> operator;
          };
      return a + "<mo>" + symbol + "</mo>" + b;
    }

    @Override
    String quotient(String a, String b) {
      return "<mfrac>" + row(a) + row(b) + "</mfrac>";
    }

    @Override
    String power(String a, String b) {
      return "<msup>" + row(a) + row(b) + "</msup>";
    }

    @Override
    String negative(String a) {
      return "<mo>−</mo>" + a;
    }

    @Override
    String parentheses(String a) {
      return "<mrow><mo>(</mo>" + a + "<mo>)</mo></mrow>";
    }

    @Override
    String call(ScalarFunction function, List<String> x) {
      String all = String.join("<mo>,</mo>", x);
      return switch (function) {
        case Arithmetic.SQRT -> "<msqrt>" + row(all) + "</msqrt>";
        case Arithmetic.ABS -> "<mrow><mo>|</mo>" + all + "<mo>|</mo></mrow>";
        default -> "<mi>" + symbol(function, "σ", function.label()) + "</mi>" + parentheses(all);
      };
    }

    @Override
    String choice(String condition, String x, String y) {
      return "<mrow><mo>{</mo><mtable><mtr><mtd>" + row(x) + "</mtd><mtd>" + row(condition)
          + "</mtd></mtr><mtr><mtd>" + row(y) + "</mtd><mtd><mtext>else</mtext></mtd></mtr></mtable></mrow>";
    }
  };

  private static final int LONGEST = 4000;

  /// The product of two arrays, element by element.
  private static final String ODOT = "⊙";

  private final String ellipsis;

  Notation(String ellipsis) {
    this.ellipsis = ellipsis;
  }

  abstract String number(double value);

  abstract String infix(String a, String operator, String b);

  abstract String quotient(String a, String b);

  abstract String power(String a, String b);

  abstract String negative(String a);

  abstract String parentheses(String a);

  abstract String call(ScalarFunction function, List<String> x);

  abstract String choice(String condition, String x, String y);

  /// A part in print.
  ///
  /// @param text how it reads
  /// @param binding how tightly it binds: 0 comparison, 1 sum, 2 product, 3 sign, 4 power, 5 atom
  /// @param isArray whether it stands for many numbers
  private record Piece(String text, int binding, boolean isArray) {
    Piece(String text, int binding) {
      this(text, binding, false);
    }
  }

  static List<String> names(int arity) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < Math.max(1, arity); i++) {
      names.add(i < 3 ? "xyz".substring(i, i + 1) : "x" + (i + 1));
    }
    return names;
  }

  /// @param isArray which variables stand for arrays: a product of two parts that hold one is written ⊙, but for plain text
  final String print(Expression formula, List<String> names, IntPredicate isArray) {
    Map<Expression, Piece> pieces = new HashMap<>();
    for (Expression part : formula.parts()) {
      Piece piece =
          switch (part) {
            case Expression.Constant constant -> constant(constant.value());
            case Expression.Variable variable ->
                new Piece(
                    variable.slot() < names.size() ? names.get(variable.slot()) : "x" + (variable.slot() + 1), 5, isArray.test(variable.slot()));
            case Expression.Call call -> {
              Piece written = write(call, pieces);
              yield new Piece(written.text, written.binding, call.arguments().stream().anyMatch(x -> found(pieces, x).isArray));
            }
          };
      pieces.put(part, piece.text.length() > LONGEST ? new Piece(ellipsis, 5, piece.isArray) : piece);
    }
    return text(pieces, formula, 0);
  }

  /// A sign binds less than a power, and so does the product of a number in scientific notation in LaTeX.
  private Piece constant(double value) {
    String text = number(value);
    return new Piece(text, isSigned(value) ? 3 : text.contains("\\cdot") ? 2 : 5);
  }

  private Piece write(Expression.Call call, Map<Expression, Piece> pieces) {
    List<Expression> x = call.arguments();
    return switch (call.function()) {
      case Arithmetic.ADD -> new Piece(infix(text(pieces, x.get(0), 1), "+", text(pieces, x.get(1), 2)), 1);
      case Arithmetic.SUBTRACT -> new Piece(infix(text(pieces, x.get(0), 1), "-", text(pieces, x.get(1), 2)), 1);
      case Arithmetic.MULTIPLY, Arithmetic.MASKED_MULTIPLY ->
          new Piece(infix(text(pieces, x.get(0), 2), times(pieces, x), text(pieces, x.get(1), this == TEXT ? 3 : 4)), 2);
      case Arithmetic.DIVIDE ->
          this == TEXT
              ? new Piece(quotient(text(pieces, x.get(0), 2), text(pieces, x.get(1), 3)), 2)
              : new Piece(quotient(text(pieces, x.get(0), 0), text(pieces, x.get(1), 0)), this == LATEX ? 4 : 5);
      case Arithmetic.NEGATE -> new Piece(negative(text(pieces, x.get(0), 3)), 3);
      case Arithmetic.POW -> new Piece(power(text(pieces, x.get(0), 5), text(pieces, x.get(1), this == TEXT ? 4 : 0)), 4);
      case Arithmetic.LESS -> relation(pieces, x, "<");
      case Arithmetic.LESS_EQUAL -> relation(pieces, x, "<=");
      case Arithmetic.GREATER -> relation(pieces, x, ">");
      case Arithmetic.GREATER_EQUAL -> relation(pieces, x, ">=");
      case Arithmetic.EQUAL -> relation(pieces, x, this == TEXT ? "==" : "=");
      case Arithmetic.NOT_EQUAL -> relation(pieces, x, "!=");
      case Arithmetic.AND -> relation(pieces, x, "and");
      case Arithmetic.OR -> relation(pieces, x, "or");
      case Arithmetic.SELECT ->
          new Piece(choice(text(pieces, x.get(0), 0), text(pieces, x.get(1), 0), text(pieces, x.get(2), 0)), 5);
      default -> new Piece(call(call.function(), x.stream().map(part -> text(pieces, part, 0)).toList()), 5);
    };
  }

  private static String times(Map<Expression, Piece> pieces, List<Expression> x) {
    return x.stream().allMatch(part -> found(pieces, part).isArray) ? ODOT : "*";
  }

  private Piece relation(Map<Expression, Piece> pieces, List<Expression> x, String operator) {
    return new Piece(infix(text(pieces, x.get(0), 1), operator, text(pieces, x.get(1), 1)), 0);
  }

  /// The text of a part, in parentheses where it binds less tightly than its place asks.
  private String text(Map<Expression, Piece> pieces, Expression part, int binding) {
    Piece piece = found(pieces, part);
    return piece.binding < binding ? parentheses(piece.text) : piece.text;
  }

  private static Piece found(Map<Expression, Piece> pieces, Expression part) {
    Piece piece = pieces.get(part);
    if (piece == null) {
      throw new IllegalStateException("not printed yet");
    }
    return piece;
  }

  private static String symbol(ScalarFunction function, String sigma, String otherwise) {
    return function.label().equals("sigmoid") ? sigma : otherwise;
  }

  private static String row(String inside) {
    return "<mrow>" + inside + "</mrow>";
  }

  /// Whether a minus is written before the number; -0 has one.
  private static boolean isSigned(double value) {
    return Math.copySign(1, value) < 0 && !Double.isNaN(value);
  }

  private static String plain(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15 && !(value == 0 && isSigned(value));
    return whole ? Long.toString((long) value) : Double.toString(value);
  }
}
