package dev.gradus.graph;

import dev.gradus.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An op that brings its own kernel: the engine sees tensors go in and come out. It says the types of its results
/// ([Op#types]), computes them, and states its gradient as nodes, so that second derivatives follow.
///
/// Where two ops are equal, one may run in place of the other, in other programs too: one that has state of its own must not equal
/// another, as records of equal components do.
public non-sealed interface Opaque extends Op {

  /// The results for the operands' values, of the types that [Op#types] announced.
  List<Tensor> evaluate(List<Tensor> x);

  /// What `out` sends to each operand, given the upstream gradient of each result (null for a result that leads
  /// nowhere): nodes in the operands' shapes, linear in `g`; null for an operand without gradient, such as an index.
  List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g);

  /// The derivative of each result along `tangents`, or null to let the engine derive it from the pullback.
  default @Nullable List<@Nullable Node> pushforward(Apply out, List<@Nullable Node> tangents) {
    return null;
  }

  @Override
  default String rule(Apply out, int slot) {
    return "pullback of " + name();
  }
}
