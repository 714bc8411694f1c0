package dev.gradus.compile.matrix;

/// Matrix products `C = alpha·op(A)·op(B) + beta·C` of matrices that lie row by row in arrays, in the manner of BLAS.
///
/// op(A) is m×k, op(B) is k×n and C is m×n; op transposes where its flag says so. A matrix starts at an offset into its array,
/// and its rows, as they lie there, are a leading dimension apart. With `beta` = 0 what C held does not matter, NaN
/// included. C overlaps neither A nor B. Arguments are taken to be right.
interface Gemm {
  /// The product in single precision.
  void multiply(
      boolean transposeA, boolean transposeB, int m, int n, int k,
      float alpha, float[] a, int aAt, int lda, float[] b, int bAt, int ldb,
      float beta, float[] c, int cAt, int ldc);

  /// The product in double precision.
  void multiply(
      boolean transposeA, boolean transposeB, int m, int n, int k,
      double alpha, double[] a, int aAt, int lda, double[] b, int bAt, int ldb,
      double beta, double[] c, int cAt, int ldc);
}
