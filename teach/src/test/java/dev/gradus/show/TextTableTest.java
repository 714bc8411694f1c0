package dev.gradus.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void textIsWrappedAtSpaces() {
    assertEquals("one two\nthree\nfourfive\nsix\n", TextTable.wrapped("one two three\nfourfivesix", 8));
    assertEquals("\n", TextTable.wrapped("", 8));
  }

  @Test
  void alignsColumnsAndEndsEveryLineWithoutSpaces() {
    TextTable table = new TextTable("x", "∂f/∂x", "").alignRight(1).row("w1", "0.25", "").row("w10", "-1", "kink");
    assertEquals(
        """
        x    ∂f/∂x
        ---  -----  ----
        w1    0.25
        w10     -1  kink
        """,
        table.toString());
  }

  @Test
  void cellsMayHaveSeveralLines() {
    assertEquals(
        """
        m        n
        -------  -
        [[1, 2]  a
         [3, 4]
        """,
        new TextTable("m", "n").row("[[1, 2]\n [3, 4]", "a").toString());
  }

  @Test
  void wrapsAtSpacesAndCutsWhatHasNone() {
    assertEquals(
        """
        rule
        -----
        ab cd
        efg
        hijkl
        mn
        """,
        new TextTable("rule").limit(0, 5).row("ab cd efg").row("hijklmn").toString());
  }

  @Test
  void refusesMoreCellsThanColumns() {
    assertThrows(IllegalArgumentException.class, () -> new TextTable("one").row(1, 2));
  }
}
