package dev.gradus.benchmarks;

import static dev.gradus.ops.Ops.input;
import static dev.gradus.ops.Ops.matmul;

import dev.gradus.compile.Call;
import dev.gradus.compile.Program;
import dev.gradus.compile.Settings;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.tensor.DType;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/// The roofline: how fast this machine multiplies and moves numbers, at most.
///
/// @param flops floating-point operations a second, of Gradus's own product of two large f32 matrices
/// @param bandwidth bytes a second, of `a[i] = b[i] + s * c[i]` over arrays larger than the caches
record Machine(double flops, double bandwidth) {
  static final int MATRIX = 1024;
  static final int ARRAY = 1 << 24;

  private static final double SECONDS = 1;

  static Machine measure(Settings settings) {
    return new Machine(gemm(settings, MATRIX), triad(settings.threads(), ARRAY));
  }

  /// The least µs that work of so much takes, whatever the program.
  double bound(long flopsOfWork, long bytesOfWork) {
    return 1e6 * Math.max(flopsOfWork / flops, bytesOfWork / bandwidth);
  }

  static double gemm(Settings settings, int size) {
    Draws draws = new Draws();
    Input a = input("a", DType.F32, size, size);
    Input b = input("b", DType.F32, size, size);
    Node product = matmul(a, b);
    Call call =
        Program.of(List.of(product), settings)
            .call()
            .input(a, PlainArrays.of(draws.normal(DType.F32, 1, size, size)))
            .input(b, PlainArrays.of(draws.normal(DType.F32, 1, size, size)))
            .output(product, PlainArrays.zeros(product.type()));
    return 2.0 * size * size * size / shortest(call::run);
  }

  static double triad(int threads, int size) {
    float[] a = new float[size];
    float[] b = new float[size];
    float[] c = new float[size];
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      Runnable part =
          () ->
              IntStream.range(0, threads)
                  .parallel()
                  .forEach(t -> triad(a, b, c, (int) ((long) size * t / threads), (int) ((long) size * (t + 1) / threads)));
      return 3.0 * Float.BYTES * size / shortest(() -> pool.submit(part).join());
    }
  }

  private static void triad(float[] a, float[] b, float[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = b[i] + 3 * c[i];
    }
  }

  /// The shortest of the runs that begin within a second, in seconds.
  private static double shortest(Runnable step) {
    long end = System.nanoTime() + (long) (SECONDS * 1e9);
    double least = Double.POSITIVE_INFINITY;
    do {
      long start = System.nanoTime();
      step.run();
      least = Math.min(least, (System.nanoTime() - start) * 1e-9);
    } while (System.nanoTime() < end);
    return least;
  }
}
