package dev.gradus.teach.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {
  @Test
  void linesAreFilledAndCut() {
    Line line = Line.of("ab", Style.BOLD).plus(Line.of("cdef"));
    assertEquals("abcdef", line.cut(6).text());
    assertEquals("abcd…", line.cut(5).text());
    assertEquals("a…", line.cut(2).text());
    assertEquals("", line.cut(0).text());
    assertEquals("abcdef  ", line.fit(8).text());
    assertEquals(Style.BOLD, line.cut(2).pieces().getFirst().style());
  }

  @Test
  void wideCharactersTakeTwoColumns() {
    assertEquals(4, Line.width("数x∂"));
    assertEquals("数…", Line.cut("数数数", 4));
    assertEquals("数 ", Line.pad("数", 3, false));
    assertEquals(" 数", Line.pad("数", 3, true));
  }

  @Test
  void textIsWrappedAtBlanks() {
    assertEquals(List.of("ab cd", "ef"), Line.wrap("ab cd ef", 5));
    assertEquals(List.of("abcde", "fg"), Line.wrap("abcdefg", 5));
    assertEquals(List.of("ab", "cdefg"), Line.wrap("ab cdefg", 5));
    assertEquals(List.of(""), Line.wrap("", 5));
  }
}
