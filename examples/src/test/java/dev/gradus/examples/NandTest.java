package dev.gradus.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class NandTest {
  @Test
  void findsTheInterval() {
    Nand.Interval found = Nand.find();
    assertEquals(-1, found.first(), 1e-9);
    assertEquals(-0.7, found.above(), 1e-9);
    assertEquals(Math.nextDown(found.first()), found.below());
    assertEquals(Math.nextUp(found.last()), found.above());
  }

  @Test
  void saysWhichEndBelongsToIt() {
    Recording recording = Recording.of("nand");
    assertTrue(recording.text().contains("w2 in [-1.000000000, -0.700000000)"), recording.text());
    assertTrue(isMarked(recording, "-1.0") && !isMarked(recording, "-0.7"), recording.text());
  }

  private static boolean isMarked(Recording recording, String weight) {
    String row = recording.lines().stream().filter(line -> line.strip().startsWith(weight + " ")).findFirst().orElseThrow();
    return row.endsWith("yes");
  }
}
