package dev.gradus.show;

import dev.gradus.diff.Gradients;
import dev.gradus.diff.Term;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What one use of u contributes to ∂L/∂u, as texts; empty where there is nothing to show.
///
/// @param user v, with the slot, counted from 1, where it uses u several times
/// @param upstream ∂L/∂v
/// @param formula ∂v/∂u in terms of v's operands, where v is elementwise
/// @param local its value
/// @param rule what happens in words, where v is not elementwise
/// @param product the term
record TermText(String user, String upstream, String formula, String local, String rule, String product) {
  private static final int MOST_USES = 12;

  /// The terms of u in the order of Γ(u), abbreviated; uses that send nothing are named too.
  static List<TermText> all(Node u, Gradients gradients, NodeLabels labels, Function<Node, String> value) {
    Map<Use, Term> terms = new HashMap<>();
    gradients.terms(u).forEach(term -> terms.put(term.use(), term));
    List<Use> uses = gradients.graph().uses(u);
    List<TermText> all = new ArrayList<>();
    for (Use use : uses.subList(0, Math.min(MOST_USES, uses.size()))) {
      String user = labels.of(use.user()) + (isRepeated(use) ? " (slot " + (use.slot() + 1) + ")" : "");
      all.add(of(user, use, terms.get(use), labels, value));
    }
    if (uses.size() > MOST_USES) {
      all.add(new TermText("...", "", "", "", uses.size() - MOST_USES + " more uses", ""));
    }
    return all;
  }

  private static boolean isRepeated(Use use) {
    return use.user().operands().stream().filter(operand -> operand == use.operand()).limit(2).count() > 1;
  }

  private static TermText of(
      String user, Use use, @Nullable Term term, NodeLabels labels, Function<Node, String> value) {
    if (term == null) {
      return new TermText(user, "", "", "", "sends nothing", "");
    }
    Node from = term.upstream();
    String upstream = from == null ? "one for each result" : value.apply(from);
    String product = value.apply(term.product());
    Node local = term.local();
    if (local != null && use.user() instanceof Apply v && v.op() instanceof Elementwise map) {
      String formula = labels.text(map.localFormula(use.slot()), v);
      return new TermText(user, upstream, formula, value.apply(local), "", product);
    }
    return new TermText(user, upstream, "", "", rule(use, term, labels), product);
  }

  /// The rule, with what its letters stand for here.
  private static String rule(Use use, Term term, NodeLabels labels) {
    List<Node> operands = use.user().operands();
    List<String> where = new ArrayList<>();
    for (int i = 0; i < operands.size() && operands.size() <= 3; i++) {
      RuleLetters.bind(term.rule(), "xyz".substring(i, i + 1), labels.of(operands.get(i)), where);
    }
    return term.rule() + (where.isEmpty() ? "" : "\nwith " + String.join(", ", where));
  }
}
