package dev.gradus.command;

import dev.gradus.diff.Flow;
import dev.gradus.diff.Gradients;
import dev.gradus.diff.Term;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.graph.Projection;
import dev.gradus.run.Values;
import dev.gradus.scalar.Expression;
import dev.gradus.show.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A graph and the chain rule at each of its nodes, as a LaTeX `align*` environment: values inputs first, then gradients
/// from the result down. Numbers stand beside symbols where a node holds a single one.
final class ExplanationLatex {
  private static final int DIGITS = 6;

  private static final String GREEK =
      "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi chi psi omega";

  private static final Pattern WITH_INDEX = Pattern.compile("(?<stem>\\p{L}+)_?(?<index>[0-9\\u2080-\\u2089]+)(?<primes>'*)");

  private final Graph graph;
  private final Gradients gradients;
  private final Values values;
  private final List<String> lines = new ArrayList<>();

  private ExplanationLatex(Gradients gradients, Values values) {
    this.graph = gradients.graph();
    this.gradients = gradients;
    this.values = values;
  }

  static String of(Gradients gradients, Values values) {
    ExplanationLatex explanation = new ExplanationLatex(gradients, values);
    explanation.graph.nodes().forEach(explanation::forward);
    explanation.graph.nodes().reversed().forEach(explanation::backward);
    return "\\begin{align*}\n" + String.join(" \\\\\n", explanation.lines) + "\n\\end{align*}";
  }

  private void forward(Node node) {
    String meaning =
        switch (node) {
          case Apply apply when apply.op() instanceof Elementwise map -> map.formula().toLatex(symbols(apply));
          case Apply apply ->
              "\\operatorname{" + apply.kind().replace("_", "\\_") + "}\\left(" + String.join(", ", symbols(apply)) + "\\right)";
          case Projection projection -> symbol(projection.tuple()) + "_{[" + projection.index() + "]}";
          default -> "";
        };
    if (!meaning.isEmpty() || isSingle(node)) {
      lines.add(symbol(node) + " &= " + meaning + (meaning.isEmpty() ? "" : isSingle(node) ? " = " : "") + number(node));
    }
  }

  private void backward(Node node) {
    if (node.isTuple() || gradients.flow(node) != Flow.FLOWS) {
      return;
    }
    List<Term> terms = gradients.terms(node);
    Node gradient = gradients.of(node);
    if (terms.isEmpty()) {
      String value = number(gradient);
      lines.add(partial(node) + " &= " + (value.isEmpty() ? "\\text{upstream}" : value));
      return;
    }
    List<String> products = terms.stream().map(this::product).toList();
    String numbers = number(gradient);
    lines.add(partial(node) + " &= " + String.join(" + ", products) + (numbers.isEmpty() ? "" : " = " + numbers));
  }

  private String product(Term term) {
    Apply v = (Apply) term.use().user();
    if (v.op() instanceof Elementwise map) {
      String local = map.localFormula(term.use().slot()).toLatex(symbols(v));
      boolean isFactor = local.indexOf(' ') < 0;
      return partial(v)
          + (local.equals("1") ? "" : " \\cdot " + (isFactor ? local : "\\left(" + local + "\\right)"));
    }
    return "\\text{" + term.rule().replace("_", "\\_").replace("^", "\\^{}") + "}";
  }

  private static boolean isSingle(Node node) {
    return !node.isTuple() && node.shape().size() == 1;
  }

  private String number(Node node) {
    if (!isSingle(node)) {
      return "";
    }
    double rounded = Double.parseDouble(Numbers.text(values.of(node).item(), DIGITS));
    return Expression.constant(rounded).toLatex();
  }

  private String partial(Node node) {
    return "\\frac{\\partial L}{\\partial " + symbol(node) + "}";
  }

  private List<String> symbols(Apply apply) {
    return apply.operands().stream().map(this::symbol).toList();
  }

  private String symbol(Node node) {
    return node.name() == null ? "v_{" + graph.indexOf(node) + "}" : symbol(node.name());
  }

  /// `w1` as `w_{1}`, `theta` as `\theta`, longer words upright.
  static String symbol(String name) {
    Matcher parts = WITH_INDEX.matcher(name);
    if (parts.matches()) {
      StringBuilder index = new StringBuilder();
      parts.group("index").chars().forEach(c -> index.append(c < 0x2080 ? c - '0' : c - 0x2080));
      return stem(parts.group("stem")) + "_{" + index + "}" + parts.group("primes");
    }
    return stem(name);
  }

  private static String stem(String word) {
    if (List.of(GREEK.split(" ")).contains(word)) {
      return "\\" + word;
    }
    return word.codePointCount(0, word.length()) == 1 || word.endsWith("'")
        ? word
        : "\\mathrm{" + word.replace("_", "\\_") + "}";
  }
}
