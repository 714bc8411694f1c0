package dev.gradus.compile.matrix;

import java.util.Arrays;

/// Products in plain Java, for where there are no vectors, or not yet.
///
/// A block of B is packed, each of its rows an array of its own, and so is a row of C at a time. All arrays of the innermost
/// loop then share one index, which is what makes HotSpot turn it into vector instructions; it adds four products at a time.
/// Products are fused with their additions and added in order, block by block: a result has the same bits as [VectorGemm]'s, on
/// every machine.
final class PlainGemm implements Gemm {
  /// How many columns of a block the second-level cache holds.
  private static final int FLOATS = 512;

  private static final int DOUBLES = 256;

  /// Up to so many multiplications, and for rows of C that are shorter than this, packing costs more than it gives.
  private static final int SMALL = 1000;

  private static final int SHORT = 16;

  @Override
  public void multiply(Layout layout, Part part, double alpha, Object a, int aAt, Object b, int bAt, double beta, Object c, int cAt) {
    int rows = part.rowTo() - part.rowFrom();
    int columns = part.columnTo() - part.columnFrom();
    if (rows <= 0 || columns <= 0) {
      return;
    }
    if (beta != 0 && beta != 1) {
      Scaling.scale(layout, part, beta, c, cAt);
    }
    boolean dots = columns < SHORT || (long) rows * columns * (part.to() - part.from()) <= SMALL;
    if (c instanceof float[] floats) {
      if (dots) {
        dots(layout, part, (float) alpha, (float[]) a, aAt, (float[]) b, bAt, beta != 0, floats, cAt);
      } else {
        blocked(layout, part, (float) alpha, (float[]) a, aAt, (float[]) b, bAt, beta != 0, floats, cAt);
      }
    } else if (c instanceof double[] doubles) {
      if (dots) {
        dots(layout, part, alpha, (double[]) a, aAt, (double[]) b, bAt, beta != 0, doubles, cAt);
      } else {
        blocked(layout, part, alpha, (double[]) a, aAt, (double[]) b, bAt, beta != 0, doubles, cAt);
      }
    }
  }

  /// The product element by element.
  private static void dots(
      Layout layout, Part part, float alpha, float[] a, int aAt, float[] b, int bAt, boolean adds, float[] c, int cAt) {
    Blocks blocks = Blocks.of(part);
    for (int block = 0; block < blocks.count(); block++) {
      int from = blocks.start(block);
      int to = blocks.start(block + 1);
      boolean sums = adds || block > 0;
      for (int i = part.rowFrom(); i < part.rowTo(); i++) {
        int left = aAt + layout.aRow[i];
        for (int j = part.columnFrom(); j < part.columnTo(); j++) {
          int right = bAt + layout.bColumn[j];
          float sum = 0;
          for (int p = from; p < to; p++) {
            sum = Math.fma(a[left + layout.aSum[p]], b[right + layout.bSum[p]], sum);
          }
          int at = cAt + layout.cRow[i] + layout.cColumn[j];
          c[at] = Math.fma(alpha, sum, sums ? c[at] : 0);
        }
      }
    }
  }

  /// The product block by block.
  private static void blocked(
      Layout layout, Part part, float alpha, float[] a, int aAt, float[] b, int bAt, boolean adds, float[] c, int cAt) {
    Blocks blocks = Blocks.of(part);
    int width = Math.min(part.columnTo() - part.columnFrom(), FLOATS);
    float[][] panel = new float[blocks.longest()][width];
    float[] left = new float[blocks.longest()];
    float[] sums = new float[width];
    for (int j = part.columnFrom(); j < part.columnTo(); j += width) {
      int columns = Math.min(width, part.columnTo() - j);
      for (int block = 0; block < blocks.count(); block++) {
        int from = blocks.start(block);
        int depth = blocks.start(block + 1) - from;
        for (int p = 0; p < depth; p++) {
          gather(b, bAt + layout.bSum[from + p], layout.bColumn, j, panel[p], columns);
        }
        for (int i = part.rowFrom(); i < part.rowTo(); i++) {
          gather(a, aAt + layout.aRow[i], layout.aSum, from, left, depth);
          sum(left, panel, depth, sums, columns);
          Scaling.add(layout, i, 1, j, columns, alpha, sums, width, adds || block > 0, c, cAt);
        }
      }
    }
  }

  private static void sum(float[] left, float[][] panel, int depth, float[] sums, int columns) {
    Arrays.fill(sums, 0, columns, 0);
    int p = 0;
    for (; p < depth - 3; p += 4) {
      float a0 = left[p];
      float a1 = left[p + 1];
      float a2 = left[p + 2];
      float a3 = left[p + 3];
      float[] b0 = panel[p];
      float[] b1 = panel[p + 1];
      float[] b2 = panel[p + 2];
      float[] b3 = panel[p + 3];
      for (int j = 0; j < columns; j++) {
        sums[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], sums[j]))));
      }
    }
    for (; p < depth; p++) {
      float a0 = left[p];
      float[] b0 = panel[p];
      for (int j = 0; j < columns; j++) {
        sums[j] = Math.fma(a0, b0[j], sums[j]);
      }
    }
  }

  private static void gather(float[] from, int at, int[] places, int first, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[at + places[first + i]];
    }
  }
  /// The product element by element.
  private static void dots(
      Layout layout, Part part, double alpha, double[] a, int aAt, double[] b, int bAt, boolean adds, double[] c, int cAt) {
    Blocks blocks = Blocks.of(part);
    for (int block = 0; block < blocks.count(); block++) {
      int from = blocks.start(block);
      int to = blocks.start(block + 1);
      boolean sums = adds || block > 0;
      for (int i = part.rowFrom(); i < part.rowTo(); i++) {
        int left = aAt + layout.aRow[i];
        for (int j = part.columnFrom(); j < part.columnTo(); j++) {
          int right = bAt + layout.bColumn[j];
          double sum = 0;
          for (int p = from; p < to; p++) {
            sum = Math.fma(a[left + layout.aSum[p]], b[right + layout.bSum[p]], sum);
          }
          int at = cAt + layout.cRow[i] + layout.cColumn[j];
          c[at] = Math.fma(alpha, sum, sums ? c[at] : 0);
        }
      }
    }
  }

  /// The product block by block.
  private static void blocked(
      Layout layout, Part part, double alpha, double[] a, int aAt, double[] b, int bAt, boolean adds, double[] c, int cAt) {
    Blocks blocks = Blocks.of(part);
    int width = Math.min(part.columnTo() - part.columnFrom(), DOUBLES);
    double[][] panel = new double[blocks.longest()][width];
    double[] left = new double[blocks.longest()];
    double[] sums = new double[width];
    for (int j = part.columnFrom(); j < part.columnTo(); j += width) {
      int columns = Math.min(width, part.columnTo() - j);
      for (int block = 0; block < blocks.count(); block++) {
        int from = blocks.start(block);
        int depth = blocks.start(block + 1) - from;
        for (int p = 0; p < depth; p++) {
          gather(b, bAt + layout.bSum[from + p], layout.bColumn, j, panel[p], columns);
        }
        for (int i = part.rowFrom(); i < part.rowTo(); i++) {
          gather(a, aAt + layout.aRow[i], layout.aSum, from, left, depth);
          sum(left, panel, depth, sums, columns);
          Scaling.add(layout, i, 1, j, columns, alpha, sums, width, adds || block > 0, c, cAt);
        }
      }
    }
  }

  private static void sum(double[] left, double[][] panel, int depth, double[] sums, int columns) {
    Arrays.fill(sums, 0, columns, 0);
    int p = 0;
    for (; p < depth - 3; p += 4) {
      double a0 = left[p];
      double a1 = left[p + 1];
      double a2 = left[p + 2];
      double a3 = left[p + 3];
      double[] b0 = panel[p];
      double[] b1 = panel[p + 1];
      double[] b2 = panel[p + 2];
      double[] b3 = panel[p + 3];
      for (int j = 0; j < columns; j++) {
        sums[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], sums[j]))));
      }
    }
    for (; p < depth; p++) {
      double a0 = left[p];
      double[] b0 = panel[p];
      for (int j = 0; j < columns; j++) {
        sums[j] = Math.fma(a0, b0[j], sums[j]);
      }
    }
  }

  private static void gather(double[] from, int at, int[] places, int first, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[at + places[first + i]];
    }
  }
}
