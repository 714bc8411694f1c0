package dev.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.data.Dataset;
import dev.gradus.data.Sampling;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final int SIZE = 23;

  /// y = 2 x₁ − 3 x₂ + noise.
  private static final Dataset LINE = line();

  private final Parameter w = Parameter.of("w", Tensor.of(new double[][] {{0.5}, {-0.5}}));
  private final Parameter b = Parameter.of("b", Tensor.vector(0.1));

  private static Dataset line() {
    Tensor x = Tensor.normal(Shape.of(SIZE, 2), 1);
    Tensor noise = Tensor.normal(Shape.of(SIZE), 2);
    double[] y = new double[SIZE];
    Arrays.setAll(y, i -> 2 * x.get(i, 0) - 3 * x.get(i, 1) + 0.1 * noise.get(i));
    return Dataset.of(x, Tensor.of(Shape.of(SIZE, 1), y));
  }

  private Node squaredError(Node x, Node y) {
    return Ops.mse(Ops.matmul(x, w).plus(b), y);
  }

  private TrainerBuilder trainer() {
    return Trainer.of(this::squaredError, LINE).optimizer(new Sgd(), 0.05).seed(4);
  }

  /// w₁, w₂ and b after plain gradient descent on the batches given, one loop for each sum.
  private static double[] plainly(List<int[]> batches) {
    double[] theta = {0.5, -0.5, 0.1};
    for (int[] batch : batches) {
      double[] gradient = new double[3];
      for (int row : batch) {
        double x1 = LINE.features().get(row, 0);
        double x2 = LINE.features().get(row, 1);
        double error = theta[0] * x1 + theta[1] * x2 + theta[2] - LINE.targets().get(row, 0);
        gradient[0] += 2 * error * x1 / batch.length;
        gradient[1] += 2 * error * x2 / batch.length;
        gradient[2] += 2 * error / batch.length;
      }
      for (int k = 0; k < 3; k++) {
        theta[k] -= 0.05 * gradient[k];
      }
    }
    return theta;
  }

  private void assertLearned(double[] theta, State state) {
    double[] got = {state.of(w).get(0, 0), state.of(w).get(1, 0), state.of(b).get(0)};
    assertTrue(
        Tensor.vector(got).closeTo(Tensor.vector(theta), 1e-12, 1e-14),
        () -> Arrays.toString(got) + " but plainly " + Arrays.toString(theta));
  }

  @Test
  void stochasticTakesARandomExampleForEachUpdate() {
    Trainer trainer = trainer().build();
    History history = trainer.stochastic(Stopping.steps(200));
    List<int[]> examples = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (int step = 0; step < 200; step++) {
      int[] batch = Sampling.choose(SIZE, 1, 4, Draws.BATCH + step);
      examples.add(batch);
      seen.add(batch[0]);
    }
    assertEquals(SIZE, seen.size());
    assertLearned(plainly(examples), trainer.state());
    assertEquals(200, trainer.state().examples());
    assertEquals(200.0 / SIZE, history.epochs(), 1e-15);
  }

  @Test
  void miniBatchTakesARandomBatchForEachUpdate() {
    Trainer trainer = trainer().build();
    History history = trainer.miniBatch(6, Stopping.steps(50));
    List<int[]> batches = new ArrayList<>();
    for (int step = 0; step < 50; step++) {
      int[] batch = Sampling.choose(SIZE, 6, 4, Draws.BATCH + step);
      assertEquals(6, Arrays.stream(batch).distinct().count());
      batches.add(batch);
    }
    assertLearned(plainly(batches), trainer.state());
    assertEquals(300, history.steps().getLast().examples());
  }

  @Test
  void descendTakesTheWholeSet() {
    Trainer trainer = trainer().build();
    int[] all = new int[SIZE];
    Arrays.setAll(all, i -> i);
    assertEquals("20 steps done", trainer.descend(Stopping.steps(20)).reason());
    assertLearned(plainly(Collections.nCopies(20, all)), trainer.state());
  }

  /// With one-hot examples and the sum as loss, a step by 1 lowers the weight of each example in the batch by 1.
  private static Trainer counting(Parameter visits, int size) {
    double[] identity = new double[size * size];
    for (int i = 0; i < size; i++) {
      identity[i * size + i] = 1;
    }
    Dataset examples = Dataset.of(Tensor.of(Shape.of(size, size), identity), Tensor.zeros(Shape.of(size)));
    return Trainer.of((x, y) -> Ops.sum(Ops.matmul(x, visits)), examples).optimizer(new Sgd(), 1).seed(8).build();
  }

  @Test
  void anEpochVisitsEveryExampleOnce() {
    Parameter visits = Parameter.of("visits", Tensor.zeros(Shape.of(10)));
    Trainer trainer = counting(visits, 10);
    History first = trainer.epochs(4, Stopping.steps(2));
    assertEquals(0.8, first.epochs());
    assertEquals(-8.0, Arrays.stream(trainer.state().of(visits).toDoubles()).sum());
    assertEquals(Set.of(0.0, -1.0), values(trainer.state().of(visits)));
    History rest = trainer.epochs(4, Stopping.steps(1));
    assertEquals(2, rest.steps().getFirst().examples());
    assertEquals(Set.of(-1.0), values(trainer.state().of(visits)));
    History more = trainer.epochs(4, Stopping.epochs(3));
    assertEquals(9, more.steps().size());
    assertEquals(Set.of(-4.0), values(trainer.state().of(visits)));
    assertEquals(40, trainer.state().examples());
  }

  private static Set<Double> values(Tensor tensor) {
    Set<Double> all = new HashSet<>();
    Arrays.stream(tensor.toDoubles()).forEach(all::add);
    return all;
  }

  @Test
  void epochsDifferInTheirOrder() {
    Parameter visits = Parameter.of("visits", Tensor.zeros(Shape.of(100)));
    Trainer trainer = counting(visits, 100);
    assertEquals("1 steps done", trainer.epochs(50, Stopping.steps(1)).reason());
    Tensor firstHalf = trainer.state().of(visits);
    assertEquals("2 steps done", trainer.epochs(50, Stopping.steps(2)).reason());
    Tensor later = trainer.state().of(visits);
    assertNotEquals(firstHalf, Tensor.vector(Arrays.stream(later.toDoubles()).map(v -> v + 1).toArray()));
  }

  @Test
  void aBatchLargerThanTheSetIsTheSet() {
    Trainer trainer = trainer().build();
    assertEquals(1, trainer.epochs(1000, Stopping.epochs(1)).steps().size());
    assertEquals(SIZE, trainer.state().examples());
  }

  @Test
  void lossIsTheMeanOverTheWholeSet() {
    int size = 600;
    Dataset many = LINE.rows(IntStream.range(0, size).map(i -> i % SIZE).toArray());
    Trainer trainer = Trainer.of(this::squaredError, many).build();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double x1 = many.features().get(i, 0);
      double x2 = many.features().get(i, 1);
      double error = 0.5 * x1 - 0.5 * x2 + 0.1 - many.targets().get(i, 0);
      sum += error * error;
    }
    assertEquals(sum / size, trainer.loss(), 1e-12);
    assertEquals(trainer.loss(many.first(300)), (trainer.loss(many.first(200)) * 2 + trainer.loss(many.slice(200, 300))) / 3, 1e-12);
  }

  @Test
  void learnsTheLine() {
    Trainer trainer = trainer().build();
    double before = trainer.loss();
    assertEquals("200 epochs done", trainer.epochs(5, Stopping.epochs(200)).reason());
    assertTrue(before > 5 && trainer.loss() < 0.02, () -> before + " to " + trainer.loss());
    assertEquals(2, trainer.state().of(w).get(0, 0), 0.1);
    assertEquals(-3, trainer.state().of(w).get(1, 0), 0.1);
  }

  @Test
  void minimisesAFunctionOfParametersAlone() {
    Parameter theta = Parameter.of("theta", 5);
    Trainer trainer = Trainer.of(Ops.square(theta.minus(2))).optimizer(new Sgd(), 0.25).build();
    assertEquals("60 steps done", trainer.descend(Stopping.steps(60)).reason());
    assertEquals(2, trainer.state().of(theta).item(), 1e-15);
    assertEquals(0, trainer.loss(), 1e-15);
    assertEquals(
        "train: there must be examples to choose from, but got a loss without data; use descend",
        Refusal.of(() -> trainer.stochastic(Stopping.steps(1))));
  }

  @Test
  void trainsALossThatIsMadeOfNodes() {
    Input x = Input.of("x", Shape.of(6, 2));
    Input y = Input.of("y", Shape.of(6, 1));
    Trainer trainer = Trainer.of(squaredError(x, y), x, y, LINE).optimizer(new Sgd(), 0.05).seed(4).build();
    Trainer same = trainer().build();
    assertEquals(same.miniBatch(6, Stopping.steps(10)).steps(), trainer.miniBatch(6, Stopping.steps(10)).steps());
    assertEquals(
        "train: a loss made of nodes takes the batch of its inputs, f64[6, 2], but got 4 examples; pass a function (x, target) -> loss",
        Refusal.of(() -> trainer.miniBatch(4, Stopping.steps(1))));
  }

  @Test
  void sameSeedSameBits() {
    Checkpoint one = trained(3);
    assertEquals(one, trained(3));
    assertNotEquals(one.entries(), trained(5).entries());
  }

  private Checkpoint trained(long seed) {
    Trainer trainer = trainer().optimizer(new Adam(), 0.01).seed(seed).build();
    assertEquals("7 epochs done", trainer.epochs(4, Stopping.epochs(7)).reason());
    return trainer.state().checkpoint();
  }

  @Test
  void anotherThreadMayStopIt() throws InterruptedException {
    var begun = new CountDownLatch(1);
    Trainer trainer = trainer().listener(new Listener() {
      @Override
      public void stepped(Step step, double progress) {
        begun.countDown();
      }
    }).build();
    var stopper = new Thread(() -> {
      try {
        begun.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      trainer.stop();
    });
    stopper.start();
    History history = trainer.epochs(4, Stopping.steps(Long.MAX_VALUE));
    stopper.join();
    assertEquals("stopped on request", history.reason());
    assertTrue(!history.steps().isEmpty());
    assertEquals(history.steps().size(), trainer.state().step());
    assertEquals(trainer.state().step(), history.evaluations().getLast().step());
    assertEquals(List.of(), trainer.epochs(4, Stopping.steps(5)).steps());
  }

  /// The loss of step 3 overflows; the state is that after step 2.
  @Test
  void aLossThatIsNotFiniteEndsTheRunWithTheStateAsItWas() {
    Parameter theta = Parameter.of("theta", 1);
    Trainer trainer = Trainer.of(Ops.square(theta)).optimizer(new Sgd(), 1e100).build();
    assertEquals("1 steps done", trainer.descend(Stopping.steps(1)).reason());
    Checkpoint before = trainer.state().checkpoint();
    String message = Refusal.of(() -> trainer.descend(Stopping.steps(10)));
    assertTrue(
        message.startsWith("train: the loss must stay finite, but got Infinity at step 3; lower the learning rate"), message);
    assertEquals(2, trainer.state().step());
    assertEquals(4e200, trainer.state().of(theta).item(), 1e186);
    trainer.state().restore(before);
    assertEquals(-2e100, trainer.state().of(theta).item(), 1e86);
  }

  @Test
  void aParameterThatIsNotFiniteIsNotTaken() {
    Parameter theta = Parameter.of("theta", 1);
    Trainer trainer = Trainer.of(theta.times(1e10)).optimizer(new Sgd(), 1e300).build();
    String message = Refusal.of(() -> trainer.descend(Stopping.steps(1)));
    assertTrue(message.startsWith("train: every parameter must stay finite, but got Infinity at step 1; "), message);
    assertEquals(1, trainer.state().of(theta).item());
    assertEquals(0, trainer.state().step());
  }

  @Test
  void aNanInTheDataIsTold() {
    Dataset bad = Dataset.of(Tensor.of(new double[][] {{1, Double.NaN}}), Tensor.of(new double[][] {{1}}));
    Trainer trainer = Trainer.of(this::squaredError, bad).build();
    String message = Refusal.of(() -> trainer.epochs(1, Stopping.epochs(1)));
    assertTrue(message.startsWith("train: the loss must stay finite, but got NaN at step 1"), message);
  }

  @Test
  void refusesWhatCannotBeTrained() {
    assertEquals(
        "train: there must be an example to learn from, but got 0 examples of shape [2], targets [0, 1]; check how the data was split",
        Refusal.of(() -> Trainer.of(this::squaredError, LINE.first(0))));
    String vector = Refusal.of(() -> Trainer.of((x, y) -> Ops.matmul(x, w), LINE.first(2)).optimizer(new Sgd(), 1).build()
        .epochs(2, Stopping.epochs(1)));
    assertTrue(vector.startsWith("train: the loss must be one floating-point number, but got "), vector);
    assertEquals(
        "train: the loss must use a parameter, but got none; make one with Parameter.of",
        Refusal.of(() -> Trainer.of((x, y) -> Ops.mean(x), LINE).build()));
    String inside = Refusal.of(() -> Trainer.of(
        (x, y) -> Ops.mse(Ops.matmul(x, Parameter.of("v", Tensor.zeros(Shape.of(2, 1)))), y), LINE).build());
    assertTrue(inside.startsWith("train: the loss must use the same parameters on every call, but got "), inside);
    assertTrue(inside.endsWith("make them outside the function"), inside);
    Trainer trainer = trainer().build();
    assertEquals(
        "train: a batch must hold 1 to 23 examples, but got 24; choose another batch size",
        Refusal.of(() -> trainer.miniBatch(24, Stopping.steps(1))));
    assertEquals(
        "train: a batch must hold 1 to 23 examples, but got 0; choose another batch size",
        Refusal.of(() -> trainer.epochs(0, Stopping.steps(1))));
    assertEquals(
        "state: the parameter must be used by the loss, but got other: parameter f64[]; train it, or read its initial()",
        Refusal.of(() -> trainer.state().of(Parameter.of("other", 1))));
  }

  @Test
  void trainsInSinglePrecision() {
    Parameter v = Parameter.of("v", Tensor.zeros(Shape.of(2, 1), DType.F32));
    Trainer trainer = Trainer.of((x, y) -> Ops.mse(Ops.matmul(x, v), y), LINE.cast(DType.F32))
        .optimizer(new Adam(), 0.1)
        .build();
    assertEquals("60 epochs done", trainer.epochs(5, Stopping.epochs(60)).reason());
    assertEquals(DType.F32, trainer.state().of(v).dtype());
    assertEquals(2, trainer.state().of(v).get(0, 0), 0.1);
  }

  @Test
  void aParameterUsedTwiceIsUpdatedOnce() {
    Parameter theta = Parameter.of("theta", 1);
    Node loss = theta.times(theta).plus(theta.times(Constant.of(3)));
    Trainer trainer = Trainer.of(loss).optimizer(new Sgd(), 0.1).build();
    assertEquals("1 steps done", trainer.descend(Stopping.steps(1)).reason());
    assertEquals(1 - 0.1 * 5, trainer.state().of(theta).item(), 1e-15);
    assertEquals(List.of(theta), trainer.state().parameters());
  }
}
