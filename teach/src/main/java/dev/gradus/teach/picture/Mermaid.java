package dev.gradus.teach.picture;

import dev.gradus.teach.layout.Direction;
import dev.gradus.teach.replay.Narration;
import java.util.List;
import java.util.stream.Collectors;

/// A graph in the language of Mermaid, which wikis and documentation draw.
public final class Mermaid extends TextDiagram {
  private Mermaid(Narration narration) {
    super(narration);
  }

  /// The graph after its last step.
  ///
  /// @param narration the steps, and the language
  /// @param title what it shows
  /// @param direction which way it reads
  public static String of(Narration narration, String title, Direction direction) {
    return "flowchart " + (direction == Direction.RESULT_ON_TOP ? "BT" : "LR") + "\n"
        + "  accTitle: " + escaped(Scene.plain(title)).strip() + "\n"
        + new Mermaid(narration).body()
        + look("default", Ink.PAPER)
        + look("parameter", Ink.SOFT)
        + look("input", Ink.FORWARD_SOFT);
  }

  private static String look(String name, Ink fill) {
    return "  classDef " + name + " fill:" + fill.hex() + ",stroke:" + Ink.QUIET.hex() + ",color:" + Ink.BLACK.hex() + "\n";
  }

  @Override
  String open(int number, String name) {
    return "subgraph s" + number + " [\"" + escaped(name) + "\"]";
  }

  @Override
  String close() {
    return "end";
  }

  @Override
  String node(String id, Caption caption, List<String> lines) {
    String label = "\"" + lines.stream().map(Mermaid::escaped).collect(Collectors.joining("<br/>")) + "\"";
    return id
        + switch (caption.role()) {
          case GROUP -> "[[" + label + "]]";
          case CONSTANT -> "(" + label + ")";
          case PARAMETER -> "(" + label + "):::parameter";
          case INPUT -> "(" + label + "):::input";
          case OP, TUPLE -> "[" + label + "]";
        };
  }

  @Override
  String edge(String from, String to) {
    return from + " --> " + to;
  }

  /// Everything that could mean something to Mermaid, Markdown or HTML, by its number.
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints().forEach(c -> {
      boolean isPlain = Character.isLetterOrDigit(c) || " .,∂×…".indexOf(c) >= 0;
      if (isPlain) {
        escaped.appendCodePoint(c);
      } else {
        escaped.append('#').append(c).append(';');
      }
    });
    return escaped.toString();
  }
}
