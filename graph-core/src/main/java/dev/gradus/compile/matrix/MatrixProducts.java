package dev.gradus.compile.matrix;

import dev.gradus.GradusException;
import dev.gradus.compile.parallel.Workers;
import java.util.Objects;
import java.util.function.IntConsumer;

/// Matrix products on arrays, one or a batch of them, by whatever is fastest here.
///
/// `C = alpha·op(A)·op(B) + beta·C`: op(A) is m×k, op(B) is k×n and C is m×n; op transposes where its flag says so. Matrices lie
/// row by row: each starts at an offset into its array, and its rows, as they lie there, are a leading dimension apart.
/// In a batch, the next matrix starts a stride further on; the stride of A or B may be 0 where all products share it. With
/// `beta` = 0 what C held does not matter, with `alpha` = 0 what A and B hold does not, NaN included. C overlaps neither A nor B.
///
/// A product is cut into tiles, and a batch into runs of products, and the pieces are shared out to threads. The cuts depend on
/// the sizes alone: a result has the same bits in every run and for every number of threads (on one type of CPU, with the same
/// choice of natives).
public final class MatrixProducts {
  /// Up to so many multiplications a call of OpenBLAS costs more than the loop.
  private static final long CALL_PAYS = 64;

  /// From so many multiplications on, some 25 µs of one thread, a second thread pays.
  private static final long TILING_PAYS = 1L << 20;

  /// A run of small products has at least so many multiplications.
  private static final long RUN = 1L << 18;

  /// No side of a tile is cut below this; sides are multiples of [#GRAIN], which suits the kernels of OpenBLAS.
  private static final int NARROW = 64;

  private static final int GRAIN = 16;

  private static final Gemm PLAIN = new PlainGemm();

  /// Looked for when it is first wanted.
  private static final class Fastest {
    static final Gemm GEMM = OpenBlasLibrary.FOUND.isPresent() ? new OpenBlas() : PLAIN;
  }

  private final int threads;
  private final Gemm large;

  /// Products on up to so many threads, by OpenBLAS if `natives` allows it and it is present; where it is missing, the first
  /// who wants it says so in the log.
  public MatrixProducts(int threads, boolean natives) {
    this.threads = threads;
    large = natives ? Fastest.GEMM : PLAIN;
  }

  /// One product in single precision.
  public void multiply(
      boolean transposeA, boolean transposeB, int m, int n, int k,
      float alpha, float[] a, int aAt, int lda, float[] b, int bAt, int ldb,
      float beta, float[] c, int cAt, int ldc) {
    multiply(1, transposeA, transposeB, m, n, k, alpha, a, aAt, lda, 0, b, bAt, ldb, 0, beta, c, cAt, ldc, 0);
  }

  /// One product in double precision.
  public void multiply(
      boolean transposeA, boolean transposeB, int m, int n, int k,
      double alpha, double[] a, int aAt, int lda, double[] b, int bAt, int ldb,
      double beta, double[] c, int cAt, int ldc) {
    multiply(1, transposeA, transposeB, m, n, k, alpha, a, aAt, lda, 0, b, bAt, ldb, 0, beta, c, cAt, ldc, 0);
  }

  /// A batch of products in single precision.
  public void multiply(
      int count, boolean transposeA, boolean transposeB, int m, int n, int k,
      float alpha, float[] a, int aAt, int lda, int aStride, float[] b, int bAt, int ldb, int bStride,
      float beta, float[] c, int cAt, int ldc, int cStride) {
    int depth = alpha == 0 ? 0 : k;
    check(count, transposeA, m, depth, a.length, aAt, lda, aStride);
    check(count, transposeB, depth, n, b.length, bAt, ldb, bStride);
    check(count, false, m, n, c.length, cAt, ldc, cStride);
    Pieces pieces = Pieces.of(count, m, n, depth);
    Gemm gemm = pieces.work <= CALL_PAYS ? PLAIN : large;
    IntConsumer piece =
        number -> {
          int row = pieces.row(number);
          int column = pieces.column(number);
          int end = pieces.end(number);
          for (int i = pieces.start(number); i < end; i++) {
            gemm.multiply(
                transposeA, transposeB, pieces.height(row), pieces.width(column), depth,
                alpha, a, aAt + i * aStride + (transposeA ? row : row * lda), lda,
                b, bAt + i * bStride + (transposeB ? column * ldb : column), ldb,
                beta, c, cAt + i * cStride + row * ldc + column, ldc);
          }
        };
    Workers.shared().run(pieces.number, piece, threads);
  }

  /// A batch of products in double precision.
  public void multiply(
      int count, boolean transposeA, boolean transposeB, int m, int n, int k,
      double alpha, double[] a, int aAt, int lda, int aStride, double[] b, int bAt, int ldb, int bStride,
      double beta, double[] c, int cAt, int ldc, int cStride) {
    int depth = alpha == 0 ? 0 : k;
    check(count, transposeA, m, depth, a.length, aAt, lda, aStride);
    check(count, transposeB, depth, n, b.length, bAt, ldb, bStride);
    check(count, false, m, n, c.length, cAt, ldc, cStride);
    Pieces pieces = Pieces.of(count, m, n, depth);
    Gemm gemm = pieces.work <= CALL_PAYS ? PLAIN : large;
    IntConsumer piece =
        number -> {
          int row = pieces.row(number);
          int column = pieces.column(number);
          int end = pieces.end(number);
          for (int i = pieces.start(number); i < end; i++) {
            gemm.multiply(
                transposeA, transposeB, pieces.height(row), pieces.width(column), depth,
                alpha, a, aAt + i * aStride + (transposeA ? row : row * lda), lda,
                b, bAt + i * bStride + (transposeB ? column * ldb : column), ldb,
                beta, c, cAt + i * cStride + row * ldc + column, ldc);
          }
        };
    Workers.shared().run(pieces.number, piece, threads);
  }

  /// OpenBLAS trusts its arguments, and would read and write beyond an array.
  private static void check(
      int count, boolean transposed, int rows, int columns, int length, int at, int leading, int stride) {
    int lines = transposed ? columns : rows;
    int line = transposed ? rows : columns;
    if (count < 0 || lines < 0 || line < 0 || leading < Math.max(1, line) || stride < 0) {
      throw new GradusException(
          "matrix product",
          "sizes and strides are at least 0 and a leading dimension at least a row",
          count + " of " + lines + "x" + line + " with leading dimension " + leading + " and stride " + stride,
          "check the layout");
    }
    if (count > 0 && lines > 0 && line > 0) {
      long extent = (count - 1L) * stride + (lines - 1L) * leading + line;
      Objects.checkFromIndexSize(at, extent, (long) length);
    }
  }

  /// How a batch of products is cut: each product into tiles, or the batch into runs of whole products.
  ///
  /// @param work the multiplications of one product
  /// @param number the number of pieces
  /// @param tileHeight the rows of a tile; the last may have fewer
  /// @param tileWidth the columns of a tile; the last may have fewer
  /// @param tiles the tiles in a product
  /// @param acrossTiles the tiles side by side
  /// @param run the products in a piece
  private record Pieces(
      int count, int m, int n, long work, int number, int tileHeight, int tileWidth, int tiles, int acrossTiles, int run) {

    static Pieces of(int count, int m, int n, int k) {
      long work = (long) m * n * k;
      // Every tile packs its part of A and B anew, so that tiles should be few; large products may have more.
      int wanted = 1;
      while (work * count >= TILING_PAYS * wanted * wanted * wanted) {
        wanted *= 2;
      }
      int height = Math.max(m, 1);
      int width = Math.max(n, 1);
      int cut = 1;
      while (cut * (long) count < wanted && Math.max(height, width) >= 2 * NARROW) {
        if (height > width) {
          height = half(height);
        } else {
          width = half(width);
        }
        cut *= 2;
      }
      int across = (n + width - 1) / width;
      int tiles = across * ((m + height - 1) / height);
      int run = Math.clamp(RUN / Math.max(work, 1), 1, Math.max(count, 1));
      int number = tiles > 1 ? count * tiles : Math.ceilDiv(count, run);
      return new Pieces(count, m, n, work, m == 0 || n == 0 ? 0 : number, height, width, tiles, across, tiles > 1 ? 1 : run);
    }

    private static int half(int side) {
      return Math.ceilDiv(Math.ceilDiv(side, 2), GRAIN) * GRAIN;
    }

    int start(int piece) {
      return piece / Math.max(tiles, 1) * run;
    }

    int end(int piece) {
      return Math.min(start(piece) + run, count);
    }

    int row(int piece) {
      return piece % tiles / acrossTiles * tileHeight;
    }

    int column(int piece) {
      return piece % tiles % acrossTiles * tileWidth;
    }

    int height(int row) {
      return Math.min(tileHeight, m - row);
    }

    int width(int column) {
      return Math.min(tileWidth, n - column);
    }
  }
}
