package dev.gradus.benchmarks;

import dev.gradus.compile.Settings;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The average time of a step of each workload, under JMH.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-XX:+UseParallelGC", "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"
    })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StepBenchmark {
  /// The workload.
  @Param({
    "quiz",
    "quiz-by-hand",
    "moons",
    "moons-by-hand",
    "mlp",
    "mlp-2x",
    "mlp-4x",
    "elementwise",
    "lenet",
    "lstm",
    "transformer",
    "chain",
    "chain-10k",
    "chain-100k",
  })
  public String work = "";

  /// The number of threads it may use.
  @Param({"1", "2"})
  public int threads;

  private Runnable step = () -> {};

  /// Builds, compiles and binds.
  @Setup
  public void start() {
    step = Workloads.get(work).start(Settings.standard().withThreads(threads)).step();
  }

  /// Runs it once.
  @Benchmark
  public void step() {
    step.run();
  }
}
