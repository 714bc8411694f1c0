package dev.gradus.teach.picture;

import com.google.common.base.Splitter;
import com.google.common.collect.Comparators;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import dev.gradus.graph.Graph;
import dev.gradus.teach.layout.Group;
import dev.gradus.teach.layout.Link;
import dev.gradus.teach.layout.Member;
import dev.gradus.teach.layout.Outline;
import dev.gradus.teach.replay.Narration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A graph as a text that other programs draw: its nodes in the scopes of their names, large graphs folded, and an edge from every
/// operand to its user.
abstract class TextDiagram {
  private static final int MOST_LETTERS = 60;

  private final Scene scene;
  private final Graph graph;
  private final List<String> scopes;
  private final StringBuilder out = new StringBuilder();
  private int opened;

  TextDiagram(Narration narration) {
    this.scene = new Scene(narration);
    this.graph = narration.replay().graph();
    this.scopes = Outline.of(graph).scopes();
  }

  /// Opens a box around what follows.
  ///
  /// @param number how many have been opened before
  abstract String open(int number, String name);

  /// Closes it.
  abstract String close();

  abstract String node(String id, Caption caption, List<String> lines);

  abstract String edge(String from, String to);

  /// The lines between the first and the last.
  final String body() {
    ListMultimap<List<String>, Integer> byScope =
        MultimapBuilder.treeKeys(Comparators.<String, String>lexicographical(Comparator.naturalOrder())).arrayListValues().build();
    for (int i = 0; i < scene.members().size(); i++) {
      byScope.put(scope(scene.members().get(i)), i);
    }
    List<String> path = List.of();
    for (Map.Entry<List<String>, Collection<Integer>> entry : byScope.asMap().entrySet()) {
      move(path, entry.getKey());
      path = entry.getKey();
      for (int i : entry.getValue()) {
        node(i, path);
      }
    }
    move(path, List.of());
    for (Scene.Line line : scene.lines()) {
      Link link = line.link();
      line(0, edge(id(link.from()), id(link.to())));
    }
    return out.toString();
  }

  private List<String> scope(Member member) {
    return switch (member) {
      case Member.Single single -> Splitter.on('/').omitEmptyStrings().splitToList(scopes.get(graph.indexOf(single.node())));
      case Group group -> List.of();
    };
  }

  private void move(List<String> from, List<String> to) {
    int common = 0;
    while (common < Math.min(from.size(), to.size()) && from.get(common).equals(to.get(common))) {
      common++;
    }
    for (int depth = from.size() - 1; depth >= common; depth--) {
      line(depth, close());
    }
    for (int depth = common; depth < to.size(); depth++) {
      line(depth, open(opened++, shortened(Scene.plain(to.get(depth)))));
    }
  }

  private void node(int i, List<String> path) {
    Caption caption = scene.caption(scene.members().get(i));
    String prefix = path.isEmpty() ? "" : Scene.plain(String.join("/", path)) + "/";
    List<String> lines = new ArrayList<>();
    lines.add(shortened(caption.name().startsWith(prefix) ? caption.name().substring(prefix.length()) : caption.name()));
    lines.add(shortened(caption.op()));
    if (caption.role().hasNumbers()) {
      lines.add(scene.sentences().say("page.value.short") + " " + caption.value());
      lines.add(scene.sentences().say("page.gradient") + " " + caption.gradient());
    }
    line(path.size(), node(id(i), caption, lines));
  }

  private static String id(int member) {
    return "n" + member;
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= MOST_LETTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST_LETTERS - 1)) + "…";
  }

  private void line(int depth, String text) {
    out.append("  ".repeat(depth + 1)).append(text).append('\n');
  }
}
