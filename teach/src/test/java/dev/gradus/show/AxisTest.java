package dev.gradus.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class AxisTest {
  @Test
  void ticksAreRound() {
    assertEquals(List.of("-4", "-2", "0", "2", "4"), labels(Axis.around(-3.9, 3.2, 5)));
    assertEquals(List.of("0.7", "0.8", "0.9", "1"), labels(Axis.around(0.7084, 0.98, 5)));
    assertEquals(List.of("0", "1", "2", "3", "4"), labels(Axis.exactly(0, 4, 5)));
    assertEquals(List.of("-1", "0", "1"), labels(Axis.exactly(-1.2, 1.2, 3)));
    assertEquals(List.of("20", "50", "100", "200", "500", "1000"), labels(Axis.logarithmic(20, 1000)));
  }

  private static List<String> labels(Axis axis) {
    return axis.ticks().stream().map(Axis::label).toList();
  }

  @Test
  void aSingleValueGetsRoom() {
    Axis axis = Axis.around(3, 3, 5);
    assertTrue(axis.low() < 3 && axis.high() > 3);
    Axis zero = Axis.around(0, 0, 5);
    assertTrue(zero.low() < 0 && zero.high() > 0);
  }

  @Test
  void placesAreSharesOfTheRange() {
    assertEquals(0.25, Axis.exactly(-1, 3, 5).place(0));
    assertEquals(0.5, Axis.logarithmic(1, 10_000).place(100), 1e-15);
    assertThrows(IllegalArgumentException.class, () -> Axis.logarithmic(0, 1));
  }

  @Property(seed = "4711", tries = 300)
  void holdsAllAndStaysWithinTheCount(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double a,
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double width,
      @ForAll @IntRange(min = 2, max = 12) int most) {
    Axis axis = Axis.around(a, a + width, most);
    double slack = 1e-6 * width;
    assertTrue(axis.low() <= a + slack && axis.high() >= a + width - slack, axis.toString());
    assertTrue(axis.ticks().size() >= 2 && axis.ticks().size() <= most + 2, axis.toString());
    assertTrue(axis.ticks().stream().allMatch(tick -> axis.place(tick) >= -1e-9 && axis.place(tick) <= 1 + 1e-9));
  }
}
