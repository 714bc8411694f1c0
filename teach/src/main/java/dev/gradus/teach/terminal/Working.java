package dev.gradus.teach.terminal;

import dev.gradus.diff.Term;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.show.RuleLetters;
import dev.gradus.teach.replay.Equation;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.replay.Share;
import dev.gradus.teach.replay.Step;
import dev.gradus.teach.replay.Writing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How a step is worked out, as on a blackboard: the general rule, the same in symbols, then in numbers, then the sum so far.
final class Working {
  private static final int MOST_TERMS = 4;

  private final Replay replay;
  private final Narration narration;
  private final Sentences sentences;
  private final List<Row> rows = new ArrayList<>();

  private Working(Replay replay, Narration narration) {
    this.replay = replay;
    this.narration = narration;
    this.sentences = narration.sentences();
  }

  /// One row.
  ///
  /// @param head what it is: a rule, symbols, numbers or a sum
  /// @param text what it says
  record Row(String head, String text) {}

  static List<Row> of(Step step, Replay replay, Narration narration) {
    Working working = new Working(replay, narration);
    Node u = step.u();
    Share share = step.share();
    if (share != null) {
      working.term(share);
    } else if (u != null) {
      switch (step.kind()) {
        case FORWARD -> working.forward(u);
        case SEED -> working.add("terminal.numbers", working.gradient(u));
        case OPEN -> working.open(u);
        default -> working.close(u);
      }
    }
    return List.copyOf(working.rows);
  }

  private void add(String key, String text) {
    rows.add(new Row(sentences.say(key), text));
  }

  private String gradient(Node u) {
    return narration.partial(u) + " = " + narration.number(replay.gradients().of(u));
  }

  private void forward(Node u) {
    String label = narration.label(u);
    if (u instanceof Apply apply && apply.op() instanceof Elementwise map) {
      add("terminal.rule", "v = " + map.formula().toText());
    }
    if (!u.operands().isEmpty()) {
      add("terminal.symbols", label + " = " + narration.definition(u));
    }
    if (u.isTuple()) {
      return;
    }
    Equation definition = narration.definitionOf(u);
    String value = narration.number(u);
    String numbers =
        definition != null && definition.atoms().stream().allMatch(Working::isNumber) ? filled(definition) + " = " + value : value;
    add("terminal.numbers", label + " = " + numbers);
  }

  private static boolean isNumber(Node node) {
    return !node.isTuple() && node.shape().rank() == 0;
  }

  /// The equation with numbers; those that stand alone between parentheses need none of their own.
  private String filled(Equation equation) {
    return equation
        .print(Writing.TEXT, equation.atoms().stream().map(narration::factor).toList())
        .replaceAll("\\((\\([^()]*\\))\\)", "$1");
  }

  private void open(Node u) {
    List<Share> shares = replay.shares(u);
    if (shares.isEmpty()) {
      return;
    }
    chain();
    List<String> terms = shares.stream().limit(MOST_TERMS).map(this::symbols).toList();
    add("terminal.symbols", narration.partial(u) + " = " + joined(terms, shares.size()));
    add("terminal.sum", soFar("0", 0, shares.size()));
  }

  private void chain() {
    String v = Writing.TEXT.partial(narration.label(replay.result()), "v");
    String dLdu = Writing.TEXT.partial(narration.label(replay.result()), "u");
    add("terminal.rule", sentences.say("terminal.chain", Map.of("dLdu", dLdu, "dLdv", v)));
  }

  private static String joined(List<String> some, int all) {
    return String.join(" + ", some) + (some.size() < all ? " + …" : "");
  }

  private String soFar(String sum, int i, int count) {
    return sentences.say(
        "terminal.sum.so.far", Map.of("sum", sum, "i", String.valueOf(i), "count", String.valueOf(count)));
  }

  /// ∂L/∂v · ∂v/∂u.
  private String symbols(Share share) {
    Node v = share.term().use().user();
    return Writing.TEXT.times(narration.partial(v), narration.partial(share.term().use()), share.areArrays());
  }

  private void term(Share share) {
    Term term = share.term();
    add("terminal.rule", rule(share));
    String product = narration.number(term.product());
    if (term.local() == null || term.upstream() == null) {
      Equation equation = narration.product(share);
      if (equation != null) {
        add("terminal.symbols", narration.print(equation, share, Writing.TEXT));
      }
      add("terminal.numbers", product);
    } else {
      add("terminal.symbols", symbols(share) + expanded(share));
      String result = share.isSummedBack() ? sentences.say("terminal.sum.broadcast", Map.of("product", product)) : product;
      add(
          "terminal.numbers",
          Writing.TEXT.times(narration.number(term.upstream()), narration.factor(term.local()), share.areArrays()) + " = " + result);
    }
    sum(share);
  }

  private String expanded(Share share) {
    Equation local = narration.local(share);
    if (local == null) {
      return "";
    }
    String text = narration.print(local, Writing.TEXT);
    Node v = share.term().use().user();
    return " = " + Writing.TEXT.times(
        narration.partial(v), local.isSum() ? Writing.TEXT.parentheses(text) : text, v.shape().rank() > 0 && local.isArray());
  }

  private String rule(Share share) {
    String rule = narration.rule(share);
    List<String> bindings = new ArrayList<>();
    Node v = share.term().use().user();
    boolean isElementwise = share.term().local() != null;
    RuleLetters.bind(rule, isElementwise ? "v" : "out", narration.label(v), bindings);
    if (!isElementwise && share.term().upstream() != null) {
      RuleLetters.bind(rule, "g", narration.partial(v), bindings);
    }
    for (int slot = 0; slot < Math.min(3, v.operands().size()); slot++) {
      RuleLetters.bind(rule, Narration.letter(slot), narration.label(v.operands().get(slot)), bindings);
    }
    return bindings.isEmpty()
        ? rule
        : sentences.say("terminal.rule.with", Map.of("rule", rule, "bindings", String.join(", ", bindings)));
  }

  private void sum(Share share) {
    List<Share> all = replay.shares(share.u());
    String sum = narration.number(share.sum());
    if (share.index() > 0 && isNumber(share.u())) {
      Node before = all.get(share.index() - 1).sum();
      sum = narration.number(before) + " + " + narration.factor(share.term().product()) + " = " + sum;
    }
    add("terminal.sum", soFar(sum, share.index() + 1, all.size()));
  }

  private void close(Node u) {
    List<Share> shares = replay.shares(u);
    if (replay.gradient(u) == null) {
      return;
    }
    chain();
    if (shares.size() > 1 && isNumber(u)) {
      List<String> terms = shares.stream().limit(MOST_TERMS).map(share -> narration.factor(share.term().product())).toList();
      add("terminal.numbers", joined(terms, shares.size()));
    }
    add("terminal.sum", gradient(u));
  }
}
