package dev.gradus.compile.matrix;

/// A part of a product, of a few rows and columns, whose sums stay in registers.
interface Tile {
  /// C(i, j) becomes `alpha · sum`, fused with adding what it was or 0, for the tile's rows i and columns j, where `sum` adds up A(i, p) ·
  /// B(p, j) over p in order, from 0, each product fused with its addition.
  ///
  /// @param k how many products are summed; below 0 nothing is done at all, which is for warming up
  /// @param aRow the distance of A's rows
  /// @param aSum that of its columns; one of the two is 1
  /// @param b rows of B as wide as the tile, one after the other
  /// @param alpha the bits of a double: a number would take one of the registers that the sums need
  /// @param cRow that of C's rows, whose numbers are neighbours
  void run(
      int k, Object a, int aAt, int aRow, int aSum, Object b, int bAt, Object c, int cAt, int cRow, long alpha, boolean adds);
}
