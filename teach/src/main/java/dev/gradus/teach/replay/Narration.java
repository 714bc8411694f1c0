package dev.gradus.teach.replay;

import dev.gradus.diff.Flow;
import dev.gradus.diff.Term;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Use;
import dev.gradus.scalar.Expression;
import dev.gradus.show.Numbers;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells the steps of a [Replay] in words, symbols and numbers.
public final class Narration {
  /// Significant digits of numbers in sentences.
  public static final int DIGITS = 6;

  private static final int TENSOR_DIGITS = 4;
  private static final int MOST_ELEMENTS = 12;
  private static final int MOST_NAMES = 6;

  private final Replay replay;
  private final Sentences sentences;
  private final Map<Node, @Nullable Equation> definitions = new HashMap<>();

  /// A narration in the language of `sentences`.
  public Narration(Replay replay, Sentences sentences) {
    this.replay = replay;
    this.sentences = sentences;
  }

  /// One step in one sentence or two.
  public String sentence(Step step) {
    return switch (step.kind()) {
      case FORWARD -> forward(subject(step));
      case SEED -> say("step.seed", places(subject(step)));
      case OPEN -> open(subject(step));
      case TERM -> term(shareOf(step));
      case CLOSE -> close(subject(step));
      case PARAMETERS -> end();
    };
  }

  private static Node subject(Step step) {
    if (step.u() == null) {
      throw new IllegalStateException("a step without a node: " + step);
    }
    return step.u();
  }

  private static Share shareOf(Step step) {
    if (step.share() == null) {
      throw new IllegalStateException("a step without a term: " + step);
    }
    return step.share();
  }

  private String say(String key, Map<String, String> places) {
    return sentences.say(key, places);
  }

  private Map<String, String> places(Node u) {
    Map<String, String> places = new HashMap<>();
    places.put("u", label(u));
    places.put("L", label(replay.result()));
    places.put("dLdu", partial(u));
    Node gradient = replay.gradient(u);
    if (gradient != null) {
      places.put("gradient", number(gradient));
    }
    return places;
  }

  private String forward(Node u) {
    Map<String, String> places = places(u);
    places.put("formula", definition(u));
    if (u.isTuple()) {
      return say("step.forward.tuple", places);
    }
    places.put("value", number(u));
    return switch (u) {
      case Input input -> say("step.forward.input", places);
      case Parameter parameter -> say("step.forward.parameter", places);
      case Constant constant -> say("step.forward.constant", places);
      default -> say("step.forward.op", places);
    };
  }

  private String open(Node u) {
    Map<String, String> places = places(u);
    List<Share> shares = replay.shares(u);
    if (shares.isEmpty()) {
      return say("step.open.none", places);
    }
    List<String> users = shares.stream().map(share -> user(share.term().use())).toList();
    places.put("users", list(users));
    if (shares.size() > 1) {
      return say("step.open", places);
    }
    Node v = shares.getFirst().term().use().user();
    places.put("dLdv", partial(v));
    return say(v.isTuple() ? "step.open.tuple" : "step.open.single", places);
  }

  private String term(Share share) {
    Term term = share.term();
    Node v = term.use().user();
    Map<String, String> places = places(share.u());
    places.put("v", user(term.use()));
    places.put("dLdv", partial(v));
    places.put("dvdu", Writing.TEXT.partial(label(v), label(share.u())));
    places.put("rule", rule(share));
    places.put("product", number(term.product()));
    places.put("sum", number(share.sum()));
    String which = replay.shares(share.u()).size() == 1 ? ".single" : "";
    if (term.local() == null || term.upstream() == null) {
      return say("step.term.rule" + which, places);
    }
    places.put("upstream", number(term.upstream()));
    places.put("local", factor(term.local()));
    places.put("times", Writing.sign(share.areArrays()));
    String told = say((share.isSummedBack() ? "step.term.broadcast" : "step.term") + which, places);
    return isMasked(term.upstream(), term.local()) ? told + " " + say("step.term.masked", places) : told;
  }

  /// Whether a zero of ∂L/∂v met a local derivative that is not finite.
  private boolean isMasked(Node upstream, Node local) {
    double[] g = replay.values().of(upstream).toDoubles();
    double[] d = replay.values().of(local).toDoubles();
    for (int i = 0; i < Math.max(g.length, d.length); i++) {
      if (g.length > 0 && d.length > 0 && g[i % g.length] == 0 && !Double.isFinite(d[i % d.length])) {
        return true;
      }
    }
    return false;
  }

  private String close(Node u) {
    Map<String, String> places = places(u);
    Flow flow = replay.gradients().flow(u);
    return switch (flow) {
      case FLOWS -> say(replay.shares(u).size() == 1 ? "step.close.single" : "step.close", places);
      case UNREACHABLE -> say("step.close.unreachable", places);
      case STOPPED -> say("step.close.stopped", places);
      case DISCRETE -> say("step.close.discrete", places);
    };
  }

  private String end() {
    List<String> gradients = new ArrayList<>();
    for (Node leaf : replay.leaves()) {
      Node gradient = replay.gradient(leaf);
      if (gradient != null) {
        gradients.add(partial(leaf) + " = " + number(gradient));
      }
    }
    return gradients.isEmpty()
        ? say("step.parameters.none", Map.of())
        : say("step.parameters", Map.of("gradients", list(gradients)));
  }

  /// Several texts as one, `a, b and c`, abbreviated.
  String list(List<String> all) {
    if (all.size() == 1) {
      return all.getFirst();
    }
    boolean isLong = all.size() > MOST_NAMES;
    List<String> first = isLong ? all.subList(0, MOST_NAMES - 2) : all.subList(0, all.size() - 1);
    String start = String.join(", ", first) + (isLong ? ", …" : "");
    return say("several", Map.of("first", start, "last", all.getLast()));
  }

  /// A node's label.
  public String label(Node node) {
    return replay.labels().of(node);
  }

  /// A user's label, with the slot where it uses the same node several times.
  public String user(Use use) {
    return withSlot(label(use.user()), use);
  }

  /// ∂v/∂u, with the slot where v uses u several times.
  public String partial(Use use) {
    return withSlot(Writing.TEXT.partial(label(use.user()), label(use.operand())), use);
  }

  private String withSlot(String text, Use use) {
    return isRepeated(use) ? say("slot", Map.of("v", text, "slot", String.valueOf(use.slot() + 1))) : text;
  }

  /// Whether the user has the same node in another slot too.
  public static boolean isRepeated(Use use) {
    return use.user().operands().stream().filter(operand -> operand == use.operand()).limit(2).count() > 1;
  }

  /// ∂L/∂u.
  public String partial(Node u) {
    return Writing.TEXT.partial(label(replay.result()), label(u));
  }

  /// The value of a node, rounded, on one line and not long.
  public String number(Node node) {
    return number(replay.values().of(node));
  }

  /// The value of a node as the right factor of a product: in parentheses where it starts with a minus.
  public String factor(Node node) {
    String text = number(node);
    return text.startsWith("-") ? Writing.TEXT.parentheses(text) : text;
  }

  private static String number(Tensor value) {
    if (value.rank() == 0) {
      return Numbers.text(value, DIGITS);
    }
    if (value.rank() > 2 || value.size() > MOST_ELEMENTS) {
      return value.dtype() + value.shape().toString();
    }
    int columns = value.shape().dim(-1);
    if (columns == 0 && value.rank() == 1) {
      return "[]";
    }
    List<String> rows = new ArrayList<>();
    for (int r = 0; columns > 0 && r < value.size() / columns; r++) {
      rows.add(row(value, r * columns, columns));
    }
    return value.rank() == 1 ? String.join("", rows) : "[" + String.join(", ", rows) + "]";
  }

  private static String row(Tensor value, int from, int count) {
    List<String> elements = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      elements.add(Numbers.element(value, i, TENSOR_DIGITS));
    }
    return "[" + String.join(", ", elements) + "]";
  }

  /// What u is computed as from its operands: `x1 * w1`.
  public String definition(Node u) {
    Equation equation = definitionOf(u);
    return equation == null ? replay.labels().definition(u) : print(equation, Writing.TEXT);
  }

  /// The same in symbols, or null for leaves and what is best said as a call.
  public @Nullable Equation definitionOf(Node u) {
    if (!(u instanceof Apply) || u.operands().size() > MOST_NAMES) {
      return null;
    }
    if (!definitions.containsKey(u)) {
      definitions.put(u, Equation.of(u, new HashSet<>(u.operands())));
    }
    return definitions.get(u);
  }

  /// ∂v/∂u in symbols over the operands of v, where v is elementwise; else null.
  public @Nullable Equation local(Share share) {
    Node local = share.term().local();
    return local == null ? null : Equation.ofFactor(local, new HashSet<>(share.term().use().user().operands()));
  }

  /// The term as the pullback computes it, over ∂L/∂v, v and its operands; null where it is too long to read.
  public @Nullable Equation product(Share share) {
    Node upstream = share.term().upstream();
    if (upstream == null) {
      return null;
    }
    Apply v = (Apply) share.term().use().user();
    Set<Node> atoms = new HashSet<>(v.operands());
    atoms.add(v);
    atoms.add(upstream);
    return Equation.of(share.term().product(), atoms);
  }

  /// The general rule of v's op: `∂v/∂x = y` over the letters of its operands for an elementwise op, else what it makes of
  /// g = ∂L/∂v, in symbols or words.
  public String rule(Share share) {
    Apply v = (Apply) share.term().use().user();
    int slot = share.term().use().slot();
    Expression local = localRule(share);
    return local == null ? v.op().rule(v, slot) : Writing.TEXT.partial("v", letter(slot)) + " = " + local.toText();
  }

  /// What operand number `slot` is called in [#rule].
  public static String letter(int slot) {
    return slot < 3 ? "xyz".substring(slot, slot + 1) : "x" + (slot + 1);
  }

  /// The equation with the labels of its atoms.
  public String print(Equation equation, Writing writing) {
    return equation.print(writing, equation.atoms().stream().map(atom -> name(atom, writing)).toList());
  }

  /// The equation of [#product] with ∂L/∂v by that name.
  public String print(Equation product, Share share, Writing writing) {
    Node upstream = share.term().upstream();
    String dLdv =
        writing.partial(writing.name(label(replay.result())), writing.name(label(share.term().use().user())));
    return product.print(
        writing, product.atoms().stream().map(atom -> atom == upstream ? dLdv : name(atom, writing)).toList());
  }

  /// A node's label; what the pullback added, such as a constant of its own, has none and goes by its value or kind.
  private String name(Node atom, Writing writing) {
    if (replay.graph().contains(atom)) {
      return writing.name(label(atom));
    }
    return atom instanceof Constant ? number(atom) : writing.name(atom.kind());
  }

  /// The local derivative of an elementwise op in its own letters.
  public static @Nullable Expression localRule(Share share) {
    return share.term().use().user() instanceof Apply v && v.op() instanceof Elementwise map
        ? map.localFormula(share.term().use().slot())
        : null;
  }

  /// The derivative of an elementwise op in terms of its value, where lectures write it so: σ′ = v (1 - v); else null.
  public static @Nullable Expression identity(Elementwise map) {
    return map.formula() instanceof Expression.Call call && call.arguments().size() == 1 && call.arguments().getFirst() instanceof Expression.Variable
        ? call.function().identity()
        : null;
  }

  /// The steps that are told.
  public Replay replay() {
    return replay;
  }

  /// Where the sentences come from.
  public Sentences sentences() {
    return sentences;
  }
}
