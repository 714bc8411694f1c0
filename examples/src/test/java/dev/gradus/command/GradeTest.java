package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    "a.json | not JSON | must be JSON, but got not in line 1, column 4; write",
    "a.json | {\"w\": NaN} | must be JSON, but got NaN in line 1, column 10; write",
    "a.json | {\"w\": 0,5} | must be JSON, but got 5} in line 1, column 9; write",
    "a.json | {\"w\": 1 | must be JSON, but got its end in line 1, column 8; write",
    "a.json | {\"w\": .5} | must be JSON, but got .5} in line 1, column 7; write",
    "a.json | [1, 2] | must be an object, but got a list; write",
    "a.json | '' | must be an object, but got nothing; write",
    "a.json | {\"w\": true} | must be a number or a nested list of numbers, but got true or false; write",
    "a.json | {\"w\": [true, 1]} | uneven lists; make all rows equally long, of numbers or of true and false",
    "a.json | {} | there must be a number",
    "a.json | {\"w\": \"NaN\"} | must be a number",
    "a.json | {\"w\": [[1, 2], [3]]} | nested list",
    "a.json | {\"w\": 1, \"w\": 2} | must be JSON, but got w twice in line 1, column 13; write",
    "a.json | {\"w\": 1e999} | must be finite",
    "a.json | {\"gradients\": {\"w\": 1}, \"other\": 2} | there is nothing",
    "a.csv | node;gradient | must have commas between its columns, but got node;gradient; save",
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
    Path file = Files.writeString(folder.resolve("part.csv"), "node,element,gradient\nw,0 0,1\nw,0 1,1\n");
    CommandRun part = CommandRun.of("grade", "sum(w)", "w=[[1, 2], [3, 4]]", "--answers", file.toString());
    assertEquals(2, part.code());
    assertTrue(part.err().contains("w must have all its elements, but got only [[0, 0], [0, 1]];"), part.err());
  }

  @Test
  void filesOfSpreadsheetsAreRead() throws IOException {
    assertEquals(0, grade("right.CSV", "\uFEFFnode,gradient\r\nh,2\r\nx,0\r\nw,1\r\n").code());
    assertEquals(0, grade("right.json", "\uFEFF{\"h\": 2, \"x\": 0, \"w\": 1}").code());
    Path latin = Files.write(folder.resolve("latin.json"), "{\"ü\": 1}".getBytes(StandardCharsets.ISO_8859_1));
    CommandRun run = CommandRun.of("grade", "x", "x=1", "--answers", latin.toString());
    assertEquals("gradus: answers: " + latin + " must be written in UTF-8, but got other bytes; save it as UTF-8\n", run.err().replace("\r", ""));
  }

  @Test
  void valuesOfBoolNodesMayBeWords() throws IOException {
    Path file = Files.writeString(folder.resolve("bool.csv"), "node,gradient,value\nc,,TRUE\nx,6,\n");
    CommandRun run = CommandRun.of("grade", "c = x > 2; where(c, x^2, x)", "x=3", "--answers", file.toString());
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().lines().anyMatch(line -> line.matches("c +true +true +right")), run.out());
  }

  @Test
  void unknownNamesAndOtherShapesExitWith2() throws IOException {
    CommandRun unknown = grade("a.json", "{\"ww\": 1}");
    assertEquals(2, unknown.code());
    assertTrue(unknown.out().contains("No node is called ww; did you mean w?"), unknown.out());
    assertTrue(grade("a.json", "{\"zz\": 1}", "--json").out().contains("[{\"name\":\"zz\",\"nearest\":null}]"));
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
