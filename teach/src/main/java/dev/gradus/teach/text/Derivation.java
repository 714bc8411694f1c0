package dev.gradus.teach.text;

import dev.gradus.graph.Node;
import dev.gradus.scalar.Expression;
import dev.gradus.show.Numbers;
import dev.gradus.teach.replay.Equation;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Share;
import dev.gradus.teach.replay.Writing;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A graph and the chain rule at each of its nodes, as a LaTeX `align*` environment (package amsmath): values inputs first, then
/// gradients from the result down. Numbers stand beside symbols where a node holds few of them.
public final class Derivation {
  private static final int TENSOR_DIGITS = 4;
  private static final int MOST_ROWS = 4;
  private static final int MOST_COLUMNS = 5;

  private final Narration narration;
  private final Replay replay;
  private final List<String> lines = new ArrayList<>();

  private Derivation(Narration narration) {
    this.narration = narration;
    this.replay = narration.replay();
  }

  /// The derivation.
  public static String of(Narration narration) {
    Derivation derivation = new Derivation(narration);
    derivation.replay.graph().nodes().forEach(derivation::forward);
    derivation.replay.graph().nodes().reversed().forEach(derivation::backward);
    return "\\begin{align*}\n" + String.join(" \\\\\n", derivation.lines) + "\n\\end{align*}";
  }

  private void forward(Node u) {
    String meaning = u.operands().isEmpty() ? "" : meaning(u);
    String number = number(u);
    if (!meaning.isEmpty() || !number.isEmpty()) {
      lines.add(symbol(u) + " &= " + meaning + (meaning.isEmpty() || number.isEmpty() ? "" : " = ") + number);
    }
  }

  private String meaning(Node u) {
    Equation equation = narration.definitionOf(u);
    return equation == null ? "\\mathrm{" + Writing.latexText(replay.labels().definition(u)) + "}" : equation.print(Writing.LATEX, symbols(equation, null));
  }

  private void backward(Node u) {
    Node gradient = replay.gradient(u);
    if (gradient == null) {
      return;
    }
    String number = number(gradient);
    if (u == replay.result()) {
      lines.add(partial(u) + " &= " + (number.isEmpty() ? "\\text{upstream}" : number));
      return;
    }
    List<String> terms = replay.shares(u).stream().map(this::term).toList();
    if (!terms.isEmpty()) {
      lines.add(partial(u) + " &= " + String.join(" + ", terms) + (number.isEmpty() ? "" : " = " + number));
    }
  }

  private String term(Share share) {
    Node v = share.term().use().user();
    Equation local = narration.local(share);
    if (local != null) {
      String factor = local.factor(Writing.LATEX, symbols(local, null));
      String product = factor.equals("1") ? partial(v) : Writing.LATEX.times(partial(v), factor, v.shape().rank() > 0 && local.isArray());
      return share.isSummedBack() ? Writing.LATEX.sum(product) : product;
    }
    Equation product = narration.product(share);
    return product == null
        ? "\\mathrm{" + Writing.latexText(narration.rule(share)) + "}"
        : product.print(Writing.LATEX, symbols(product, share));
  }

  /// The names of the nodes in an equation; the upstream gradient is ∂L/∂v.
  private List<String> symbols(Equation equation, @Nullable Share share) {
    return equation.atoms().stream()
        .map(atom -> share != null && atom == share.term().upstream() ? partial(share.term().use().user()) : symbol(atom))
        .toList();
  }

  private String symbol(Node node) {
    return Writing.LATEX.name(narration.label(node));
  }

  private String partial(Node u) {
    return Writing.LATEX.partial(symbol(replay.result()), symbol(u));
  }

  /// A number, or a small matrix; empty for what is larger.
  private String number(Node node) {
    if (node.isTuple()) {
      return "";
    }
    Tensor value = replay.values().of(node);
    if (value.rank() == 0) {
      return element(value, 0, Narration.DIGITS);
    }
    int columns = value.shape().dim(-1);
    int rows = value.rank() == 1 ? 1 : value.shape().dim(0);
    if (value.rank() > 2 || columns > MOST_COLUMNS || rows > MOST_ROWS || value.size() == 0) {
      return "";
    }
    List<String> all = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      List<String> row = new ArrayList<>();
      for (int c = 0; c < columns; c++) {
        row.add(element(value, r * columns + c, TENSOR_DIGITS));
      }
      all.add(String.join(" & ", row));
    }
    return "\\begin{bmatrix} " + String.join(" \\\\ ", all) + " \\end{bmatrix}";
  }

  private static String element(Tensor value, int at, int digits) {
    return switch (value.dtype()) {
      case BOOL -> "\\text{" + Numbers.element(value, at, digits) + "}";
      case I32, I64 -> Numbers.element(value, at, digits);
      case F32, F64 -> Expression.constant(Double.parseDouble(Numbers.element(value, at, digits))).toLatex();
    };
  }
}
