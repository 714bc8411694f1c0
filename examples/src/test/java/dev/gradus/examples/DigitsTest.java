package dev.gradus.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.data.Split;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DigitsTest {
  @Test
  void readsDigitsItHasNotSeen() {
    Recording recording = Recording.of("digits");
    double first = recording.number("seed 1: test accuracy ");
    double second = recording.number("seed 2: test accuracy ");
    assertTrue(first >= 0.96 && second >= 0.96, recording.text());
    assertEquals((first + second) / 2, recording.number("mean of 2 seeds: test accuracy "), 1e-4);
  }

  @Test
  void theSplitIsStratified() {
    Split data = Digits.data();
    assertEquals(1797, data.train().size() + data.test().size());
    for (int digit = 0; digit < 10; digit++) {
      int train = count(data.train().targets().toLongs(), digit);
      int test = count(data.test().targets().toLongs(), digit);
      assertEquals(0.8 * (train + test), train, 1);
    }
  }

  private static int count(long[] labels, int digit) {
    return (int) Arrays.stream(labels).filter(label -> label == digit).count();
  }
}
