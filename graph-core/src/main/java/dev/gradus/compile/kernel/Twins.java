package dev.gradus.compile.kernel;

import dev.gradus.compile.parallel.Background;
import dev.gradus.tensor.DType;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A loop in two forms that compute the same bits: plain, and with the Vector API.
///
/// Until the JVM has compiled it, code of the Vector API is thousands of times slower than it will be. So the plain form runs
/// first. When a loop has done so much that it pays, a thread in the background runs both on arrays of its own until the JVM has
/// compiled them, and from then on the faster one is used.
final class Twins implements Kernel {
  /// Instructions at elements that the plain form runs, some 20 ms, before vectors are worth what it costs to compile them.
  private static final long WORTH_IT = 1L << 25;

  /// Elements that are run in the background at a time.
  private static final int ELEMENTS = 1 << 12;

  /// How long a loop may rest before it counts as no longer used.
  private static final long UNUSED_NANOS = 2_000_000_000L;

  /// Elements of a real run: enough that the JVM sees a loop worth its registers.
  private static final int FEW = 256;
  private static final int EMPTY_CALLS = 1000;

  /// Turns after which the JVM has counted enough to compile a loop.
  private static final int COUNTED = 10;

  /// What an operation on a vector takes at most once it is compiled well; before, it takes five times as long.
  private static final long COMPILED_NANOS = 5;

  private static final long SLACK_NANOS = 1000;

  private static final long LONGEST_NANOS = 60_000_000_000L;

  /// How long vectors may take, once compiled, to become the faster form.
  private static final long SETTLING_NANOS = 500_000_000L;

  private static final int FIRST_CALLS = 256;
  private static final Object[] NOTHING = {};

  private final LoopNest nest;
  private final Kernel plain;
  private volatile Kernel chosen;

  /// What a row, or an element of a flat loop, counts.
  private final long cost;

  /// Counted by whoever runs it, now and then wrongly where several do, as is what is left to do plainly.
  private int runs;

  private long left = WORTH_IT;
  private boolean isWanted;

  Twins(LoopNest nest, Kernel plain) {
    this.nest = nest;
    this.plain = plain;
    this.chosen = plain;
    this.cost = (long) nest.code().instructions().size() * (nest.isFlat() ? 1 : nest.inner());
    // The JVM compiles what is called so often; interpreted, the first runs would take longer than all else.
    for (int call = 0; call < FIRST_CALLS; call++) {
      plain.run(NOTHING, 0, 0);
    }
  }

  @Override
  public void run(Object[] arrays, int from, int to) {
    runs++;
    if (left > 0) {
      left -= cost * (to - from);
      if (left <= 0) {
        want();
      }
    }
    chosen.run(arrays, from, to);
  }

  private synchronized void want() {
    if (!isWanted) {
      isWanted = true;
      long now = System.nanoTime();
      int before = runs;
      Background.add(() -> runs == before && isOld(now) ? this::forget : new Choice(now));
    }
  }

  private static boolean isOld(long then) {
    return System.nanoTime() - then > UNUSED_NANOS;
  }

  /// It was not run again for some time; should it be, it comes back.
  private synchronized boolean forget() {
    isWanted = false;
    left = WORTH_IT;
    return true;
  }

  /// Warms both forms up, turn by turn, and chooses.
  private final class Choice implements BooleanSupplier {
    private final int rows =
        nest.isFlat() ? Math.min(nest.inner(), ELEMENTS) : Math.clamp(ELEMENTS / Math.max(1, nest.inner()), 1, nest.rows());

    private final Object @Nullable [] arrays = arrays(rows);
    private final Kernel vectors = Kernels.load(Emitter.write(nest, true));
    private long end = System.nanoTime() + LONGEST_NANOS;
    private final long start = System.nanoTime();
    private long next;
    private long used;
    private int seen = runs;
    private int turns;
    private boolean isCompiled;

    /// @param wanted when it was asked for: much may have been warmed up in between
    Choice(long wanted) {
      used = wanted;
    }

    @Override
    public boolean getAsBoolean() {
      if (arrays == null) {
        return true;
      }
      long now = System.nanoTime();
      if (runs != seen) {
        seen = runs;
        used = now;
      } else if (now - used > UNUSED_NANOS) {
        return forget();
      }
      if (now < next) {
        return false;
      }
      int few = Math.clamp(nest.isFlat() ? FEW : FEW / Math.max(1, nest.inner()), 1, rows);
      long vectorsFew = best(vectors, arrays, few, 2);
      // The JVM counts calls: empty ones are enough, after a few real ones from which it learns that the loop is used.
      for (int call = 0; call < EMPTY_CALLS; call++) {
        vectors.run(arrays, 0, 0);
      }
      int elements = nest.isFlat() ? few : few * nest.inner();
      if (!isCompiled && vectorsFew < SLACK_NANOS + COMPILED_NANOS * nest.code().instructions().size() * (elements * 32 / Vectors.BITS + 1)) {
        isCompiled = true;
        end = Math.min(end, System.nanoTime() + SETTLING_NANOS);
      }
      if (isCompiled && best(vectors, arrays, rows, 3) < 0.9 * best(plain, arrays, rows, 3)) {
        chosen = vectors;
        return true;
      }
      if (++turns > COUNTED) {
        // Nothing is left but to wait for the compiler, which needs the processor more.
        next = now + (now - start) / 16;
      }
      return now > end;
    }
  }

  private static long best(Kernel kernel, Object[] arrays, int rows, int times) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < times; i++) {
      best = Math.min(best, time(kernel, arrays, rows));
    }
    return best;
  }

  private static long time(Kernel kernel, Object[] arrays, int rows) {
    long start = System.nanoTime();
    kernel.run(arrays, 0, rows);
    return System.nanoTime() - start;
  }

  /// Arrays that are long enough for the first rows; null where they would be huge.
  private Object @Nullable [] arrays(int rows) {
    int count = 0;
    for (LoopNest.Load load : nest.loads()) {
      count = Math.max(count, load.from().array() + 1);
    }
    for (LoopNest.Target target : nest.targets()) {
      count = Math.max(count, target.to().array() + 1);
    }
    long[] lengths = new long[count];
    DType[] dtypes = new DType[count];
    nest.loads().forEach(load -> reach(load.from(), rows, lengths, dtypes));
    nest.targets().forEach(target -> reach(target.to(), rows, lengths, dtypes));
    Object[] arrays = new Object[count];
    for (int i = 0; i < count; i++) {
      if (lengths[i] > 1 << 24) {
        return null;
      }
      arrays[i] = filled(dtypes[i], (int) lengths[i]);
    }
    return arrays;
  }

  private void reach(LoopNest.Access access, int rows, long[] lengths, DType[] dtypes) {
    int elements = nest.isFlat() ? rows : nest.inner();
    long last = access.offset() + Math.max(0, (long) access.inner() * (elements - 1));
    if (!nest.isFlat()) {
      for (int axis = 0; axis < nest.outer().length(); axis++) {
        last += Math.max(0, (long) access.outer().get(axis) * (nest.outer().get(axis) - 1));
      }
    }
    lengths[access.array()] = Math.max(lengths[access.array()], last + 1);
    dtypes[access.array()] = access.dtype();
  }

  /// Numbers in no order, so that comparisons go both ways as they do in earnest; positive, so that logarithms are none of
  /// the rare cases.
  private static Object filled(DType dtype, int length) {
    Random random = new Random(length);
    return switch (dtype) {
      case F64 -> random.doubles(length, 0.25, 1.25).toArray();
      case F32 -> {
        float[] all = new float[length];
        for (int i = 0; i < length; i++) {
          all[i] = random.nextFloat() + 0.25f;
        }
        yield all;
      }
      case I64 -> new long[length];
      case I32 -> new int[length];
      case BOOL -> {
        boolean[] all = new boolean[length];
        for (int i = 0; i < length; i++) {
          all[i] = random.nextBoolean();
        }
        yield all;
      }
    };
  }
}
