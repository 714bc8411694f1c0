package dev.gradus.compile.matrix;

import dev.gradus.compile.parallel.Background;
import java.lang.invoke.MethodHandles;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A written kernel that is there once the JVM has compiled it.
///
/// Until then, code of the Vector API is thousands of times slower than it will be: a kernel is run in the background on numbers
/// of no meaning until it is fast.
final class Warmed<K> {
  private static final int CALLS = 1000;

  /// Turns after which the JVM has counted enough to compile a kernel.
  private static final int COUNTED = 10;

  /// What a trial takes at most once a kernel is compiled, and far from it before.
  private static final long FAST_NANOS = 2_000;

  private static final long LONGEST_NANOS = 60_000_000_000L;

  /// How a kernel is made, and tried.
  interface Source<K> {
    /// The bytes of its class.
    byte[] write();

    /// Runs it: a real, though small, piece of work, or one of nothing at all.
    void run(K kernel, boolean isReal);
  }

  private final Source<K> source;
  private volatile @Nullable K ready;
  private volatile @Nullable K cold;

  Warmed(Source<K> source) {
    this.source = source;
    Background.addCommon(Turns::new);
  }

  /// The kernel, or null while it is cold.
  @Nullable K get() {
    return ready == null && Background.isSkipped() ? cold() : ready;
  }

  /// For tests: vectors are used at once, which is slow.
  private K cold() {
    K known = cold;
    if (known == null) {
      known = load();
      cold = known;
    }
    return known;
  }

  @SuppressWarnings("unchecked")
  private K load() {
    try {
      return (K) MethodHandles.lookup().defineHiddenClass(source.write(), true).lookupClass().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a kernel could not be loaded", e);
    }
  }

  private final class Turns implements BooleanSupplier {
    private final K kernel = load();
    private final long start = System.nanoTime();
    private long next;
    private int turns;

    @Override
    public boolean getAsBoolean() {
      long before = System.nanoTime();
      if (before < next) {
        return false;
      }
      source.run(kernel, true);
      // The JVM counts calls: those that do nothing are enough, after a few real ones to learn from.
      for (int call = 0; call < CALLS; call++) {
        source.run(kernel, false);
      }
      before = System.nanoTime();
      source.run(kernel, true);
      long now = System.nanoTime();
      if (now - before < FAST_NANOS) {
        ready = kernel;
        return true;
      }
      if (++turns > COUNTED) {
        // Nothing is left but to wait for the compiler, which needs the processor more.
        next = now + (now - start) / 16;
      }
      return now - start > LONGEST_NANOS;
    }
  }
}
