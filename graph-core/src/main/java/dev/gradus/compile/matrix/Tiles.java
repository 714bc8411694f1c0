package dev.gradus.compile.matrix;

import dev.gradus.compile.parallel.Background;
import java.lang.invoke.MethodHandles;
import java.util.function.BooleanSupplier;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// The tiles for one dtype, as large as the registers of this machine hold. Only loaded where the Vector API is present.
///
/// Until the JVM has compiled it, code of the Vector API is thousands of times slower than it will be: a tile that is wanted is
/// run in the background on numbers of no meaning until it is fast, and only then is it ready.
final class Tiles {
  /// Vectors in a row of a full tile.
  private static final int WIDTH = 3;

  private static final int DEPTH = 16;
  private static final int CALLS = 1000;

  /// Turns after which the JVM has counted enough to compile a tile.
  private static final int COUNTED = 10;

  /// What so many steps take at most once a tile is compiled, and far from it before.
  private static final long FAST_NANOS = 2_000;

  private static final long LONGEST_NANOS = 60_000_000_000L;

  private static final int[] LINE = {0};

  private static final Tiles SINGLE = new Tiles(true);
  private static final Tiles DOUBLE = new Tiles(false);

  private final boolean isSingle;
  private final int lanes;
  private final int rows;

  /// The tiles by height and width; null until someone wants it.
  private final @Nullable Entry[] entries;

  private static final class Entry {
    volatile @Nullable Tile ready;
  }

  private Tiles(boolean isSingle) {
    this.isSingle = isSingle;
    this.lanes = isSingle ? FloatVector.SPECIES_PREFERRED.length() : DoubleVector.SPECIES_PREFERRED.length();
    // AVX-512 and ARM have 32 vector registers, AVX2 has 16: twice as many sums, and room for a row of B and a number of A.
    boolean manyRegisters = FloatVector.SPECIES_PREFERRED.vectorBitSize() != 256;
    this.rows = manyRegisters ? 8 : 4;
    this.entries = new Entry[(rows + 1) * (WIDTH + 1)];
  }

  static Tiles of(boolean isSingle) {
    return isSingle ? SINGLE : DOUBLE;
  }

  /// How many tiles cover so many rows; they have nearly the same number.
  int down(int m) {
    return Math.ceilDiv(m, rows);
  }

  /// How many tiles cover so many columns; they have nearly the same number of vectors.
  int across(int n) {
    return Math.ceilDiv(vectors(n), WIDTH);
  }

  int lanes() {
    return lanes;
  }

  /// The columns of the widest tile.
  int columns() {
    return WIDTH * lanes;
  }

  int rows() {
    return rows;
  }

  /// The vectors of so many columns.
  int vectors(int n) {
    return Math.ceilDiv(n, lanes);
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
        areReady &= isReady(h, w);
      }
    }
    return areReady;
  }

  private boolean isReady(int height, int vectors) {
    int index = index(height, vectors);
    Entry entry = entries[index];
    if (entry == null) {
      entry = want(height, vectors, index);
    }
    if (entry.ready == null && Boolean.getBoolean("dev.gradus.compile.cold")) {
      // For tests: vectors are used at once, which is slow.
      entry.ready = load(TileWriter.write(isSingle, height, vectors, lanes));
    }
    return entry.ready != null;
  }

  /// A tile that is ready.
  Tile get(int height, int vectors) {
    Entry entry = entries[index(height, vectors)];
    Tile tile = entry == null ? null : entry.ready;
    if (tile == null) {
      throw new IllegalStateException("a tile that was not asked for");
    }
    return tile;
  }

  private static int index(int height, int vectors) {
    return height * (WIDTH + 1) + vectors;
  }

  private synchronized Entry want(int height, int vectors, int index) {
    Entry known = entries[index];
    if (known != null) {
      return known;
    }
    Entry entry = new Entry();
    entries[index] = entry;
    Background.add(() -> new WarmUp(entry, height, vectors), true);
    return entry;
  }

  /// Warms a tile up, turn by turn.
  private final class WarmUp implements BooleanSupplier {
    private final Entry entry;
    private final int width;
    private final Tile tile;
    private final Object a;
    private final Object b;
    private final Object c;
    private final Object panel;
    private final int[] rowsOfB = new int[DEPTH];
    private final long start = System.nanoTime();
    private long next;
    private int turns;

    WarmUp(Entry entry, int height, int vectors) {
      this.entry = entry;
      this.width = vectors * lanes;
      this.tile = load(TileWriter.write(isSingle, height, vectors, lanes));
      this.a = array(DEPTH * height);
      this.b = array(DEPTH * width);
      this.c = array(height * width);
      this.panel = array(DEPTH * width);
    }

    @Override
    public boolean getAsBoolean() {
      long before = System.nanoTime();
      if (before < next) {
        return false;
      }
      run(2, true);
      run(2, false);
      VectorGemm.pack(true, b, 0, LINE, 0, width, rowsOfB, 0, 2, panel, 0, width);
      VectorGemm.pack(false, b, 0, LINE, 0, 1, rowsOfB, 0, 2, panel, 0, width);
      // The JVM counts calls: those that do nothing are enough, after a few real ones to learn from.
      for (int call = 0; call < CALLS; call++) {
        run(-1, false);
      }
      before = System.nanoTime();
      run(DEPTH, true);
      long now = System.nanoTime();
      if (now - before < FAST_NANOS) {
        entry.ready = tile;
        return true;
      }
      if (++turns > COUNTED) {
        // Nothing is left but to wait for the compiler, which needs the processor more.
        next = now + (now - start) / 16;
      }
      return now - start > LONGEST_NANOS;
    }

    private void run(int k, boolean adds) {
      tile.run(k, a, 0, DEPTH, 1, b, 0, width, c, 0, width, 0, adds);
    }
  }

  private Object array(int length) {
    return isSingle ? new float[length] : new double[length];
  }

  private static Tile load(byte[] written) {
    try {
      return (Tile) MethodHandles.lookup().defineHiddenClass(written, true).lookupClass().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a tile could not be loaded", e);
    }
  }
}
