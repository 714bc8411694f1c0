package dev.gradus.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.graph.SourceLine;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChainTest {
  @Test
  void timesEveryLengthWithAndWithoutSourceLines() {
    boolean before = SourceLine.isRecording();
    Recording recording = Recording.of("chain");
    assertEquals(before, SourceLine.isRecording());
    List<String[]> rows =
        recording.lines().stream().filter(line -> line.matches("with(out)? .*")).map(line -> line.split(" +", -1)).toList();
    assertEquals(List.of("with", "with", "without", "without"), rows.stream().map(row -> row[0]).toList());
    assertEquals(List.of("1000", "10000", "1000", "10000"), rows.stream().map(row -> row[1]).toList());
    for (String[] row : rows) {
      double parts = Double.parseDouble(row[2]) + Double.parseDouble(row[3]) + Double.parseDouble(row[4]);
      assertEquals(parts, Double.parseDouble(row[5]), 0.0021);
      double slope = slope(Integer.parseInt(row[1]));
      assertEquals(slope, Double.parseDouble(row[row.length - 1]), 1e-3 * slope);
      assertTrue(row[1].equals("1000") || Double.parseDouble(row[6]) > 0);
    }
  }

  /// The product of cos(v) over the chain.
  private static double slope(int length) {
    double v = 1;
    double slope = 1;
    for (int i = 0; i < length; i++) {
      slope *= Math.cos(v);
      v = Math.sin(v);
    }
    return slope;
  }
}
