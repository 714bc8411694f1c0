package dev.gradus.compile.matrix;

/// Matrix products `C = alpha·A·B + beta·C`, in the manner of BLAS, of matrices whose elements a [Layout] finds.
///
/// The arrays are all `float[]` or all `double[]`. With `beta` = 0 what C held does not matter, NaN included. C overlaps
/// neither A nor B. Arguments are taken to be right.
interface Gemm {
  /// Adds up a part of the products for a part of C.
  ///
  /// @param part the rows, columns and products
  void multiply(Layout layout, Part part, double alpha, Object a, int aAt, Object b, int bAt, double beta, Object c, int cAt);

  /// A range of rows of C, of its columns, and of what is summed over.
  record Part(int rowFrom, int rowTo, int columnFrom, int columnTo, int from, int to) {}
}
