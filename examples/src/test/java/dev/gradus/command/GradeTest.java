package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `gradus grade`, from files to exit codes.
class GradeTest {
  private final Path folder;

  GradeTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private CommandRun grade(String name, String text, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    String[] words = {"grade", "h = sigmoid(x*w); y = h^2 + h; y", "x=2", "w=0", "--answers", file.toString()};
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return CommandRun.of(all);
  }

  @Test
  void rightAnswersExitWith0() throws IOException {
    CommandRun run = grade("right.json", "{\"h\": 2, \"x\": 0, \"w\": 1}");
    assertEquals(0, run.code(), run.err() + run.out());
    assertTrue(run.out().contains("Right answers: 3 of 3."), run.out());
    assertEquals(0, grade("right.csv", "node,gradient,value\nh,2,0.5\nx,0,\nw,1.001,\n").code());
  }

  @Test
  void theFirstWrongOneIsNamedWithItsMistake() throws IOException {
    CommandRun run = grade("wrong.json", "{\"gradients\": {\"h\": 1, \"x\": 0, \"w\": 0.5}}");
    assertEquals(1, run.code());
    assertTrue(run.out().contains("is that by h.") && run.out().contains("Every path counts"), run.out());
    assertTrue(run.out().contains("follows"), run.out());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
    CommandRun json = grade("wrong.json", "{\"h\": 1, \"x\": 0, \"w\": 0.5}", "--json");
    assertTrue(json.out().contains("\"passed\":false,\"first\":{\"node\":\"h\",\"of\":\"gradient\",\"verdict\":\"wrong\""), json.out());
  }

  @Test
  void aMissingLeafIsNotRight() throws IOException {
    assertEquals(1, grade("part.json", "{\"h\": 2, \"x\": 0}").code());
  }

  @Test
  void theToleranceCanBeTold() throws IOException {
    assertEquals(1, grade("a.json", "{\"h\": 2.1, \"x\": 0, \"w\": 1.05}").code());
    assertEquals(0, grade("a.json", "{\"h\": 2.1, \"x\": 0, \"w\": 1.05}", "--tolerance", "0.06").code());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "a.json | not JSON | must be JSON",
    "a.json | [1, 2] | must be an object",
    "a.json | {} | there must be a number",
    "a.json | {\"w\": \"NaN\"} | must be a number",
    "a.json | {\"w\": [[1, 2], [3]]} | nested list",
    "a.json | {\"w\": 1, \"w\": 2} | must be JSON",
    "a.json | {\"w\": 1e999} | must be finite",
    "a.json | {\"gradients\": {\"w\": 1}, \"other\": 2} | there is nothing",
    "a.csv | node;gradient | there must be a number",
    "a.csv | '' | there must be a number",
  })
  void badFilesAreRefused(String name, String text, String message) throws IOException {
    CommandRun run = grade(name, text);
    assertEquals(2, run.code(), run.out());
    assertTrue(run.err().contains(message), run.err());
  }

  @Test
  void badTablesAreRefused() throws IOException {
    assertTrue(grade("a.csv", "node,gradient\nw,nan").err().contains("must be finite") || grade("a.csv", "node,gradient\nw,nan").err().contains("must be one"));
    assertEquals(2, grade("a.csv", "node,gradient\nw,NaN\n").code());
    assertEquals(2, grade("a.csv", "node,gradient\nw,1\nw,2\n").code());
    assertEquals(2, grade("a.csv", "name,gradient\nw,1\n").code());
  }

  @Test
  void unknownNamesAndOtherShapesExitWith2() throws IOException {
    CommandRun unknown = grade("a.json", "{\"ww\": 1}");
    assertEquals(2, unknown.code());
    assertTrue(unknown.out().contains("No node is called ww; did you mean w?"), unknown.out());
    CommandRun shape = grade("a.json", "{\"w\": [1, 2]}");
    assertEquals(2, shape.code());
    assertTrue(shape.out().contains("has shape [2]; it should have []"), shape.out());
    assertEquals(2, CommandRun.of("grade", "x", "x=1", "--answers", folder.resolve("none.json").toString()).code());
  }

  @Test
  void tablesHoldTensorsElementByElement() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "node,element,gradient\nw,0 0,1\nw,0 1,1\nw,\"(1, 0)\",1\nw,1;1,1\n");
    CommandRun run = CommandRun.of("grade", "sum(w)", "w=[[1, 2], [3, 4]]", "--answers", file.toString());
    assertEquals(0, run.code(), run.out() + run.err());
  }
}
