package dev.gradus.teach.replay;

import com.google.common.xml.XmlEscapers;
import dev.gradus.scalar.Expression;
import java.util.List;
import java.util.function.IntPredicate;

/// The three ways to write an [Equation].
public enum Writing {
  /// Plain text.
  TEXT {
    @Override
    String formula(Expression formula, List<String> names, IntPredicate isArray) {
      return formula.toText(names);
    }

    @Override
    public String parentheses(String inside) {
      return "(" + inside + ")";
    }

    @Override
    String product(String left, String right) {
      return left + " @ " + right;
    }

    @Override
    String transpose(String matrix) {
      return matrix + "ᵀ";
    }

    @Override
    String call(String name, List<String> x) {
      return name + "(" + String.join(", ", x) + ")";
    }

    @Override
    public String partial(String numerator, String denominator) {
      return "∂" + numerator + "/∂" + denominator;
    }

    @Override
    public String name(String label) {
      return label;
    }

    @Override
    public String times(String left, String right, boolean areArrays) {
      return left + " " + sign(areArrays) + " " + right;
    }

    @Override
    public String sum(String terms) {
      return "∑ " + terms;
    }
  },

  /// LaTeX's math mode.
  LATEX {
    @Override
    String formula(Expression formula, List<String> names, IntPredicate isArray) {
      return formula.toLatex(names, isArray);
    }

    @Override
    public String parentheses(String inside) {
      return "\\left(" + inside + "\\right)";
    }

    @Override
    String product(String left, String right) {
      return left + "\\," + right;
    }

    @Override
    String transpose(String matrix) {
      return "{" + matrix + "}^{\\top}";
    }

    @Override
    String call(String name, List<String> x) {
      return "\\operatorname{" + Symbol.latexText(name) + "}\\left(" + String.join(", ", x) + "\\right)";
    }

    @Override
    public String partial(String numerator, String denominator) {
      return "\\frac{\\partial " + numerator + "}{\\partial " + denominator + "}";
    }

    @Override
    public String name(String label) {
      return Symbol.latex(label);
    }

    @Override
    public String times(String left, String right, boolean areArrays) {
      return left + (areArrays ? " \\odot " : " \\cdot ") + right;
    }

    @Override
    public String sum(String terms) {
      return "\\sum " + terms;
    }
  },

  /// The inside of a MathML `math` element.
  MATHML {
    @Override
    String formula(Expression formula, List<String> names, IntPredicate isArray) {
      return formula.toMathMl(names, isArray);
    }

    @Override
    public String parentheses(String inside) {
      return "<mrow><mo>(</mo>" + inside + "<mo>)</mo></mrow>";
    }

    @Override
    String product(String left, String right) {
      return left + "<mo>@</mo>" + right;
    }

    @Override
    String transpose(String matrix) {
      return "<msup><mrow>" + matrix + "</mrow><mo>⊤</mo></msup>";
    }

    @Override
    String call(String name, List<String> x) {
      return "<mi>" + XmlEscapers.xmlContentEscaper().escape(name) + "</mi><mrow><mo>(</mo>" + String.join("<mo>,</mo>", x) + "<mo>)</mo></mrow>";
    }

    @Override
    public String partial(String numerator, String denominator) {
      return "<mfrac><mrow><mo>∂</mo>" + numerator + "</mrow><mrow><mo>∂</mo>" + denominator + "</mrow></mfrac>";
    }

    @Override
    public String name(String label) {
      return Symbol.mathMl(label);
    }

    @Override
    public String times(String left, String right, boolean areArrays) {
      return left + "<mo>" + sign(areArrays) + "</mo>" + right;
    }

    @Override
    public String sum(String terms) {
      return "<mo>∑</mo>" + terms;
    }
  };

  abstract String formula(Expression formula, List<String> names, IntPredicate isArray);

  /// (inside).
  public abstract String parentheses(String inside);

  abstract String product(String left, String right);

  abstract String transpose(String matrix);

  abstract String call(String name, List<String> x);

  /// ∂numerator/∂denominator.
  public abstract String partial(String numerator, String denominator);

  /// A node's label.
  public abstract String name(String label);

  /// Words as LaTeX's `\mathrm` takes them.
  public static String latexText(String words) {
    return Symbol.latexText(words);
  }

  /// left · right, with the sign of the product element by element where both are arrays.
  public abstract String times(String left, String right, boolean areArrays);

  /// The sum of all elements, or of those along the axes that a sum over a broadcast operand goes.
  public abstract String sum(String terms);

  /// The sign between two factors: `⊙` between arrays, which are multiplied element by element, else `·`.
  public static String sign(boolean areArrays) {
    return areArrays ? "⊙" : "·";
  }
}
