package dev.gradus.teach.lessons;

import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.replay.Replay;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A lesson's graph as a page trains it, by w ← w − η ∂L/∂w, and with numbers changed as a reader can.
final class Descent {
  private final Replay replay;
  private final List<Node> parameters;
  private final Map<Node, Tensor> now = new HashMap<>();

  private Descent(Lesson lesson) {
    this.replay = lesson.replay();
    this.parameters = replay.graph().nodes().stream().filter(node -> node instanceof Parameter).toList();
    for (Node node : replay.graph().nodes()) {
      if (node.operands().isEmpty() && !(node instanceof Constant)) {
        now.put(node, replay.values().of(node));
      }
    }
  }

  static Descent of(Lesson lesson) {
    return new Descent(lesson);
  }

  /// Changes a leaf.
  Descent with(String name, double... elements) {
    Node leaf = node(name);
    now.put(leaf, Tensor.of(leaf.shape(), elements));
    return this;
  }

  Descent train(double rate, int steps) {
    for (int i = 0; i < steps; i++) {
      Values values = run();
      Map<Node, Tensor> next = new HashMap<>();
      for (Node w : parameters) {
        double[] all = values.of(w).toDoubles();
        double[] slope = values.of(gradient(w)).toDoubles();
        for (int e = 0; e < all.length; e++) {
          all[e] -= rate * slope[e];
        }
        next.put(w, Tensor.of(w.shape(), all));
      }
      now.putAll(next);
    }
    return this;
  }

  double loss() {
    return run().of(replay.result()).item();
  }

  /// The value of a node.
  Tensor value(String name) {
    return run().of(node(name));
  }

  /// ∂L/∂u.
  Tensor slope(String name) {
    return run().of(gradient(node(name)));
  }

  /// What a node that is none of the lesson's is.
  Tensor valueOf(Node other) {
    return Interpreter.run(List.of(other), now).of(other);
  }

  /// How many numbers are learned.
  int count() {
    return parameters.stream().mapToInt(w -> w.shape().size()).sum();
  }

  private Values run() {
    List<Node> wanted = new ArrayList<>(replay.graph().nodes());
    parameters.forEach(w -> wanted.add(gradient(w)));
    return Interpreter.run(wanted, now);
  }

  private Node gradient(Node u) {
    Node gradient = replay.gradient(u);
    if (gradient == null) {
      throw new IllegalArgumentException(u + " has no gradient");
    }
    return gradient;
  }

  Node node(String name) {
    return replay.graph().nodes().stream().filter(node -> replay.labels().of(node).equals(name)).findFirst().orElseThrow();
  }
}
