package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gradus worksheet`, as text and as files.
class WorksheetCommandTest {
  private static final String NEURON = "h = sigmoid(x*w + b); h*x";

  @Test
  void textGoesToStandardOutput() {
    CommandRun run = CommandRun.of("worksheet", NEURON, "x=1", "w=2", "b=-1", "--blanks", "terms,sums", "--answers", "-");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("(1) ________") && run.out().contains("(1) *"), run.out());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
  }

  @Test
  void pagesGoToFiles(@TempDir Path folder) throws IOException {
    Path sheet = folder.resolve("sheet.html");
    Path answers = folder.resolve("answers.html");
    CommandRun run = CommandRun.of(
        "worksheet", NEURON, "x=1", "w=2", "b=-1", "--html", sheet.toString(), "--answers", answers.toString(), "--title", "A <neuron>");
    assertEquals(0, run.code(), run.err());
    assertEquals("", run.out());
    assertTrue(Files.readString(sheet).contains("<h1>A &lt;neuron&gt;</h1>"));
    assertTrue(Files.readString(answers).contains("class=\"answer\""));
    assertFalse(Files.readString(sheet).contains("class=\"answer\""));
  }

  @Test
  void friendlyNumbersAreTheSameForASeedAndCounted() {
    String[] words = {"worksheet", "h = (x*w + b)^2; h*x", "w=?", "b=3", "--friendly", "--seed", "4"};
    CommandRun run = CommandRun.of(words);
    assertEquals(0, run.code(), run.err());
    assertEquals(run, CommandRun.of(words));
    assertTrue(run.err().contains("numbers are exact"), run.err());
    assertTrue(run.out().contains("b     3"), run.out());
  }

  @Test
  void namesAndOtherValuesMayHaveWhatStandsForAQuestionMark() {
    CommandRun run = CommandRun.of("worksheet", "info*x", "info=?", "x=2", "--friendly");
    assertEquals(0, run.code(), run.err());
    assertEquals(2, CommandRun.of("worksheet", "x*y", "x=[?, inf]", "y=2", "--friendly").code());
    CommandRun given = CommandRun.of("worksheet", "1/x + y", "x=inf", "--friendly");
    assertTrue(given.code() == 2 || given.out().contains("x     ∞") || given.out().contains("Infinity"), given.out());
  }

  @Test
  void noFriendlyNumbersMeansNoSheet() {
    CommandRun run = CommandRun.of("worksheet", "log(x - 10) + y", "--friendly");
    assertEquals(2, run.code(), run.out());
    assertTrue(run.err().contains("every value and gradient must be finite"), run.err());
    assertEquals("", run.out());
  }

  @Test
  void filesAreCheckedBeforeAnyIsWritten(@TempDir Path folder) throws IOException {
    Path sheet = folder.resolve("a.html");
    CommandRun none = CommandRun.of("worksheet", NEURON, "x=1", "w=2", "b=-1", "--html", sheet.toString(), "--answers", folder.resolve("none/b.html").toString());
    assertTrue(none.code() == 2 && none.err().contains("--answers must name a file in a folder"), none.err());
    CommandRun same = CommandRun.of("worksheet", NEURON, "x=1", "w=2", "b=-1", "--html", sheet.toString(), "--answers", folder.resolve("./a.html").toString());
    assertTrue(same.code() == 2 && same.err().contains("each output must go to a file of its own"), same.err());
    assertFalse(Files.exists(sheet));
    Path answers = folder.resolve("B.HTML");
    assertEquals(0, CommandRun.of("worksheet", NEURON, "x=1", "w=2", "b=-1", "--answers", answers.toString()).code());
    assertTrue(Files.readString(answers).startsWith("<!"), "a page");
  }

  @Test
  void badInputIsRefused() {
    CommandRun blank = CommandRun.of("worksheet", "x", "x=1");
    assertTrue(blank.code() == 2 && blank.err().contains("there must be something to fill in, but got no blanks"), blank.err());
    assertEquals(2, CommandRun.of("worksheet", "x*2", "x=?").code());
    assertEquals(2, CommandRun.of("worksheet", "x*2", "x=1", "--friendly").code());
    assertEquals(2, CommandRun.of("worksheet", "x*2", "x=1", "--blanks", "nothing").code());
    CommandRun large = CommandRun.of("worksheet", "sum(x)", "x=[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]");
    assertEquals(2, large.code());
    assertTrue(large.err().contains("1 to 16 elements"), large.err());
  }
}
