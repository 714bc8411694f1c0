package dev.gradus.teach.terminal;

import com.google.common.base.Strings;
import dev.gradus.graph.Node;
import dev.gradus.ops.Vocabulary;
import dev.gradus.teach.replay.Replay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Nodes by what a person types: a label or a part of one.
final class Labels {
  private final Map<String, Node> nodes = new LinkedHashMap<>();

  Labels(Replay replay) {
    replay.order().forEach(node -> nodes.put(replay.labels().of(node), node));
  }

  /// The labels that begin with a text and, after them, those that have it elsewhere.
  List<String> matching(String text) {
    List<String> all = new ArrayList<>(nodes.keySet().stream().filter(label -> label.startsWith(text)).toList());
    nodes.keySet().stream().filter(label -> label.indexOf(text) > 0).forEach(all::add);
    return all;
  }

  /// The node of that label, or of the only one that has the text in it.
  @Nullable Node find(String text) {
    Node exact = nodes.get(text);
    if (exact != null || text.isEmpty()) {
      return exact;
    }
    List<String> all = matching(text);
    return all.size() == 1 ? nodes.get(all.getFirst()) : null;
  }

  /// The label that looks most like a text.
  String nearest(String text) {
    return Vocabulary.nearest(text, nodes.keySet());
  }

  /// A text, longer by what all labels that begin with it go on with; the only label that has it, where there is one.
  String complete(String text) {
    List<String> all = matching(text);
    if (all.size() == 1) {
      return all.getFirst();
    }
    List<String> begin = all.stream().filter(label -> label.startsWith(text)).toList();
    return begin.isEmpty() ? text : begin.stream().reduce(Strings::commonPrefix).orElse(text);
  }
}
