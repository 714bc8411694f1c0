package dev.gradus.ops;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.TensorType;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;

/// The index of the largest or smallest element along an axis: the first of equals, the first NaN before all.
///
/// @param largest whether the largest is sought
/// @param axis the axis, negative ones counted from the end; null for all elements in row-major order
/// @param keepDims whether a reduced axis stays with size 1
record ArgExtremum(boolean largest, @Nullable Integer axis, boolean keepDims) implements Opaque {
  @Override
  public String name() {
    return largest ? "argmax" : "argmin";
  }

  private List<Integer> axes(Shape shape) {
    return axis == null ? Axes.of(name(), shape) : Axes.of(name(), shape, axis);
  }

  @Override
  public List<TensorType> types(List<TensorType> x) {
    Shape shape = x.getFirst().shape();
    List<Integer> axes = axes(shape);
    if (Axes.count(shape, axes) == 0) {
      throw new GradusException(name(), "there must be an element to take", "shape " + shape, "leave out empty axes");
    }
    Shape reduced = new Reduce(Reduce.Kind.SUM, axes, keepDims).type(x).shape();
    return List.of(new TensorType(reduced, DType.I64));
  }

  @Override
  public List<Tensor> evaluate(List<Tensor> x) {
    Tensor operand = x.getFirst();
    Shape shape = operand.shape();
    int length = Axes.count(shape, axes(shape));
    int inner = axis == null ? 1 : shape.strides()[shape.axis(name(), axis)];
    IntBinaryOperator order = order(operand);
    long[] best = new long[shape.size() / length];
    for (int i = 0; i < best.length; i++) {
      int start = i / inner * inner * length + i % inner;
      int chosen = 0;
      for (int k = 1; k < length; k++) {
        if (order.applyAsInt(start + k * inner, start + chosen * inner) > 0) {
          chosen = k;
        }
      }
      best[i] = chosen;
    }
    return List.of(Tensor.of(types(List.of(TensorType.of(operand))).getFirst().shape(), best));
  }

  /// Positive where the element at the first place wins over the one at the second. Integers are compared as such: a
  /// double would not tell large ones apart.
  private IntBinaryOperator order(Tensor x) {
    if (!x.dtype().isFloating()) {
      long[] all = x.toLongs();
      return largest ? (i, k) -> Long.compare(all[i], all[k]) : (i, k) -> Long.compare(all[k], all[i]);
    }
    double[] all = x.toDoubles();
    return (i, k) -> {
      double challenger = all[i];
      double champion = all[k];
      boolean wins = largest ? challenger > champion : challenger < champion;
      return wins || (Double.isNaN(challenger) && !Double.isNaN(champion)) ? 1 : 0;
    };
  }

  @Override
  public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
    return Collections.singletonList(null);
  }

  @Override
  public String rule(Apply out, int slot) {
    return "none: an index";
  }
}
