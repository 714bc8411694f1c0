package dev.gradus.check;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.graph.Projection;
import dev.gradus.graph.SourceLine;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/// A walk over a graph that puts another node in the place of each, operands first. Names and source lines are kept,
/// and so is a node for which nothing changes.
abstract class Rewrite {
  private final IdentityHashMap<Node, List<Node>> results = new IdentityHashMap<>();

  /// What takes the place of a node without operands in the graph.
  abstract Node leaf(Node node);

  /// What takes the place of the results of an application whose operands have been replaced.
  abstract List<Node> apply(Apply apply, List<Node> operands);

  final void walk(Graph graph, List<? extends Node> leaves) {
    for (Node node : leaves) {
      put(node, leaf(node));
    }
    for (Node node : graph.nodes()) {
      if (!results.containsKey(node)) {
        results.put(node, replace(node));
      }
    }
  }

  final void put(Node node, Node replacement) {
    results.put(node, List.of(replacement));
  }

  private List<Node> replace(Node node) {
    try (var _ = SourceLine.inherit(node)) {
      return switch (node) {
        case Projection projection ->
            List.of(Objects.requireNonNull(results.get(projection.tuple())).get(projection.index()));
        case Apply apply -> {
          List<Node> operands = new ArrayList<>();
          for (Node operand : apply.operands()) {
            operands.add(of(operand));
          }
          yield apply(apply, operands);
        }
        default -> List.of(leaf(node));
      };
    }
  }

  /// The node in the place of `node`.
  final Node of(Node node) {
    return Objects.requireNonNull(results.get(node), node::toString).getFirst();
  }

  static Node named(Node node, Node like) {
    return like.name() == null || like.name().equals(node.name()) ? node : node.named(like.name());
  }
}
