package dev.gradus.teach.terminal;

import dev.gradus.graph.Node;
import dev.gradus.teach.replay.Algorithm;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.replay.Share;
import dev.gradus.teach.replay.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is seen of a view: a list of lines for a width and a height, or for a width alone.
final class Frame {
  /// The lines below the algorithm and the nodes: the step, Γ(u), the sentence and the keys.
  private static final int LOWER = 13;
  private static final int MOST_ROWS = 16;
  private static final int ALGORITHM = 36;
  private static final int LONGEST_RESULT = 2;
  private static final int LOWEST = 20;
  private static final int NARROWEST = 72;
  private static final String GAP = "  ";
  private static final String HERE = "▸ ";

  private final Walk walk;
  private final Replay replay;
  private final Narration narration;
  private final Sentences sentences;
  private final Guide guide;
  private final NodeTable nodes;
  private final UseTable uses;

  Frame(Walk walk, Narration narration, Guide guide) {
    this.walk = walk;
    this.replay = walk.replay();
    this.narration = narration;
    this.sentences = narration.sentences();
    this.guide = guide;
    Cells cells = new Cells(walk, sentences);
    this.nodes = new NodeTable(walk, narration, cells);
    this.uses = new UseTable(walk, narration, cells);
  }

  /// Exactly `height` lines of at most `width` columns; the last one tells what keys do.
  List<Line> screen(View view, int width, int height) {
    List<Line> lines = new ArrayList<>();
    lines.add(title(view));
    if (view.mode() == View.Mode.HELP) {
      lines.add(Line.EMPTY);
      lines.addAll(help());
    } else {
      int upper = upperHeight(height);
      lines.addAll(upper == 0 ? List.of() : upper(view, width, upper));
      lines.addAll(lower(view, width, height - 2 - upper));
    }
    while (lines.size() < height - 1) {
      lines.add(Line.EMPTY);
    }
    int room = Math.max(0, Math.min(lines.size(), height - 1));
    List<Line> cut = new ArrayList<>(lines.subList(0, room));
    if (lines.size() > room && room > 0) {
      cut.set(room - 1, cut.getLast().plus(Line.of(" …")));
    }
    cut.add(bottom(view));
    return cut.stream().map(line -> line.cut(width)).toList();
  }

  /// The step as text, as many lines as it takes; of a long table the part around the current row.
  List<Line> plain(View view, int width) {
    List<Line> lines = new ArrayList<>();
    lines.add(title(view));
    lines.addAll(working(view, width));
    lines.addAll(uses.lines(view.at(), width, MOST_ROWS));
    lines.addAll(sentence(view, width));
    return lines.stream().map(line -> line.cut(width)).toList();
  }

  /// The commands.
  List<Line> help() {
    return List.of(
            "next", "previous", "go", "fan.out", "begin", "end", "help", "quit", "unknown", "summing", "none").stream()
        .map(what -> Line.of(sentences.say("terminal.help." + what)))
        .toList();
  }

  private Line title(View view) {
    Step step = walk.step(view.at());
    String number = sentences.say(
        "terminal.title", Map.of("k", String.valueOf(view.at() + 1), "n", String.valueOf(walk.last() + 1)));
    Map<String, String> places = new HashMap<>();
    Node u = step.u();
    if (u != null) {
      places.put("u", narration.label(u));
      places.put("dLdu", narration.partial(u));
    }
    Share share = step.share();
    if (share != null) {
      places.put("v", narration.user(share.term().use()));
      places.put("i", String.valueOf(share.index() + 1));
      places.put("count", String.valueOf(replay.shares(share.u()).size()));
    }
    boolean isNone = step.kind() == Step.Kind.CLOSE && u != null && replay.gradient(u) == null;
    String key = "terminal.kind." + step.kind().name().toLowerCase(Locale.ROOT) + (isNone ? ".none" : "");
    String kind = sentences.say(key, places);
    return Line.of(number + GAP + kind, Style.BOLD);
  }

  /// As high as the nodes would like it, where the lower part leaves that, and no lower than the algorithm; 0 in a low window.
  private int upperHeight(int height) {
    int least = Algorithm.values().length + 1;
    return height < LOWEST ? 0 : Math.clamp(height - LOWER - 1, least, Math.max(least, nodes.height()));
  }

  /// The algorithm and, to the right of it, the nodes; these alone in a narrow window.
  private List<Line> upper(View view, int width, int height) {
    if (width < NARROWEST) {
      return nodes.lines(view.at(), width, height);
    }
    List<Line> left = algorithm(walk.step(view.at()).kind());
    List<Line> right = nodes.lines(view.at(), width - ALGORITHM - GAP.length(), height);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < height; i++) {
      Line algorithm = (i < left.size() ? left.get(i) : Line.EMPTY).fit(ALGORITHM);
      lines.add(i < right.size() ? algorithm.plus(Line.of(GAP)).plus(right.get(i)) : algorithm);
    }
    return lines;
  }

  private List<Line> algorithm(Step.Kind now) {
    String label = narration.label(replay.result());
    String result = Line.width(label) > LONGEST_RESULT ? "L" : label;
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of(sentences.say("terminal.algorithm"), Style.BOLD));
    for (Algorithm line : Algorithm.values()) {
      boolean isNow = line.isCurrent(now);
      String text = GAP.repeat(line.depth()) + line.text(sentences, result);
      lines.add(Line.of((isNow ? HERE : GAP) + text, isNow ? Style.NOW : Style.PLAIN));
    }
    return lines;
  }

  /// How the step is worked out, Γ(u) and the sentence; where there is little room the table is cut first, then the numbers.
  private List<Line> lower(View view, int width, int height) {
    List<Line> sentence = sentence(view, width);
    List<Line> working = working(view, width);
    int rows = Math.max(0, Math.min(working.size(), height - 1 - sentence.size() - 2));
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of(sentences.say("terminal.step"), Style.BOLD));
    lines.addAll(working.subList(0, rows));
    lines.addAll(uses.lines(view.at(), width, Math.max(2, height - 1 - rows - sentence.size())));
    lines.addAll(sentence);
    return lines;
  }

  private List<Line> working(View view, int width) {
    List<Working.Row> rows = Working.of(walk.step(view.at()), replay, narration);
    int head = rows.stream().mapToInt(row -> Line.width(row.head())).max().orElse(0);
    List<Line> lines = new ArrayList<>();
    for (Working.Row row : rows) {
      String start = Line.pad(row.head(), head, false);
      for (String text : Line.wrap(row.text(), Math.max(2, width - head - 2 * GAP.length()))) {
        lines.add(Line.of(GAP + start + GAP + text));
        start = " ".repeat(head);
      }
    }
    return lines;
  }

  private List<Line> sentence(View view, int width) {
    return Line.wrap(narration.sentence(walk.step(view.at())), width).stream().map(Line::of).toList();
  }

  private Line bottom(View view) {
    String note = view.note();
    if (view.mode() == View.Mode.GO) {
      String told = note == null ? view.typed().isEmpty() ? sentences.say("terminal.keys.go") : guide.matches(view.typed()) : note;
      return Line.of(prompt(view), Style.BOLD).plus(Line.of(GAP)).plus(Line.of(told, note == null ? Style.PLAIN : Style.NOTE));
    }
    if (note != null) {
      return Line.of(note, Style.NOTE);
    }
    return Line.of(sentences.say(view.mode() == View.Mode.HELP ? "terminal.keys.help" : "terminal.keys"), Style.BOLD);
  }

  private String prompt(View view) {
    return sentences.say("terminal.go") + " " + view.typed();
  }

  /// The column of the cursor on the last line, where a label is being typed, or -1.
  int cursor(View view) {
    return view.mode() == View.Mode.GO ? Line.width(prompt(view)) : -1;
  }
}
