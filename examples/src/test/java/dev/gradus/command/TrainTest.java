package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ObjectArrays;
import dev.gradus.data.Missing;
import dev.gradus.data.Table;
import dev.gradus.optim.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainTest {
  private final Path folder;

  TrainTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private CommandRun train(Path table, String... options) {
    List<String> all = new ArrayList<>(List.of("train", table.toString()));
    all.addAll(Arrays.asList(options));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static CommandRun good(CommandRun run) {
    assertEquals(0, run.code(), run::err);
    return run;
  }

  /// The number that follows a word at the start of a line of results.
  private static double result(CommandRun run, String word) {
    Matcher found = Pattern.compile("(?m)^" + word + " .*?(-?[0-9][0-9.e-]*)(?: |$)").matcher(run.out());
    assertTrue(found.find(), () -> "no " + word + " in\n" + run.out() + run.err());
    return Double.parseDouble(found.group(1));
  }

  private static double loss(CommandRun run) {
    Matcher found = Pattern.compile("loss (\\S+)\\R").matcher(run.out());
    assertTrue(found.find(), run::out);
    return Double.parseDouble(found.group(1));
  }

  @Test
  void breastCancerIsToldByDefault() throws IOException {
    Path table = Tables.classic(folder, "breast_cancer");
    double sum = 0;
    for (int seed = 0; seed < 5; seed++) {
      CommandRun run = good(train(table, "--label", "diagnosis", "--seed", Integer.toString(seed)));
      sum += result(run, "accuracy");
    }
    assertTrue(sum / 5 >= 0.95, "mean accuracy " + sum / 5);
  }

  @Test
  void resultsAreOnStandardOutputAndProgressIsNot() throws IOException {
    CommandRun run = good(train(Tables.classic(folder, "iris"), "--label", "species", "--epochs", "40"));
    List<String> lines = run.out().lines().toList();
    assertEquals("rows       120 to learn from, 30 held out", lines.get(0));
    assertEquals("network    4 features, 32 relu, 3 classes of \"species\", 259 parameters", lines.get(1));
    assertTrue(lines.get(2).startsWith("training   40 epochs done, loss 0."), lines.get(2));
    assertTrue(lines.get(3).matches("accuracy   [01]\\.\\d{4} \\(\\d+ of 30 held out\\)"), lines.get(3));
    assertEquals("is \\ told   setosa  versicolor  virginica", lines.get(5));
    assertTrue(lines.get(7).matches("setosa +10 +0 +0"), lines.get(7));
    assertEquals(10, lines.size());
    assertTrue(run.err().startsWith("epoch 1.0  step 4  loss "), run.err());
    assertTrue(run.err().endsWith("\n40 epochs done\n"), run.err());
  }

  @Test
  void theConfusionAddsUp() throws IOException {
    CommandRun run = good(train(Tables.classic(folder, "wine"), "--label", "cultivar", "--epochs", "5"));
    List<long[]> rows = run.out().lines().filter(line -> line.matches("[012]  .*"))
        .map(line -> Pattern.compile(" +").splitAsStream(line).skip(1).mapToLong(Long::parseLong).toArray()).toList();
    assertEquals(3, rows.size());
    assertEquals(36, rows.stream().flatMapToLong(Arrays::stream).sum());
    long right = rows.get(0)[0] + rows.get(1)[1] + rows.get(2)[2];
    assertEquals(right / 36.0, result(run, "accuracy"), 1e-4);
  }

  @Test
  void aNumberIsMeasured() throws IOException {
    CommandRun run = good(train(Tables.mixed(folder), "--label", "price", "--drop", "side,grade", "--hidden", "0", "--epochs", "300"));
    assertTrue(run.out().contains("network    5 features, the number \"price\", 6 parameters\n"), run.out());
    assertTrue(result(run, "r2") > 0.99, run.out());
    assertTrue(result(run, "rmse") < 0.5, run.out());
  }

  @Test
  void textBecomesFeatures() throws IOException {
    Path table = Tables.mixed(folder);
    CommandRun without = good(train(table, "--label", "price", "--drop", "side,grade,colour", "--hidden", "0", "--epochs", "300"));
    assertTrue(without.out().contains("2 features"), without.out());
    assertTrue(result(without, "r2") < 0.8, without.out());
  }

  @Test
  void codesMayBeTakenAsText() throws IOException {
    CommandRun run = good(train(Tables.mixed(folder), "--label", "side", "--text", "grade", "--epochs", "1"));
    assertTrue(run.out().contains("network    9 features, 32 relu, 2 classes of \"side\""), run.out());
  }

  @Test
  void aFewWholeNumbersAreClassesUnlessToldOtherwise() throws IOException {
    Path table = Tables.mixed(folder);
    assertTrue(good(train(table, "--label", "grade", "--epochs", "1")).out().contains("3 classes of \"grade\""));
    assertTrue(good(train(table, "--label", "grade", "--epochs", "1", "--regression")).out().contains("the number \"grade\""));
    assertTrue(good(train(table, "--label", "grade", "--epochs", "1", "--loss", "mae")).out().contains("the number \"grade\""));
    assertTrue(good(train(table, "--label", "price", "--epochs", "1")).out().contains("the number \"price\""));
    assertTrue(good(train(table, "--label", "price", "--epochs", "1", "--classification")).out().contains("90 classes of \"price\""));
  }

  @ParameterizedTest
  @EnumSource
  void everyActivationLearns(Activation activation) throws IOException {
    CommandRun run = good(train(Tables.mixed(folder), "--label", "side", "--drop", "grade,price", "--activation", activation.toString()));
    assertTrue(run.out().contains("32 " + activation + ", 2 classes"), run.out());
    assertTrue(loss(run) < 0.4, run.out());
  }

  @ParameterizedTest
  @EnumSource
  void everyOptimizerLearnsByDefault(Rule optimizer) throws IOException {
    CommandRun run = good(train(Tables.mixed(folder), "--label", "side", "--drop", "grade,price", "--optimizer", optimizer.toString()));
    assertTrue(loss(run) < 0.35, run.out());
    assertTrue(result(run, "accuracy") > 0.8, run.out());
  }

  @ParameterizedTest
  @EnumSource
  void everyLossLearns(Loss loss) throws IOException {
    CommandRun run = good(train(
        Tables.mixed(folder), "--label", loss.isForClasses() ? "side" : "price", "--drop", "grade", "--loss", loss.toString()));
    if (loss.isForClasses()) {
      assertTrue(result(run, "accuracy") > 0.8, run.out());
      assertTrue(run.out().contains("is \\ told  left  right"), run.out());
    } else {
      assertTrue(result(run, "r2") > 0.9, run.out());
    }
  }

  @Test
  void hiddenLayersAreAsAsked() throws IOException {
    CommandRun run = good(train(Tables.mixed(folder), "--label", "side", "--drop", "grade,price", "--hidden", "7,3", "--epochs", "1"));
    int parameters = (5 * 7 + 7) + (7 * 3 + 3) + (3 * 2 + 2);
    assertTrue(run.out().contains("5 features, 7 relu, 3 relu, 2 classes of \"side\", " + parameters + " parameters"), run.out());
  }

  @Test
  void batchAndEpochsDecideTheSteps() throws IOException {
    CommandRun run = good(train(Tables.mixed(folder), "--label", "side", "--batch", "10", "--epochs", "3", "--test-share", "0.5"));
    assertTrue(run.err().contains("epoch 3.0  step 15  "), run.err());
    assertTrue(run.out().startsWith("rows       45 to learn from, 45 held out\n"), run.out());
  }

  @Test
  void sameSeedSameResults() throws IOException {
    Path table = Tables.mixed(folder);
    CommandRun one = good(train(table, "--label", "price", "--epochs", "5", "--seed", "3"));
    assertEquals(one.out(), good(train(table, "--label", "price", "--epochs", "5", "--seed", "3")).out());
    assertNotEquals(one.out(), good(train(table, "--label", "price", "--epochs", "5", "--seed", "4")).out());
  }

  private double[] learned(String... options) throws IOException {
    Path model = folder.resolve("model");
    List<String> all = new ArrayList<>(List.of("--label", "side", "--drop", "grade,price", "--hidden", "0", "--save", model.toString()));
    all.addAll(Arrays.asList(options));
    good(train(Tables.mixed(folder), all.toArray(String[]::new)));
    return Checkpoint.load(model).entries().getFirst().value().toDoubles();
  }

  private static double norm(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
  }

  private static double distance(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return Math.sqrt(sum);
  }

  /// Without a learning rate nothing moves; a gradient clipped to 1e-3 moves the weights by at most rate · steps · 1e-3.
  @Test
  void rateAndClippingDecideHowFarWeightsMove() throws IOException {
    String[] once = {"--optimizer=sgd", "--epochs=1", "--weight-decay=0"};
    double[] start = learned(ObjectArrays.concat(once, "--learning-rate=0"));
    double[] moved = learned(ObjectArrays.concat(once, "--learning-rate=0.5"));
    double[] clipped = learned(ObjectArrays.concat(ObjectArrays.concat(once, "--learning-rate=0.5"), "--clip=0.001"));
    assertTrue(distance(start, moved) > 0.01);
    assertTrue(distance(start, clipped) <= 0.5 * 3 * 0.001 * 1.000001 && distance(start, clipped) > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam", "adamw"})
  void weightDecayKeepsWeightsSmall(String optimizer) throws IOException {
    double[] free = learned("--optimizer", optimizer, "--learning-rate", "0.05", "--weight-decay", "0");
    double[] decayed = learned("--optimizer", optimizer, "--learning-rate", "0.05", "--weight-decay", "0.5");
    assertTrue(norm(decayed) < 0.5 * norm(free), () -> norm(decayed) + " of " + norm(free));
  }

  @Test
  void withoutHeldOutRowsThereIsNoTest() throws IOException {
    CommandRun run = good(train(Tables.mixed(folder), "--label", "side", "--epochs", "2", "--test-share", "0"));
    assertTrue(run.out().startsWith("rows       90 to learn from, 0 held out\n"), run.out());
    assertEquals(3, run.out().lines().count());
  }

  /// The numbers that standardise and fill come from the rows to learn from alone.
  @Test
  void whatIsHeldOutStaysUnseen() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 40; i++) {
      text.append(i % 7 == 3 ? "" : Integer.toString(i * i)).append(',').append(i % 2 == 0 ? "even" : "odd").append('\n');
    }
    Path file = Tables.of(folder, text.toString());
    Path model = folder.resolve("model");
    good(train(file, "--label", "y", "--missing", "mean", "--seed", "5", "--epochs", "1", "--save", model.toString()));
    Table table = Table.read(file);
    int[] rows = Label.read(table, "y", null).split(0.2, 5).getFirst();
    double[] x = table.rows(rows).numbers("x", Missing.mean());
    TableModel.Description description = TableModel.load(model).description();
    double mean = Arrays.stream(x).average().orElseThrow();
    assertEquals(mean, description.mean().getFirst(), 1e-9);
    assertEquals(List.of(new FeatureColumn("x", null, description.columns().getFirst().missing())), description.columns());
    double filled = Arrays.stream(rows).filter(row -> !table.texts("x").get(row).isEmpty())
        .mapToDouble(row -> Double.parseDouble(table.texts("x").get(row))).average().orElseThrow();
    Double fill = description.columns().getFirst().missing();
    assertEquals(filled, fill == null ? Double.NaN : fill, 1e-9);
    assertNotEquals(filled, Arrays.stream(table.numbers("x", Missing.mean())).average().orElseThrow(), 1e-9);
  }

  @Test
  void missingCellsAreRefusedOrFilled() throws IOException {
    Path table = Tables.of(folder, "x,colour,y\n1,red,a\n,red,b\n3,?,a\n4,blue,b\n5,red,a\n6,blue,b\n");
    CommandRun refused = train(table, "--label", "y");
    assertEquals(2, refused.code());
    assertEquals(
        "gradus: csv: a cell is needed, but got none; fix line 4, column \"colour\" of table.csv or say what missing cells become\n",
        refused.err());
    good(train(table, "--label", "y", "--epochs", "1", "--missing", "mean"));
    Path model = folder.resolve("model");
    good(train(table, "--label", "y", "--epochs", "1", "--missing", "-1.5", "--save", model.toString()));
    assertEquals(
        List.of(new FeatureColumn("x", null, -1.5), new FeatureColumn("colour", List.of("blue", "red"), 0.0)),
        TableModel.load(model).description().columns());
  }

  private void assertRefused(String message, CommandRun run) {
    assertEquals(message, run.err());
    assertEquals(2, run.code());
    assertEquals("", run.out());
  }

  @Test
  void badCellsAreToldWithLineAndColumn() throws IOException {
    assertRefused(
        "gradus: csv: a numeric cell is needed, but got \"oops\"; fix line 3, column \"b\" of table.csv\n",
        train(Tables.of(folder, "a,b,label\n1,2,u\n3,oops,v\n"), "--label", "label"));
    assertRefused(
        "gradus: csv: a numeric cell is needed, but got \"1,5\"; fix line 4, column \"y\" of table.csv\n",
        train(Tables.of(folder, "x,y\n1,2.5\n2,3.5\n3,\"1,5\"\n"), "--label", "y"));
    assertRefused(
        "gradus: csv: a label is needed, but got none; fix line 3, column \"y\" of table.csv or leave the row out\n",
        train(Tables.of(folder, "x,y\n1,a\n2,\n3,b\n"), "--label", "y"));
  }

  @Test
  void whatCannotBeLearnedIsRefused() throws IOException {
    Path table = Tables.mixed(folder);
    assertRefused(
        "gradus: csv: the column must be one of [a, colour, b, price, side, grade] of table.csv, but got \"sides\"; check the spelling\n",
        train(table, "--label", "sides"));
    assertRefused(
        "gradus: csv: the column must be one of [a, colour, b, price, side, grade] of table.csv, but got \"c\"; check the spelling\n",
        train(table, "--label", "side", "--drop", "c"));
    assertRefused(
        "gradus: csv: the column must be one of [a, colour, b, price, side, grade] of table.csv, but got \"c\"; check the spelling\n",
        train(table, "--label", "side", "--text", "c"));
    assertRefused(
        "gradus: train: there must be a column to learn from, but got only \"side\"; drop fewer\n",
        train(table, "--label", "side", "--drop", "a,colour,b,price,grade"));
    assertRefused(
        "gradus: train: a text column must hold few different texts, but got 90 in \"a\" of table.csv; leave it out with --drop \"a\"\n",
        train(table, "--label", "side", "--text", "a"));
    assertRefused(
        "gradus: train: the loss of classes is cross_entropy or binary_cross_entropy, but got mse; choose one of these, or "
            + "--classification or --regression\n",
        train(table, "--label", "side", "--classification", "--loss", "mse"));
    assertRefused(
        "gradus: train: binary_cross_entropy is for two classes, but got 3 classes; take --loss cross_entropy\n",
        train(table, "--label", "grade", "--loss", "binary_cross_entropy"));
    assertRefused(
        "gradus: csv: a numeric cell is needed, but got \"left\"; fix line 2, column \"side\" of table.csv\n".replace(
            "left", Table.read(table).texts("side").getFirst()),
        train(table, "--label", "side", "--loss", "mse"));
    assertRefused(
        "gradus: train: --test-share must lie in [0, 1), but got 1.0; 0.2 is usual\n",
        train(table, "--label", "side", "--test-share", "1"));
    assertRefused(
        "gradus: train: there must be rows to learn from, but got none in table.csv; add some\n",
        train(Tables.of(folder, "x,y\n"), "--label", "y"));
    assertRefused(
        "gradus: train: there must be two classes to tell apart, but got only \"a\" in \"y\"; add rows of another\n",
        train(Tables.of(folder, "x,y\n1,a\n2,a\n"), "--label", "y"));
    assertRefused(
        "gradus: train: there must be rows to learn from and rows to test on, but got 2 rows in all; add rows or choose another --test-share\n",
        train(Tables.of(folder, "x,y\n1,a\n2,b\n"), "--label", "y"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--epochs=0", "--batch=0", "--hidden=4,-1", "--learning-rate=-1", "--weight-decay=-1", "--clip=0"})
  void settingsOutOfRangeAreRefused(String option) throws IOException {
    CommandRun run = train(Tables.mixed(folder), "--label", "side", option);
    assertEquals(2, run.code());
    assertTrue(run.err().matches("gradus: [a-z_]+: .*, but got .*; .*\n"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--epochs=x", "--activation=relo", "--loss=mae_", "--optimizer=foo", "--missing=never", "--missing=NaN", "--nothing"})
  void optionsThatMakeNoSenseAreRefused(String option) throws IOException {
    CommandRun run = train(Tables.mixed(folder), "--label", "side", option);
    assertEquals(2, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("gradus: ") && run.err().contains("--help") && !run.err().contains("\tat "), run.err());
  }

  @Test
  void argumentsThatAreMissingAreTold() throws IOException {
    CommandRun run = CommandRun.of("train");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("--label") && run.err().contains("TABLE.csv"), run.err());
    CommandRun both = train(Tables.mixed(folder), "--label", "grade", "--regression", "--classification");
    assertEquals(2, both.code());
    assertTrue(both.err().contains("mutually exclusive"), both.err());
  }

  @Test
  void filesThatAreNotThereAreTold() throws IOException {
    Path none = folder.resolve("none.csv");
    assertRefused("gradus: " + none + ": no such file\n", train(none, "--label", "x"));
    assertRefused("gradus: " + folder + ": a folder, not a table\n", train(folder, "--label", "x"));
    for (Path place : List.of(folder.resolve("away").resolve("model"), folder)) {
      assertRefused(
          "gradus: train: --save must name a file in a folder that can be written to, but got " + place + "; make the folder, or choose another\n",
          train(Tables.mixed(folder), "--label", "side", "--save", place.toString()));
    }
  }

  /// Neither bad input nor a run that diverges touches a model that is there; no file is left over.
  @Test
  void whatFailsLeavesFilesWhole() throws IOException {
    Path model = Files.writeString(folder.resolve("model"), "an older model");
    Path bad = Tables.of(folder, "a,b,label\n1,2,u\n3,oops,v\n");
    assertEquals(2, train(bad, "--label", "label", "--save", model.toString()).code());
    CommandRun diverged = train(
        Tables.mixed(folder), "--label", "price", "--optimizer", "sgd", "--learning-rate", "1e30", "--save", model.toString());
    assertEquals(2, diverged.code());
    assertTrue(
        diverged.err().contains("gradus: train: the loss must stay finite, but got ")
            && diverged.err().endsWith("; lower the learning rate or clip the gradients\n"),
        diverged.err());
    assertEquals("an older model", Files.readString(model));
    try (var files = Files.list(folder)) {
      assertEquals(List.of("model", "table.csv"), files.map(file -> String.valueOf(file.getFileName())).sorted().toList());
    }
  }

  @Test
  void helpTellsEveryOptionAndDefault() {
    CommandRun help = good(CommandRun.of("train", "--help"));
    for (String option : List.of(
        "--label", "--classification", "--regression", "--drop", "--text", "--missing", "--test-share", "--hidden", "--activation", "--loss",
        "--optimizer", "--learning-rate", "--weight-decay", "--clip", "--batch", "--epochs", "--seed", "--save", "--help")) {
      assertTrue(help.out().contains(option), option);
    }
    String oneLine = help.out().replaceAll("\\s+", " ");
    for (Rule rule : Rule.values()) {
      assertTrue(oneLine.contains(rule + ",") || oneLine.contains(rule + "."), rule::toString);
      assertTrue(oneLine.contains(Double.toString(rule.learningRate)), rule::toString);
    }
    assertTrue(good(CommandRun.of("--help")).out().contains("train"));
  }
}
