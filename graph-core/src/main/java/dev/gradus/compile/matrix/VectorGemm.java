package dev.gradus.compile.matrix;

import dev.gradus.compile.parallel.Background;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Products with the Vector API: C tile by tile, each with its sums in registers. Only loaded where the Vector API is present.
///
/// What is summed over goes in blocks. Of each block, a panel of B as wide as a tile is packed, row by row; A is read where it lies
/// if its rows and columns are evenly spaced. Every element of C is one chain of fused multiplications and additions for each block, so that its bits depend
/// neither on tiles nor on the width of vectors.
final class VectorGemm implements Gemm {
  /// What is copied at a time; shorter than some machines could, so that short runs can be.
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_256;

  private static final int CROWDED = 256;
  private static final int OFTEN = 192;

  private static final long ONE = Double.doubleToRawLongBits(1);

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  /// What a thread packs into.
  private static final class Scratch {
    final Numbers floats = new Numbers();
    final Numbers doubles = new Numbers();
  }

  private static final class Numbers {
    Object left = new Object();
    Object panel = new Object();
    Object tile = new Object();
    int leftLength;
    int panelLength;

    void grow(boolean isSingle, int leftWanted, int panelWanted, int tileWanted) {
      if (panelLength < panelWanted) {
        panel = array(isSingle, panelWanted);
        tile = array(isSingle, tileWanted);
        panelLength = panelWanted;
      }
      if (leftLength < leftWanted) {
        left = array(isSingle, leftWanted);
        leftLength = leftWanted;
      }
    }

    private static Object array(boolean isSingle, int length) {
      return isSingle ? new float[length] : new double[length];
    }
  }

  /// Multiplications that are done plainly, some 50 ms, before tiles are worth what it costs to compile them.
  private static final long WORTH_IT = 1L << 28;

  private final Gemm untilWarm;

  /// Counted by whoever multiplies, now and then wrongly where several do.
  private long left = WORTH_IT;

  VectorGemm(Gemm untilWarm) {
    this.untilWarm = untilWarm;
  }

  @Override
  public void multiply(Layout layout, Part part, double alpha, Object a, int aAt, Object b, int bAt, double beta, Object c, int cAt) {
    boolean isSingle = c instanceof float[];
    Tiles tiles = Tiles.of(isSingle);
    int rows = part.rowTo() - part.rowFrom();
    int columns = part.columnTo() - part.columnFrom();
    // Panels end where a run of C's columns ends, so that tiles can be written straight to their places.
    int run = layout.cRun % tiles.lanes() == 0 && columns % layout.cRun == 0 ? layout.cRun : columns;
    if (isEarly((long) rows * columns * (part.to() - part.from())) || !tiles.areReady(rows, run)) {
      untilWarm.multiply(layout, part, alpha, a, aAt, b, bAt, beta, c, cAt);
      return;
    }
    long alphaBits = Double.doubleToRawLongBits(alpha);
    int down = tiles.down(rows);
    int across = tiles.across(run);
    int lanes = tiles.lanes();
    Scratch all = SCRATCH.get();
    Numbers scratch = isSingle ? all.floats : all.doubles;
    Blocks blocks = Blocks.of(part);
    boolean packsA = layout.aSumStep == Layout.UNEVEN || layout.aRowStep == Layout.UNEVEN || isCrowded(layout, columns);
    scratch.grow(isSingle, packsA ? rows * blocks.longest() : 0, tiles.columns() * Blocks.LONGEST, tiles.columns() * tiles.rows());
    if (beta != 0 && beta != 1) {
      Scaling.scale(layout, part, beta, c, cAt);
    }
    for (int block = 0; block < blocks.count(); block++) {
      int from = blocks.start(block);
      int to = blocks.start(block + 1);
      int depth = to - from;
      boolean adds = block > 0 || beta != 0;
      if (packsA) {
        for (int row = 0; row < down; row++) {
          int first = Tiles.start(row, down, rows);
          int height = Tiles.start(row + 1, down, rows) - first;
          pack(false, a, aAt, layout.aRow, part.rowFrom() + first, height, layout.aSum, from, to, scratch.left, first * depth, height);
        }
      }
      for (int panel = 0; panel < across * (columns / run); panel++) {
        int start = Tiles.start(panel % across, across, tiles.vectors(run));
        int vectors = Tiles.start(panel % across + 1, across, tiles.vectors(run)) - start;
        int j = part.columnFrom() + panel / across * run + start * lanes;
        int padded = vectors * lanes;
        int width = Math.min(padded, run - start * lanes);
        boolean isWhole = width == padded;
        boolean asVectors = isWhole && layout.areRunsOfB(j, width, isSingle ? FLOATS.length() : DOUBLES.length());
        pack(asVectors, b, bAt, layout.bColumn, j, width, layout.bSum, from, to, scratch.panel, 0, padded);
        boolean isStraight = isWhole && layout.cRowStep != Layout.UNEVEN && layout.isRunOfC(j, j + width);
        for (int row = 0; row < down; row++) {
          int first = Tiles.start(row, down, rows);
          int height = Tiles.start(row + 1, down, rows) - first;
          int i = part.rowFrom() + first;
          Tile tile = tiles.get(height, vectors);
          Object left = packsA ? scratch.left : a;
          int leftAt = packsA ? first * depth : aAt + layout.aRow[i] + layout.aSum[from];
          int leftRow = packsA ? 1 : layout.aRowStep;
          int leftSum = packsA ? height : layout.aSumStep;
          if (isStraight) {
            tile.run(
                depth, left, leftAt, leftRow, leftSum, scratch.panel, 0,
                c, cAt + layout.cRow[i] + layout.cColumn[j], layout.cRowStep, alphaBits, adds);
          } else {
            tile.run(depth, left, leftAt, leftRow, leftSum, scratch.panel, 0, scratch.tile, 0, padded, ONE, false);
            Scaling.add(layout, i, height, j, width, alpha, scratch.tile, padded, adds, c, cAt);
          }
        }
      }
    }
  }

  private boolean isEarly(long work) {
    if (left <= 0 || Background.isSkipped()) {
      return false;
    }
    left -= work;
    return true;
  }

  /// Whether rows or columns of A lie so far apart, by a power of two, that the cache has place for few of them at a time, and
  /// are read often enough for packing them to pay.
  private static boolean isCrowded(Layout layout, int columns) {
    return (layout.aRowStep % CROWDED == 0 || layout.aSumStep % CROWDED == 0) && columns >= OFTEN;
  }

  /// Gathers `count` lines, each of which becomes a column of rows that are `width` apart.
  ///
  /// All in one method, which makes it too long for HotSpot to repeat it wherever it is called: its compiler is what others wait for.
  ///
  /// @param asVectors whether as many lines as a vector has lanes are neighbours, and fill the width
  static void pack(
      boolean asVectors, Object from, int at, int[] lines, int line, int count, int[] places, int start, int end,
      Object to, int toAt, int width) {
    if (from instanceof float[] floats) {
      float[] panel = (float[]) to;
      if (asVectors) {
        for (int j = 0; j < width; j += FLOATS.length()) {
          int source = at + lines[line + j];
          for (int p = start, target = toAt + j; p < end; p++, target += width) {
            FloatVector.fromArray(FLOATS, floats, source + places[p]).intoArray(panel, target);
          }
        }
        return;
      }
      for (int j = 0; j < count; j++) {
        int source = at + lines[line + j];
        for (int p = start, target = toAt + j; p < end; p++, target += width) {
          panel[target] = floats[source + places[p]];
        }
      }
    } else {
      double[] doubles = (double[]) from;
      double[] panel = (double[]) to;
      if (asVectors) {
        for (int j = 0; j < width; j += DOUBLES.length()) {
          int source = at + lines[line + j];
          for (int p = start, target = toAt + j; p < end; p++, target += width) {
            DoubleVector.fromArray(DOUBLES, doubles, source + places[p]).intoArray(panel, target);
          }
        }
        return;
      }
      for (int j = 0; j < count; j++) {
        int source = at + lines[line + j];
        for (int p = start, target = toAt + j; p < end; p++, target += width) {
          panel[target] = doubles[source + places[p]];
        }
      }
    }
  }
}
