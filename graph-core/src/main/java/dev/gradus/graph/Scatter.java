package dev.gradus.graph;

import dev.gradus.tensor.Tensor;
import dev.gradus.tensor.raw.RawTensors;

/// Adding elements into chosen places of a copy of a tensor: the loop behind padding and scatter-add.
final class Scatter {
  private Scatter() {}

  /// A copy of `base` with element i of `updates` added at flat position `to[i]`; f32 sums are rounded at each step,
  /// bools are joined by *or*.
  static Tensor into(Tensor base, int[] to, Tensor updates) {
    return switch (RawTensors.array(base)) {
      case double[] a -> {
        double[] out = a.clone();
        double[] from = RawTensors.doubles(updates);
        for (int i = 0; i < to.length; i++) {
          out[to[i]] += from[i];
        }
        yield RawTensors.wrap(base.shape(), out);
      }
      case float[] a -> {
        float[] out = a.clone();
        float[] from = RawTensors.floats(updates);
        for (int i = 0; i < to.length; i++) {
          out[to[i]] += from[i];
        }
        yield RawTensors.wrap(base.shape(), out);
      }
      case long[] a -> {
        long[] out = a.clone();
        long[] from = RawTensors.longs(updates);
        for (int i = 0; i < to.length; i++) {
          out[to[i]] += from[i];
        }
        yield RawTensors.wrap(base.shape(), out);
      }
      case int[] a -> {
        int[] out = a.clone();
        int[] from = RawTensors.ints(updates);
        for (int i = 0; i < to.length; i++) {
          out[to[i]] += from[i];
        }
        yield RawTensors.wrap(base.shape(), out);
      }
      case boolean[] a -> {
        boolean[] out = a.clone();
        boolean[] from = RawTensors.booleans(updates);
        for (int i = 0; i < to.length; i++) {
          out[to[i]] |= from[i];
        }
        yield RawTensors.wrap(base.shape(), out);
      }
      default -> throw new AssertionError(base.dtype());
    };
  }
}
