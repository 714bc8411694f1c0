package dev.gradus.diff;

import dev.gradus.graph.Constant;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import java.util.List;

/// For every node u the node that computes ∂L/∂u, as [Backward] added them.
public final class Gradients {
  private final Backward backward;

  Gradients(Backward backward) {
    this.backward = backward;
  }

  /// The node of ∂L/∂u, in u's shape and dtype. Where [#flow] says that no gradient arrives it is zeros.
  ///
  /// @throws dev.gradus.GradusException for an application with several results: ask for one of them
  public Node of(Node u) {
    Node gradient = backward.graph().contains(u) ? backward.gradient(u) : null;
    return gradient != null ? gradient : Constant.filled(u.type(), 0);
  }

  /// Whether a gradient arrives at `u`, and if not, why.
  public Flow flow(Node u) {
    return backward.flow(u);
  }

  /// The chain rule's sum at `u`, term by term in the order of Γ(u): [#of] is the sum of their products (and of the
  /// upstream gradient, where u is the result itself). Empty where no gradient arrives. The local factors are made
  /// when asked for.
  public List<Term> terms(Node u) {
    return backward.graph().contains(u) ? backward.terms(u) : List.of();
  }

  /// The graph that was differentiated.
  public Graph graph() {
    return backward.graph();
  }
}
