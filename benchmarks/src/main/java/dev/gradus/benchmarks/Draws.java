package dev.gradus.benchmarks;

import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;

/// Initial values: normal numbers, each tensor from a seed of its own, the same in every run.
final class Draws {
  private static long nanos;

  private long seed;

  /// The time that drawing has taken so far: the peers are given their values before they are timed.
  static long nanos() {
    return nanos;
  }

  /// Normal numbers around 0.
  Tensor normal(DType dtype, double deviation, int... dims) {
    long start = System.nanoTime();
    Shape shape = Shape.of(dims);
    double[] all = Tensor.normal(shape, seed++).toDoubles();
    for (int i = 0; i < all.length; i++) {
      all[i] *= deviation;
    }
    Tensor drawn = Tensor.of(shape, all).cast(dtype);
    nanos += System.nanoTime() - start;
    return drawn;
  }
}
