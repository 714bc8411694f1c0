package dev.gradus.teach.picture;

import dev.gradus.teach.layout.Direction;
import dev.gradus.teach.replay.Narration;
import java.util.List;
import java.util.stream.Collectors;

/// A graph in the language of Graphviz.
public final class Dot extends TextDiagram {
  private Dot(Narration narration) {
    super(narration);
  }

  /// The graph after its last step.
  ///
  /// @param narration the steps, and the language
  /// @param title what stands above it
  /// @param direction which way it reads
  public static String of(Narration narration, String title, Direction direction) {
    return "digraph {\n"
        + "  graph [rankdir=" + (direction == Direction.RESULT_ON_TOP ? "BT" : "LR") + ", label=" + quoted(Scene.plain(title))
        + ", labelloc=t, fontname=\"sans-serif\", color=\"" + Ink.RULE.hex() + "\"]\n"
        + "  node [shape=box, style=filled, fillcolor=\"" + Ink.PAPER.hex() + "\", color=\"" + Ink.QUIET.hex()
        + "\", fontname=\"sans-serif\", fontsize=11]\n"
        + "  edge [color=\"" + Ink.FORWARD.hex() + "\"]\n"
        + new Dot(narration).body()
        + "}\n";
  }

  @Override
  String open(int number, String name) {
    return "subgraph cluster_" + number + " { label=" + quoted(name);
  }

  @Override
  String close() {
    return "}";
  }

  @Override
  String node(String id, Caption caption, List<String> lines) {
    String look =
        switch (caption.role()) {
          case GROUP -> ", shape=box3d";
          case INPUT, PARAMETER, CONSTANT -> ", style=\"filled,rounded\", fillcolor=\"" + caption.role().fill().hex() + "\"";
          case OP, TUPLE -> "";
        };
    return id + " [label=\"" + lines.stream().map(Dot::escaped).collect(Collectors.joining("\\n")) + "\"" + look + "]";
  }

  @Override
  String edge(String from, String to) {
    return from + " -> " + to;
  }

  private static String quoted(String text) {
    return "\"" + escaped(text) + "\"";
  }

  /// Labels know escapes such as `\N` for a node's name, and HTML's entities.
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("&", "&amp;");
  }
}
