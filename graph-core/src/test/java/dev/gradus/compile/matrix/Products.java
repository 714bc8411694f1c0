package dev.gradus.compile.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;

/// A product with random numbers in random places, and what must come out, up to rounding.
///
/// Around each matrix lie NaNs: whoever reads them gives itself away, and whoever overwrites those around C as well.
final class Products {
  final boolean transposeA;
  final boolean transposeB;
  final int m;
  final int n;
  final int k;
  final double alpha;
  final double beta;
  final int lda;
  final int ldb;
  final int ldc;
  final int aAt;
  final int bAt;
  final int cAt;
  final double[] a;
  final double[] b;
  final double[] c;

  Products(Random random, int m, int n, int k) {
    this.m = m;
    this.n = n;
    this.k = k;
    double[] factors = {0, 1, -1, 0.5};
    transposeA = random.nextBoolean();
    transposeB = random.nextBoolean();
    alpha = factors[random.nextInt(4)];
    beta = factors[random.nextInt(4)];
    lda = Math.max(1, (transposeA ? m : k) + random.nextInt(3));
    ldb = Math.max(1, (transposeB ? k : n) + random.nextInt(3));
    ldc = Math.max(1, n + random.nextInt(3));
    aAt = random.nextInt(5);
    bAt = random.nextInt(5);
    cAt = random.nextInt(5);
    a = matrix(random, transposeA ? k : m, transposeA ? m : k, lda, aAt);
    b = matrix(random, transposeB ? n : k, transposeB ? k : n, ldb, bAt);
    c = beta == 0 ? filled(m * ldc + cAt + 4) : matrix(random, m, n, ldc, cAt);
  }

  private static double[] filled(int length) {
    double[] numbers = new double[length];
    Arrays.fill(numbers, Double.NaN);
    return numbers;
  }

  /// Numbers that are floats as well.
  private static double[] matrix(Random random, int rows, int columns, int leading, int at) {
    double[] numbers = filled(rows * leading + at + 4);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        numbers[at + i * leading + j] = (float) random.nextGaussian();
      }
    }
    return numbers;
  }

  static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  static double[] doubles(float[] numbers) {
    double[] doubles = new double[numbers.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = numbers[i];
    }
    return doubles;
  }

  Layout layout() {
    return Layout.of(m, n, k, transposeA, lda, transposeB, ldb, ldc);
  }

  double[] doubles(Gemm gemm) {
    double[] out = c.clone();
    gemm.multiply(layout(), new Gemm.Part(0, m, 0, n, 0, k), alpha, a, aAt, b, bAt, beta, out, cAt);
    return out;
  }

  float[] floats(Gemm gemm) {
    float[] out = floats(c);
    gemm.multiply(layout(), new Gemm.Part(0, m, 0, n, 0, k), alpha, floats(a), aAt, floats(b), bAt, beta, out, cAt);
    return out;
  }

  double[] doubles(MatrixProducts products) {
    double[] out = c.clone();
    products.of(layout(), new int[] {aAt}, new int[] {bAt}, new int[] {cAt}, alpha, a, b, beta, out).run();
    return out;
  }

  float[] floats(MatrixProducts products) {
    float[] out = floats(c);
    products
        .of(layout(), new int[] {aAt}, new int[] {bAt}, new int[] {cAt}, alpha, floats(a), floats(b), beta, out)
        .run();
    return out;
  }

  /// Compares each element with a plain sum in double precision; the tolerance is what rounding can do to the terms of that sum.
  void check(double[] out, double epsilon) {
    for (int at = 0; at < c.length; at++) {
      int i = (at - cAt) / ldc;
      int j = (at - cAt) % ldc;
      if (at < cAt || i >= m || j >= n) {
        assertEquals(c[at], out[at], "outside of C");
        continue;
      }
      double sum = 0;
      double size = 0;
      for (int p = 0; p < k; p++) {
        double term =
            a[aAt + (transposeA ? p * lda + i : i * lda + p)] * b[bAt + (transposeB ? j * ldb + p : p * ldb + j)];
        sum += term;
        size += Math.abs(term);
      }
      double before = beta == 0 ? 0 : beta * c[at];
      double tolerance = 2 * epsilon * (k + 2) * (Math.abs(alpha) * size + Math.abs(before)) + Double.MIN_NORMAL;
      assertEquals(alpha * sum + before, out[at], tolerance, this + " at " + i + ", " + j);
    }
  }

  @Override
  public String toString() {
    return m + "x" + n + "x" + k + " alpha " + alpha + " beta " + beta + (transposeA ? " Aᵀ" : "") + (transposeB ? " Bᵀ" : "");
  }
}
