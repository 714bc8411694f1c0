package dev.gradus.compile.matrix;

import org.jspecify.annotations.Nullable;

/// Products with few results that each sum up a lot, as dot products in lanes. With the Vector API several at a time; else, and
/// until the JVM has compiled that, one by one in plain Java: the same bits.
final class DotGemm implements Gemm {
  /// Three rows and three columns: the lanes of nine sums, and six vectors, are what 16 registers hold.
  private static final int SIDE = 3;

  private static final Vectors SINGLE = new Vectors(true);
  private static final Vectors DOUBLE = new Vectors(false);

  private static final ThreadLocal<float[]> FLOATS = ThreadLocal.withInitial(() -> new float[SIDE * SIDE * Dots.LANES]);
  private static final ThreadLocal<double[]> DOUBLES = ThreadLocal.withInitial(() -> new double[SIDE * SIDE * Dots.LANES / 2]);

  private final boolean vectors;

  DotGemm(boolean vectors) {
    this.vectors = vectors;
  }

  /// What a part's sums must start and end at multiples of.
  static int lanes(boolean isSingle) {
    return isSingle ? Dots.LANES : Dots.LANES / 2;
  }

  @Override
  public void multiply(Layout layout, Part part, double alpha, Object a, int aAt, Object b, int bAt, double beta, Object c, int cAt) {
    boolean isSingle = c instanceof float[];
    if (beta != 0 && beta != 1) {
      Scaling.scale(layout, part, beta, c, cAt);
    }
    Object sums = isSingle ? FLOATS.get() : DOUBLES.get();
    int m = part.rowTo() - part.rowFrom();
    int n = part.columnTo() - part.columnFrom();
    int down = Math.ceilDiv(m, SIDE);
    int across = Math.ceilDiv(n, SIDE);
    for (int tile = 0; tile < down * across; tile++) {
      int i = part.rowFrom() + start(tile / across, down, m);
      int j = part.columnFrom() + start(tile % across, across, n);
      int rows = part.rowFrom() + start(tile / across + 1, down, m) - i;
      int columns = part.columnFrom() + start(tile % across + 1, across, n) - j;
      Dots dots = vectors ? (isSingle ? SINGLE : DOUBLE).get(rows, columns) : null;
      if (dots == null) {
        plain(layout, part, i, rows, j, columns, a, aAt, b, bAt, sums);
      } else {
        dots.run(
            part.from(), part.to(), a, aAt, layout.aRow, i, layout.aSum, b, bAt, layout.bColumn, j, layout.bSum, sums);
      }
      join(sums, rows * columns);
      Scaling.add(layout, i, rows, j, columns, alpha, sums, columns, beta != 0, c, cAt);
    }
  }

  private static int start(int tile, int count, int length) {
    return length * tile / count;
  }

  private static void plain(
      Layout layout, Part part, int row, int rows, int column, int columns, Object a, int aAt, Object b, int bAt, Object sums) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int left = aAt + layout.aRow[row + i];
        int right = bAt + layout.bColumn[column + j];
        if (sums instanceof float[] floats) {
          dot(layout, part, (float[]) a, left, (float[]) b, right, floats, (i * columns + j) * Dots.LANES);
        } else {
          dot(layout, part, (double[]) a, left, (double[]) b, right, (double[]) sums, (i * columns + j) * Dots.LANES / 2);
        }
      }
    }
  }

  private static void dot(Layout layout, Part part, float[] a, int left, float[] b, int right, float[] sums, int at) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    float sum4 = 0;
    float sum5 = 0;
    float sum6 = 0;
    float sum7 = 0;
    for (int p = part.from(); p < part.to(); p += Dots.LANES) {
      int x = left + layout.aSum[p];
      int y = right + layout.bSum[p];
      sum0 = Math.fma(a[x], b[y], sum0);
      sum1 = Math.fma(a[x + 1], b[y + 1], sum1);
      sum2 = Math.fma(a[x + 2], b[y + 2], sum2);
      sum3 = Math.fma(a[x + 3], b[y + 3], sum3);
      sum4 = Math.fma(a[x + 4], b[y + 4], sum4);
      sum5 = Math.fma(a[x + 5], b[y + 5], sum5);
      sum6 = Math.fma(a[x + 6], b[y + 6], sum6);
      sum7 = Math.fma(a[x + 7], b[y + 7], sum7);
    }
    sums[at] = sum0;
    sums[at + 1] = sum1;
    sums[at + 2] = sum2;
    sums[at + 3] = sum3;
    sums[at + 4] = sum4;
    sums[at + 5] = sum5;
    sums[at + 6] = sum6;
    sums[at + 7] = sum7;
  }

  private static void dot(Layout layout, Part part, double[] a, int left, double[] b, int right, double[] sums, int at) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    for (int p = part.from(); p < part.to(); p += Dots.LANES / 2) {
      int x = left + layout.aSum[p];
      int y = right + layout.bSum[p];
      sum0 = Math.fma(a[x], b[y], sum0);
      sum1 = Math.fma(a[x + 1], b[y + 1], sum1);
      sum2 = Math.fma(a[x + 2], b[y + 2], sum2);
      sum3 = Math.fma(a[x + 3], b[y + 3], sum3);
    }
    sums[at] = sum0;
    sums[at + 1] = sum1;
    sums[at + 2] = sum2;
    sums[at + 3] = sum3;
  }

  /// Adds up the lanes of each sum, pairwise, and puts the sums side by side.
  private static void join(Object sums, int count) {
    if (sums instanceof float[] floats) {
      for (int i = 0; i < count; i++) {
        int at = i * Dots.LANES;
        floats[i] =
            ((floats[at] + floats[at + 4]) + (floats[at + 2] + floats[at + 6]))
                + ((floats[at + 1] + floats[at + 5]) + (floats[at + 3] + floats[at + 7]));
      }
    } else {
      double[] doubles = (double[]) sums;
      for (int i = 0; i < count; i++) {
        int at = i * Dots.LANES / 2;
        doubles[i] = (doubles[at] + doubles[at + 2]) + (doubles[at + 1] + doubles[at + 3]);
      }
    }
  }

  /// The written kernels for one dtype.
  private static final class Vectors {
    private final boolean isSingle;

    /// By rows and columns; null until someone wants it.
    private final @Nullable Warmed<Dots>[] kernels;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Vectors(boolean isSingle) {
      this.isSingle = isSingle;
      this.kernels = new Warmed[(SIDE + 1) * (SIDE + 1)];
    }

    @Nullable Dots get(int rows, int columns) {
      Warmed<Dots> known = kernels[rows * (SIDE + 1) + columns];
      return (known == null ? want(rows, columns) : known).get();
    }

    private synchronized Warmed<Dots> want(int rows, int columns) {
      int index = rows * (SIDE + 1) + columns;
      Warmed<Dots> known = kernels[index];
      if (known == null) {
        known = new Warmed<>(new Trial(isSingle, rows, columns));
        kernels[index] = known;
      }
      return known;
    }
  }

  private static final class Trial implements Warmed.Source<Dots> {
    private static final int DEPTH = 32;
    private static final int[] PLACES = new int[DEPTH * Dots.LANES];

    private final boolean isSingle;
    private final int rows;
    private final int columns;
    private final Object numbers;
    private final Object sums;

    Trial(boolean isSingle, int rows, int columns) {
      this.isSingle = isSingle;
      this.rows = rows;
      this.columns = columns;
      this.numbers = isSingle ? new float[Dots.LANES] : new double[Dots.LANES / 2];
      this.sums = isSingle ? new float[SIDE * SIDE * Dots.LANES] : new double[SIDE * SIDE * Dots.LANES / 2];
    }

    @Override
    public byte[] write() {
      return DotWriter.write(isSingle, rows, columns);
    }

    @Override
    public void run(Dots dots, boolean isReal) {
      int to = isReal ? DEPTH * lanes(isSingle) : -1;
      dots.run(0, to, numbers, 0, PLACES, 0, PLACES, numbers, 0, PLACES, 0, PLACES, sums);
    }
  }
}
