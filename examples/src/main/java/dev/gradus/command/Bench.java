package dev.gradus.command;

import dev.gradus.GradusException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// What the launcher does itself, so that help can name it: it starts the benchmarks, which lie beside Gradus, and never
/// comes here.
@Command(
    name = "bench",
    description = "Times Gradus on the workloads on which it is compared with its peers.")
final class Bench implements Callable<Integer> {
  @Unmatched private final List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    throw new GradusException(
        "bench", "the launcher must start the benchmarks", "a JVM without them", "run ./gradus bench" + words());
  }

  private String words() {
    return arguments.isEmpty() ? "" : " " + String.join(" ", arguments);
  }
}
