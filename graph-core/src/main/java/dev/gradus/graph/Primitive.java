package dev.gradus.graph;

import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
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

  /// What `out` sends to each operand: [#pullback] slot by slot, null for an operand that takes no derivative.
  default List<@Nullable Node> pullbacks(Apply out, Node g) {
    int slots = out.operands().size();
    List<@Nullable Node> all = new ArrayList<>(slots);
    for (int slot = 0; slot < slots; slot++) {
      all.add(out.operand(slot).dtype().isFloating() ? pullback(out, slot, g) : null);
    }
    return all;
  }

  /// The derivative of `out` along `tangents`, one for each operand, null for an operand that does not move; null
  /// when the result does not move.
  @Nullable Node pushforward(Apply out, List<@Nullable Node> tangents);
}
