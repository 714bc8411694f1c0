package dev.gradus.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import dev.gradus.compile.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;

/// What the command line prints and refuses.
final class BenchTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  /// In JVMs of their own.
  @Test
  void linesAreThoseOfThePeers() throws Exception {
    assertEquals(0, run("bench", "quiz", "quiz-by-hand", "--json", "--threads", "1", "--warm", "0"), err::toString);
    List<String> lines = out.toString().lines().toList();
    assertEquals(2, lines.size(), out::toString);
    for (int i = 0; i < 2; i++) {
      JsonNode line = new ObjectMapper().readTree(lines.get(i));
      assertEquals(
          List.of("peer", "threads", "work", "min_us", "median_us", "soon_us", "first_ms"), ImmutableList.copyOf(line.fieldNames()));
      assertEquals(List.of("gradus", "java").get(i), line.get("peer").asText());
      assertEquals(List.of("quiz", "quiz-by-hand").get(i), line.get("work").asText());
      assertEquals(1, line.get("threads").asInt());
      assertTrue(line.get("min_us").asDouble() >= 0, lines::toString);
      assertTrue(line.get("median_us").asDouble() >= line.get("min_us").asDouble(), lines::toString);
      assertTrue(line.get("first_ms").asDouble() > 0, lines::toString);
    }
  }

  /// 2 MFLOP at 1 GFLOP/s take longer than 1 MB at 1 GB/s.
  @Test
  void textNamesTheBound() {
    Machine machine = new Machine(1e9, 1e9);
    Line line = new Line("gradus", 2, "mlp", 4900, 5000, 6000, 80.25);
    Bench.tell(new PrintWriter(out), new Measurement(line, 1234, 2_000_000, 1_000_000, null), machine);
    assertEquals(
        """

        mlp
          times     first 80.3 ms, soon 6,000 µs, min 4,900 µs, median 5,000 µs
          roofline  2.00 MFLOP, 1.00 MB: at least 2,000 µs; the median is 2.50 times that
          allocated 1,234 bytes a step
        """,
        out.toString().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void memoryIsToldWhereItIsKnown() {
    Line line = new Line("gradus", 2, "mlp", 1, 1, 1, 1);
    Bench.tell(new PrintWriter(out), new Measurement(line, 0, 1, 1, new Plan(2048, 8192)), new Machine(1, 1));
    assertTrue(out.toString().contains("2,048 bytes planned; all intermediates take 8,192"), out::toString);
  }

  @Test
  void wrongInputIsTold() {
    assertEquals(2, run("bench", "mpl"));
    assertEquals(2, run("bench", "--threads", "0"));
    assertEquals(2, run("bench", "--warm", "-1"));
    assertEquals(2, run("bench", "--no-such-option"));
    List<String> lines = err.toString().lines().toList();
    assertEquals(
        "gradus: bench: there must be a workload of this name, but got mpl; did you mean mlp?", lines.getFirst());
    assertEquals(
        "gradus: compile: the number of threads must be at least 1, but got 0; leave it out for all cores", lines.get(1));
    assertEquals("", out.toString());
  }

  @Test
  void helpNamesEveryWorkload() {
    assertEquals(0, run("bench", "--help"));
    Workloads.all().forEach(work -> assertTrue(out.toString().contains(work.name()), work.name()));
  }

  @Test
  void jmhTimesEveryWorkload() throws Exception {
    String[] names = StepBenchmark.class.getField("work").getAnnotation(Param.class).value();
    assertEquals(Workloads.all().stream().map(Workload::name).sorted().toList(), List.of(names).stream().sorted().toList());
    StepBenchmark benchmark = new StepBenchmark();
    benchmark.work = "quiz";
    benchmark.threads = 1;
    benchmark.start();
    benchmark.step();
  }

  @Test
  void triadAndProductAreMeasured() {
    assertTrue(Machine.gemm(Settings.standard(), 8) > 0);
    assertTrue(Machine.triad(2, 1000) > 0);
  }
}
