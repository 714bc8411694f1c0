package dev.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.data.Dataset;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointTest {
  private static final Dataset DATA =
      Dataset.of(Tensor.normal(Shape.of(10, 3), 1), Tensor.normal(Shape.of(10, 1), 2));

  private static final Checkpoint SAMPLE = new Checkpoint(
      -5,
      Long.MAX_VALUE,
      7,
      List.of(
          new Checkpoint.Entry(
              "W", Tensor.of(Shape.of(2, 2), -0.0, Double.NaN, Double.MIN_VALUE, 0.1), Map.of("m", Tensor.vector(1, 2))),
          new Checkpoint.Entry("θ", Tensor.of(Shape.of(0, 3), new float[0]), Map.of()),
          new Checkpoint.Entry("", Tensor.scalar(1e-30f), Map.of())),
      Map.of("model", "{\"läng\": [1, 2]}"));

  private static Trainer trainer(Optimizer rule) {
    var network = new Mlp(new Parameters(3), Ops::tanh, new Initializer.XavierUniform(), 3, 4, 1);
    return Trainer.of((x, y) -> Ops.mse(network.apply(x), y), DATA)
        .optimizer(rule, new Schedule.Exponential(0.05, 0.5, 20))
        .clipping(new Clipping.ByGlobalNorm(1))
        .seed(6)
        .build();
  }

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        new Sgd(), new Momentum(), new Nesterov(), new AdaGrad(), new RmsProp(), new Adam(), new AdamW().withWeightDecay(0.01));
  }

  /// 5 epochs of 4 steps are interrupted in the middle of the third.
  @ParameterizedTest
  @MethodSource("optimizers")
  void trainingTakenUpAgainIsTrainingThatNeverStopped(Optimizer rule) {
    Trainer whole = trainer(rule);
    assertEquals("5 epochs done", whole.epochs(3, Stopping.epochs(5)).reason());

    Trainer first = trainer(rule);
    assertEquals("10 steps done", first.epochs(3, Stopping.steps(10)).reason());
    byte[] saved = first.state().checkpoint().toBytes();
    Trainer second = trainer(rule);
    second.state().restore(Checkpoint.fromBytes(saved));
    assertEquals("10 steps done", second.epochs(3, Stopping.steps(10)).reason());

    assertEquals(whole.state().checkpoint(), second.state().checkpoint());
  }

  @Test
  void randomBatchesAreTakenUpAgainToo() {
    Trainer whole = trainer(new Adam());
    assertEquals("9 steps done", whole.miniBatch(4, Stopping.steps(9)).reason());
    Trainer second = trainer(new Adam());
    assertEquals("4 steps done", second.miniBatch(4, Stopping.steps(4)).reason());
    Checkpoint between = second.state().checkpoint();
    assertEquals("1 steps done", second.stochastic(Stopping.steps(1)).reason());
    second.state().restore(between);
    assertEquals("5 steps done", second.miniBatch(4, Stopping.steps(5)).reason());
    assertEquals(whole.state().checkpoint(), second.state().checkpoint());
  }

  @Test
  void bytesKeepEveryBit() {
    assertEquals(SAMPLE, Checkpoint.fromBytes(SAMPLE.toBytes()));
    assertEquals(DType.F32, Checkpoint.fromBytes(SAMPLE.toBytes()).entries().get(2).value().dtype());
  }

  @Test
  void everyDamagedByteIsFound() {
    byte[] bytes = SAMPLE.toBytes();
    for (int at = 0; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x10;
      String message = Refusal.of(() -> Checkpoint.fromBytes(damaged));
      assertTrue(message.startsWith("checkpoint: the file must be a whole checkpoint, but got "), message);
    }
  }

  @Test
  void everyMissingEndIsFound() {
    byte[] bytes = SAMPLE.toBytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertTrue(Refusal.of(() -> Checkpoint.fromBytes(cut)).startsWith("checkpoint: "));
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertTrue(Refusal.of(() -> Checkpoint.fromBytes(longer)).startsWith("checkpoint: "));
  }

  @Test
  void savesAndLoads(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.bin");
    Files.writeString(file, "what was here before");
    SAMPLE.save(file);
    assertEquals(SAMPLE, Checkpoint.load(file));
    assertEquals(List.of("model.bin"), names(folder));
    assertEquals(
        "checkpoint: the file must be a whole checkpoint, but got other bytes; use another copy",
        Refusal.of(() -> Checkpoint.load(Files.writeString(folder.resolve("text"), "something else altogether"))));
  }

  /// A folder in the place of the file cannot be replaced: the error leaves nothing behind.
  @Test
  void aFailedSaveLeavesNothing(@TempDir Path folder) throws IOException {
    Path taken = folder.resolve("model.bin");
    Files.createDirectories(taken.resolve("inside"));
    assertThrows(IOException.class, () -> SAMPLE.save(taken));
    assertEquals(List.of("model.bin"), names(folder));
    assertEquals(List.of("inside"), names(taken));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  @Test
  void notesAreReplacedByName() {
    Checkpoint noted = SAMPLE.withNote("model", "a").withNote("other", "b").withNote("model", "c");
    assertEquals(Map.of("model", "c", "other", "b"), noted.notes());
    assertEquals(SAMPLE.entries(), noted.entries());
  }

  @Test
  void givesTheValuesOfAModel() {
    var network = new Mlp(new Parameters(3), Ops::tanh, new Initializer.XavierUniform(), 3, 4, 1);
    Trainer trainer = Trainer.of((x, y) -> Ops.mse(network.apply(x), y), DATA).build();
    assertEquals("3 epochs done", trainer.epochs(4, Stopping.epochs(3)).reason());
    var again = new Mlp(new Parameters(99), Ops::tanh, new Initializer.XavierUniform(), 3, 4, 1);
    Tensor predicted = new Predictor(again).apply(DATA.features(), trainer.state().checkpoint().values(again.parameters()));
    assertEquals(new Predictor(network).apply(DATA.features(), trainer.state()), predicted);
    String message = Refusal.of(() -> trainer.state().checkpoint().values(List.of(Parameter.of("V", 1))));
    assertTrue(message.startsWith("checkpoint: there must be one parameter called V, but got 0 among [W1, b1, W2, b2]"), message);
  }

  @Test
  void restoreRefusesAnotherModelAndKeepsTheState() {
    Trainer trainer = trainer(new Adam());
    assertEquals("2 steps done", trainer.epochs(3, Stopping.steps(2)).reason());
    Checkpoint now = trainer.state().checkpoint();
    String slots = Refusal.of(() -> trainer.state().restore(trainer(new Momentum()).state().checkpoint()));
    assertTrue(slots.startsWith("checkpoint: the slots of W1 must be [mean, square], but got [velocity]"), slots);
    Checkpoint seeded = new Checkpoint(7, 0, 0, now.entries(), Map.of());
    assertEquals(
        "checkpoint: the seed must be 6, but got 7; train with that seed", Refusal.of(() -> trainer.state().restore(seeded)));
    Checkpoint shorter = new Checkpoint(6, 0, 0, now.entries().subList(0, 2), Map.of());
    assertEquals(
        "checkpoint: there must be 4 parameters, but got 2; build the same model",
        Refusal.of(() -> trainer.state().restore(shorter)));
    Checkpoint.Entry wide = new Checkpoint.Entry("W1", Tensor.zeros(Shape.of(3, 5)), now.entries().getFirst().slots());
    Checkpoint other = new Checkpoint(
        6, 0, 0, Stream.concat(Stream.of(wide), now.entries().stream().skip(1)).toList(), Map.of());
    assertEquals(
        "checkpoint: parameter 0 must be W1 f64[3, 4], but got W1 f64[3, 5]; build the same model",
        Refusal.of(() -> trainer.state().restore(other)));
    assertEquals(now, trainer.state().checkpoint());
    assertArrayEquals(now.toBytes(), trainer.state().checkpoint().toBytes());
  }
}
