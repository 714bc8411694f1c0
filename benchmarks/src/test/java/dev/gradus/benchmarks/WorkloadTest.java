package dev.gradus.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.check.GradientCheck;
import dev.gradus.compile.Settings;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Expansion;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The workloads, in small sizes, compute what they say.
final class WorkloadTest {
  private static final Settings SETTINGS = Settings.standard();
  private static final Mlp MLP = new Mlp("mlp", 3, List.of(7, 9, 5, 4));
  private static final Lenet LENET = new Lenet(2, 16);
  private static final Lstm LSTM = new Lstm(3, 2, 4, 5);
  private static final Transformer TRANSFORMER = new Transformer(2, 3, 4, 2);

  static Stream<Arguments> problems() {
    return Stream.of(
        Arguments.of("quiz", Quiz.problem()),
        Arguments.of("moons", new Moons(3, 4).problem()),
        Arguments.of("mlp", MLP.problem()),
        Arguments.of("elementwise", new Pointwise(9).problem()),
        Arguments.of("lenet", LENET.problem()),
        Arguments.of("lstm", LSTM.problem()),
        Arguments.of("transformer", TRANSFORMER.problem()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("problems")
  void gradientsAgreeWithDifferences(String name, Problem problem) {
    GradientCheck.of(problem.loss()).feeds(problem.data()).by(problem.parameters().toArray(Node[]::new)).run().assertCorrect();
  }

  /// Two steps of a call, and two of the lecture's: values and gradients by the interpreter, then w - 0.01 ∂L/∂w.
  @ParameterizedTest(name = "{0}")
  @MethodSource("problems")
  void boundCallDoesTheWork(String name, Problem problem) {
    Map<Node, Object> arrays = problem.arrays();
    var call = problem.bind(problem.compile(SETTINGS), arrays);
    Map<Node, Tensor> feeds = new HashMap<>(problem.data());
    for (int step = 0; step < 2; step++) {
      call.run();
      Values values = Interpreter.run(List.of(problem.loss()), feeds);
      assertClose(values.of(problem.loss()).toDoubles(), arrays.get(problem.loss()));
      for (int i = 0; i < problem.parameters().size(); i++) {
        Parameter parameter = problem.parameters().get(i);
        Tensor gradient = values.gradients().of(parameter);
        if (problem.updates().isEmpty()) {
          assertClose(gradient.toDoubles(), arrays.get(problem.outputs().get(i + 1)));
        } else {
          double[] next = feeds.getOrDefault(parameter, parameter.initial()).toDoubles();
          for (int k = 0; k < next.length; k++) {
            next[k] -= 0.01 * gradient.toDoubles()[k];
          }
          assertClose(next, arrays.get(parameter));
          feeds.put(parameter, Tensor.of(parameter.shape(), next).cast(parameter.dtype()));
        }
      }
    }
  }

  /// Alike to rounding, by the size of the largest.
  private static void assertClose(double[] expected, @Nullable Object array) {
    double scale = Arrays.stream(expected).map(Math::abs).reduce(1e-3, Math::max);
    if (array instanceof float[] single) {
      double[] actual = IntStream.range(0, single.length).mapToDouble(i -> single[i]).toArray();
      assertArrayEquals(expected, actual, 1e-5 * scale);
    } else {
      assertArrayEquals(expected, (double[]) array, 1e-13 * scale);
    }
  }

  @Test
  void quizIsThatOfTheLecture() {
    double[] f = new double[1];
    double[] gradient = new double[2];
    QuizByHand.run(new double[] {11, 5}, new double[] {0, 0}, f, gradient);
    Problem quiz = Quiz.problem();
    Values values = Interpreter.run(quiz.outputs(), quiz.data());
    assertEquals(values.of(quiz.loss()).item(), f[0], 1e-12);
    assertEquals(0.0033240283353950773, values.of(quiz.outputs().get(2)).item(), 1e-15);
    for (int i = 0; i < 2; i++) {
      double expected = values.of(quiz.outputs().get(i + 1)).item();
      assertEquals(expected, gradient[i], 1e-12 * Math.max(1, Math.abs(expected)));
    }
  }

  /// Also where w is not 0, so that ∂f/∂w₁ is not either.
  @Test
  void quizByHandAgreesElsewhere() {
    Problem quiz = Quiz.problem();
    Map<Node, Tensor> feeds = new HashMap<>(quiz.data());
    double[] w = {-0.1, 0.7};
    feeds.put(quiz.parameters().get(0), Tensor.scalar(w[0]));
    feeds.put(quiz.parameters().get(1), Tensor.scalar(w[1]));
    double[] gradient = new double[2];
    QuizByHand.run(new double[] {11, 5}, w, new double[1], gradient);
    Values values = Interpreter.run(quiz.outputs(), feeds);
    for (int i = 0; i < 2; i++) {
      assertEquals(values.of(quiz.outputs().get(i + 1)).item(), gradient[i], 1e-12);
    }
  }

  @Test
  void moonsByHandAgree() {
    Moons moons = new Moons(100, 16);
    double[] w = moons.initial();
    double[] gradient = new double[w.length];
    double loss = new MoonsByHand.Network(moons).run(w, gradient);
    Problem problem = moons.problem();
    Values values = Interpreter.run(problem.outputs(), Map.of());
    assertEquals(337, gradient.length);
    assertEquals(values.of(problem.loss()).item(), loss, 1e-12);
    for (int i = 0; i < gradient.length; i++) {
      assertEquals(values.of(problem.outputs().get(i + 1)).item(), gradient[i], 1e-12);
    }
  }

  @Test
  void chainMultipliesCosines() {
    double v = 0.5;
    double slope = 1;
    for (int i = 0; i < 1000; i++) {
      slope *= Math.cos(v);
      v = Math.sin(v);
    }
    List<Tensor> found = new Chain("chain", 1000).run();
    assertEquals(v, found.get(0).item(), 1e-12 * v);
    assertEquals(slope, found.get(1).item(), 1e-12 * slope);
  }

  static Stream<Arguments> products() {
    return Stream.of(
        Arguments.of(MLP, MLP.problem()),
        Arguments.of(LSTM, LSTM.problem()),
        Arguments.of(LENET, LENET.problem()),
        Arguments.of(TRANSFORMER, TRANSFORMER.problem()));
  }

  /// The sizes of all letters of a contraction multiply to its multiplications, and each comes with an addition. The graph
  /// of the LSTM multiplies, at the last two steps, also by its inputs, of which nobody asks the gradient.
  @ParameterizedTest(name = "{0}")
  @MethodSource("products")
  void flopsAreThoseOfTheGraph(Workload work, Problem problem) {
    List<Node> wanted = new ArrayList<>(problem.outputs());
    wanted.addAll(problem.updates().values());
    long unneeded = work == LSTM ? 2 * (2L * 2 * 20 * 4) : 0;
    assertEquals(flops(Graph.of(wanted)) - unneeded, work.start(SETTINGS).flops());
  }

  /// Boxes are opened.
  private static long flops(Graph graph) {
    long flops = 0;
    for (Node node : graph.nodes()) {
      if (node instanceof Apply apply) {
        Expansion inside = apply.expansion();
        flops += inside != null ? flops(inside.graph()) : apply.op() instanceof Contract c ? 2 * multiplications(c, apply) : 0;
      }
    }
    return flops;
  }

  private static long multiplications(Contract contract, Apply apply) {
    String[] words = contract.equation().split("->|,", -1);
    Map<Character, Integer> sizes = new HashMap<>();
    for (int slot = 0; slot < 2; slot++) {
      for (int axis = 0; axis < words[slot].length(); axis++) {
        sizes.put(words[slot].charAt(axis), apply.operand(slot).shape().dim(axis));
      }
    }
    return sizes.values().stream().mapToLong(size -> size).reduce(1, (a, b) -> a * b);
  }

  @Test
  void everyWorkloadStarts() {
    for (Workload work : List.of(new Quiz(), new QuizByHand(), new MoonsByHand(new Moons(2, 3)), MLP, new Chain("chain", 10))) {
      Job job = work.start(SETTINGS);
      job.step().run();
      assertTrue(job.bytes() > 0, work.name());
    }
  }
}
