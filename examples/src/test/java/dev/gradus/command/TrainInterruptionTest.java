package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TrainInterruptionTest {

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals to send")
  void controlCEndsWithWhatWasLearned(@TempDir Path folder) throws IOException, InterruptedException {
    Path table = Tables.classic(folder, "iris");
    Path model = folder.resolve("model");
    Path out = folder.resolve("out");
    Process child = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "train",
            table.toString(),
            "--label=species",
            "--epochs=1000000000",
            "--save=" + model)
        .redirectOutput(out.toFile())
        .start();
    try (BufferedReader err = new BufferedReader(new InputStreamReader(child.getErrorStream(), StandardCharsets.UTF_8))) {
      String first = String.valueOf(err.readLine());
      while (!first.startsWith("epoch ") && !first.equals("null")) {
        first = String.valueOf(err.readLine()); // what the JVM says of its options, and the engine of what is missing
      }
      assertTrue(first.startsWith("epoch 1.0  step 4  loss "), first);
      assertEquals(0, new ProcessBuilder("kill", "-" + signal(child), Long.toString(child.pid())).start().waitFor());
      List<String> rest = err.lines().toList();
      assertTrue(child.waitFor(20, TimeUnit.SECONDS), "it did not end");
      assertEquals("stopped on request", rest.getLast());
    } finally {
      child.destroyForcibly();
    }
    List<String> results = Files.readAllLines(out);
    assertTrue(results.get(2).startsWith("training   stopped on request, loss "), results.get(2));
    assertEquals("saved      " + model, results.getLast());
    assertTrue(TableModel.load(model).checkpoint().step() >= 4);
    CommandRun predicted = CommandRun.of("predict", model.toString(), table.toString());
    assertEquals(0, predicted.code(), predicted::err);
  }

  /// SIGINT, as Ctrl-C sends it; but a program started in the background may be deaf to that from birth, as Linux tells.
  private static String signal(Process child) throws IOException {
    Path status = Path.of("/proc", Long.toString(child.pid()), "status");
    if (!Files.exists(status)) {
      return "INT";
    }
    String ignored = Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .findFirst()
        .map(line -> line.substring("SigIgn:".length()).strip())
        .orElse("0");
    return (Long.parseUnsignedLong(ignored, 16) & 0b10) == 0 ? "INT" : "TERM";
  }
}
