package dev.gradus.benchmarks;

import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;

/// Initial values: normal numbers, each tensor from a seed of its own, the same in every run.
final class Draws {
  private long seed;

  /// Normal numbers around 0.
  Tensor normal(DType dtype, double deviation, int... dims) {
    Shape shape = Shape.of(dims);
    double[] all = Tensor.normal(shape, seed++).toDoubles();
    for (int i = 0; i < all.length; i++) {
      all[i] *= deviation;
    }
    return Tensor.of(shape, all).cast(dtype);
  }
}
