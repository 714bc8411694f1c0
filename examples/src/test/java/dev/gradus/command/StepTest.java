package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepTest {
  private static final String[] QUIZ = {
    "step", "sigmoid(sigmoid(x1*w1)*w2 + x2)", "x1=11", "x2=5", "w1=0", "w2=0"
  };

  @TempDir private Path folder = Path.of("");

  private static CommandRun typed(String commands, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Keyboard keyboard = new Keyboard(new BufferedReader(new StringReader(commands)), false);
    int code = Main.run(keyboard, new PrintWriter(out), new PrintWriter(err), words);
    return new CommandRun(code, out.toString(), err.toString());
  }

  private static List<String> titles(CommandRun run) {
    assertEquals(0, run.code(), run.err());
    return run.out().lines().filter(line -> line.startsWith("step ")).toList();
  }

  @Test
  void withNothingToReadItShowsTheFirstStep() {
    CommandRun run = CommandRun.of(QUIZ);
    assertEquals(List.of("step 1 of 35  FORWARD: the value of x1"), titles(run));
    assertEquals("", run.err());
  }

  @Test
  void commandsWalk() {
    assertEquals(
        List.of(
            "step 1 of 35  FORWARD: the value of x1",
            "step 2 of 35  FORWARD: the value of w1",
            "step 3 of 35  FORWARD: the value of w2",
            "step 2 of 35  FORWARD: the value of w1",
            "step 35 of 35  PARAMETERS: all gradients are there",
            "step 9 of 35  FORWARD: the value of L",
            "step 10 of 35  SEED: start at L",
            "step 1 of 35  FORWARD: the value of x1"),
        titles(typed("n\n\np\ne\ng L\nn\nb\nq\nn\n", QUIZ)));
  }

  @Test
  void everyStepFitsInto80ColumnsAndHasNoControlCharacters() {
    CommandRun run = typed("\n".repeat(40), QUIZ);
    assertEquals(35, titles(run).size());
    assertTrue(run.out().lines().allMatch(line -> line.codePointCount(0, line.length()) <= 80), run.out());
    assertFalse(run.out().contains("\033"), run.out());
    assertTrue(run.out().contains("∂L/∂w2 = 0.00332403"), run.out());
  }

  @Test
  void anUpstreamGradientIsTaken() {
    CommandRun run = typed("e\n", "step", "x * 2", "x=[1, 2]", "--upstream", "[3, 4]", "--plain");
    assertTrue(run.out().contains("∂L/∂x = [6, 8]"), run.out());
  }

  @Test
  void anotherLanguageIsSpoken() throws IOException {
    Path german = Files.writeString(folder.resolve("de.properties"), "language = de\nterminal.title = Schritt {k} von {n}\n");
    CommandRun run = typed("", "step", "x * x", "x=2", "--language", german.toString());
    assertTrue(run.out().startsWith("Schritt 1 von 8  FORWARD: the value of x\n"), run.out());
  }

  @Test
  void badInputIsToldWithoutAStackTrace() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong.properties"), "terminal.tittle = x\n");
    for (String words :
        List.of("sigmod(x)|x=1", "x|x", "x|x=[1,2]", "x|x=1|--language=none.properties", "x|x=1|--language=" + wrong, "x|x=1|--colour")) {
      List<String> all = Splitter.on('|').splitToList("step|" + words);
      CommandRun run = typed("n\n", all.toArray(String[]::new));
      assertEquals(2, run.code(), words);
      assertEquals("", run.out(), words);
      assertTrue(run.err().startsWith("gradus: ") && !run.err().contains("\tat "), run.err());
    }
  }
}
