package dev.gradus.teach.replay;

import static dev.gradus.ops.Ops.floor;
import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.mean;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sigmoid;
import static dev.gradus.ops.Ops.sin;
import static dev.gradus.ops.Ops.softmax;
import static dev.gradus.ops.Ops.split;
import static dev.gradus.ops.Ops.stopGradient;
import static dev.gradus.ops.Ops.sum;
import static dev.gradus.ops.Ops.transpose;

import dev.gradus.graph.Node;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Graphs from numbers: each number applies an op to nodes that are there.
final class RandomGraph {
  private static final int OPS = 13;

  private final List<Node> pool = new ArrayList<>(List.of(
      parameter("s", 0.75),
      parameter("v", Tensor.vector(0.5, -1.25)),
      parameter("M", Tensor.normal(Shape.of(2, 2), 3))));

  private RandomGraph() {}

  /// A scalar that depends on the newest nodes.
  static Node of(List<Integer> seeds) {
    RandomGraph graph = new RandomGraph();
    seeds.forEach(graph::grow);
    List<Node> newest = graph.pool.subList(Math.max(0, graph.pool.size() - 3), graph.pool.size());
    Node result = sum(newest.getLast());
    for (Node node : newest.subList(0, seeds.getFirst() % 3)) {
      result = result.plus(sum(node));
    }
    return result;
  }

  private void grow(int seed) {
    Node a = pick(seed / OPS);
    Node b = pick(seed / OPS / 31);
    switch (seed % OPS) {
      case 0 -> pool.add(a.plus(b));
      case 1 -> pool.add(a.times(b));
      case 2 -> pool.add(sin(a));
      case 3 -> pool.add(sigmoid(a).minus(b));
      case 4 -> pool.add(stopGradient(a));
      case 5 -> pool.add(floor(a));
      case 6 -> pool.add(mean(a));
      case 7 -> pool.add(a.shape().rank() > 0 && b.shape().rank() > 0 ? matmul(a, b) : a.dividedBy(b));
      case 8 -> pool.add(a.shape().rank() > 0 ? softmax(a, -1) : a.times(a));
      case 9 -> pool.addAll(a.shape().rank() > 0 ? split(a, 0, 2) : List.of(a.times(3)));
      case 10 -> pool.add(a.shape().rank() == 2 ? transpose(a) : a.negated());
      case 11 -> pool.add(a.times(b).plus(a));
      default -> pool.add(parameter("p" + pool.size(), a.shape().rank() == 0 ? 2 : -3));
    }
  }

  /// Mostly among the newest; after a split only shapes that go with all others.
  private Node pick(int seed) {
    List<Node> fitting = pool.stream().filter(node -> Arrays.stream(node.shape().dims()).noneMatch(dim -> dim == 1)).toList();
    return fitting.get(Math.max(0, fitting.size() - 1 - seed % 5));
  }
}
