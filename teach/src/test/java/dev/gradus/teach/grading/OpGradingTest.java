package dev.gradus.teach.grading;

import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.Typing;
import dev.gradus.ops.Ops;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.scalar.Expressions;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpGradingTest {
  private static final Tensor AT = Tensor.vector(0.3, -0.7, 1.4);

  private static final Elementwise RIGHT =
      Elementwise.of("tanh", DefinedFunction.of("tanh", Expressions::tanh), Typing.Rule.FLOATING);

  private record MyTanh(UnaryOperator<Node> derivative) implements Opaque {
    @Override
    public String name() {
      return "my_tanh";
    }

    @Override
    public List<TensorType> types(List<TensorType> x) {
      return x;
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> x) {
      return List.of(Tensor.of(x.getFirst().shape(), Arrays.stream(x.getFirst().toDoubles()).map(Math::tanh).toArray()));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      return List.of(Objects.requireNonNull(g.getFirst()).times(derivative.apply(out.operand(0))));
    }
  }

  private record MyMatmul(boolean isTurned) implements Composite {
    @Override
    public String name() {
      return "matmul";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      return List.of(Ops.matmul(x.get(0), x.get(1)));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node y = isTurned ? Ops.transpose(out.operand(1)) : out.operand(1);
      return List.of(Ops.matmul(g.getFirst(), y), Ops.matmul(Ops.transpose(out.operand(0)), g.getFirst()));
    }
  }

  private static Node sech(Node x) {
    return Ops.cosh(x).pow(-1);
  }

  @Test
  void theDerivativeOfTanhWithoutItsSquare() {
    MyTanh wrong = new MyTanh(OpGradingTest::sech);
    OpGrade grade = Grading.ofOp(wrong, RIGHT, AT);
    assertTrue(grade.areValuesRight());
    assertFalse(grade.passed());
    assertEquals("square", grade.slots().getFirst().finding().mistake());
    OpGrade found = Grading.ofOps(sum(Ops.sin(wrong.of(parameter("x", AT)))));
    assertNotNull(found);
    assertEquals("my_tanh", found.op());
    assertEquals("square", found.slots().getFirst().finding().mistake());
    assertTrue(found.toString().lines().allMatch(line -> line.length() <= 80), found::toString);
  }

  @Test
  void rightOpsPass() {
    MyTanh right = new MyTanh(x -> sech(x).pow(2));
    assertTrue(Grading.ofOp(right, RIGHT, AT).passed());
    assertNull(Grading.ofOps(sum(right.of(parameter("x", AT)))));
  }

  @Test
  void otherMistakesOfRules() {
    assertEquals("sign", Grading.ofOp(new MyTanh(x -> sech(x).pow(2).negated()), RIGHT, AT).slots().getFirst().finding().mistake());
    assertEquals("output", Grading.ofOp(new MyTanh(x -> sech(Ops.tanh(x)).pow(2)), RIGHT, AT).slots().getFirst().finding().mistake());
    assertEquals("no.local", Grading.ofOp(new MyTanh(x -> x.times(0).plus(1)), RIGHT, AT).slots().getFirst().finding().mistake());
    Elementwise stated = Elementwise.of(
        "tanh", DefinedFunction.of("tanh", Expressions::tanh).withDerivative(Expressions::sech), Typing.Rule.FLOATING);
    assertEquals("square", Grading.ofOps(sum(stated.of(parameter("x", AT)))).slots().getFirst().finding().mistake());
  }

  @Test
  void aMatrixThatWasNotTransposed() {
    Tensor x = Tensor.of(Shape.of(2, 2), 1.0, 2, 3, 5);
    Tensor y = Tensor.of(Shape.of(2, 2), 0.5, -1, 2, 0.25);
    assertTrue(Grading.ofOp(new MyMatmul(true), new MyMatmul(true), x, y).passed());
    OpGrade grade = Grading.ofOps(sum(Ops.square(new MyMatmul(false).of(parameter("x", x), parameter("y", y)))));
    assertNotNull(grade);
    assertEquals("factors", grade.slots().getFirst().finding().mistake());
    assertTrue(grade.slots().get(1).isRight());
  }

  @Test
  void wrongValuesAreTold() {
    OpGrade grade = Grading.ofOp(Elementwise.of("tanh", DefinedFunction.of("t", Expressions::sin), Typing.Rule.FLOATING), RIGHT, AT);
    assertFalse(grade.areValuesRight());
    assertTrue(grade.toString().contains("values of tanh are wrong"), grade::toString);
  }
}
