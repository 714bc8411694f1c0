package dev.gradus.teach.replay;

import com.google.common.xml.XmlEscapers;
import dev.gradus.scalar.Expression;
import java.util.List;

/// The three ways to write an [Equation].
public enum Writing {
  /// Plain text.
  TEXT {
    @Override
    String formula(Expression formula, List<String> names) {
      return formula.toText(names);
    }

    @Override
    String parentheses(String inside) {
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
    public String times(String left, String right) {
      return left + " · " + right;
    }
  },

  /// LaTeX's math mode.
  LATEX {
    @Override
    String formula(Expression formula, List<String> names) {
      return formula.toLatex(names);
    }

    @Override
    String parentheses(String inside) {
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
    public String times(String left, String right) {
      return left + " \\cdot " + right;
    }
  },

  /// The inside of a MathML `math` element.
  MATHML {
    @Override
    String formula(Expression formula, List<String> names) {
      return formula.toMathMl(names);
    }

    @Override
    String parentheses(String inside) {
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
    public String times(String left, String right) {
      return left + "<mo>·</mo>" + right;
    }
  };

  abstract String formula(Expression formula, List<String> names);

  abstract String parentheses(String inside);

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

  /// left · right.
  public abstract String times(String left, String right);
}
