package dev.gradus.compile.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// The tiles for one dtype, as large as the registers of this machine hold. Only loaded where the Vector API is present.
final class Tiles {
  /// Vectors in a row of a full tile.
  private static final int WIDTH = 3;

  private static final Tiles SINGLE = new Tiles(true);
  private static final Tiles DOUBLE = new Tiles(false);

  private final boolean isSingle;
  private final int lanes;
  private final int rows;

  /// The tiles by height and width; null until someone wants it.
  private final @Nullable Warmed<Tile>[] tiles;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private Tiles(boolean isSingle) {
    this.isSingle = isSingle;
    this.lanes = isSingle ? FloatVector.SPECIES_PREFERRED.length() : DoubleVector.SPECIES_PREFERRED.length();
    // AVX-512 and ARM have 32 vector registers, AVX2 has 16: twice as many sums, and room for a row of B and a number of A.
    boolean manyRegisters = FloatVector.SPECIES_PREFERRED.vectorBitSize() != 256;
    this.rows = manyRegisters ? 8 : 4;
    this.tiles = new Warmed[(rows + 1) * (WIDTH + 1)];
  }

  static Tiles of(boolean isSingle) {
    return isSingle ? SINGLE : DOUBLE;
  }

  int lanes() {
    return lanes;
  }

  /// The rows of the highest tile.
  int rows() {
    return rows;
  }

  /// The columns of the widest tile.
  int columns() {
    return WIDTH * lanes;
  }

  /// The vectors of so many columns.
  int vectors(int n) {
    return Math.ceilDiv(n, lanes);
  }

  /// How many tiles cover so many rows; they have nearly the same number.
  int down(int m) {
    return Math.ceilDiv(m, rows);
  }

  /// How many tiles cover so many columns; they have nearly the same number of vectors.
  int across(int n) {
    return Math.ceilDiv(vectors(n), WIDTH);
  }

  /// Where a tile starts, if `count` of them cover `length`.
  static int start(int tile, int count, int length) {
    return (int) ((long) length * tile / count);
  }

  /// Whether all tiles for a product of this size are ready; wants those that are not.
  boolean areReady(int m, int n) {
    int height = m / down(m);
    int width = vectors(n) / across(n);
    int highest = height + (m % down(m) > 0 ? 1 : 0);
    int widest = width + (vectors(n) % across(n) > 0 ? 1 : 0);
    boolean areReady = true;
    for (int h = height; h <= highest; h++) {
      for (int w = width; w <= widest; w++) {
        areReady &= warmed(h, w).get() != null;
      }
    }
    return areReady;
  }

  /// A tile that is ready.
  Tile get(int height, int vectors) {
    Tile tile = warmed(height, vectors).get();
    if (tile == null) {
      throw new IllegalStateException("a tile that was not asked for");
    }
    return tile;
  }

  private Warmed<Tile> warmed(int height, int vectors) {
    Warmed<Tile> known = tiles[height * (WIDTH + 1) + vectors];
    return known == null ? want(height, vectors) : known;
  }

  private synchronized Warmed<Tile> want(int height, int vectors) {
    int index = height * (WIDTH + 1) + vectors;
    Warmed<Tile> known = tiles[index];
    if (known == null) {
      known = new Warmed<>(new Trial(height, vectors));
      tiles[index] = known;
    }
    return known;
  }

  private final class Trial implements Warmed.Source<Tile> {
    private static final int DEPTH = 64;

    private final int height;
    private final int vectors;
    private final int width;
    private final Object a;
    private final Object b;
    private final Object c;
    private boolean adds;

    Trial(int height, int vectors) {
      this.height = height;
      this.vectors = vectors;
      this.width = vectors * lanes;
      this.a = array(DEPTH * height);
      this.b = array(DEPTH * width);
      this.c = array(height * width);
    }

    private Object array(int length) {
      return isSingle ? new float[length] : new double[length];
    }

    @Override
    public byte[] write() {
      return TileWriter.write(isSingle, height, vectors, lanes);
    }

    @Override
    public void run(Tile tile, boolean isReal) {
      if (isReal) {
        adds = !adds;
      }
      tile.run(isReal ? DEPTH : -1, a, 0, DEPTH, 1, b, 0, c, 0, width, 0, adds);
    }
  }
}
