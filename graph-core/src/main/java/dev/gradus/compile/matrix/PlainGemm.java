package dev.gradus.compile.matrix;

import java.util.Arrays;

/// Products in plain Java, for where OpenBLAS is missing and for products too small to be worth a call.
///
/// A block of B is packed, each of its rows an array of its own, and so are two rows of C at a time. All arrays of the
/// innermost loop then share one index, which is what makes HotSpot turn it into vector instructions; it adds four products to
/// each of two rows, for a vector loaded serves both, and more rows make HotSpot give up. Products are rounded before
/// they are added (no fused multiply-add: it is slow where the processor lacks it), and in an order that only the sizes
/// set, so that a result has the same bits on every machine.
final class PlainGemm implements Gemm {
  /// Blocks of B: 256 rows of 2 KiB, which the second-level cache holds.
  private static final int BLOCK_ROWS = 256;

  private static final int FLOATS = 512;
  private static final int DOUBLES = 256;

  /// Up to so many multiplications, and for rows of C that are shorter than this, packing costs more than it gives.
  private static final int SMALL = 1000;

  private static final int SHORT = 16;

  @Override
  public void multiply(
      boolean transposeA, boolean transposeB, int m, int n, int k,
      float alpha, float[] a, int aAt, int lda, float[] b, int bAt, int ldb,
      float beta, float[] c, int cAt, int ldc) {
    int aRow = transposeA ? 1 : lda;
    int aColumn = transposeA ? lda : 1;
    int bRow = transposeB ? 1 : ldb;
    int bColumn = transposeB ? ldb : 1;
    if (n < SHORT || (long) m * n * k <= SMALL) {
      dots(m, n, k, alpha, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, beta, c, cAt, ldc);
    } else {
      blocked(m, n, k, alpha, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, beta, c, cAt, ldc);
    }
  }

  @Override
  public void multiply(
      boolean transposeA, boolean transposeB, int m, int n, int k,
      double alpha, double[] a, int aAt, int lda, double[] b, int bAt, int ldb,
      double beta, double[] c, int cAt, int ldc) {
    int aRow = transposeA ? 1 : lda;
    int aColumn = transposeA ? lda : 1;
    int bRow = transposeB ? 1 : ldb;
    int bColumn = transposeB ? ldb : 1;
    if (n < SHORT || (long) m * n * k <= SMALL) {
      dots(m, n, k, alpha, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, beta, c, cAt, ldc);
    } else {
      blocked(m, n, k, alpha, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, beta, c, cAt, ldc);
    }
  }

  /// The product element by element. Four sums at a time, for a sum waits for each of its additions.
  private static void dots(
      int m, int n, int k,
      float alpha, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow, int bColumn,
      float beta, float[] c, int cAt, int cRow) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int left = aAt + i * aRow;
        int right = bAt + j * bColumn;
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int p = 0;
        for (; p < k - 3; p += 4) {
          sum0 += a[left + p * aColumn] * b[right + p * bRow];
          sum1 += a[left + (p + 1) * aColumn] * b[right + (p + 1) * bRow];
          sum2 += a[left + (p + 2) * aColumn] * b[right + (p + 2) * bRow];
          sum3 += a[left + (p + 3) * aColumn] * b[right + (p + 3) * bRow];
        }
        for (; p < k; p++) {
          sum0 += a[left + p * aColumn] * b[right + p * bRow];
        }
        float sum = (sum0 + sum1) + (sum2 + sum3);
        int at = cAt + i * cRow + j;
        c[at] = beta == 0 ? alpha * sum : alpha * sum + beta * c[at];
      }
    }
  }

  private static void dots(
      int m, int n, int k,
      double alpha, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt, int bRow, int bColumn,
      double beta, double[] c, int cAt, int cRow) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int left = aAt + i * aRow;
        int right = bAt + j * bColumn;
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int p = 0;
        for (; p < k - 3; p += 4) {
          sum0 += a[left + p * aColumn] * b[right + p * bRow];
          sum1 += a[left + (p + 1) * aColumn] * b[right + (p + 1) * bRow];
          sum2 += a[left + (p + 2) * aColumn] * b[right + (p + 2) * bRow];
          sum3 += a[left + (p + 3) * aColumn] * b[right + (p + 3) * bRow];
        }
        for (; p < k; p++) {
          sum0 += a[left + p * aColumn] * b[right + p * bRow];
        }
        double sum = (sum0 + sum1) + (sum2 + sum3);
        int at = cAt + i * cRow + j;
        c[at] = beta == 0 ? alpha * sum : alpha * sum + beta * c[at];
      }
    }
  }

  /// The product block by block.
  private static void blocked(
      int m, int n, int k,
      float alpha, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow, int bColumn,
      float beta, float[] c, int cAt, int cRow) {
    int width = Math.min(n, FLOATS);
    int height = roundedUp(Math.min(k, BLOCK_ROWS));
    float[][] block = new float[height][width];
    float[] left0 = new float[height];
    float[] left1 = new float[height];
    float[] out0 = new float[width];
    float[] out1 = new float[width];
    for (int j = 0; j < n; j += width) {
      int columns = Math.min(width, n - j);
      for (int p = 0; p < k; p += BLOCK_ROWS) {
        int rows = Math.min(BLOCK_ROWS, k - p);
        int padded = roundedUp(rows);
        for (int r = 0; r < padded; r++) {
          if (r < rows) {
            gather(b, bAt + (p + r) * bRow + j * bColumn, bColumn, block[r], columns, 1);
          } else {
            Arrays.fill(block[r], 0);
          }
        }
        for (int i = 0; i < m; i += 2) {
          boolean pair = i + 1 < m;
          int a0 = aAt + i * aRow + p * aColumn;
          int c0 = cAt + i * cRow + j;
          Arrays.fill(left0, rows, padded, 0);
          gather(a, a0, aColumn, left0, rows, alpha);
          gather(c, c0, 1, out0, columns, p == 0 ? beta : 1);
          if (pair) {
            Arrays.fill(left1, rows, padded, 0);
            gather(a, a0 + aRow, aColumn, left1, rows, alpha);
            gather(c, c0 + cRow, 1, out1, columns, p == 0 ? beta : 1);
          }
          for (int r = 0; r < padded; r += 4) {
            add(
                out0, left0[r], left0[r + 1], left0[r + 2], left0[r + 3],
                out1, left1[r], left1[r + 1], left1[r + 2], left1[r + 3],
                block[r], block[r + 1], block[r + 2], block[r + 3], columns);
          }
          System.arraycopy(out0, 0, c, c0, columns);
          if (pair) {
            System.arraycopy(out1, 0, c, c0 + cRow, columns);
          }
        }
      }
    }
  }

  private static void blocked(
      int m, int n, int k,
      double alpha, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt, int bRow, int bColumn,
      double beta, double[] c, int cAt, int cRow) {
    int width = Math.min(n, DOUBLES);
    int height = roundedUp(Math.min(k, BLOCK_ROWS));
    double[][] block = new double[height][width];
    double[] left0 = new double[height];
    double[] left1 = new double[height];
    double[] out0 = new double[width];
    double[] out1 = new double[width];
    for (int j = 0; j < n; j += width) {
      int columns = Math.min(width, n - j);
      for (int p = 0; p < k; p += BLOCK_ROWS) {
        int rows = Math.min(BLOCK_ROWS, k - p);
        int padded = roundedUp(rows);
        for (int r = 0; r < padded; r++) {
          if (r < rows) {
            gather(b, bAt + (p + r) * bRow + j * bColumn, bColumn, block[r], columns, 1);
          } else {
            Arrays.fill(block[r], 0);
          }
        }
        for (int i = 0; i < m; i += 2) {
          boolean pair = i + 1 < m;
          int a0 = aAt + i * aRow + p * aColumn;
          int c0 = cAt + i * cRow + j;
          Arrays.fill(left0, rows, padded, 0);
          gather(a, a0, aColumn, left0, rows, alpha);
          gather(c, c0, 1, out0, columns, p == 0 ? beta : 1);
          if (pair) {
            Arrays.fill(left1, rows, padded, 0);
            gather(a, a0 + aRow, aColumn, left1, rows, alpha);
            gather(c, c0 + cRow, 1, out1, columns, p == 0 ? beta : 1);
          }
          for (int r = 0; r < padded; r += 4) {
            add(
                out0, left0[r], left0[r + 1], left0[r + 2], left0[r + 3],
                out1, left1[r], left1[r + 1], left1[r + 2], left1[r + 3],
                block[r], block[r + 1], block[r + 2], block[r + 3], columns);
          }
          System.arraycopy(out0, 0, c, c0, columns);
          if (pair) {
            System.arraycopy(out1, 0, c, c0 + cRow, columns);
          }
        }
      }
    }
  }

  private static int roundedUp(int rows) {
    return (rows + 3) & ~3;
  }

  private static void add(
      float[] out0, float a0, float a1, float a2, float a3,
      float[] out1, float a4, float a5, float a6, float a7,
      float[] b0, float[] b1, float[] b2, float[] b3, int columns) {
    for (int j = 0; j < columns; j++) {
      float x0 = b0[j];
      float x1 = b1[j];
      float x2 = b2[j];
      float x3 = b3[j];
      out0[j] = out0[j] + a0 * x0 + a1 * x1 + a2 * x2 + a3 * x3;
      out1[j] = out1[j] + a4 * x0 + a5 * x1 + a6 * x2 + a7 * x3;
    }
  }

  private static void add(
      double[] out0, double a0, double a1, double a2, double a3,
      double[] out1, double a4, double a5, double a6, double a7,
      double[] b0, double[] b1, double[] b2, double[] b3, int columns) {
    for (int j = 0; j < columns; j++) {
      double x0 = b0[j];
      double x1 = b1[j];
      double x2 = b2[j];
      double x3 = b3[j];
      out0[j] = out0[j] + a0 * x0 + a1 * x1 + a2 * x2 + a3 * x3;
      out1[j] = out1[j] + a4 * x0 + a5 * x1 + a6 * x2 + a7 * x3;
    }
  }

  /// Copies numbers that lie a step apart, times a factor; 0 takes no heed of what they are.
  private static void gather(float[] from, int at, int step, float[] to, int count, float factor) {
    if (factor == 0) {
      Arrays.fill(to, 0, count, 0);
    } else if (step == 1) {
      System.arraycopy(from, at, to, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        to[i] = from[at + i * step];
      }
    }
    if (factor != 0 && factor != 1) {
      for (int i = 0; i < count; i++) {
        to[i] *= factor;
      }
    }
  }

  private static void gather(double[] from, int at, int step, double[] to, int count, double factor) {
    if (factor == 0) {
      Arrays.fill(to, 0, count, 0);
    } else if (step == 1) {
      System.arraycopy(from, at, to, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        to[i] = from[at + i * step];
      }
    }
    if (factor != 0 && factor != 1) {
      for (int i = 0; i < count; i++) {
        to[i] *= factor;
      }
    }
  }
}
