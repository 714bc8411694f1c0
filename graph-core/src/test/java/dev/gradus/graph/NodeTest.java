package dev.gradus.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.Refusal;
import dev.gradus.run.Interpreter;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NodeTest {
  private static double value(Node node) {
    return Interpreter.run(node).of(node).item();
  }

  @Test
  void fluentArithmetic() {
    Node x = Constant.of(3);
    Node y = Constant.of(2);
    assertEquals(5, value(x.plus(y)));
    assertEquals(1, value(x.minus(y)));
    assertEquals(6, value(x.times(y)));
    assertEquals(1.5, value(x.dividedBy(y)));
    assertEquals(9, value(x.pow(y)));
    assertEquals(-3, value(x.negated()));
    assertEquals(4, value(x.plus(1)));
    assertEquals(2, value(x.minus(1)));
    assertEquals(12, value(x.times(4)));
    assertEquals(0.75, value(x.dividedBy(4)));
    assertEquals(27, value(x.pow(3)));
  }

  @Test
  void leavesHaveNoOperands() {
    Input input = Input.of("batch", DType.F32, Shape.of(2, 3));
    assertEquals(List.of(), input.operands());
    assertEquals("batch: input f32[2, 3]", input.toString());
    assertEquals("x: input f64[2]", Input.of("x", Shape.of(2)).toString());
    assertEquals("w: parameter f64[]", Parameter.of("w", 0.5).toString());
    assertEquals("constant f64[2]", Constant.of(Tensor.vector(1, 2)).toString());
    assertEquals("c: constant i64[]", Constant.of("c", Tensor.scalar(1L)).toString());
    assertEquals(Tensor.scalar(0.5), Parameter.of("w", 0.5).initial());
  }

  @Test
  void aFilledConstantIsAScalarBroadcast() {
    Node ones = Constant.filled(new TensorType(Shape.of(2, 3), DType.F32), 1);
    assertEquals("broadcast_to f32[2, 3]", ones.toString());
    assertEquals(Tensor.ones(Shape.of(2, 3), DType.F32), Interpreter.run(ones).of(ones));
    assertTrue(Constant.filled(new TensorType(Shape.SCALAR, DType.I64), 7) instanceof Constant);
  }

  /// Equal only to itself: two places in a graph may compute the same thing.
  @Test
  void isAnIdentity() {
    assertNotEquals(Constant.of(1), Constant.of(1));
    Node x = Constant.of(1);
    assertEquals(x, x);
  }

  @Test
  void aNamedNodeIsANewNode() {
    Node x = Parameter.of("x", 2);
    Node h = x.times(x);
    Node named = h.named("h");
    assertNull(h.name());
    assertEquals("h", named.name());
    assertEquals("h: multiply f64[]", named.toString());
    assertEquals(h.operands(), named.operands());
    assertEquals(4, value(named));
    assertEquals("c: constant f64[]", Constant.of(1).named("c").toString());
    assertEquals("w: parameter f64[]", x.named("w").toString());
    assertEquals("in: input f64[2]", Input.of("x", Shape.of(2)).named("in").toString());
  }

  @Test
  void scopesPrefixNames() {
    Parameter outside = Parameter.of("w", 1);
    Parameter inner;
    Parameter sibling;
    Node named;
    try (var _ = NameScope.open("encoder")) {
      try (var _ = NameScope.open("layer1")) {
        inner = Parameter.of("w", 1);
      }
      sibling = Parameter.of("b", 1);
      named = sibling.times(2).named("h");
    }
    assertEquals("w", outside.name());
    assertEquals("encoder/layer1/w", inner.name());
    assertEquals("encoder/b", sibling.name());
    assertEquals("encoder/h", named.name());
    assertEquals("x", Input.of("x", Shape.SCALAR).name());
  }

  @Test
  void scopesBelongToTheirThread() throws InterruptedException {
    String[] name = new String[1];
    try (var _ = NameScope.open("here")) {
      Thread other = new Thread(() -> name[0] = Objects.requireNonNull(Parameter.of("w", 1).name()));
      other.start();
      other.join();
    }
    assertEquals("w", name[0]);
  }

  /// Halves and doubles: an op with two results.
  private record HalfAndDouble() implements Composite {
    @Override
    public String name() {
      return "half_and_double";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      return List.of(x.getFirst().dividedBy(2), x.getFirst().times(2));
    }
  }

  /// Multiplies with a parameter that is no operand.
  private record Scaled(Parameter by) implements Composite {
    @Override
    public String name() {
      return "scaled";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      return List.of(x.getFirst().times(by));
    }
  }

  @Test
  void boxesHaveNoLeavesOfTheirOwn() {
    Parameter w = Parameter.of("w", 2);
    assertEquals(
        "scaled: an expansion consists of operands, constants and ops, but got w: parameter f64[]; make it an operand",
        Refusal.of(() -> new Scaled(w).of(Parameter.of("x", 1))));
  }

  @Test
  void tuplesHaveSeveralResults() {
    Apply tuple = new HalfAndDouble().of(Parameter.of("x", Tensor.vector(2, 4)));
    assertTrue(tuple.isTuple());
    assertEquals("half_and_double [f64[2], f64[2]]", tuple.toString());
    Node half = tuple.results().get(0);
    Node twice = tuple.results().get(1);
    assertEquals("half_and_double[1] f64[2]", twice.toString());
    assertEquals(List.of(tuple), half.operands());
    assertEquals(Tensor.vector(1, 2), Interpreter.run(half).of(half));
    assertEquals(Tensor.vector(4, 8), Interpreter.run(twice).of(twice));
    assertEquals(
        "half_and_double: a node with one result is needed here, but got 2 results; take one of results()",
        Refusal.of(tuple::shape));
    assertEquals("t: half_and_double [f64[2], f64[2]]", tuple.named("t").toString());
    Node renamed = twice.named("twice");
    assertEquals("twice: half_and_double[1] f64[2]", renamed.toString());
    assertEquals(Tensor.vector(4, 8), Interpreter.run(renamed).of(renamed));
    Apply single = Elementwise.NEGATIVE.of(half);
    assertEquals(List.of(single), single.results());
    assertSame(half, single.operand(0));
  }

  @Test
  void aBoxCanBeOpened() {
    Apply tuple = new HalfAndDouble().of(Constant.of(2));
    Expansion inside = Objects.requireNonNull(tuple.expansion());
    assertEquals(1, inside.inputs().size());
    assertEquals(2, inside.outputs().size());
    assertEquals(3, inside.graph().size());
    assertNull(Elementwise.NEGATIVE.of(Constant.of(2)).expansion());
    assertEquals("chain rule through the expansion of half_and_double", tuple.op().rule(tuple, 0));
  }

  /// Settings make an op; two of the same settings are one.
  @Test
  void opsAreValues() {
    assertEquals(new HalfAndDouble(), new HalfAndDouble());
    assertEquals(new Contract("ij,jk->ik"), new Contract("ij,jk->ik"));
    assertEquals(new View.Permute(List.of(1, 0)), new View.Permute(List.of(1, 0)));
    assertNotEquals(new Cast(DType.F32), new Cast(DType.F64));
    assertEquals(
        Elementwise.of("n", Arithmetic.NEGATE, Typing.Rule.NUMERIC), Elementwise.of("n", Arithmetic.NEGATE, Typing.Rule.NUMERIC));
  }

}
