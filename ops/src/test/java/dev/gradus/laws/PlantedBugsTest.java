package dev.gradus.laws;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.graph.View;
import dev.gradus.laws.Comparison.Verdict;
import dev.gradus.laws.Program.Built;
import dev.gradus.laws.Twin.Bug;
import dev.gradus.ops.Ops;
import dev.gradus.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import org.jspecify.annotations.Nullable;

/// Bugs planted in the gradient of one op: the law of [RandomGraphTest] finds each, and what it finds shrinks to a graph
/// that shows little else.
class PlantedBugsTest {
  private static final int LARGEST = 5;

  @Example
  void wrongSign() {
    assertFound("sin", (out, slot, g, right) -> right.negated());
  }

  @Example
  void droppedSecondUse() {
    assertFound(
        "multiply", (out, slot, g, right) -> slot == 1 && out.operand(0) == out.operand(1) ? null : right);
  }

  @Example
  void lostSumOverBroadcastAxes() {
    assertFound(
        "add", (out, slot, g, right) -> right.shape().equals(g.shape()) ? right : firstAlongBroadcastAxes(g, right.shape()));
  }

  @Example
  void wrongOrderInMatrixProduct() {
    assertFound("matmul", (out, slot, g, right) -> {
      Node y = out.operand(1);
      boolean square = g.shape().rank() == 2 && g.shape().equals(y.shape()) && g.shape().equals(right.shape());
      return slot == 0 && square ? Ops.matmul(Ops.transpose(y), g) : right;
    });
  }

  @Example
  void missingSquare() {
    assertFound(
        "tanh", (out, slot, g, right) -> Elementwise.product(g, Ops.reciprocal(Ops.cosh(out.operand(0)))));
  }

  @Example
  void missingTerm() {
    assertFound("softmax", (out, slot, g, right) -> Elementwise.product(g, out));
  }

  @Example
  void wrongOperand() {
    assertFound("divide", (out, slot, g, right) -> slot == 0 ? right : right.negated());
  }

  /// The law holds of the untouched ops in the programs that convict their twins: it is the bug that is found.
  private static void assertFound(String op, Bug bug) {
    Tampering tampering = Twin.planted(op, bug);
    Shrinkable<Program> found = firstFailure(tampering);
    assertNotNull(found, "not found");
    Shrinkable<Program> smallest = shrunk(found, tampering);
    Built built = smallest.value().build(tampering);
    Graph graph = Graph.of(built.result());
    assertTrue(graph.size() <= LARGEST, () -> "shrunk to" + smallest.value() + "\n" + graph);
    assertTrue(graph.nodes().stream().anyMatch(PlantedBugsTest::isTwin), graph::toString);
    assertTrue(new Laws(smallest.value().build(Tampering.NONE)).derivativesAgree() == Verdict.AGREES);
  }

  /// Whether the law convicts the program; one without a twin is innocent.
  private static boolean fails(Program program, Tampering tampering) {
    Built built = program.build(tampering);
    boolean suspect = Graph.of(built.result()).nodes().stream().anyMatch(PlantedBugsTest::isTwin);
    return suspect && new Laws(built).derivativesAgree() == Verdict.DIFFERS;
  }

  private static boolean isTwin(Node node) {
    return node instanceof Apply apply && apply.op() instanceof Twin;
  }

  private static @Nullable Shrinkable<Program> firstFailure(Tampering tampering) {
    RandomGenerator<Program> generator = Programs.arbitrary().generator(1000);
    Random random = new Random(7);
    for (int tries = 0; tries < 2000; tries++) {
      Shrinkable<Program> program = generator.next(random);
      if (fails(program.value(), tampering)) {
        return program;
      }
    }
    return null;
  }

  /// Goes to a simpler program that fails too until there is none, as jqwik does.
  private static Shrinkable<Program> shrunk(Shrinkable<Program> found, Tampering tampering) {
    Shrinkable<Program> best = found;
    Optional<Shrinkable<Program>> simpler = Optional.of(found);
    while (simpler.isPresent()) {
      best = simpler.get();
      Shrinkable<Program> from = best;
      simpler =
          from.shrink()
              .filter(candidate -> candidate.distance().compareTo(from.distance()) < 0)
              .filter(candidate -> fails(candidate.value(), tampering))
              .findFirst();
    }
    return best;
  }

  /// The part of `g` at index 0 of the axes along which `shape` was broadcast: right in shape only.
  private static Node firstAlongBroadcastAxes(Node g, Shape shape) {
    int[] sizes = new int[g.shape().rank()];
    Arrays.fill(sizes, 1);
    int lead = sizes.length - shape.rank();
    System.arraycopy(shape.dims(), 0, sizes, lead, shape.rank());
    int[] steps = new int[sizes.length];
    Arrays.fill(steps, 1);
    return View.reshape(View.slice(g, new int[sizes.length], sizes, steps), shape);
  }
}
