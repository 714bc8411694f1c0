package dev.gradus.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.diff.Backward;
import dev.gradus.diff.Flow;
import dev.gradus.diff.Forward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every op in every use of [OpCases]: its derivatives are those of its values, in both modes and to
/// second order; it keeps the dtype; name and method are one.
class EveryOpTest {
  /// Half the distance between the neighbours in a five-point difference; such differences are right to about 1e-10.
  private static final double STEP = 5e-4;

  static Stream<OpCase> cases() {
    return OpCases.all().stream();
  }

  static Stream<OpCase> differentiable() {
    return cases().filter(use -> use.entry().gradient() == Flow.FLOWS);
  }

  static Stream<OpCase> withoutGradient() {
    return cases().filter(use -> use.entry().gradient() != Flow.FLOWS && use.operands().getFirst().dtype().isFloating());
  }

  @Test
  void everyOpHasACase() {
    Set<String> without = new TreeSet<>();
    Vocabulary.all().forEach(entry -> without.add(entry.name()));
    cases().forEach(use -> without.remove(use.op()));
    assertEquals(Set.of(), without);
  }

  /// One use of an op with everything that can be differentiated: ⟨weights, results⟩ and, for the second order,
  /// ⟨weights, gradients⟩.
  private static final class Check {
    final List<Node> leaves;
    final List<Node> results;
    final Node first;
    final Gradients gradients;

    Check(OpCase use) {
      leaves = use.leaves();
      results = use.byName(use.over(leaves));
      List<Node> floating = results.stream().filter(result -> result.dtype().isFloating()).toList();
      first = weighed(floating, 3);
      gradients = Backward.from(first);
    }

    Node second() {
      return weighed(moving().stream().map(gradients::of).toList(), 4);
    }

    List<Node> moving() {
      return leaves.stream().filter(leaf -> leaf.dtype().isFloating()).toList();
    }

    private static Node weighed(List<Node> nodes, int slot) {
      Node sum = null;
      for (Node node : nodes) {
        Node term = Ops.sum(Elementwise.product(weights(node, slot), node));
        sum = sum == null ? term : sum.plus(term);
      }
      return sum == null ? Ops.constant(0) : sum;
    }

    private static Node weights(Node node, int slot) {
      return Constant.of(OpCases.sample(slot, -1, 1, node.shape().dims()).cast(node.dtype()));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("differentiable")
  void gradientsAreThoseOfTheValues(OpCase use) {
    Check check = new Check(use);
    assertDerivatives(check.first, check.gradients, check.moving());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("differentiable")
  void secondDerivativesAreThoseOfTheGradients(OpCase use) {
    Check check = new Check(use);
    Node second = check.second();
    assertDerivatives(second, Backward.from(second), check.moving());
  }

  /// Reverse mode against differences coordinate by coordinate, and forward mode against reverse mode.
  private static void assertDerivatives(Node scalar, Gradients gradients, List<Node> leaves) {
    Map<Node, Node> tangents = new HashMap<>();
    double along = 0;
    for (int i = 0; i < leaves.size(); i++) {
      Node leaf = leaves.get(i);
      Tensor got = run(gradients.of(leaf));
      assertEquals(leaf.shape(), got.shape());
      Tensor want = differences(scalar, leaf);
      assertTrue(
          got.closeTo(want, 1e-6, 1e-7 * Math.max(1, largest(want))),
          () -> "gradient of " + leaf + ": got " + got + ", differences say " + want);
      Tensor tangent = OpCases.sample(i + 1, -1, 1, leaf.shape().dims());
      tangents.put(leaf, Constant.of(tangent));
      for (int k = 0; k < got.size(); k++) {
        along += got.toDoubles()[k] * tangent.toDoubles()[k];
      }
    }
    Node moved = Forward.derivative(scalar, tangents);
    assertEquals(along, run(moved).item(), 1e-9 * Math.max(1, Math.abs(along)));
  }

  private static double largest(Tensor x) {
    double largest = 0;
    for (double element : x.toDoubles()) {
      largest = Math.max(largest, Math.abs(element));
    }
    return largest;
  }

  /// Five-point central differences of `scalar` by every element of `leaf`.
  private static Tensor differences(Node scalar, Node leaf) {
    double[] at = run(leaf).toDoubles();
    double[] slopes = new double[at.length];
    for (int k = 0; k < at.length; k++) {
      double near = value(scalar, leaf, at, k, STEP) - value(scalar, leaf, at, k, -STEP);
      double far = value(scalar, leaf, at, k, 2 * STEP) - value(scalar, leaf, at, k, -2 * STEP);
      slopes[k] = (8 * near - far) / (12 * STEP);
    }
    return Tensor.of(leaf.shape(), slopes);
  }

  private static double value(Node scalar, Node leaf, double[] at, int k, double step) {
    double[] moved = at.clone();
    moved[k] += step;
    return Interpreter.run(List.of(scalar), Map.of(leaf, Tensor.of(leaf.shape(), moved))).of(scalar).item();
  }

  private static Tensor run(Node node) {
    return Interpreter.run(node).of(node);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutGradient")
  void whereNoGradientFlowsTheReasonIsTold(OpCase use) {
    List<Node> leaves = use.leaves();
    Node result = use.byName(use.over(leaves)).getFirst();
    Node loss = Ops.sum(Ops.cast(result, DType.F64));
    assertEquals(use.entry().gradient(), Backward.from(loss).flow(leaves.getFirst()));
    assertEquals(List.of(), use.entry().derivatives());
  }

  /// In f32 values and gradients are f32, and near those in f64.
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void keepsTheDtype(OpCase use) {
    if (use.op().equals("cast")) {
      return;
    }
    Check exact = new Check(use);
    Check rounded = new Check(use.in(DType.F32));
    for (int i = 0; i < exact.results.size(); i++) {
      assertNear(exact.results.get(i), rounded.results.get(i));
    }
    if (use.entry().gradient() == Flow.FLOWS) {
      for (int i = 0; i < exact.leaves.size(); i++) {
        if (exact.leaves.get(i).dtype().isFloating()) {
          assertNear(exact.gradients.of(exact.leaves.get(i)), rounded.gradients.of(rounded.leaves.get(i)));
        }
      }
    }
  }

  private static void assertNear(Node exact, Node rounded) {
    assertEquals(exact.dtype() == DType.F64 ? DType.F32 : exact.dtype(), rounded.dtype());
    Tensor want = run(exact);
    Tensor got = run(rounded);
    assertEquals(rounded.dtype(), got.dtype());
    assertTrue(got.closeTo(want, 1e-5, 1e-5 * Math.max(1, largest(want))), () -> got + " and " + want);
  }

  /// Compiled programs give the interpreter's values and first and second gradients, in f64 and f32.
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void compiledIsInterpreted(OpCase use) {
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      Check check = new Check(use.in(dtype));
      List<Node> outputs = new ArrayList<>(check.results);
      if (use.entry().gradient() == Flow.FLOWS) {
        check.moving().forEach(leaf -> outputs.add(check.gradients.of(leaf)));
        if (dtype == DType.F64) {
          Gradients second = Backward.from(check.second());
          check.moving().forEach(leaf -> outputs.add(second.of(leaf)));
        }
      }
      List<Tensor> want = Engine.INTERPRETER.run(outputs);
      for (Engine engine : List.of(Engine.COMPILER, Engine.PLAIN_COMPILER)) {
        List<Tensor> got = engine.run(outputs);
        for (int i = 0; i < outputs.size(); i++) {
          Tensor x = want.get(i);
          Tensor y = got.get(i);
          double tolerance = dtype == DType.F32 ? 1e-5 : 1e-12;
          assertEquals(x.dtype(), y.dtype());
          assertTrue(y.closeTo(x, tolerance, tolerance * Math.max(1, largest(x))), () -> engine + ": " + y + ", want " + x);
        }
      }
    }
  }

  /// The op by name and the method give the same, bit by bit.
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void nameAndMethodAreOne(OpCase use) {
    List<Node> x = use.over(use.leaves());
    List<Tensor> byName = new ArrayList<>();
    List<Tensor> byMethod = new ArrayList<>();
    use.byName(x).forEach(result -> byName.add(run(result)));
    use.byMethod(x).forEach(result -> byMethod.add(run(result)));
    assertEquals(byName, byMethod);
  }
}
