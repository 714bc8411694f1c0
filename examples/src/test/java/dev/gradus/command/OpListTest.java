package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.ops.Entry;
import dev.gradus.ops.Vocabulary;
import org.junit.jupiter.api.Test;

class OpListTest {
  @Test
  void aNameThatIsMuchUnlikeAllSuggestsNone() {
    assertTrue(CommandRun.of("ops", "foo").err().endsWith("but got foo; 'gradus ops' lists all" + System.lineSeparator()));
    assertTrue(CommandRun.of("explain", "detach(x)", "x=1").err().contains("but got detach; 'gradus ops' lists all"));
    assertTrue(CommandRun.of("explain", "x", "z=1", "x=1").err().contains("but got z; its names are x"));
  }

  @Test
  void allOpsAreListed() {
    CommandRun run = CommandRun.of("ops");
    assertEquals(0, run.code());
    for (Entry entry : Vocabulary.all()) {
      assertTrue(run.out().lines().anyMatch(line -> line.strip().startsWith(entry.name() + " ")), entry.name());
    }
  }

  @Test
  void everyOpIsDescribed() {
    for (Entry entry : Vocabulary.all()) {
      CommandRun run = CommandRun.of("ops", entry.name());
      assertEquals(0, run.code(), run.err());
      assertTrue(run.out().startsWith(entry.signature()), run.out());
      assertTrue(run.out().contains("formula     ") && run.out().contains("domain      "), run.out());
    }
  }

  @Test
  void sigmoidHasItsRuleAndTheLecturesForm() {
    String out = CommandRun.of("ops", "sigmoid").out();
    assertTrue(out.contains("1 / (1 + exp(-x))") && out.contains("sigmoid(x) * sigmoid(-x)") && out.contains("y * (1 - y)"), out);
  }

  @Test
  void aWrongNameSuggestsTheNearest() {
    CommandRun run = CommandRun.of("ops", "sofmax");
    assertEquals(2, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().contains("did you mean softmax"), run.err());
  }
}
