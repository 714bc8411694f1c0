package dev.gradus.graph;

import dev.gradus.GradusException;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The *gather* primitive, `take`: `gather(x, i)` takes the elements of `x` at the indices `i` along one axis. That
/// axis is replaced by the axes of `i`. Negative indices count from the end.
///
/// @param axis the axis of `x`, from 0
public record Gather(int axis) implements Primitive {
  @Override
  public String name() {
    return "take";
  }

  @Override
  public TensorType type(List<TensorType> x) {
    requireIndices("take", x.get(1));
    Shape from = x.getFirst().shape();
    if (axis < 0 || axis >= from.rank()) {
      throw new GradusException("take", "the axis must be one of " + from, axis, "count from 0");
    }
    return x.getFirst().withShape(result(from, axis, x.get(1).shape()));
  }

  static void requireIndices(String op, TensorType indices) {
    if (!indices.dtype().isInteger()) {
      throw new GradusException(op, "indices must be integers", indices.dtype(), "cast them to i64");
    }
  }

  /// The shape of `from` with one axis replaced by the axes of `indices`.
  static Shape result(Shape from, int axis, Shape indices) {
    int[] dims = new int[from.rank() - 1 + indices.rank()];
    System.arraycopy(from.dims(), 0, dims, 0, axis);
    System.arraycopy(indices.dims(), 0, dims, axis, indices.rank());
    System.arraycopy(from.dims(), axis + 1, dims, axis + indices.rank(), from.rank() - 1 - axis);
    return Shape.of(dims);
  }

  /// For every element of the result its flat position in `from`.
  static int[] positions(String op, Shape from, int axis, Tensor indices) {
    int length = from.dim(axis);
    int outer = Arrays.stream(from.dims(), 0, axis).reduce(1, (a, b) -> a * b);
    int inner = Arrays.stream(from.dims(), axis + 1, from.rank()).reduce(1, (a, b) -> a * b);
    long[] index = indices.toLongs();
    int[] positions = new int[outer * index.length * inner];
    int at = 0;
    for (int o = 0; o < outer; o++) {
      for (long i : index) {
        if (i < -length || i >= length) {
          throw new GradusException(
              op, "an index must lie in [" + -length + ", " + length + ")", i, "the axis has " + length + " elements");
        }
        int row = (o * length + (int) (i < 0 ? i + length : i)) * inner;
        for (int k = 0; k < inner; k++) {
          positions[at++] = row + k;
        }
      }
    }
    return positions;
  }

  @Override
  public Tensor evaluate(TensorType result, List<Tensor> x) {
    Tensor from = x.getFirst();
    return Strided.pick(from, result.shape(), positions("take", from.shape(), axis, x.get(1)));
  }

  @Override
  public @Nullable Node pullback(Apply out, int slot, Node g) {
    if (slot == 1) {
      return null;
    }
    return new ScatterAdd(axis).of(Constant.filled(out.operand(0).type(), 0), out.operand(1), g);
  }

  @Override
  public @Nullable Node pushforward(Apply out, List<@Nullable Node> tangents) {
    Node tangent = tangents.getFirst();
    return tangent == null ? null : of(tangent, out.operand(1));
  }

  @Override
  public String rule(Apply out, int slot) {
    return slot == 0 ? "g added into the places it was taken from, 0 elsewhere" : "none: an index";
  }
}
