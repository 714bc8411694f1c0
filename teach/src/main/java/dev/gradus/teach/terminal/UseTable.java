package dev.gradus.teach.terminal;

import dev.gradus.diff.Term;
import dev.gradus.graph.Node;
import dev.gradus.graph.Use;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.replay.Share;
import dev.gradus.teach.replay.Writing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Γ(u): one row for each use of u, with ∂L/∂v, ∂v/∂u and the term as far as they are known. At the end the gradients by the
/// leaves.
final class UseTable {
  private static final String KNOWN = "✓";
  private static final int WIDEST_USER = 16;

  private final Walk walk;
  private final Narration narration;
  private final Cells cells;
  private final Sentences sentences;

  UseTable(Walk walk, Narration narration, Cells cells) {
    this.walk = walk;
    this.narration = narration;
    this.cells = cells;
    this.sentences = narration.sentences();
  }

  /// The table with at most that many lines, the current row among them.
  List<Line> lines(int at, int width, int height) {
    Node u = walk.step(at).u();
    if (u == null) {
      return leaves(at, width, height);
    }
    List<Use> uses = walk.replay().graph().uses(u);
    if (uses.isEmpty()) {
      String key = u == walk.replay().result() ? "terminal.users.result" : "terminal.users.none";
      return List.of(Line.of(sentences.say(key, Map.of("u", narration.label(u)))));
    }
    return uses(u, uses, at, width, height);
  }

  private List<Line> uses(Node u, List<Use> uses, int at, int width, int height) {
    Map<String, String> places = Map.of("u", narration.label(u), "L", narration.label(walk.replay().result()));
    String head = sentences.say("terminal.users", places);
    int rows = Math.max(1, uses.size() + 1 <= height ? uses.size() : height - 2);
    Share now = walk.step(at).share();
    int current = now == null ? 0 : uses.indexOf(now.term().use());
    int first = Math.clamp(current - rows / 2, 0, Math.max(0, uses.size() - rows));
    List<Use> shown = uses.subList(first, Math.min(uses.size(), first + rows));
    Map<Use, Share> shares = new HashMap<>();
    walk.replay().shares(u).forEach(share -> shares.put(share.term().use(), share));
    int number = (width - WIDEST_USER - 9) / 3;
    Columns table = new Columns();
    table.row(
        Style.BOLD, " ", head, sentences.say("terminal.upstream", places), sentences.say("terminal.local", places),
        sentences.say("terminal.term"));
    for (Use use : shown) {
      table.row(
          now != null && use.equals(now.term().use()) ? Style.NOW : Style.PLAIN,
          cells(use, shares.get(use), at, number));
    }
    List<Line> lines = new ArrayList<>(table.lines());
    int left = uses.size() - shown.size();
    if (left > 0) {
      lines.add(Line.of("  " + sentences.say("terminal.more", Map.of("count", String.valueOf(left)))));
    }
    return lines;
  }

  private String[] cells(Use use, @Nullable Share share, int at, int number) {
    Node u = use.operand();
    Node v = use.user();
    String local = cells.unknown();
    String term = cells.unknown();
    if (walk.isOpen(u, at) && !u.isTuple()) {
      local = share == null ? sentences.say("terminal.sends.nothing") : local(share, number);
      term = share == null ? sentences.say("terminal.none")
          : walk.isAdded(share, at) ? cells.number(share.term().product(), number)
          : term;
    }
    return new String[] {
      walk.isGradientKnown(v, at) ? KNOWN : " ",
      Line.cut(narration.user(use), WIDEST_USER),
      cells.upstream(v, at, number),
      Line.cut(local, number),
      term
    };
  }

  private String local(Share share, int width) {
    Term term = share.term();
    return term.local() == null ? narration.rule(share) : cells.number(term.local(), width);
  }

  private List<Line> leaves(int at, int width, int height) {
    Replay replay = walk.replay();
    List<Node> all = replay.leaves();
    int rows = all.size() + 1 <= height ? all.size() : Math.max(1, height - 2);
    int number = (width - WIDEST_USER - 6) / 2;
    String dLdu = Writing.TEXT.partial(narration.label(replay.result()), "u");
    Columns table = new Columns();
    table.row(
        Style.BOLD, " ", sentences.say("terminal.leaf"), sentences.say("terminal.value"),
        sentences.say("terminal.gradient", Map.of("dLdu", dLdu)));
    for (Node u : all.subList(0, Math.min(rows, all.size()))) {
      table.row(
          Style.PLAIN, " ", Line.cut(narration.label(u), WIDEST_USER), cells.value(u, at, number), cells.gradient(u, at, number));
    }
    List<Line> lines = new ArrayList<>(table.lines());
    if (all.size() > rows) {
      lines.add(Line.of("  " + sentences.say("terminal.more", Map.of("count", String.valueOf(all.size() - rows)))));
    }
    return lines;
  }
}
