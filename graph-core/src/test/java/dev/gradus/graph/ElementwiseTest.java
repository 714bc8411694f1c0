package dev.gradus.graph;

import static dev.gradus.graph.PrimitiveDerivatives.check;
import static dev.gradus.graph.PrimitiveDerivatives.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gradus.Refusal;
import dev.gradus.diff.Backward;
import dev.gradus.run.Interpreter;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.Expression;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElementwiseTest {
  private static final Elementwise SIN = Elementwise.of("sin", Arithmetic.SIN, Typing.Rule.FLOATING);
  private static final Elementwise WHERE = Elementwise.of("where", Arithmetic.SELECT, Typing.Rule.SELECTION);

  private static Tensor eval(Node node) {
    return Interpreter.run(node).of(node);
  }

  @Test
  void appliesItsFormulaAtEveryElement() {
    assertEquals(Tensor.vector(5, 7), value(Elementwise.ADD, Tensor.vector(1, 2), Tensor.vector(4, 5)));
    assertEquals(Tensor.scalar(Math.sin(2)), value(SIN, Tensor.scalar(2.0)));
    assertEquals(Tensor.zeros(Shape.of(0, 2)), value(SIN, Tensor.zeros(Shape.of(0, 2))));
  }

  @Test
  void broadcastsItsOperands() {
    Tensor column = Tensor.of(new double[][] {{1}, {2}});
    assertEquals(
        Tensor.of(new double[][] {{11, 21}, {12, 22}}), value(Elementwise.ADD, column, Tensor.vector(10, 20)));
    assertEquals(Tensor.zeros(Shape.of(0, 3)), value(Elementwise.MULTIPLY, Tensor.zeros(Shape.of(0, 1)), Tensor.vector(1, 2, 3)));
    assertEquals(
        Tensor.of(new double[][] {{1, 0}, {0, 4}}),
        value(
            WHERE,
            Tensor.of(new boolean[][] {{true, false}, {false, true}}),
            Tensor.of(new double[][] {{1, 2}, {3, 4}}),
            Tensor.scalar(0.0)));
  }

  @Test
  void differentiates() {
    Tensor matrix = Tensor.of(new double[][] {{0.5, -1.2, 2}, {0.3, 0.9, -0.4}});
    check(SIN, matrix);
    check(SIN, Tensor.scalar(0.4));
    check(SIN, Tensor.zeros(Shape.of(0)));
    check(Elementwise.ADD, matrix, Tensor.vector(1, 2, 3));
    check(Elementwise.SUBTRACT, Tensor.scalar(2.0), matrix);
    check(Elementwise.MULTIPLY, Tensor.of(new double[][] {{1.5}, {2.5}}), matrix);
    check(Elementwise.DIVIDE, matrix, Tensor.of(new double[][] {{1.5}, {2.5}}));
    check(Elementwise.POW, Tensor.of(new double[][] {{1.5}, {2.5}}), Tensor.vector(-1.3, 2, 0.4));
    check(Elementwise.MULTIPLY, Tensor.zeros(Shape.of(0, 1)), Tensor.vector(1, 2));
    check(WHERE, Tensor.of(new boolean[] {true, false, true}), Tensor.vector(1, 2, 3), Tensor.scalar(2.0));
    check(Elementwise.NEGATIVE, Tensor.of(Shape.of(1, 1, 1), 3.0));
  }

  /// One variable in two slots, and none in some: the formula need not use its operands one by one.
  @Test
  void anyFormulaWillDo() {
    Expression x = Expression.variable(0);
    Expression z = Expression.variable(2);
    Elementwise op = new Elementwise("odd", x.times(x).plus(z.times(x)), Typing.Rule.FLOATING);
    check(op, Tensor.vector(1.5, 2), Tensor.vector(3, 4), Tensor.scalar(0.7));
    assertEquals(Tensor.vector(1 + 5, 4 + 10), value(op, Tensor.vector(1, 2), Tensor.scalar(9.0), Tensor.scalar(5.0)));
    assertEquals(
        "odd: takes 3 operands, but got 1 operands; pass one for each variable",
        Refusal.of(() -> op.type(List.of(TensorType.of(Tensor.scalar(1.0))))));
  }

  @Test
  void f32IsRoundedOnce() {
    Tensor tenth = Tensor.scalar(0.1f);
    assertEquals(Tensor.scalar((float) ((double) 0.1f * 0.1f)), value(Elementwise.MULTIPLY, tenth, tenth));
    assertEquals(DType.F32, value(SIN, tenth).dtype());
  }

  @Test
  void integersStayExact() {
    Tensor large = Tensor.scalar((1L << 53) + 1);
    assertEquals(Tensor.scalar((1L << 53) + 2), value(Elementwise.ADD, large, Tensor.scalar(1L)));
    assertEquals(Tensor.of(Shape.of(2), 3, 4), eval(Constant.of(Tensor.of(Shape.of(2), 1, 2)).plus(2)));
    assertEquals(DType.I32, Constant.of(Tensor.scalar(1)).times(3).dtype());
    assertEquals(
        Tensor.of(Shape.of(2, 2), 2L, 3L, 3L, 4L),
        value(Elementwise.ADD, Tensor.of(new long[][] {{1}, {2}}), Tensor.of(Shape.of(2), 1L, 2L)));
  }

  @Test
  void aNumberTakesTheDtypeItMeets() {
    Node f32 = Constant.of(Tensor.scalar(1.5f));
    assertEquals(DType.F32, f32.plus(0.1).dtype());
    assertEquals(Tensor.scalar((float) (1.5f + 0.1)), eval(f32.plus(0.1)));
    Node i64 = Constant.of(Tensor.scalar(3L));
    assertEquals(Tensor.scalar(6L), eval(i64.times(2)));
    assertEquals(
        "multiply: a number that meets i64 must be whole, but got 0.5; cast to f64 first",
        Refusal.of(() -> i64.times(0.5)));
    Node i32 = Constant.of(Tensor.scalar(3));
    assertEquals(
        "add: a number that meets i32 must lie in its range, but got 1.0E12; cast to f64 first",
        Refusal.of(() -> i32.plus(1e12)));
  }

  /// 0 · ∞: an edge that sends nothing leaks no NaN, in either direction.
  @Test
  void aZeroBeatsInfinityInGradients() {
    Parameter x = Parameter.of("x", Tensor.vector(0, 4));
    Node roots = Elementwise.of("sqrt", Arithmetic.SQRT, Typing.Rule.FLOATING).of(x);
    Node gradient = Backward.from(roots, Constant.of(Tensor.vector(0, 1))).of(x);
    assertEquals(Tensor.vector(0, 0.25), eval(gradient));
  }

  @Test
  void localFactorsAndRules() {
    Parameter x = Parameter.of("x", Tensor.vector(1, 2));
    Parameter y = Parameter.of("y", Tensor.vector(3, 4));
    Apply product = Elementwise.MULTIPLY.of(x, y);
    assertSame(y, Elementwise.MULTIPLY.local(product, 0));
    assertEquals("g * y", Elementwise.MULTIPLY.rule(product, 0));
    assertEquals("g * x", Elementwise.MULTIPLY.rule(product, 1));
    Apply sum = Elementwise.ADD.of(x, y);
    assertEquals("g", Elementwise.ADD.rule(sum, 1));
    assertEquals(Tensor.scalar(1.0), eval(Elementwise.ADD.local(sum, 0)));
    Apply quotient = Elementwise.DIVIDE.of(x, y);
    assertEquals("g * (1 / y)", Elementwise.DIVIDE.rule(quotient, 0));
    Node byX = Elementwise.DIVIDE.local(quotient, 0);
    assertEquals(List.of(y), byX.operands()); // the formula mentions y alone
    assertEquals(Tensor.vector(1 / 3.0, 1 / 4.0), eval(byX));
    Apply floor = Elementwise.of("floor", Arithmetic.FLOOR, Typing.Rule.NUMERIC).of(x);
    assertEquals("0", Elementwise.of("floor", Arithmetic.FLOOR, Typing.Rule.NUMERIC).rule(floor, 0));
  }
}
