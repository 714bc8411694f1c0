package dev.gradus.teach.serve;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Expansion;
import dev.gradus.graph.Node;
import java.util.ArrayDeque;
import java.util.Deque;

/// How much may be computed: a number of nodes and of elements in their values, the insides of composites included. It is known
/// from the nodes' shapes, before anything runs.
final class Budget {
  private final int mostNodes;
  private final long mostElements;
  private int nodes;
  private long elements;

  Budget(int mostNodes, long mostElements) {
    this.mostNodes = mostNodes;
    this.mostElements = mostElements;
  }

  /// Takes what a node needs.
  ///
  /// @throws GradusException where that is more than is left
  void take(Node taken) {
    Deque<Node> open = new ArrayDeque<>();
    open.add(taken);
    while (!open.isEmpty()) {
      Node node = open.remove();
      nodes++;
      node.results().forEach(result -> elements += result.shape().size());
      if (nodes > mostNodes) {
        throw new GradusException("formula", "there may be at most " + mostNodes + " nodes", "more", "write a smaller one");
      }
      if (elements > mostElements) {
        throw new GradusException(
            "formula", "all values together may have at most " + mostElements + " elements", "at least " + elements, "use smaller tensors");
      }
      Expansion inside = node instanceof Apply apply ? apply.expansion() : null;
      if (inside != null) {
        open.addAll(inside.graph().nodes());
      }
    }
  }
}
