package dev.gradus.graph;

import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import dev.gradus.tensor.raw.RawTensors;
import java.util.Arrays;

/// Reading tensors through strides: the one loop behind broadcasting, permuting, slicing and flipping.
final class Strided {
  private Strided() {}

  /// The elements of `x` broadcast to `shape` as doubles. May be the tensor's own array: not to be written.
  static double[] doubles(Tensor x, Shape shape) {
    double[] own = x.dtype() == DType.F64 ? RawTensors.doubles(x) : x.toDoubles();
    if (x.shape().equals(shape)) {
      return own;
    }
    double[] out = new double[shape.size()];
    if (x.size() == 1) {
      Arrays.fill(out, own[0]);
    } else {
      int[] from = offsets(shape.dims(), broadcastStrides(x.shape(), shape), 0);
      for (int i = 0; i < out.length; i++) {
        out[i] = own[from[i]];
      }
    }
    return out;
  }

  /// The elements of `x` broadcast to `shape` as longs, bools as 0 and 1. May be the tensor's own array.
  static long[] longs(Tensor x, Shape shape) {
    long[] own = x.dtype() == DType.I64 ? RawTensors.longs(x) : x.toLongs();
    if (x.shape().equals(shape)) {
      return own;
    }
    long[] out = new long[shape.size()];
    int[] from = offsets(shape.dims(), broadcastStrides(x.shape(), shape), 0);
    for (int i = 0; i < out.length; i++) {
      out[i] = own[from[i]];
    }
    return out;
  }

  /// A tensor of the result's shape and dtype from doubles, rounded once.
  static Tensor rounded(TensorType result, double[] values) {
    Tensor exact = RawTensors.wrap(result.shape(), values);
    return result.dtype() == DType.F64 ? exact : exact.cast(result.dtype());
  }

  /// The tensor of shape `shape` whose elements stand in `x` at `start` plus the dot product of index and `strides`.
  static Tensor read(Tensor x, Shape shape, int[] strides, int start) {
    int[] from = offsets(shape.dims(), strides, start);
    return pick(x, shape, from);
  }

  /// The tensor of shape `shape` whose element i is element `from[i]` of `x`.
  static Tensor pick(Tensor x, Shape shape, int[] from) {
    int size = from.length;
    return switch (RawTensors.array(x)) {
      case double[] a -> {
        double[] out = new double[size];
        for (int i = 0; i < size; i++) {
          out[i] = a[from[i]];
        }
        yield RawTensors.wrap(shape, out);
      }
      case float[] a -> {
        float[] out = new float[size];
        for (int i = 0; i < size; i++) {
          out[i] = a[from[i]];
        }
        yield RawTensors.wrap(shape, out);
      }
      case long[] a -> {
        long[] out = new long[size];
        for (int i = 0; i < size; i++) {
          out[i] = a[from[i]];
        }
        yield RawTensors.wrap(shape, out);
      }
      case int[] a -> {
        int[] out = new int[size];
        for (int i = 0; i < size; i++) {
          out[i] = a[from[i]];
        }
        yield RawTensors.wrap(shape, out);
      }
      case boolean[] a -> {
        boolean[] out = new boolean[size];
        for (int i = 0; i < size; i++) {
          out[i] = a[from[i]];
        }
        yield RawTensors.wrap(shape, out);
      }
      default -> throw new AssertionError(x.dtype());
    };
  }

  /// The flat positions `start + index · strides` for every index of `dims`, in row-major order.
  static int[] offsets(int[] dims, int[] strides, int start) {
    int size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    int[] all = new int[size];
    if (size == 0) {
      return all;
    }
    int rank = dims.length;
    int inner = rank == 0 ? 1 : dims[rank - 1];
    int step = rank == 0 ? 0 : strides[rank - 1];
    int[] index = new int[rank];
    int base = start;
    for (int at = 0; at < size; at += inner) {
      for (int i = 0; i < inner; i++) {
        all[at + i] = base + i * step;
      }
      for (int axis = rank - 2; axis >= 0; axis--) {
        base += strides[axis];
        if (++index[axis] < dims[axis]) {
          break;
        }
        base -= dims[axis] * strides[axis];
        index[axis] = 0;
      }
    }
    return all;
  }

  /// Row-major strides of `from`, aligned to the axes of `to` and 0 where it is broadcast.
  static int[] broadcastStrides(Shape from, Shape to) {
    int[] own = from.strides();
    int[] strides = new int[to.rank()];
    int lead = to.rank() - from.rank();
    for (int axis = 0; axis < own.length; axis++) {
      strides[lead + axis] = from.dim(axis) == 1 ? 0 : own[axis];
    }
    return strides;
  }
}
