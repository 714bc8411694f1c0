package dev.gradus.graph;

import dev.gradus.GradusException;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import dev.gradus.tensor.raw.RawTensors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The *concat* primitive: operands joined along one axis; their other axes agree.
///
/// @param axis the axis, from 0
public record Concat(int axis) implements Primitive {
  @Override
  public String name() {
    return "concat";
  }

  @Override
  public TensorType type(List<TensorType> x) {
    if (x.isEmpty()) {
      throw new GradusException("concat", "there must be an operand", "none", "pass at least one");
    }
    Shape first = x.getFirst().shape();
    if (axis < 0 || axis >= first.rank()) {
      throw new GradusException("concat", "the axis must be one of " + first, axis, "use stack to join along a new axis");
    }
    DType dtype = x.getFirst().dtype();
    int length = 0;
    for (TensorType operand : x) {
      if (operand.dtype() != dtype) {
        throw new GradusException(
            "concat", "operands must have one dtype", dtype + " and " + operand.dtype(), "cast one of them");
      }
      if (!with(operand.shape(), 0).equals(with(first, 0))) {
        throw new GradusException(
            "concat", "sizes must agree except along axis " + axis, first + " and " + operand.shape(), "reshape one of them");
      }
      length = Math.addExact(length, operand.shape().dim(axis));
    }
    return new TensorType(with(first, length), dtype);
  }

  private Shape with(Shape shape, int length) {
    if (shape.rank() <= axis) {
      return shape;
    }
    int[] dims = shape.dims();
    dims[axis] = length;
    return Shape.of(dims);
  }

  @Override
  public Tensor evaluate(TensorType result, List<Tensor> x) {
    Tensor out = Tensor.zeros(result.shape(), result.dtype());
    int[] strides = result.shape().strides();
    int start = 0;
    Object array = RawTensors.array(out);
    for (Tensor operand : x) {
      int[] to = Strided.offsets(operand.shape().dims(), strides, start * strides[axis]);
      Object from = RawTensors.array(operand);
      put(from, to, array);
      start += operand.shape().dim(axis);
    }
    return out;
  }

  /// Fills the fresh array of a tensor that nobody else has seen yet.
  private static void put(Object from, int[] to, Object out) {
    for (int i = 0; i < to.length; i++) {
      switch (from) {
        case double[] a -> ((double[]) out)[to[i]] = a[i];
        case float[] a -> ((float[]) out)[to[i]] = a[i];
        case long[] a -> ((long[]) out)[to[i]] = a[i];
        case int[] a -> ((int[]) out)[to[i]] = a[i];
        case boolean[] a -> ((boolean[]) out)[to[i]] = a[i];
        default -> throw new AssertionError(from);
      }
    }
  }

  /// Where operand `slot` begins along the axis.
  private int start(Apply out, int slot) {
    int start = 0;
    for (int i = 0; i < slot; i++) {
      start += out.operand(i).shape().dim(axis);
    }
    return start;
  }

  @Override
  public @Nullable Node pullback(Apply out, int slot, Node g) {
    int start = start(out, slot);
    return View.along(g, axis, start, start + out.operand(slot).shape().dim(axis), 1);
  }

  /// In one pass: [#start] walks over the operands before a slot.
  @Override
  public List<@Nullable Node> pullbacks(Apply out, Node g) {
    List<@Nullable Node> all = new ArrayList<>(out.operands().size());
    int start = 0;
    for (Node operand : out.operands()) {
      int end = start + operand.shape().dim(axis);
      all.add(operand.dtype().isFloating() ? View.along(g, axis, start, end, 1) : null);
      start = end;
    }
    return all;
  }

  @Override
  public @Nullable Node pushforward(Apply out, List<@Nullable Node> tangents) {
    List<Node> all = new ArrayList<>();
    boolean moves = false;
    for (int i = 0; i < tangents.size(); i++) {
      Node tangent = tangents.get(i);
      moves |= tangent != null;
      all.add(tangent == null ? Constant.filled(out.operand(i).type(), 0) : tangent);
    }
    return moves ? Apply.of(this, all) : null;
  }

  @Override
  public String rule(Apply out, int slot) {
    int start = start(out, slot);
    return "g[" + start + ":" + (start + out.operand(slot).shape().dim(axis)) + "] along axis " + axis;
  }
}
