package dev.gradus.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gradus.GradusException;
import dev.gradus.compile.Settings;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Measuring in a JVM of its own, with the options and the class path of this one: nothing is loaded or compiled that
/// another workload brought along.
public final class FreshJvm {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MACHINE = "machine";

  private FreshJvm() {}

  /// Measures a workload.
  static Measurement measure(Workload work, Settings settings, double warm) throws IOException {
    return run(Measurement.class, work.name(), settings, warm);
  }

  /// Measures the machine.
  static Machine machine(Settings settings) throws IOException {
    return run(Machine.class, MACHINE, settings, 0);
  }

  private static <T> T run(Class<T> type, String what, Settings settings, double warm) throws IOException {
    Path answer = Files.createTempFile("gradus-bench", ".json");
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.addAll(List.of("--class-path", System.getProperty("java.class.path"), FreshJvm.class.getName()));
      command.addAll(List.of(answer.toString(), what, "" + settings.threads(), "" + warm));
      int code = new ProcessBuilder(command).redirectError(Redirect.INHERIT).redirectOutput(Redirect.INHERIT).start().waitFor();
      if (code != 0) {
        throw new GradusException("bench", "the JVM for " + what + " must end with 0", code, "see above what it said");
      }
      return JSON.readValue(answer.toFile(), type);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + what + " ran", e);
    } finally {
      Files.delete(answer);
    }
  }

  /// Where that JVM starts; it writes what it found to a file.
  ///
  /// @param arguments the file; a workload or `machine`; threads; seconds to warm up
  public static void main(String[] arguments) throws IOException {
    Settings settings = Settings.standard().withThreads(Integer.parseInt(arguments[2]));
    Object found =
        arguments[1].equals(MACHINE)
            ? Machine.measure(settings)
            : Measurement.of(Workloads.get(arguments[1]), settings, Double.parseDouble(arguments[3]));
    JSON.writeValue(new File(arguments[0]), found);
  }
}
