package dev.gradus.graph;

import dev.gradus.GradusException;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The *scatter-add* primitive, the adjoint of [Gather]: `scatter_add(x, i, u)` is `x` with the elements of `u`
/// added at the indices `i` along one axis. An index that occurs twice receives both.
///
/// @param axis the axis of `x`, from 0
public record ScatterAdd(int axis) implements Primitive {
  @Override
  public String name() {
    return "index_add";
  }

  @Override
  public TensorType type(List<TensorType> x) {
    Gather.requireIndices("index_add", x.get(1));
    Shape base = x.getFirst().shape();
    if (axis < 0 || axis >= base.rank()) {
      throw new GradusException("index_add", "the axis must be one of " + base, axis, "count from 0");
    }
    Shape wanted = Gather.result(base, axis, x.get(1).shape());
    if (!x.get(2).equals(x.getFirst().withShape(wanted))) {
      throw new GradusException(
          "index_add", "updates must be " + x.getFirst().withShape(wanted), x.get(2), "reshape or cast them");
    }
    return x.getFirst();
  }

  @Override
  public Tensor evaluate(TensorType result, List<Tensor> x) {
    return Scatter.into(x.get(0), Gather.positions("index_add", result.shape(), axis, x.get(1)), x.get(2));
  }

  @Override
  public @Nullable Node pullback(Apply out, int slot, Node g) {
    return switch (slot) {
      case 0 -> g;
      case 1 -> null;
      default -> new Gather(axis).of(g, out.operand(1));
    };
  }

  @Override
  public @Nullable Node pushforward(Apply out, List<@Nullable Node> tangents) {
    Node base = tangents.get(0);
    Node updates = tangents.get(2);
    if (base == null && updates == null) {
      return null;
    }
    Node from = base == null ? Constant.filled(out.type(), 0) : base;
    return updates == null ? from : of(from, out.operand(1), updates);
  }

  @Override
  public String rule(Apply out, int slot) {
    return switch (slot) {
      case 0 -> "g";
      case 1 -> "none: an index";
      default -> "g at the indices";
    };
  }
}
