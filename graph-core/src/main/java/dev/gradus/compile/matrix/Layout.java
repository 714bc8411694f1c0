package dev.gradus.compile.matrix;

import dev.gradus.GradusException;
import java.util.Objects;

/// Where the elements of A, B and C of a matrix product stand in their arrays: A(i, p) at `aRow[i] + aSum[p]`, B(p, j) at
/// `bSum[p] + bColumn[j]`, C(i, j) at `cRow[i] + cColumn[j]`, from wherever each matrix starts. So the rows, the columns and
/// what is summed over may each be several axes of a tensor, or of a tensor's windows, read where they lie.
public final class Layout {
  /// The distance of elements that are not evenly spaced.
  static final int UNEVEN = Integer.MIN_VALUE;

  final int[] aRow;
  final int[] aSum;
  final int[] bSum;
  final int[] bColumn;
  final int[] cRow;
  final int[] cColumn;

  /// The distance between neighbours, for each of the tables above.
  final int aRowStep;

  final int aSumStep;
  final int bSumStep;
  final int bColumnStep;
  final int cRowStep;
  final int cColumnStep;

  /// The length of the runs of neighbours that C's columns are.
  final int cRun;

  private final int[] bBreaks;
  private final int[] cBreaks;

  /// The layout that these tables tell; nobody may change them afterwards.
  public Layout(int[] aRow, int[] aSum, int[] bSum, int[] bColumn, int[] cRow, int[] cColumn) {
    this.aRow = aRow;
    this.aSum = aSum;
    this.bSum = bSum;
    this.bColumn = bColumn;
    this.cRow = cRow;
    this.cColumn = cColumn;
    if (aRow.length != cRow.length || aSum.length != bSum.length || bColumn.length != cColumn.length) {
      throw new GradusException(
          "matrix product",
          "A must be m×k, B k×n and C m×n",
          aRow.length + "×" + aSum.length + ", " + bSum.length + "×" + bColumn.length + ", " + cRow.length + "×" + cColumn.length,
          "check the layout");
    }
    aRowStep = step(aRow);
    aSumStep = step(aSum);
    bSumStep = step(bSum);
    bColumnStep = step(bColumn);
    cRowStep = step(cRow);
    cColumnStep = step(cColumn);
    cRun = run(cColumn);
    bBreaks = breaks(bColumn);
    cBreaks = breaks(cColumn);
  }

  /// Matrices that lie row by row, each row a leading dimension after the one before; A and B perhaps transposed.
  public static Layout of(int m, int n, int k, boolean transposedA, int lda, boolean transposedB, int ldb, int ldc) {
    return new Layout(
        even(m, transposedA ? 1 : lda), even(k, transposedA ? lda : 1),
        even(k, transposedB ? 1 : ldb), even(n, transposedB ? ldb : 1),
        even(m, ldc), even(n, 1));
  }

  static int[] even(int length, int step) {
    int[] places = new int[Math.max(length, 0)];
    for (int i = 0; i < length; i++) {
      places[i] = i * step;
    }
    return places;
  }

  private static int step(int[] places) {
    int step = places.length < 2 ? 1 : places[1] - places[0];
    for (int i = 2; i < places.length; i++) {
      if (places[i] - places[i - 1] != step) {
        return UNEVEN;
      }
    }
    return step;
  }

  /// Rows of A and C.
  public int m() {
    return aRow.length;
  }

  /// Columns of B and C.
  public int n() {
    return bColumn.length;
  }

  /// What is summed over.
  public int k() {
    return aSum.length;
  }

  /// Whether B's columns `from` to `to - 1` are neighbours.
  boolean isRunOfB(int from, int to) {
    return bBreaks[to - 1] == bBreaks[from];
  }

  /// Whether C's columns `from` to `to - 1` are neighbours.
  boolean isRunOfC(int from, int to) {
    return cBreaks[to - 1] == cBreaks[from];
  }

  /// Whether B's columns from `from` on, `width` of them, are runs of at least `length` neighbours.
  boolean areRunsOfB(int from, int width, int length) {
    for (int j = from; j < from + width; j += length) {
      if (width % length != 0 || !isRunOfB(j, j + length)) {
        return false;
      }
    }
    return true;
  }

  /// Whether the products p from a multiple of `length` on, as many as that, read neighbours in A and in B.
  boolean sumsInRuns(int length) {
    for (int p = 0; p < k(); p++) {
      boolean starts = p % length == 0;
      if (!starts && (aSum[p] != aSum[p - 1] + 1 || bSum[p] != bSum[p - 1] + 1)) {
        return false;
      }
    }
    return k() % length == 0;
  }

  /// The length of the runs of neighbours that C's columns are, or 1 if they are of several lengths.
  private static int run(int[] places) {
    int run = 1;
    while (run < places.length && places[run] == places[run - 1] + 1) {
      run++;
    }
    for (int i = run; i < places.length; i++) {
      if ((places[i] == places[i - 1] + 1) == (i % run == 0)) {
        return 1;
      }
    }
    return places.length % run == 0 ? run : 1;
  }

  /// For each place how often those up to it are not the next after the one before.
  private static int[] breaks(int[] places) {
    int[] breaks = new int[places.length];
    for (int i = 1; i < places.length; i++) {
      breaks[i] = breaks[i - 1] + (places[i] == places[i - 1] + 1 ? 0 : 1);
    }
    return breaks;
  }

  /// Whether BLAS can tell this layout: rows and columns are evenly spaced, A and B lie row by row or column by column, C row by
  /// row.
  boolean suitsBlas() {
    return fits(aRowStep, m(), aSumStep, k()) != Fit.NONE
        && fits(bSumStep, k(), bColumnStep, n()) != Fit.NONE
        && fits(cRowStep, m(), cColumnStep, n()) == Fit.ROWS;
  }

  /// Whether A lies column by column.
  boolean isTurnedA() {
    return fits(aRowStep, m(), aSumStep, k()) == Fit.COLUMNS;
  }

  /// Whether B lies column by column.
  boolean isTurnedB() {
    return fits(bSumStep, k(), bColumnStep, n()) == Fit.COLUMNS;
  }

  private enum Fit { ROWS, COLUMNS, NONE }

  private static Fit fits(int rowStep, int rows, int columnStep, int columns) {
    if ((columnStep == 1 || columns < 2) && (rows < 2 || rowStep >= columns)) {
      return Fit.ROWS;
    }
    return (rowStep == 1 || rows < 2) && (columns < 2 || columnStep >= rows) ? Fit.COLUMNS : Fit.NONE;
  }

  /// The distance between rows as they lie.
  static int leading(boolean turned, int rowStep, int rows, int columnStep, int columns) {
    int lines = turned ? columns : rows;
    int line = turned ? rows : columns;
    return lines < 2 ? Math.max(1, line) : turned ? columnStep : rowStep;
  }

  /// Checks that matrices that start at these places lie within their arrays.
  void check(int aLength, int aAt, int bLength, int bAt, int cLength, int cAt) {
    if (m() > 0 && n() > 0) {
      check(cRow, cColumn, cLength, cAt);
      if (k() > 0) {
        check(aRow, aSum, aLength, aAt);
        check(bSum, bColumn, bLength, bAt);
      }
    }
  }

  private static void check(int[] rows, int[] columns, int length, int at) {
    long least = at;
    long most = at;
    for (int[] places : new int[][] {rows, columns}) {
      int low = Integer.MAX_VALUE;
      int high = Integer.MIN_VALUE;
      for (int place : places) {
        low = Math.min(low, place);
        high = Math.max(high, place);
      }
      least += low;
      most += high;
    }
    Objects.checkIndex(least, length);
    Objects.checkIndex(most, length);
  }
}
