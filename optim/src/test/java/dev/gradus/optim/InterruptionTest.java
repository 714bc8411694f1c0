package dev.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {

  /// Trains without end; when it is told to end, saves what it learned.
  static final class Endless {
    private Endless() {}

    public static void main(String[] file) throws IOException {
      Parameter theta = Parameter.of("theta", 0);
      Trainer trainer = Trainer.of(Ops.square(theta.minus(1)))
          .optimizer(new Sgd(), 1e-6)
          .listener(new Listener() {
            @Override
            public void stepped(Step step, double progress) {
              if (step.step() == 5) {
                System.out.println("training");
              }
            }
          })
          .build();
      try (var guard = Interruption.guard(trainer::stop)) {
        History history = trainer.descend(Stopping.steps(Long.MAX_VALUE));
        trainer.state().checkpoint().save(Path.of(file[0]));
        System.out.println(history.reason() + ", interrupted: " + guard.isInterrupted() + ", steps: " + trainer.state().step());
      }
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals to send")
  void controlCSavesWhatWasLearned(@TempDir Path folder) throws IOException, InterruptedException, URISyntaxException {
    Path file = folder.resolve("state");
    Process child = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            everything(),
            Endless.class.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("training", out.readLine());
      assertEquals(0, new ProcessBuilder("kill", "-" + signal(child), Long.toString(child.pid())).start().waitFor());
      String line = String.valueOf(out.readLine());
      assertTrue(child.waitFor(20, TimeUnit.SECONDS), "it did not end");
      Checkpoint saved = Checkpoint.load(file);
      assertTrue(saved.step() >= 5, () -> saved.step() + " steps");
      assertEquals("stopped on request, interrupted: true, steps: " + saved.step(), line);
    } finally {
      child.destroyForcibly();
    }
  }

  /// The libraries and classes of this test, whether they came by class path or module path.
  private static String everything() throws URISyntaxException {
    URL here = Objects.requireNonNull(InterruptionTest.class.getResource("InterruptionTest.class"));
    Path testClasses = Path.of(here.toURI()).resolve("../../../..").normalize();
    String modules = System.getProperty("jdk.module.path", "");
    return String.join(File.pathSeparator, System.getProperty("java.class.path"), modules, testClasses.toString());
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

  @Test
  void aBlockThatIsLeftIsForgotten() {
    boolean[] stopped = new boolean[1];
    try (var guard = Interruption.guard(() -> stopped[0] = true)) {
      assertFalse(guard.isInterrupted());
    }
    assertFalse(stopped[0]);
  }
}
