package dev.gradus.laws;

import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;

/// Where an op is applied: numbers from `low` to `high`, of at least the size `hole`.
record Domain(double low, double high, double hole) {
  /// Numbers of moderate size.
  static final Domain ANY = new Domain(-20, 20, 0);

  static Domain within(double low, double high) {
    return new Domain(low, high, 0);
  }

  /// Numbers of moderate size, not near 0.
  static Domain awayFromZero(double hole) {
    return new Domain(-20, 20, hole);
  }

  boolean contains(Tensor value) {
    return value.dtype() == DType.F64
        && Arrays.stream(value.toDoubles()).allMatch(x -> x >= low && x <= high && Math.abs(x) >= hole);
  }

  /// Numbers from this domain with three decimals, spread evenly and without repetition (a Kronecker sequence in the
  /// golden ratio).
  Tensor sample(Shape shape, int setting) {
    double from = Math.max(low, -2);
    double to = Math.min(high, Math.max(2, low + 2));
    double[] all = new double[shape.size()];
    for (int i = 0; i < all.length; i++) {
      double at = (0.5 + 0.6180339887498949 * (i + 11L * setting)) % 1;
      double x = Math.rint(1000 * (from + (0.05 + 0.9 * at) * (to - from))) / 1000;
      all[i] = Math.abs(x) >= hole ? x : hole + Math.abs(x);
    }
    return Tensor.of(shape, all);
  }
}
