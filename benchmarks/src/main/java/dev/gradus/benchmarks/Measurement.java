package dev.gradus.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.gradus.compile.Settings;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What was measured of a workload.
///
/// @param line the times
/// @param allocatedBytes what the running thread allocates in a step; helping threads are not counted
/// @param flops the floating-point operations of its matrix products
/// @param bytes what it cannot but read and write
/// @param plan the memory of the compiled graph, or null where it is not known
record Measurement(Line line, long allocatedBytes, long flops, long bytes, @Nullable Plan plan) {
  private static final int SAMPLES = 15;

  /// How long a sample takes, about, in seconds.
  private static final double SAMPLE = 0.05;

  /// How long the peers are warmed up, in seconds.
  private static final double SOON = 1.5;

  /// Measures as the peers are measured: the first run from nothing, which is all for work that is not repeated; then runs
  /// for 1.5 seconds; then 15 samples of as many runs as take a twentieth of a second. The JVM is still compiling then, so that the
  /// same is done again when `warm` seconds are over. The first run is what it says only in a fresh JVM.
  static Measurement of(Workload work, Settings settings, double warm) {
    long before = allocated();
    long drawn = Draws.nanos();
    long start = System.nanoTime();
    Job job = work.start(settings);
    job.step().run();
    double first = System.nanoTime() - start - (Draws.nanos() - drawn);
    long allocated = allocated() - before;
    double[] soon = {first};
    double[] samples = soon;
    if (work.isRepeated()) {
      long begin = System.nanoTime();
      soon = samples(job.step(), runs(job.step(), begin, Math.min(SOON, warm)));
      int runs = runs(job.step(), begin, warm);
      samples = samples(job.step(), runs);
      before = allocated();
      double _ = nanos(job.step(), runs);
      allocated = (allocated() - before) / runs;
    }
    Line line =
        new Line(
            work.peer(),
            settings.threads(),
            work.name(),
            rounded(samples[0] * 1e-3),
            rounded(samples[samples.length / 2] * 1e-3),
            rounded(soon[soon.length / 2] * 1e-3),
            rounded(first * 1e-6));
    return new Measurement(line, allocated, job.flops(), job.bytes(), Plan.of(job.program()));
  }

  /// Runs until some seconds after `begin`, at least once, and tells how many of the last runs a sample is.
  private static int runs(Runnable step, long begin, double seconds) {
    long end = begin + (long) (seconds * 1e9);
    int count = 1;
    double last;
    do {
      last = nanos(step, count) * 1e-9;
      if (last < SAMPLE / 8) {
        count *= 2;
      }
    } while (System.nanoTime() < end);
    return Math.max(1, (int) (count * SAMPLE / last));
  }

  private static double[] samples(Runnable step, int runs) {
    double[] samples = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      samples[i] = nanos(step, runs) / runs;
    }
    Arrays.sort(samples);
    return samples;
  }

  private static double nanos(Runnable step, int runs) {
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      step.run();
    }
    return System.nanoTime() - start;
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /// Four digits after the point: a step may take 30 ns.
  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
