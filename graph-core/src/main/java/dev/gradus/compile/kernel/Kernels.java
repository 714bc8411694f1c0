package dev.gradus.compile.kernel;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.gradus.compile.parallel.Background;
import dev.gradus.scalar.KernelFunction;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Makes kernels of loop nests. Nests of one structure share a class, in one program and between programs.
public final class Kernels {
  private static final Cache<Object, Kernel> MADE = CacheBuilder.newBuilder().softValues().build();

  private static final boolean HAS_VECTORS = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  /// Whether it was told that vectors are missing.
  private static final AtomicBoolean NOTICED = new AtomicBoolean();

  private Kernels() {}

  private record Key(LoopNest.Key nest, boolean vectors, boolean cold) {}

  /// Whether the Vector API is present.
  public static boolean hasVectors() {
    return HAS_VECTORS;
  }

  /// The kernel of a nest.
  ///
  /// @param vectors whether it may use the Vector API, where that is present
  public static Kernel of(LoopNest nest, boolean vectors) {
    boolean with = vectors && HAS_VECTORS;
    if (vectors && !HAS_VECTORS && NOTICED.compareAndSet(false, true)) {
      System.getLogger("dev.gradus.compile").log(
          System.Logger.Level.WARNING,
          "compiled loops: the Vector API makes them fast, but its module is not there; start Java with"
              + " --add-modules jdk.incubator.vector, or go on without");
    }
    try {
      return MADE.get(new Key(nest.key(), with, with && Background.isSkipped()), () -> {
        Emitter.Written plain = Emitter.write(nest, false);
        Kernel kernel = load(plain);
        if (with && plain.canBeVectors()) {
          return Background.isSkipped() ? load(Emitter.write(nest, true)) : new Twins(nest, kernel);
        }
        return kernel;
      });
    } catch (ExecutionException e) {
      throw new IllegalStateException("a loop could not be written", e);
    }
  }

  static Kernel load(Emitter.Written written) {
    try {
      MethodHandles.Lookup type = MethodHandles.lookup().defineHiddenClass(written.bytes(), true);
      return (Kernel) type.lookupClass()
          .getDeclaredConstructor(KernelFunction[].class)
          .newInstance((Object) written.functions().toArray(KernelFunction[]::new));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a loop could not be loaded", e);
    }
  }
}
