package dev.gradus.benchmarks;

import dev.gradus.graph.TensorType;
import dev.gradus.tensor.Tensor;

/// Plain arrays for calls.
final class PlainArrays {
  private PlainArrays() {}

  /// The elements of a tensor, in an array of the caller's own.
  static Object of(Tensor tensor) {
    return switch (tensor.dtype()) {
      case F64 -> tensor.toDoubles();
      case F32 -> floats(tensor.toDoubles());
      case I64 -> tensor.toLongs();
      case I32, BOOL -> throw new IllegalArgumentException("no workload has " + tensor.dtype());
    };
  }

  /// An array for a value of that type.
  static Object zeros(TensorType type) {
    return of(Tensor.zeros(type.shape(), type.dtype()));
  }

  /// The bytes of a value of that type.
  static long bytes(TensorType type) {
    return (long) type.shape().size() * type.dtype().bytes();
  }

  private static float[] floats(double[] from) {
    float[] all = new float[from.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) from[i];
    }
    return all;
  }
}
