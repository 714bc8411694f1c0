package dev.gradus.teach.terminal;

import dev.gradus.graph.Node;
import dev.gradus.graph.Use;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.replay.Share;
import dev.gradus.teach.replay.Step;
import dev.gradus.teach.replay.Writing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The nodes with value and gradient: all of them where there is room, else those around the current one.
final class NodeTable {
  private static final int WIDEST_LABEL = 12;
  private static final int WIDEST_NUMBER = 16;
  private static final int NARROWEST_DEFINITION = 10;
  private static final int ROLE = 5;

  private final Walk walk;
  private final Narration narration;
  private final Cells cells;
  private final Sentences sentences;

  NodeTable(Walk walk, Narration narration, Cells cells) {
    this.walk = walk;
    this.narration = narration;
    this.cells = cells;
    this.sentences = narration.sentences();
  }

  /// How many lines it would like to have.
  int height() {
    return walk.replay().order().size() + 1;
  }

  /// The table with at most that many lines.
  List<Line> lines(int at, int width, int height) {
    Step step = walk.step(at);
    List<Node> shown = height() <= height ? walk.replay().order() : around(step, height - 1);
    int label = Math.min(WIDEST_LABEL, widest(shown));
    int number = Math.min(WIDEST_NUMBER, (width - ROLE - label - 2) / 2);
    int definition = width - ROLE - label - 2 * number - 4;
    if (definition < NARROWEST_DEFINITION) {
      definition = 0;
    }
    String dLdu = Writing.TEXT.partial(narration.label(walk.replay().result()), "u");
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of(
        row("", sentences.say("terminal.nodes"), "", sentences.say("terminal.value"),
            sentences.say("terminal.gradient", Map.of("dLdu", dLdu)), label, definition, number),
        Style.BOLD));
    for (Node node : shown) {
      String row = row(
          role(node, step.u()), narration.label(node), definition == 0 ? "" : narration.definition(node),
          cells.value(node, at, number), cells.gradient(node, at, number), label, definition, number);
      lines.add(Line.of(row, node == step.u() ? Style.NOW : Style.PLAIN));
    }
    int left = walk.replay().order().size() - shown.size();
    if (left > 0 && lines.size() < height) {
      lines.add(Line.of(" ".repeat(ROLE) + sentences.say("terminal.more", Map.of("count", String.valueOf(left)))));
    }
    return lines;
  }

  private int widest(List<Node> shown) {
    return Math.max(
        Line.width(sentences.say("terminal.nodes")),
        shown.stream().mapToInt(node -> Line.width(narration.label(node))).max().orElse(0));
  }

  private static String row(
      String role, String label, String definition, String value, String gradient, int labels, int definitions, int numbers) {
    String middle = definitions == 0 ? "" : " " + Line.pad(definition, definitions, false);
    return Line.pad(role, ROLE, false) + Line.pad(label, labels, false) + middle
        + " " + Line.pad(value, numbers, true) + " " + Line.pad(gradient, numbers, true);
  }

  private String role(Node node, @Nullable Node u) {
    if (u == null) {
      return "";
    }
    if (node == u) {
      return sentences.say("terminal.role.u");
    }
    if (node.operands().contains(u)) {
      return sentences.say("terminal.role.user");
    }
    return u.operands().contains(node) ? sentences.say("terminal.role.operand") : "";
  }

  /// The users of u, u and its operands, fairly cut to the room there is; at the end the leaves.
  private List<Node> around(Step step, int room) {
    Replay replay = walk.replay();
    Node u = step.u();
    if (u == null) {
      List<Node> leaves = replay.leaves();
      return leaves.subList(0, Math.min(room - 1, leaves.size()));
    }
    int rows = Math.max(1, room - 2);
    List<Node> users = users(u, step.share(), rows);
    List<Node> operands = u.operands().stream().distinct().limit(rows).toList();
    int above = Math.min(users.size(), Math.max((rows + 1) / 2, rows - operands.size()));
    List<Node> shown = new ArrayList<>(users.subList(0, above));
    shown.add(u);
    shown.addAll(operands.subList(0, Math.min(operands.size(), rows - above)));
    return shown;
  }

  /// A few users of u; in a term, from the one before the term's on.
  private List<Node> users(Node u, @Nullable Share now, int most) {
    List<Use> uses = walk.replay().graph().uses(u);
    int from = now == null ? 0 : Math.clamp(uses.indexOf(now.term().use()) - 1, 0, Math.max(0, uses.size() - most));
    return uses.subList(from, uses.size()).stream().map(Use::user).distinct().limit(most).toList();
  }
}
