package dev.gradus.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ChainRuleTest {
  private final Recording recording = Recording.of("quiz");

  @Test
  void answersTheQuestion() {
    double truth = 0.0033240283353950773;
    assertEquals(truth, recording.number("Answer: .* = "), truth * 1e-15);
    assertEquals(0, recording.number("\n +∂f/∂w1 = "));
  }

  @Test
  void checksItself() {
    assertTrue(recording.text().contains("passed, 4 OK"), recording.text());
  }
}
