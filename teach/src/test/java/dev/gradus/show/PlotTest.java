package dev.gradus.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PlotTest {
  private static final Tensor X = Tensor.vector(0, 1, 2, 3, 4);

  private static Plot plot() {
    return new Plot("Title", "x", "").curve("rising", X, X).points("dots", Tensor.vector(0, 4), Tensor.vector(4, 0));
  }

  @Test
  void inAscii() {
    String text = plot().toText(27, 9, true);
    assertTrue(text.chars().allMatch(character -> character < 128), text);
    String[] lines = text.split("\n", -1);
    assertEquals("Title", lines[0]);
    assertEquals("   ***** rising   o dots", lines[1]);
    assertTrue(lines[2].startsWith("4 +o") && lines[2].endsWith("*"), text);
    assertTrue(lines[10].startsWith("0 +*") && lines[10].endsWith("o"), text);
    assertTrue(lines[11].matches("  \\++-+\\+-+\\+"), text);
    assertTrue(lines[12].matches(" {3}0 +2 +4"), text);
    assertEquals(27, lines[13].length());
  }

  @Test
  void inBraille() {
    String text = plot().toText(27, 9, false);
    String[] lines = text.split("\n", -1);
    assertTrue(lines[1].matches(" {3}⠤{5} rising {3}○ dots"), text);
    assertTrue(lines[2].startsWith("4 ┤○") && isBraille(lines[2].charAt(lines[2].length() - 1)), text);
    assertTrue(lines[10].startsWith("0 ┤") && isBraille(lines[10].charAt(3)) && lines[10].endsWith("○"), text);
    assertTrue(lines[11].startsWith("  └┬"), text);
  }

  private static boolean isBraille(char character) {
    return character > '\u2800' && character <= '\u28ff';
  }

  @Test
  void curvesDifferInTheirDashes() {
    String text = new Plot("", "", "").curve("a", X, X).curve("b", X, X).curve("c", X, X).curve("d", X, X).toText(80, 6, false);
    String legend = text.lines().findFirst().orElseThrow();
    assertEquals(4, legend.strip().split(" [abcd]( {3}|$)", -1).length - 1, legend);
    assertEquals(4, Stream.of(legend.strip().split(" [abcd]( {3}|$)", -1)).filter(sample -> !sample.isEmpty()).distinct().count(), legend);
  }

  @Test
  void cutsOffWhatIsOutOfRangeAndBreaksWhereNotFinite() {
    Tensor y = Tensor.vector(-10, 0.5, Double.NaN, 0.5, 10);
    String text = new Plot("t", "", "").curve("", X, y).yRange(0, 1).toText(40, 8, true);
    assertTrue(text.contains("*"), text);
    assertEquals(1, text.lines().filter(line -> line.matches("0\\.5 \\+.*\\*.*")).count(), text);
    String inside = new Plot("t", "", "").curve("", X, Tensor.vector(0, Double.NaN, 1, Double.NaN, 0)).toText(40, 8, true);
    assertFalse(inside.contains("*"), inside);
  }

  @Test
  void refusesWhatIsNoCurve() {
    assertThrows(IllegalArgumentException.class, () -> new Plot("", "", "").curve("", X, Tensor.vector(1, 2)));
    assertThrows(IllegalStateException.class, () -> new Plot("", "", "").toText(40, 8, true));
    assertThrows(IllegalArgumentException.class, () -> plot().toText(8, 8, true));
  }

  @Test
  void noLineIsWiderThanAsked() {
    Plot wide = new Plot("t", "x", "y");
    for (int i = 0; i < 6; i++) {
      wide.curve("a rather long label " + i, X, X);
    }
    String text = wide.toText(60, 10, false);
    assertTrue(text.lines().allMatch(line -> line.length() <= 60), text);
    assertTrue(text.contains("a rather long label 5"), text);
  }
}
