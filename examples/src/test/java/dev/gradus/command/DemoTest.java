package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class DemoTest {
  @Test
  void differentiatesChecksAndTrains() {
    CommandRun run = CommandRun.of("demo");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("∂f/∂w2 = f (1 - f) h"), run.out());
    assertTrue(run.out().contains("passed, 4 OK"), run.out());
    Matcher accuracy = Pattern.compile("test accuracy (0\\.\\d+)").matcher(run.out());
    assertTrue(accuracy.find(), run.out());
    assertTrue(Double.parseDouble(accuracy.group(1)) >= 0.96, run.out());
    assertTrue(run.err().contains("30 epochs done"), run.err());
  }
}
