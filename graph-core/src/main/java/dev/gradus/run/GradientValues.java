package dev.gradus.run;

import dev.gradus.diff.Flow;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Node;
import dev.gradus.tensor.Tensor;

/// The gradients of one result in one run, as numbers: [Gradients] read through [Values].
public final class GradientValues {
  private final Values values;
  private final Gradients nodes;

  GradientValues(Values values, Gradients nodes) {
    this.values = values;
    this.nodes = nodes;
  }

  /// ∂L/∂u in u's shape; zeros where [#flow] says that none arrives. Asking twice gives the same answer.
  public Tensor of(Node u) {
    return values.of(nodes.of(u));
  }

  /// Whether a gradient arrives at `u`, and if not, why.
  public Flow flow(Node u) {
    return nodes.flow(u);
  }

  /// The nodes behind the numbers.
  public Gradients nodes() {
    return nodes;
  }
}
