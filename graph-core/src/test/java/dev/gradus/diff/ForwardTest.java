package dev.gradus.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.Refusal;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.StopGradient;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.Typing;
import dev.gradus.run.Interpreter;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForwardTest {
  private final Parameter x = Parameter.of("x", Tensor.vector(1, 2));
  private final Parameter y = Parameter.of("y", 3);
  private final Node dx = Constant.of(Tensor.vector(10, 100));

  private static Tensor eval(Node node) {
    return Interpreter.run(node).of(node);
  }

  @Test
  void movesAlongADirection() {
    assertEquals(Tensor.vector(20, 400), eval(Forward.derivative(x.times(x), Map.of(x, dx))));
    assertEquals(Tensor.vector(30, 300), eval(Forward.derivative(x.times(y), Map.of(x, dx))));
    assertEquals(Tensor.vector(1, 2), eval(Forward.derivative(x.times(y), Map.of(y, Constant.of(1)))));
    assertEquals(
        Tensor.vector(31, 302), eval(Forward.derivative(x.times(y), Map.of(x, dx, y, Constant.of(1)))));
    assertEquals(Tensor.vector(10, 100), eval(Forward.derivative(x, Map.of(x, dx))));
  }

  @Test
  void nothingMoves() {
    assertEquals(Tensor.vector(0, 0), eval(Forward.derivative(x.times(x), Map.of())));
    assertEquals(Tensor.vector(0, 0), eval(Forward.derivative(new StopGradient().of(x), Map.of(x, dx))));
    Node whole = new Cast(DType.I64).of(x);
    assertEquals(Tensor.zeros(Shape.of(2), DType.I64), eval(Forward.derivative(whole, Map.of(x, dx))));
    assertEquals(Tensor.vector(0, 0), eval(Forward.derivative(new Cast(DType.F64).of(whole), Map.of(x, dx))));
  }

  /// A node inside that is given a tangent moves along it, whatever moves below.
  @Test
  void aNodeInsideMayMove() {
    Node square = x.times(x);
    Node out = square.times(y);
    assertEquals(Tensor.vector(30, 300), eval(Forward.derivative(out, Map.of(square, dx))));
    assertEquals(Tensor.vector(30, 300), eval(Forward.derivative(out, Map.of(square, dx, x, dx))));
  }

  @Test
  void tangentsHaveTheTypeOfTheirNode() {
    assertEquals(
        "jvp: a tangent must have its node's floating-point type, but got f64[2] for y: parameter f64[]; reshape it",
        Refusal.of(() -> Forward.derivative(x.times(y), Map.of(y, dx))));
    Node whole = Constant.of(Tensor.scalar(1L));
    assertEquals(
        "jvp: a tangent must have its node's floating-point type, but got i64[] for constant i64[]; reshape it",
        Refusal.of(() -> Forward.derivative(whole, Map.of(whole, whole))));
  }

  /// sin'' = -sin, forward over forward and forward over reverse.
  @Test
  void secondDerivatives() {
    Parameter t = Parameter.of("t", 0.7);
    Node one = Constant.of(1);
    Node sine = Elementwise.of("sin", Arithmetic.SIN, Typing.Rule.FLOATING).of(t);
    Node twice = Forward.derivative(Forward.derivative(sine, Map.of(t, one)), Map.of(t, one));
    assertEquals(-Math.sin(0.7), eval(twice).item(), 1e-15);
    assertEquals(-Math.sin(0.7), eval(Forward.derivative(Backward.from(sine).of(t), Map.of(t, one))).item(), 1e-15);
    assertEquals(-Math.sin(0.7), eval(Backward.from(Forward.derivative(sine, Map.of(t, one))).of(t)).item(), 1e-15);
  }

  private record SquareAndSum() implements Composite {
    @Override
    public String name() {
      return "square_and_sum";
    }

    @Override
    public List<Node> expand(List<Node> a) {
      return List.of(a.get(0).times(a.get(0)), a.get(0).plus(a.get(1)));
    }

    /// Wrong on purpose: forward mode goes through the expansion.
    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      return List.of(Constant.of(77), Constant.of(77));
    }
  }

  @Test
  void boxesAreOpened() {
    Parameter a = Parameter.of("a", 3);
    Apply box = new SquareAndSum().of(a, y);
    assertEquals(6, eval(Forward.derivative(box.results().get(0), Map.of(a, Constant.of(1)))).item());
    assertEquals(0, eval(Forward.derivative(box.results().get(0), Map.of(y, Constant.of(1)))).item());
    assertEquals(1, eval(Forward.derivative(box.results().get(1), Map.of(y, Constant.of(1)))).item());
    // one node in both slots
    Apply same = new SquareAndSum().of(a, a);
    assertEquals(2, eval(Forward.derivative(same.results().get(1), Map.of(a, Constant.of(1)))).item());
  }

  /// (a, b) ↦ (ab, a) by a kernel; only the pullback is stated.
  private record ProductAndFirst() implements Opaque {
    @Override
    public String name() {
      return "product_and_first";
    }

    @Override
    public List<TensorType> types(List<TensorType> a) {
      return List.of(a.getFirst(), a.getFirst());
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> a) {
      return List.of(Tensor.scalar(a.get(0).item() * a.get(1).item()), a.get(0));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node product = g.get(0);
      Node first = g.get(1);
      Node toA = product == null ? Objects.requireNonNull(first) : product.times(out.operand(1));
      return Arrays.asList(
          product != null && first != null ? toA.plus(first) : toA,
          product == null ? null : product.times(out.operand(0)));
    }
  }

  /// The pushforward that a pullback implies.
  @Test
  void opaqueOpsAreTransposed() {
    Parameter a = Parameter.of("a", 3);
    Parameter b = Parameter.of("b", 5);
    Apply op = new ProductAndFirst().of(a, b);
    Map<Node, Node> both = Map.of(a, Constant.of(10), b, Constant.of(100));
    assertEquals(350, eval(Forward.derivative(op.results().get(0), both)).item());
    assertEquals(10, eval(Forward.derivative(op.results().get(1), both)).item());
    assertEquals(0, eval(Forward.derivative(op.results().get(1), Map.of(b, Constant.of(1)))).item());
    assertEquals(5, eval(Backward.from(op.results().get(0)).of(a)).item());
  }
}
