package dev.gradus.teach.worksheet;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Node;
import dev.gradus.teach.replay.Equation;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Share;
import dev.gradus.teach.replay.Writing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The formulas of a worksheet in one notation.
final class Words {
  private final Narration narration;
  private final Writing writing;

  Words(Narration narration, Writing writing) {
    this.narration = narration;
    this.writing = writing;
  }

  String name(Node node) {
    return writing.name(visible(narration.label(node)));
  }

  /// Names can hold anything; on paper only what can be seen is of use.
  static String visible(String label) {
    return label.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// A formula in plain text as it is written by hand.
  static String dotted(String formula) {
    return visible(formula).replace(" * ", " · ").replaceAll("\\^2(?![0-9.^])", "²").replaceAll("\\^3(?![0-9.^])", "³");
  }

  String partial(Node above, Node below) {
    return writing.partial(name(above), name(below));
  }

  /// ∂L/∂u.
  String gradient(Node u) {
    return partial(narration.replay().result(), u);
  }

  /// What u is computed as, or null where words say it better.
  @Nullable String definition(Node u) {
    Equation equation = narration.definitionOf(u);
    return equation == null ? null : print(equation, null);
  }

  /// ∂v/∂u over v's operands, or the term over ∂L/∂v where v is not elementwise; null where that is long, or ∂L/∂v alone.
  @Nullable String rule(Share share) {
    Equation local = narration.local(share);
    if (local != null) {
      return print(local, null);
    }
    Equation product = narration.product(share);
    String term = product == null ? null : print(product, share);
    boolean saysNothing = term != null && term.equals(gradient(user(share)));
    return saysNothing ? null : term;
  }

  private String print(Equation equation, @Nullable Share share) {
    List<String> fill = equation.atoms().stream()
        .map(atom -> share != null && atom == share.term().upstream() ? gradient(user(share)) : name(atom))
        .toList();
    return equation.print(writing, fill);
  }

  private static Apply user(Share share) {
    return (Apply) share.term().use().user();
  }
}
