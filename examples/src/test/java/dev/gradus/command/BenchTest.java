package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// The benchmarks are named here, but started by the launcher.
final class BenchTest {
  @Test
  void helpListsIt() {
    CommandRun run = CommandRun.of("--help");
    assertEquals(0, run.code());
    assertTrue(run.out().contains("  bench "), run.out());
  }

  @Test
  void onlyTheLauncherStartsIt() {
    CommandRun run = CommandRun.of("bench", "quiz", "--json");
    assertEquals(2, run.code());
    assertEquals(
        "gradus: bench: the launcher must start the benchmarks, but got a JVM without them; run ./gradus bench quiz --json",
        run.err().strip());
  }
}
