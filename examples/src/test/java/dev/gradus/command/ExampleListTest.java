package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.examples.Example;
import dev.gradus.examples.Examples;
import org.junit.jupiter.api.Test;

final class ExampleListTest {
  @Test
  void listsAllExamples() {
    Run run = Run.of("examples");
    assertEquals(0, run.code());
    assertEquals(Examples.all().size(), run.out().lines().count());
    for (Example example : Examples.all()) {
      assertTrue(run.out().lines().anyMatch(line -> line.matches("\\Q" + example.name() + "\\E +\\Q" + example.summary() + "\\E")));
    }
  }

  @Test
  void runsOne() {
    Run run = Run.of("examples", "quiz");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("Answer: ∂f/∂w2 = "), run.out());
  }

  @Test
  void suggestsTheNearestName() {
    Run run = Run.of("examples", "quzi");
    assertEquals(2, run.code());
    assertEquals("", run.out());
    assertEquals(
        "gradus: examples: there must be an example of this name, but got quzi; did you mean quiz?\n",
        run.err().replace("\r\n", "\n"));
  }

  @Test
  void refusesSeedsWhereNothingIsRandom() {
    assertEquals(2, Run.of("examples", "quiz", "--seeds", "2").code());
    assertEquals(2, Run.of("examples", "digits", "--seeds", "0").code());
    assertEquals(2, Run.of("examples", "digits", "--seeds", "many").code());
  }
}
