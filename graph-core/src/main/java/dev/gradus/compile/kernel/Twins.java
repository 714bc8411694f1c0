package dev.gradus.compile.kernel;

import dev.gradus.tensor.DType;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A loop in two forms that compute the same bits: plain, and with the Vector API.
///
/// Until the JVM has compiled it, code of the Vector API is thousands of times slower than it will be. So the plain form runs
/// first. When a loop turns out to be repeated, a thread in the background runs both on arrays of its own until the JVM has
/// compiled them, and from then on the faster one is used.
final class Twins implements Kernel {
  /// Runs after which a loop counts as repeated.
  private static final int REPEATED = 4;

  /// Elements that are run in the background at a time.
  private static final int ELEMENTS = 1 << 12;

  private static final int FEW = 64;
  private static final int EMPTY_CALLS = 400;

  /// How much slower than the plain form vectors are, at most, once they are compiled.
  private static final int COMPILED = 8;

  private static final long LONGEST_NANOS = 5_000_000_000L;

  /// How long vectors may take, once compiled, to become the faster form.
  private static final long SETTLING_NANOS = 500_000_000L;

  /// How long the plain form is run, so that it is compiled, too, before it is timed.
  private static final long PLAIN_NANOS = 30_000_000L;

  private final LoopNest nest;
  private final Kernel plain;
  private volatile Kernel chosen;
  private int runs;

  Twins(LoopNest nest, Kernel plain) {
    this.nest = nest;
    this.plain = plain;
    this.chosen = plain;
  }

  @Override
  public void run(Object[] arrays, int from, int to) {
    if (runs < REPEATED && ++runs == REPEATED) {
      Background.add(this);
    }
    chosen.run(arrays, from, to);
  }

  /// Warms both forms up and chooses.
  private void choose() {
    Kernel vectors = Kernels.load(Emitter.write(nest, true));
    int rows = nest.isFlat() ? Math.min(nest.inner(), ELEMENTS) : Math.clamp(ELEMENTS / Math.max(1, nest.inner()), 1, nest.rows());
    Object[] arrays = arrays(rows);
    if (arrays == null) {
      return;
    }
    int few = nest.isFlat() ? Math.min(rows, FEW) : 1;
    long start = System.nanoTime();
    long plainFew = Long.MAX_VALUE;
    while (System.nanoTime() - start < PLAIN_NANOS) {
      plainFew = Math.min(plainFew, best(plain, arrays, few, 100));
    }
    long end = System.nanoTime() + LONGEST_NANOS;
    boolean isCompiled = false;
    while (System.nanoTime() < end) {
      // The JVM counts calls: empty ones are enough, with a few real ones so that it knows the loop is used.
      for (int call = 0; call < EMPTY_CALLS; call++) {
        vectors.run(arrays, 0, 0);
      }
      long vectorsFew = best(vectors, arrays, few, 2);
      if (!isCompiled && vectorsFew < COMPILED * plainFew) {
        isCompiled = true;
        end = Math.min(end, System.nanoTime() + SETTLING_NANOS);
      }
      if (isCompiled && best(vectors, arrays, rows, 5) < 0.9 * best(plain, arrays, rows, 5)) {
        chosen = vectors;
        return;
      }
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

  /// The thread that warms loops up, one after the other.
  private static final class Background {
    private static final LinkedBlockingQueue<Twins> WAITING = new LinkedBlockingQueue<>();

    static {
      Thread thread = new Thread(Background::work, "gradus-warm-up");
      thread.setDaemon(true);
      thread.start();
    }

    static void add(Twins twins) {
      WAITING.add(twins);
    }

    private static void work() {
      try {
        while (true) {
          Twins next = WAITING.take();
          try {
            next.choose();
          } catch (RuntimeException | OutOfMemoryError e) {
            // The plain form goes on; the next loop may fare better.
            System.getLogger("dev.gradus.compile").log(System.Logger.Level.WARNING, "a loop stays without vectors", e);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
