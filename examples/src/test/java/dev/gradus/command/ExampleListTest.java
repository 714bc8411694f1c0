package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.examples.Example;
import dev.gradus.examples.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExampleListTest {
  @Test
  void listsAllExamples() {
    CommandRun run = CommandRun.of("examples");
    assertEquals(0, run.code());
    assertEquals(Examples.all().size(), run.out().lines().count());
    for (Example example : Examples.all()) {
      assertTrue(run.out().lines().anyMatch(line -> line.matches("\\Q" + example.name() + "\\E +\\Q" + example.summary() + "\\E")));
    }
  }

  @Test
  void runsOne() {
    CommandRun run = CommandRun.of("examples", "quiz");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("Answer: ∂f/∂w2 = "), run.out());
  }

  @Test
  void suggestsTheNearestName() {
    CommandRun run = CommandRun.of("examples", "quzi");
    assertEquals(2, run.code());
    assertEquals("", run.out());
    assertEquals(
        "gradus: examples: there must be an example of this name, but got quzi; did you mean quiz?\n",
        run.err().replace("\r\n", "\n"));
  }

  @Test
  void refusesSeedsWhereNothingIsRandom() {
    assertEquals(2, CommandRun.of("examples", "quiz", "--seeds", "2").code());
    assertEquals(2, CommandRun.of("examples", "digits", "--seeds", "0").code());
    assertEquals(2, CommandRun.of("examples", "digits", "--seeds", "many").code());
  }

  @Test
  void writesThePlotsToAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("nand.svg");
    Files.writeString(file, "before");
    CommandRun run = CommandRun.of("examples", "nand", "--svg", file.toString(), "--ascii");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("wrote " + file), run.out());
    assertTrue(run.out().chars().noneMatch(character -> character >= 0x2800 && character < 0x2900), run.out());
    assertTrue(Files.readString(file).startsWith("<svg "), "an SVG file");
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(List.of(file), all.toList());
    }
  }

  @Test
  void refusesAFileForWhatDoesNotDraw(@TempDir Path folder) {
    assertEquals(2, CommandRun.of("examples", "quiz", "--svg", folder.resolve("a.svg").toString()).code());
    CommandRun run = CommandRun.of("examples", "nand", "--svg", folder.resolve("no/a.svg").toString());
    assertEquals(2, run.code());
    assertTrue(run.out().isEmpty() && run.err().contains("in a folder that exists"), run.err());
  }
}
