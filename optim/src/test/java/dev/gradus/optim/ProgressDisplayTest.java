package dev.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
  private final StringWriter written = new StringWriter();
  private long now;

  private ProgressDisplay display(boolean terminal) {
    return new ProgressDisplay(new PrintWriter(written), terminal, () -> now);
  }

  private static Step step(long number) {
    return new Step(number, number, 0.75, 1, 0.1);
  }

  private static Evaluation evaluation(long step, Map<String, Double> measures) {
    return new Evaluation(step, step / 10.0, 0.12345678, Double.NaN, measures);
  }

  private static History ended(String reason) {
    History history = new History(10, false);
    history.end(reason);
    return history;
  }

  private List<String> lines() {
    return Arrays.asList(written.toString().split("\\R"));
  }

  @Test
  void elsewhereItIsALineASecondAndTheLastOne() {
    ProgressDisplay display = display(false);
    for (int i = 0; i <= 25; i++) {
      now = i * 100_000_000L;
      display.stepped(step(10 * i + 10), Double.NaN);
      display.evaluated(evaluation(10 * i + 10, Map.of()));
    }
    display.ended(ended("enough"));
    assertEquals(
        List.of(
            "epoch 1.0  step 10  loss 0.1235",
            "epoch 11.0  step 110  loss 0.1235",
            "epoch 21.0  step 210  loss 0.1235",
            "epoch 26.0  step 260  loss 0.1235",
            "enough"),
        lines());
  }

  @Test
  void tellsValidationLossAndMeasures() {
    ProgressDisplay display = display(false);
    display.evaluated(new Evaluation(1500, 3, 0.5, 0.25, Map.of("accuracy", 0.9)));
    display.ended(ended("enough"));
    assertEquals("epoch 3.0  step 1,500  loss 0.5000  validation 0.2500  accuracy 0.9000", lines().getFirst());
  }

  @Test
  void onATerminalItRedrawsABar() {
    ProgressDisplay display = display(true);
    display.stepped(step(1), 0.5);
    assertEquals("\r[############------------]  50%  step 1  loss 0.7500", written.toString());
    display.stepped(step(2), 0.75);
    assertEquals(1, written.toString().chars().filter(c -> c == '\r').count(), "redrawn too soon");
    now = 2_000_000_000L;
    display.evaluated(evaluation(3, Map.of()));
    display.stepped(step(3), 0.75);
    assertTrue(
        written.toString().endsWith("\r[##################------]  75%  step 3  loss 0.1235  1 s left"), written::toString);
    display.ended(ended("enough"));
    String end = written.toString();
    assertTrue(end.endsWith(" \rloss 0.1235\nenough\n") || end.endsWith(" \repoch 0.3  step 3  loss 0.1235\nenough\n"), end);
  }

  @Test
  void withoutAnEndInSightThereIsNoBar() {
    ProgressDisplay display = display(true);
    display.stepped(step(1), Double.NaN);
    assertEquals("\rstep 1  loss 0.7500", written.toString());
  }

  @Test
  void aLineNeverWraps() {
    ProgressDisplay display = display(true);
    display.evaluated(evaluation(3, Map.of("a measure with quite a long name", 1.0, "another measure of that kind", 2.0)));
    display.stepped(step(3), 0.5);
    assertEquals(1 + 79, written.toString().length());
  }

  @Test
  void afterAnErrorTheLineIsFree() {
    ProgressDisplay display = display(true);
    display.stepped(step(1), 0.5);
    display.failed();
    String text = written.toString();
    assertTrue(text.endsWith(" ".repeat(20) + "\r"), text);
  }

  @Test
  void theLauncherTellsAboutTheTerminal() {
    String before = System.getProperty("gradus.terminal");
    try {
      System.setProperty("gradus.terminal", "false");
      assertEquals(false, ProgressDisplay.isTerminal());
      System.setProperty("gradus.terminal", "true");
      assertEquals(!"dumb".equals(System.getenv("TERM")), ProgressDisplay.isTerminal());
    } finally {
      if (before == null) {
        System.clearProperty("gradus.terminal");
      } else {
        System.setProperty("gradus.terminal", before);
      }
    }
  }
}
