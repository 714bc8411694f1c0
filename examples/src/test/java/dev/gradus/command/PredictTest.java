package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.data.Missing;
import dev.gradus.data.Table;
import dev.gradus.optim.Checkpoint;
import dev.gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictTest {
  private final Path folder;
  private final Path model;

  PredictTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = folder.resolve("model");
  }

  private void train(Path table, String... options) {
    List<String> all = new ArrayList<>(List.of("train", table.toString(), "--save", model.toString()));
    all.addAll(Arrays.asList(options));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertEquals(0, run.code(), run::err);
    assertTrue(run.out().endsWith("saved      " + model + "\n"), run.out());
  }

  private CommandRun predict(Path table) {
    return CommandRun.of("predict", model.toString(), table.toString());
  }

  private Table told(Path table) {
    CommandRun run = predict(table);
    assertEquals(0, run.code(), run::err);
    return Table.parse("told", run.out());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /// What train says of the rows held out is what predict says of the same rows in a table of their own.
  @Test
  void tellsHeldOutRowsAsTrainDid() throws IOException {
    Path table = Tables.classic(folder, "iris");
    CommandRun run = CommandRun.of("train", table.toString(), "--label", "species", "--seed", "2", "--save", model.toString());
    Table whole = Table.read(table);
    int[] heldOut = Label.read(whole, "species", null).split(0.2, 2).getLast();
    List<String> lines = Files.readAllLines(table);
    StringBuilder rows = new StringBuilder(lines.getFirst() + "\n");
    for (int row : heldOut) {
      rows.append(lines.get(row + 1)).append('\n');
    }
    CommandRun predicted = predict(write("held_out.csv", rows.toString()));
    String accuracy = run.out().lines().filter(line -> line.startsWith("accuracy")).findFirst().orElseThrow();
    assertEquals(accuracy.replace("held out", "rows with a known label"), predicted.err().lines().findFirst().orElseThrow());
    List<String> names = Table.parse("told", predicted.out()).texts("prediction");
    long right = IntStream.range(0, 30).filter(i -> names.get(i).equals(whole.texts("species").get(heldOut[i]))).count();
    assertTrue(accuracy.contains("(" + right + " of 30 "), accuracy);
  }

  @Test
  void columnsAreFoundByName() throws IOException {
    Path table = Tables.mixed(folder);
    train(table, "--label", "side", "--drop", "price,grade", "--epochs", "20");
    Table whole = Table.read(table);
    StringBuilder other = new StringBuilder("extra;b;colour;a\n");
    for (int row = 0; row < whole.size(); row++) {
      other.append("x;" + whole.texts("b").get(row) + ";" + whole.texts("colour").get(row) + ";" + whole.texts("a").get(row) + "\n");
    }
    CommandRun run = predict(write("other.csv", other.toString()));
    assertEquals("", run.err());
    assertEquals(predict(table).out(), run.out());
    assertEquals(90, Table.parse("told", run.out()).size());
  }

  @Test
  void probabilitiesAreThoseOfTheClassTold() throws IOException {
    Path table = Tables.mixed(folder);
    for (String loss : List.of("cross_entropy", "binary_cross_entropy")) {
      train(table, "--label", "side", "--drop", "price,grade", "--loss", loss, "--epochs", "60");
      Table told = told(table);
      assertEquals(List.of("prediction", "probability"), told.columns());
      double[] probabilities = told.numbers("probability", Missing.refused());
      assertTrue(Arrays.stream(probabilities).allMatch(p -> p >= 0.5 && p <= 1), () -> Arrays.toString(probabilities));
      assertEquals(List.of("left", "right"), told.categories("prediction"));
      double surest = Arrays.stream(probabilities).max().orElse(0);
      assertTrue(surest > 0.9, () -> "only " + surest);
    }
  }

  /// The numbers come back on the scale of the label: those of a straight line are met.
  @Test
  void numbersAreOnTheScaleOfTheLabel() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 50; i++) {
      text.append(i + "," + (1000 - 20 * i) + "\n");
    }
    train(Tables.of(folder, text.toString()), "--label", "y", "--hidden", "0", "--optimizer", "sgd", "--weight-decay", "0");
    Table told = told(write("new.csv", "x\n0\n25\n100\n"));
    assertEquals(List.of("prediction"), told.columns());
    double[] numbers = told.numbers("prediction", Missing.refused());
    assertEquals(1000, numbers[0], 1e-3);
    assertEquals(500, numbers[1], 1e-3);
    assertEquals(-1000, numbers[2], 1e-2);
  }

  @Test
  void scoresRowsWhoseLabelIsKnown() throws IOException {
    train(Tables.mixed(folder), "--label", "side", "--drop", "price,grade,colour,b", "--epochs", "150");
    CommandRun run = predict(write("some.csv", "a,side\n2,right\n-2,left\n-3,\n3,up\n-2,right\n"));
    assertEquals(0, run.code());
    assertEquals(List.of("right", "left", "left", "right", "left"), Table.parse("told", run.out()).texts("prediction"));
    assertTrue(run.err().startsWith("accuracy   0.6667 (2 of 3 rows with a known label)\n"), run.err());
  }

  @Test
  void scoresNumbersToo() throws IOException {
    Path table = Tables.mixed(folder);
    train(table, "--label", "price", "--drop", "side,grade", "--hidden", "0", "--epochs", "300");
    CommandRun run = predict(table);
    assertTrue(run.err().matches("rmse +\\S+ \\(90 rows with a known label\\)\nr2 +0\\.99\\d+\n|rmse +\\S+ \\(90 rows.*\\)\nr2 +1\\.0000\n"), run.err());
    assertEquals("", predict(write("unknown.csv", "a,b,colour,price\n1,2,red,?\n")).err());
  }

  @Test
  void missingCellsAreFilledAsInTraining() throws IOException {
    Path table = Tables.mixed(folder);
    train(table, "--label", "price", "--drop", "side,grade", "--missing", "mean", "--epochs", "5");
    Double mean = TableModel.load(model).description().columns().getFirst().missing();
    String holes = predict(write("holes.csv", "a,b,colour\n,1,red\n")).out();
    assertEquals(predict(write("filled.csv", "a,b,colour\n" + mean + ",1,red\n")).out(), holes);
    assertEquals(0, predict(write("text.csv", "a,b,colour\n1,1,?\n")).code());
    train(table, "--label", "price", "--drop", "side,grade", "--epochs", "5");
    CommandRun refused = predict(folder.resolve("holes.csv"));
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("fix line 2, column \"a\" of holes.csv"), refused.err());
  }

  private void assertRefused(String message, CommandRun run) {
    assertEquals("gradus: " + message + "\n", run.err());
    assertEquals(2, run.code());
    assertEquals("", run.out());
  }

  @Test
  void tablesThatDoNotFitAreRefused() throws IOException {
    train(Tables.mixed(folder), "--label", "side", "--drop", "price,grade", "--epochs", "1");
    assertRefused(
        "predict: the table must have the columns that the model learned from, but got none of [colour, b] in t.csv; add them",
        predict(write("t.csv", "a,c\n1,2\n")));
    assertRefused(
        "csv: a cell must be one of [blue, green, red], but got \"pink\"; fix line 3, column \"colour\" of t.csv",
        predict(write("t.csv", "a,b,colour\n1,2,red\n1,2,pink\n")));
    assertRefused(
        "csv: a numeric cell is needed, but got \"oops\"; fix line 2, column \"b\" of t.csv", predict(write("t.csv", "a,b,colour\n1,oops,red\n")));
    assertRefused(folder.resolve("none.csv") + ": no such file", predict(folder.resolve("none.csv")));
  }

  @Test
  void aTableWithoutRowsGivesNone() throws IOException {
    train(Tables.mixed(folder), "--label", "side", "--drop", "price,grade", "--epochs", "1");
    CommandRun run = predict(write("empty.csv", "a,b,colour,side\n"));
    assertEquals("prediction,probability\n", run.out());
    assertEquals("", run.err());
    assertEquals(0, run.code());
  }

  @Test
  void classesWithCommasAndQuotesComeBack() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 20; i++) {
      text.append(i + (i < 10 ? ",\"low, or \"\"less\"\"\"\n" : ",high\n"));
    }
    Path table = Tables.of(folder, text.toString());
    train(table, "--label", "y");
    assertEquals("low, or \"less\"", told(table).texts("prediction").getFirst());
  }

  /// A damage in any byte is found, and so is a model that is cut short.
  @Test
  void damagedModelsAreRefused() throws IOException {
    Path table = Tables.mixed(folder);
    train(table, "--label", "side", "--drop", "price,grade", "--hidden", "2", "--epochs", "1");
    byte[] bytes = Files.readAllBytes(model);
    for (int at = 0; at < bytes.length; at += 37) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      Files.write(model, damaged);
      CommandRun run = predict(table);
      assertEquals(2, run.code());
      assertTrue(run.err().startsWith("gradus: checkpoint: the file must be a whole checkpoint, but got "), run.err());
    }
    Files.write(model, Arrays.copyOf(bytes, bytes.length / 2));
    assertEquals(2, predict(table).code());
    Files.write(model, bytes);
    assertEquals(0, predict(table).code());
  }

  @Test
  void otherFilesAreNoModels() throws IOException {
    Path table = Tables.mixed(folder);
    new Checkpoint(0, 0, 0, List.of(new Checkpoint.Entry("w", Tensor.scalar(1.0), Map.of())), Map.of()).save(model);
    assertRefused(
        "predict: the file must be a model that train saved, but got a checkpoint of something else; train one with --save", predict(table));
    Files.delete(model);
    assertRefused(model + ": no such file", predict(table));
    assertRefused(folder + ": a folder, not a model", CommandRun.of("predict", folder.toString(), table.toString()));
    assertRefused(
        "checkpoint: the file must be a whole checkpoint, but got other bytes; use another copy",
        CommandRun.of("predict", table.toString(), table.toString()));
  }

  @Test
  void helpAndMissingArguments() {
    assertTrue(CommandRun.of("predict", "--help").out().contains("MODEL TABLE.csv"));
    CommandRun run = CommandRun.of("predict", "model");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("TABLE.csv"), run.err());
  }
}
