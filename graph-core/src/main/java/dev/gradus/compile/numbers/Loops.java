package dev.gradus.compile.numbers;

import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.KernelFunction;

/// The loops of a [NumberLoops]: result i takes operands `v[a[i − given]]`, `v[b[i − given]]`, `v[c[i − given]]`.
final class Loops {
  private Loops() {}

  static void add(double[] v, int[] a, int[] b, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = v[a[i - given]] + v[b[i - given]];
    }
  }

  static void subtract(double[] v, int[] a, int[] b, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = v[a[i - given]] - v[b[i - given]];
    }
  }

  static void multiply(double[] v, int[] a, int[] b, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = v[a[i - given]] * v[b[i - given]];
    }
  }

  static void maskedMultiply(double[] v, int[] a, int[] b, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      double x = v[a[i - given]];
      double y = v[b[i - given]];
      double product = x * y;
      v[i] = Double.isNaN(product) && (x == 0 || y == 0) ? 0 : product;
    }
  }

  static void divide(double[] v, int[] a, int[] b, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = v[a[i - given]] / v[b[i - given]];
    }
  }

  static void negate(double[] v, int[] a, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = -v[a[i - given]];
    }
  }

  static void maximum(double[] v, int[] a, int[] b, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = Math.max(v[a[i - given]], v[b[i - given]]);
    }
  }

  static void minimum(double[] v, int[] a, int[] b, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = Math.min(v[a[i - given]], v[b[i - given]]);
    }
  }

  static void greater(double[] v, int[] a, int[] b, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = v[a[i - given]] > v[b[i - given]] ? 1 : 0;
    }
  }

  static void less(double[] v, int[] a, int[] b, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = v[a[i - given]] < v[b[i - given]] ? 1 : 0;
    }
  }

  static void select(double[] v, int[] a, int[] b, int[] c, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = v[a[i - given]] != 0 ? v[b[i - given]] : v[c[i - given]];
    }
  }

  static void exp(double[] v, int[] a, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = Math.exp(v[a[i - given]]);
    }
  }

  static void sin(double[] v, int[] a, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = Math.sin(v[a[i - given]]);
    }
  }

  static void cos(double[] v, int[] a, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = Math.cos(v[a[i - given]]);
    }
  }

  static void apply(Arithmetic function, double[] v, int[] a, int[] b, int[] c, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = function.apply(v[a[i - given]], v[b[i - given]], v[c[i - given]]);
    }
  }

  static void apply(KernelFunction function, double[] v, int[] a, int given, int from, int to) {
    for (int i = from; i < to; i++) {
      v[i] = function.apply(v[a[i - given]]);
    }
  }
}
