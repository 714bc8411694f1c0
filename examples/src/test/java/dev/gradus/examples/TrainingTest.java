package dev.gradus.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// The examples on real data.
final class TrainingTest {
  @Test
  void logisticRegressionOnBreastCancer() {
    Recording recording = Recording.of("breast-cancer");
    assertEquals(Math.log(2), recording.number("log 2 = "), 5e-5);
    assertTrue(recording.number("epochs J = ") < 0.1, recording.text());
    assertTrue(recording.number("test accuracy +") >= 0.93, recording.text());
    double right = recording.number("\nbenign +") + recording.number("\nmalignant +\\d+ +");
    assertEquals(right / 114, recording.number("test accuracy +"), 5e-5);
  }

  @Test
  void moreDataIsBetter() {
    Recording recording = Recording.of("data-amount");
    double few = recording.number("\n +20 +");
    double some = recording.number("\n +100 +");
    double many = recording.number("\n *1000 +");
    assertTrue(few < some && some < many, recording.text());
    assertTrue(many > 0.93, recording.text());
  }
}
