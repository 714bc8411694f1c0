package dev.gradus.run;

import dev.gradus.GradusException;
import dev.gradus.diff.Backward;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.tensor.Tensor;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// The values of one run: what was fed, and every node computed from it. A node that was not wanted at first, such as
/// a gradient, is computed when asked for, from the values already there.
///
/// Belongs to one thread.
public final class Values {
  private final List<Node> outputs;
  private final Known known = new Known();

  Values(List<Node> outputs, Map<? extends Node, Tensor> feeds) {
    this.outputs = outputs;
    feeds.forEach((node, value) -> {
      Interpreter.requireFeedable(node, value);
      known.put(node, List.of(value));
    });
  }

  /// The value of `node`.
  public Tensor of(Node node) {
    if (!known.contains(node)) {
      evaluate(List.of(node));
    }
    Tensor value = known.find(node);
    if (value == null) {
      throw new GradusException(
          "value", "a node with one result is needed", node.toString(), "ask for one of its results()");
    }
    return value;
  }

  /// The gradient of the run's one output by every node, as numbers.
  ///
  /// @throws GradusException when the run has several outputs, or one that is no floating-point number
  public GradientValues gradients() {
    if (outputs.size() != 1) {
      throw new GradusException(
          "gradients", "the run must have one output", outputs.size() + " outputs", "name one: gradients(output)");
    }
    return gradients(outputs.getFirst());
  }

  /// The gradient of `result` by every node, as numbers.
  ///
  /// @throws GradusException when `result` is not a floating-point tensor of one element
  public GradientValues gradients(Node result) {
    return new GradientValues(this, Backward.from(result));
  }

  /// Computes all of `wanted` in one walk.
  public void evaluate(Collection<? extends Node> wanted) {
    List<Node> order = Graph.of(List.copyOf(wanted), known.nodes()).nodes();
    for (Node node : order) {
      if (node instanceof Input input && !known.contains(input)) {
        throw new GradusException(
            "run", "every input must be fed", "no value for " + input, "pass a tensor of " + input.type());
      }
    }
    for (Node node : order) {
      if (!known.contains(node)) {
        known.put(node, Interpreter.evaluate(node, known));
      }
    }
  }
}
