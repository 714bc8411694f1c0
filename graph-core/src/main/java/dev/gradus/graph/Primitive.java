package dev.gradus.graph;

import dev.gradus.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of the functions that the engine knows itself: everything else expands into these, or is [Opaque]. Each
/// has one result, a reference kernel, a pullback (reverse mode) and a pushforward (forward mode).
public sealed interface Primitive extends Op
    permits Elementwise, Reduce, Contract, View, Concat, Gather, ScatterAdd, Cast, StopGradient, RandomDraw {

  /// The type of the result.
  TensorType type(List<TensorType> x);

  @Override
  default List<TensorType> types(List<TensorType> x) {
    return List.of(type(x));
  }

  /// The reference kernel: the value of the result, of type `result`.
  Tensor evaluate(TensorType result, List<Tensor> x);

  /// What `out` sends to operand `slot`: the product of the upstream gradient `g` with the local derivative, in
  /// the operand's shape; null where it sends nothing, such as to an index.
  @Nullable Node pullback(Apply out, int slot, Node g);

  /// The derivative of `out` along `tangents`, one for each operand, null for an operand that does not move; null
  /// when the result does not move.
  @Nullable Node pushforward(Apply out, List<@Nullable Node> tangents);
}
