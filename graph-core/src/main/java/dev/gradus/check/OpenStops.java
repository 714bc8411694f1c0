package dev.gradus.check;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Expansion;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.graph.StopGradient;
import java.util.List;

/// The same graph with every box opened that hides a `stop_gradient`, so that what is stopped can be held still while
/// something below it moves.
final class OpenStops extends Rewrite {
  private OpenStops() {}

  static OpenStops below(Node result) {
    OpenStops rewrite = new OpenStops();
    rewrite.walk(Graph.of(result), List.of());
    return rewrite;
  }

  @Override
  Node leaf(Node node) {
    return node;
  }

  @Override
  List<Node> apply(Apply apply, List<Node> operands) {
    Expansion inside = apply.expansion();
    if (inside != null && hasStop(apply)) {
      OpenStops opened = new OpenStops();
      for (int slot = 0; slot < operands.size(); slot++) {
        opened.put(inside.inputs().get(slot), operands.get(slot));
      }
      opened.walk(inside.graph(), List.of());
      return inside.outputs().stream().map(opened::of).toList();
    }
    return operands.equals(apply.operands()) ? apply.results() : Apply.of(apply.op(), operands).results();
  }

  /// Whether the op stops gradients itself, or a box in which something does.
  private static boolean hasStop(Apply apply) {
    Expansion inside = apply.expansion();
    return apply.op() instanceof StopGradient
        || (inside != null
            && apply.op() instanceof Composite
            && inside.graph().nodes().stream().anyMatch(node -> node instanceof Apply a && hasStop(a)));
  }
}
