package dev.gradus.check;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.graph.StopGradient;
import dev.gradus.graph.Use;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// The weighted sum of a result's elements as one node moves. Only what depends on the node is computed again; all else,
/// and what `stop_gradient` gives, keeps the value of the run.
final class Moving {
  private final Node result;
  private final double[] weights;
  private final double[] at;
  private final Node moved;
  private final double[] start;
  private final boolean reaches;
  private final IdentityHashMap<Node, Tensor> feeds = new IdentityHashMap<>();

  Moving(Graph graph, double[] weights, Node moved, Values run) {
    this.result = graph.outputs().getFirst();
    this.weights = weights;
    this.at = run.of(result).toDoubles();
    this.moved = moved;
    this.start = run.of(moved).toDoubles();
    Set<Node> moving = following(graph, moved);
    this.reaches = moving.contains(result);
    for (Node node : moving) {
      if (!node.equals(moved)) {
        for (Node operand : node.operands()) {
          if (!moving.contains(operand)) {
            feeds.put(operand, run.of(operand));
          }
        }
      }
    }
  }

  /// The node and what depends on it, but not through `stop_gradient`.
  private static Set<Node> following(Graph graph, Node moved) {
    Set<Node> moving = new HashSet<>(Set.of(moved));
    Deque<Node> open = new ArrayDeque<>(moving);
    while (!open.isEmpty()) {
      for (Use use : graph.uses(open.remove())) {
        boolean stops = use.user() instanceof Apply apply && apply.op() instanceof StopGradient;
        if (!stops && moving.add(use.user())) {
          open.add(use.user());
        }
      }
    }
    return moving;
  }

  /// Whether the result depends on the node at all.
  boolean reachesResult() {
    return reaches;
  }

  /// The node's elements in the run.
  double[] start() {
    return start;
  }

  /// By how much the weighted sum is larger when the node's elements are those given.
  double rise(double[] elements) {
    if (!reaches) {
      return 0;
    }
    feeds.put(moved, Tensor.of(moved.shape(), elements));
    double[] now = Interpreter.run(List.of(result), feeds).of(result).toDoubles();
    double sum = 0;
    for (int i = 0; i < now.length; i++) {
      if (weights[i] != 0 && now[i] != at[i]) {
        sum += weights[i] * (now[i] - at[i]);
      }
    }
    return sum;
  }

  /// The path on which element `index` moves.
  Slopes.Path element(int index) {
    return new Slopes.Path() {
      @Override
      public double taken(double t) {
        return start[index] + t - start[index];
      }

      @Override
      public double rise(double t) {
        double[] elements = start.clone();
        elements[index] += t;
        return Moving.this.rise(elements);
      }
    };
  }

  /// The path on which all elements move along `direction`.
  Slopes.Path along(double[] direction) {
    return new Slopes.Path() {
      @Override
      public double taken(double t) {
        return t;
      }

      @Override
      public double rise(double t) {
        double[] elements = start.clone();
        for (int i = 0; i < elements.length; i++) {
          elements[i] += t * direction[i];
        }
        return Moving.this.rise(elements);
      }
    };
  }
}
