package dev.gradus.compile.kernel;

import dev.gradus.scalar.Arithmetic;

/// Sums and their like in a fixed number of lanes: element j of a row is added to lane j modulo their number, and the lanes
/// are combined pairwise at the end. So the bits do not depend on the width of vectors, or on whether there are any.
final class Lanes {
  /// Lanes of floats; a power of two, and at least as many as the widest vector has.
  static final int FLOATS = 16;

  /// Lanes of doubles.
  static final int DOUBLES = 8;

  private Lanes() {}

  static float sum(float[] lanes) {
    for (int width = FLOATS / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) {
        lanes[i] += lanes[i + width];
      }
    }
    return lanes[0];
  }

  static float product(float[] lanes) {
    for (int width = FLOATS / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) {
        lanes[i] *= lanes[i + width];
      }
    }
    return lanes[0];
  }

  static float max(float[] lanes) {
    float max = lanes[0];
    for (int i = 1; i < FLOATS; i++) {
      max = Math.max(max, lanes[i]);
    }
    return max;
  }

  static float min(float[] lanes) {
    float min = lanes[0];
    for (int i = 1; i < FLOATS; i++) {
      min = Math.min(min, lanes[i]);
    }
    return min;
  }

  static double sum(double[] lanes) {
    for (int width = DOUBLES / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) {
        lanes[i] += lanes[i + width];
      }
    }
    return lanes[0];
  }

  static double product(double[] lanes) {
    for (int width = DOUBLES / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) {
        lanes[i] *= lanes[i + width];
      }
    }
    return lanes[0];
  }

  static double max(double[] lanes) {
    double max = lanes[0];
    for (int i = 1; i < DOUBLES; i++) {
      max = Math.max(max, lanes[i]);
    }
    return max;
  }

  static double min(double[] lanes) {
    double min = lanes[0];
    for (int i = 1; i < DOUBLES; i++) {
      min = Math.min(min, lanes[i]);
    }
    return min;
  }

  /// `a · b`, but 0 where that is NaN and either is 0.
  static double masked(double a, double b) {
    double product = a * b;
    return Double.isNaN(product) && (a == 0 || b == 0) ? 0 : product;
  }

  static float masked(float a, float b) {
    float product = a * b;
    return Float.isNaN(product) && (a == 0 || b == 0) ? 0 : product;
  }

  /// A function in the slow, exact way: the row of it in the table of functions.
  static double exact(Arithmetic function, double a, double b) {
    return function.apply(a, b, 0);
  }

  static long exact(Arithmetic function, long a, long b) {
    return function.applyExact(a, b, 0);
  }
}
