package dev.gradus.show;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Projection;
import dev.gradus.scalar.Expression;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the nodes of a graph are called on the screen: by their name, or as `#7` by their place in the graph where
/// they have none or share it.
final class NodeLabels {
  private static final int MOST_OPERANDS = 6;

  private final Graph graph;
  private final Map<Node, String> given;
  private final Set<String> shared = new HashSet<>();

  NodeLabels(Graph graph, Map<Node, String> given) {
    this.graph = graph;
    this.given = new HashMap<>(given);
    Set<String> seen = new HashSet<>(given.values());
    for (Node node : graph.nodes()) {
      String name = node.name();
      if (name != null && !given.containsKey(node) && !seen.add(name)) {
        shared.add(name);
      }
    }
  }

  String of(Node node) {
    String label = given.get(node);
    if (label != null) {
      return label;
    }
    String name = node.name();
    String place = "#" + graph.indexOf(node);
    return name == null ? place : shared.contains(name) ? name + place : name;
  }

  /// The node as a formula of its operands' labels, such as `x1 * w1`.
  String definition(Node node) {
    return switch (node) {
      case Input input -> "input";
      case Parameter parameter -> "parameter";
      case Constant constant -> "constant";
      case Projection projection -> of(projection.tuple()) + "[" + projection.index() + "]";
      case Apply apply when apply.op() instanceof Elementwise map -> text(map.formula(), apply);
      case Apply apply -> apply.kind() + "(" + operands(apply) + ")";
    };
  }

  /// A scalar formula over the operands of `out`.
  String text(Expression formula, Apply out) {
    return formula.toText(out.operands().stream().map(this::of).toList());
  }

  private String operands(Apply apply) {
    List<Node> all = apply.operands();
    String some = String.join(", ", all.stream().limit(MOST_OPERANDS).map(this::of).toList());
    return all.size() > MOST_OPERANDS ? some + ", ... " + all.size() + " in all" : some;
  }
}
