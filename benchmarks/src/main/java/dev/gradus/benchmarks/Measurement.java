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

  /// What part of the time to warm up a sample takes.
  private static final double SAMPLE = 0.05;

  /// Measures as the peers are measured: the first run from nothing, which is all for work that is not repeated; then runs
  /// for `warm` seconds; then 15 samples of as many runs as took a twentieth of a second. The first run is what it says only
  /// in a fresh JVM.
  static Measurement of(Workload work, Settings settings, double warm) {
    long before = allocated();
    long drawn = Draws.nanos();
    long start = System.nanoTime();
    Job job = work.start(settings);
    job.step().run();
    double first = System.nanoTime() - start - (Draws.nanos() - drawn);
    double[] samples = {first};
    long allocated = allocated() - before;
    if (work.isRepeated()) {
      int runs = runsPerSample(job.step(), warm);
      samples = new double[SAMPLES];
      for (int i = 0; i < SAMPLES; i++) {
        samples[i] = nanos(job.step(), runs) / runs;
      }
      Arrays.sort(samples);
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
            rounded(first * 1e-6));
    return new Measurement(line, allocated, job.flops(), job.bytes(), Plan.of(job.program()));
  }

  private static int runsPerSample(Runnable step, double warm) {
    long end = System.nanoTime() + (long) (warm * 1e9);
    int count = 0;
    while (System.nanoTime() < end) {
      step.run();
      count++;
    }
    return Math.max(1, (int) (count / Math.max(warm, SAMPLE) * SAMPLE));
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
