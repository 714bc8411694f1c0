package dev.gradus.compile.matrix;

import com.google.common.math.IntMath;
import dev.gradus.compile.parallel.Workers;
import java.util.function.IntConsumer;

/// Matrix products on arrays, one or a batch of them, by whatever is fastest here: the Vector API, OpenBLAS for large ones
/// and where there are no vectors, or plain Java.
///
/// Each is cut into parts that are shared out to threads. An element's bits do not depend on the cuts: the Vector API and plain Java
/// add up in the same order for every part, and what OpenBLAS is given depends on the sizes and the number of the machine's
/// processors alone.
public final class MatrixProducts {
  /// Up to so many multiplications, plain loops are faster than anything that must be prepared or called.
  private static final long SMALL = 512;

  /// From so many multiplications on OpenBLAS is at least as fast, and is so from the first call on.
  private static final long LARGE = 1L << 19;

  /// From so many multiplications on, some 10 µs of one thread, a second thread pays.
  private static final long SHARING_PAYS = 1L << 19;

  /// What is summed over is shared out in groups of at least this length, if the result has at most so many elements.
  private static final int SHORTEST_GROUP = 1024;

  private static final int MOST_SUMS = 4096;

  private static final int MOST_GROUPS = 8;

  /// Sides of parts are multiples of this, so that tiles fill them.
  private static final int COLUMNS = 48;

  private static final int ROWS = 8;

  /// Rows of A that the second-level cache holds, for a block of what is summed over.
  private static final int MOST_ROWS = 240;

  /// What OpenBLAS is given at once, at least, and into how many parts a product is cut for it at most: so many for any number
  /// of threads, since it may add up in another order for other cuts.
  private static final long SMALLEST_CUT = 1L << 20;

  private static final int MOST_CUTS = Runtime.getRuntime().availableProcessors();

  private static final Gemm PLAIN = new PlainGemm();

  /// Looked for when it is first wanted.
  private static final class Vectors {
    static final Gemm GEMM = new VectorGemm(PLAIN);
  }

  private static final class Dots {
    static final Gemm VECTORS = new DotGemm(true);
    static final Gemm PLAIN = new DotGemm(false);
  }

  private static final class Natives {
    static final Gemm GEMM = new OpenBlas();
  }

  private final int threads;
  private final boolean vectors;
  private final boolean natives;

  /// Products on up to so many threads.
  ///
  /// @param vectors whether the Vector API is used, which then must be present
  /// @param natives whether OpenBLAS is used for large products, and where there are no vectors; where it is missing, the first who
  ///     wants it says so in the log
  public MatrixProducts(int threads, boolean vectors, boolean natives) {
    this.threads = threads;
    this.vectors = vectors;
    this.natives = natives;
  }

  /// A batch of products `C = alpha·A·B + beta·C`, bound to arrays, ready to be run again and again.
  ///
  /// With `beta` = 0 what C held does not matter, NaN included. C overlaps neither A nor B, nor do the results of a batch overlap.
  ///
  /// @param aAt where the first element of each A is; of one length with `bAt` and `cAt`
  /// @param a `float[]` or `double[]`, as are `b` and `c`
  public Runnable of(
      Layout layout, int[] aAt, int[] bAt, int[] cAt, double alpha, Object a, Object b, double beta, Object c) {
    for (int i = 0; i < aAt.length; i++) {
      layout.check(length(a), aAt[i], length(b), bAt[i], length(c), cAt[i]);
    }
    if (layout.m() == 0 || layout.n() == 0 || aAt.length == 0) {
      return () -> {};
    }
    long work = (long) layout.m() * layout.n() * layout.k();
    int lanes = DotGemm.lanes(c instanceof float[]);
    boolean isLong = layout.k() >= SHORTEST_GROUP && (long) layout.m() * layout.n() <= MOST_SUMS;
    boolean isDots = isLong && layout.sumsInRuns(lanes);
    Gemm gemm = gemm(layout, work, isDots);
    if (isLong && aAt.length == 1) {
      return inGroups(gemm, layout, isDots ? lanes : 1, aAt[0], bAt[0], cAt[0], alpha, a, b, beta, c);
    }
    Parts parts =
        gemm instanceof OpenBlas ? Parts.ofLarge(aAt.length, layout, work) : Parts.of(aAt.length, layout, work, threads);
    IntConsumer part =
        number -> {
          Gemm.Part cut = parts.cut(number);
          for (int i = parts.first(number); i < parts.first(number + parts.perProduct); i++) {
            gemm.multiply(layout, cut, alpha, a, aAt[i], b, bAt[i], beta, c, cAt[i]);
          }
        };
    return () -> Workers.shared().run(parts.number, part, threads);
  }

  private Gemm gemm(Layout layout, long work, boolean isDots) {
    if (work <= SMALL) {
      return PLAIN;
    }
    // Only who wants OpenBLAS looks for it, and says if it is missing.
    boolean wantsBlas = natives && layout.suitsBlas() && (!vectors || work >= LARGE);
    if (wantsBlas && OpenBlasLibrary.FOUND.isPresent()) {
      return Natives.GEMM;
    }
    return vectors ? (isDots ? Dots.VECTORS : Vectors.GEMM) : (isDots ? Dots.PLAIN : PLAIN);
  }

  /// What is summed over shared out in groups, where it is long and the result too small to be: as many as the sizes say, for any
  /// number of threads.
  ///
  /// @param unit what a group's length must be a multiple of
  private Runnable inGroups(
      Gemm gemm, Layout layout, int unit, int aAt, int bAt, int cAt, double alpha, Object a, Object b, double beta, Object c) {
    int m = layout.m();
    int n = layout.n();
    int groups = Math.min(layout.k() / SHORTEST_GROUP, MOST_GROUPS);
    int units = layout.k() / unit;
    Layout own =
        new Layout(
            layout.aRow, layout.aSum, layout.bSum, layout.bColumn, Layout.even(m, n), Layout.even(n, 1));
    Object[] sums = new Object[groups];
    for (int group = 1; group < groups; group++) {
      sums[group] = c instanceof float[] ? new float[m * n] : new double[m * n];
    }
    IntConsumer part =
        group -> {
          int from = (int) ((long) units * group / groups) * unit;
          int to = (int) ((long) units * (group + 1) / groups) * unit;
          Gemm.Part cut = new Gemm.Part(0, m, 0, n, from, to);
          if (group == 0) {
            gemm.multiply(layout, cut, alpha, a, aAt, b, bAt, beta, c, cAt);
          } else {
            gemm.multiply(own, cut, alpha, a, aAt, b, bAt, 0, sums[group], 0);
          }
        };
    return () -> {
      Workers.shared().run(groups, part, threads);
      for (int group = 1; group < groups; group++) {
        Scaling.add(layout, 0, m, 0, n, 1, sums[group], n, true, c, cAt);
      }
    };
  }

  private static int length(Object array) {
    return array instanceof float[] floats ? floats.length : ((double[]) array).length;
  }

  /// How a batch of products is cut: each product into parts, or the batch into runs of whole products.
  private static final class Parts {
    final int number;
    final int perProduct;
    private final int count;
    private final int runs;
    private final Gemm.Part[] cuts;

    /// Cuts the rows by height, the columns by width.
    private Parts(int count, int runs, Layout layout, int height, int width) {
      int m = layout.m();
      int n = layout.n();
      int across = Math.ceilDiv(n, width);
      this.count = count;
      this.runs = runs;
      this.cuts = new Gemm.Part[across * Math.ceilDiv(m, height)];
      for (int i = 0; i < cuts.length; i++) {
        int row = i / across * height;
        int column = i % across * width;
        cuts[i] = new Gemm.Part(row, Math.min(row + height, m), column, Math.min(column + width, n), 0, layout.k());
      }
      this.perProduct = cuts.length;
      this.number = runs * cuts.length;
    }

    /// For OpenBLAS, which packs the rows and columns that it is given: the cuts for which it packs least.
    static Parts ofLarge(int count, Layout layout, long work) {
      int wanted = Math.clamp(work / SMALLEST_CUT, 1, MOST_CUTS);
      int across = 1;
      for (int a = 2; a <= wanted; a++) {
        if (packed(layout, wanted, a) < packed(layout, wanted, across)) {
          across = a;
        }
      }
      int height = side(layout.m(), Math.ceilDiv(wanted, across), ROWS);
      return new Parts(count, count, layout, height, side(layout.n(), across, COLUMNS));
    }

    private static long packed(Layout layout, int wanted, int across) {
      return (long) across * layout.m() + (long) Math.ceilDiv(wanted, across) * layout.n();
    }

    /// The side of parts if so many cover a length.
    private static int side(int length, int parts, int unit) {
      return Math.ceilDiv(Math.ceilDiv(length, parts), unit) * unit;
    }

    static Parts of(int count, Layout layout, long work, int threads) {
      int m = layout.m();
      int n = layout.n();
      // Two for each thread, so that one who comes late does less.
      int wanted = work * count < SHARING_PAYS ? 1 : 2 * threads;
      int runs = Math.min(count, wanted);
      int across = 1;
      int down = Math.ceilDiv(m, MOST_ROWS);
      if (runs < wanted) {
        int each = Math.ceilDiv(wanted, runs);
        across = Math.clamp(each / down, 1, Math.ceilDiv(n, COLUMNS));
        down = Math.clamp(Math.ceilDiv(each, across), down, Math.max(down, m / (2 * ROWS)));
      }
      // As many for each thread.
      int share = threads / IntMath.gcd(threads, runs * across);
      int even = Math.ceilDiv(down, share) * share;
      if (wanted > 1 && m / even >= 2 * ROWS) {
        down = even;
      }
      int unit = layout.cRun == n || layout.cRun == 1 ? COLUMNS : Math.ceilDiv(COLUMNS, layout.cRun) * layout.cRun;
      return new Parts(count, runs, layout, side(m, down, ROWS), side(n, across, unit));
    }

    Gemm.Part cut(int number) {
      return cuts[number % perProduct];
    }

    /// The first product of a part.
    int first(int number) {
      return (int) ((long) count * (number / perProduct) / runs);
    }
  }
}
