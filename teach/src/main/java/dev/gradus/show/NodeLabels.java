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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the nodes of a graph are called on the screen: by their name, or `v1`, `v2`, ... in topological order where they have
/// none.
public final class NodeLabels {
  private static final int MOST_OPERANDS = 6;

  private final Graph graph;
  private final List<String> labels = new ArrayList<>();

  /// The labels of a graph, in which the result is called `L` where it has no name and no other node has that one.
  public static NodeLabels of(Graph graph, Node result) {
    return new NodeLabels(graph, result);
  }

  private NodeLabels(Graph graph, Node result) {
    this.graph = graph;
    Set<String> seen = new HashSet<>();
    Set<String> shared = new HashSet<>();
    for (Node node : graph.nodes()) {
      String name = node.name();
      if (name != null && !seen.add(name)) {
        shared.add(name);
      }
    }
    String letter = seen.stream().noneMatch(name -> name.matches("v\\d+")) ? "v" : "#";
    Map<String, Integer> counts = new HashMap<>();
    for (Node node : graph.nodes()) {
      String name = node.name() == null && node == result && seen.add("L") ? "L" : node.name();
      if (name == null) {
        labels.add(numbered(letter, counts, seen));
      } else {
        labels.add(shared.contains(name) ? numbered(name + "#", counts, seen) : name);
      }
    }
  }

  /// The next label of this beginning that no other node has.
  private static String numbered(String start, Map<String, Integer> counts, Set<String> taken) {
    String label;
    do {
      label = start + counts.merge(start, 1, Integer::sum);
    } while (!taken.add(label));
    return label;
  }

  /// The name of the node, with a number where others have it too, or `v1`, `v2`, ... for nodes without one.
  public String of(Node node) {
    return labels.get(graph.indexOf(node));
  }

  /// The node as a formula of its operands' labels, such as `x1 * w1`.
  public String definition(Node node) {
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
  public String text(Expression formula, Apply out) {
    return formula.toText(out.operands().stream().map(this::of).toList());
  }

  private String operands(Apply apply) {
    List<Node> all = apply.operands();
    String some = String.join(", ", all.stream().limit(MOST_OPERANDS).map(this::of).toList());
    return all.size() > MOST_OPERANDS ? some + ", ... " + all.size() + " in all" : some;
  }
}
