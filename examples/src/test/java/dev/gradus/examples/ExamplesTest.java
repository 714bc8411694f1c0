package dev.gradus.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ExamplesTest {
  static Stream<String> names() {
    return Examples.all().stream().map(Example::name);
  }

  @Test
  void namesAreDifferent() {
    assertEquals(names().distinct().toList(), names().toList());
  }

  @ParameterizedTest
  @MethodSource("names")
  void fitsOnAScreenOf80Columns(String name) {
    int listed = "breast-cancer  ".length() + Examples.get(name).summary().length();
    assertTrue(listed <= 100, Examples.get(name).summary());
    Recording recording = Recording.of(name);
    assertFalse(recording.text().isBlank());
    List<String> wide = recording.lines().stream().filter(line -> line.codePointCount(0, line.length()) > 80).toList();
    assertEquals(List.of(), wide);
    assertEquals(List.of(), recording.lines().stream().filter(line -> !line.equals(line.stripTrailing())).toList());
  }

  @ParameterizedTest
  @MethodSource("names")
  void drawsIfItSaysSo(String name) {
    Example example = Examples.get(name);
    assertEquals(name, example.name());
    assertEquals(example.isDrawn(), !Recording.of(name).plots().isEmpty());
  }

  @Test
  void aWrongNameSuggestsTheNearest() {
    assertSame(Examples.get("digits"), Examples.get("digits"));
    GradusException problem = assertThrows(GradusException.class, () -> Examples.get("digts"));
    assertEquals(
        "examples: there must be an example of this name, but got digts; did you mean digits?", problem.getMessage());
  }
}
