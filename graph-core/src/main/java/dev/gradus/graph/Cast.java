package dev.gradus.graph;

import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The *cast* primitive: the same numbers in another dtype, as [Tensor#cast] converts them. Between floating dtypes
/// the gradient is cast back; to and from integers and bools there is none.
///
/// @param dtype the dtype of the result
public record Cast(DType dtype) implements Primitive {
  @Override
  public String name() {
    return "cast";
  }

  @Override
  public TensorType type(List<TensorType> x) {
    return x.getFirst().withDType(dtype);
  }

  @Override
  public Tensor evaluate(TensorType result, List<Tensor> x) {
    return x.getFirst().cast(dtype);
  }

  @Override
  public @Nullable Node pullback(Apply out, int slot, Node g) {
    DType from = out.operand(0).dtype();
    if (!dtype.isFloating() || !from.isFloating()) {
      return null;
    }
    return from == dtype ? g : new Cast(from).of(g);
  }

  @Override
  public @Nullable Node pushforward(Apply out, List<@Nullable Node> tangents) {
    Node tangent = tangents.getFirst();
    return tangent == null || !dtype.isFloating() ? null : of(tangent);
  }

  @Override
  public String rule(Apply out, int slot) {
    return "g cast back to " + out.operand(slot).dtype();
  }
}
