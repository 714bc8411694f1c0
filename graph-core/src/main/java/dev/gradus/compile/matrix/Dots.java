package dev.gradus.compile.matrix;

/// Several dot products at a time, of rows of A with columns of B that lie along what is summed over, in lanes: product p is added
/// to lane p modulo [#LANES].
interface Dots {
  /// Lanes of floats, and half as many of doubles: vectors of 256 bits, on every machine, so that bits do not depend on it.
  int LANES = 8;

  /// Adds up, for some rows i and columns j, A(i, p) · B(p, j) over p from `from` to before `to`, both multiples of the number of
  /// lanes; the places of as many A(i, p), and B(p, j), from such a multiple on are neighbours.
  ///
  /// @param from above `to`, nothing at all is done, which is for warming up
  /// @param row the first row, in the table of rows
  /// @param aSum the places of A's columns
  /// @param column the first column, in the table of columns
  /// @param sums where the lanes of each sum go, row by row
  void run(
      int from, int to, Object a, int aAt, int[] aRow, int row, int[] aSum,
      Object b, int bAt, int[] bColumn, int column, int[] bSum, Object sums);
}
