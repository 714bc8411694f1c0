package dev.gradus.graph;

import static dev.gradus.graph.PrimitiveDerivatives.check;
import static dev.gradus.graph.PrimitiveDerivatives.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.Refusal;
import dev.gradus.diff.Backward;
import dev.gradus.graph.Reduce.Kind;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReduceTest {
  private static final Tensor MATRIX = Tensor.of(new double[][] {{1, -2, 3}, {4, 5, -6}});

  private static Reduce over(Kind kind, boolean keepDims, Integer... axes) {
    return new Reduce(kind, List.of(axes), keepDims);
  }

  @Test
  void valuesOverAxes() {
    assertEquals(Tensor.vector(5, 3, -3), value(over(Kind.SUM, false, 0), MATRIX));
    assertEquals(Tensor.vector(2, 3), value(over(Kind.SUM, false, 1), MATRIX));
    assertEquals(Tensor.scalar(5.0), value(Reduce.all(Kind.SUM, 2), MATRIX));
    assertEquals(Tensor.of(new double[][] {{2}, {3}}), value(over(Kind.SUM, true, 1), MATRIX));
    assertEquals(Tensor.vector(-6, -120), value(over(Kind.PRODUCT, false, 1), MATRIX));
    assertEquals(Tensor.vector(4, 5, 3), value(over(Kind.MAX, false, 0), MATRIX));
    assertEquals(Tensor.scalar(-6.0), value(over(Kind.MIN, false, 1, 0), MATRIX));
    assertEquals(MATRIX, value(over(Kind.SUM, false), MATRIX)); // no axes: nothing is reduced
    assertEquals(Tensor.scalar(7.0), value(Reduce.all(Kind.MAX, 0), Tensor.scalar(7.0)));
    assertEquals(
        Tensor.of(new double[][] {{6, 9}, {15, 21}}),
        value(over(Kind.SUM, false, 1), Tensor.of(new double[][][] {{{1, 2}, {5, 7}}, {{7, 9}, {8, 12}}})));
  }

  @Test
  void overNothing() {
    assertEquals(Tensor.vector(0, 0, 0), value(over(Kind.SUM, false, 0), Tensor.zeros(Shape.of(0, 3))));
    assertEquals(Tensor.vector(1, 1, 1), value(over(Kind.PRODUCT, false, 0), Tensor.zeros(Shape.of(0, 3))));
    assertEquals(Tensor.zeros(Shape.of(0)), value(over(Kind.MAX, false, 1), Tensor.zeros(Shape.of(0, 3))));
    assertEquals(
        "max: there must be an element to take, but got shape [0, 3]; leave out empty axes",
        Refusal.of(() -> over(Kind.MAX, false, 0).type(List.of(TensorType.of(Tensor.zeros(Shape.of(0, 3)))))));
  }

  @Test
  void integersAndBools() {
    assertEquals(Tensor.scalar(6L), value(Reduce.all(Kind.SUM, 1), Tensor.of(Shape.of(3), 1, 2, 3)));
    assertEquals(Tensor.scalar(2L), value(Reduce.all(Kind.SUM, 1), Tensor.of(Shape.of(3), true, false, true)));
    assertEquals(Tensor.scalar(3), value(Reduce.all(Kind.MAX, 1), Tensor.of(Shape.of(3), 1, 2, 3)));
    assertEquals(Tensor.scalar(true), value(Reduce.all(Kind.MAX, 1), Tensor.of(Shape.of(2), true, false)));
    assertEquals(Tensor.scalar(6L), value(Reduce.all(Kind.PRODUCT, 1), Tensor.of(Shape.of(3), 1L, 2L, 3L)));
    assertEquals(DType.F32, value(Reduce.all(Kind.SUM, 1), Tensor.of(Shape.of(2), 1f, 2f)).dtype());
  }

  @Test
  void nanWins() {
    Tensor some = Tensor.vector(1, Double.NaN, 3);
    for (Kind kind : Kind.values()) {
      assertEquals(Tensor.scalar(Double.NaN), value(Reduce.all(kind, 1), some));
    }
  }

  @ParameterizedTest
  @EnumSource
  void differentiates(Kind kind) {
    for (boolean keep : new boolean[] {true, false}) {
      check(over(kind, keep, 0), MATRIX);
      check(over(kind, keep, 1), MATRIX);
      check(over(kind, keep, 0, 1), MATRIX);
      check(over(kind, keep), MATRIX);
      check(over(kind, keep), Tensor.scalar(2.0));
      check(over(kind, keep, 0), Tensor.of(new double[][] {{1, 2}}));
      check(over(kind, keep, 1), Tensor.zeros(Shape.of(0, 2)));
      check(over(kind, keep, 0, 2), Tensor.of(new double[][][] {{{1, 2}, {5, 7}}, {{7.5, 9}, {8, 12}}, {{-3, 4}, {2.2, 1}}}));
    }
  }

  @Test
  void differentiatesSumsAndProductsOverNothing() {
    check(over(Kind.SUM, false, 0), Tensor.zeros(Shape.of(0, 2)));
    check(over(Kind.PRODUCT, true, 0), Tensor.zeros(Shape.of(0, 2)));
  }

  /// A product is differentiated without division.
  @Test
  void productsWithZeros() {
    for (double[] x : new double[][] {{2, 0, 5}, {0, 0, 5}, {2, 3, 5}, {7}, {2, 3, 5, 0, 11}}) {
      Parameter p = Parameter.of("x", Tensor.vector(x));
      Node product = Reduce.all(Kind.PRODUCT, 1).of(p);
      double[] others = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        others[i] = 1;
        for (int k = 0; k < x.length; k++) {
          others[i] *= k == i ? 1 : x[k];
        }
      }
      Node gradient = Backward.from(product).of(p);
      assertEquals(Tensor.vector(others), Interpreter.run(gradient).of(gradient));
    }
    check(over(Kind.PRODUCT, false, 1), Tensor.of(new double[][] {{2, 0, 3}, {1, 0, 0}}));
  }

  @Test
  void tiesShareTheGradient() {
    Parameter x = Parameter.of("x", Tensor.vector(3, 1, 3, 3));
    Node gradient = Backward.from(Reduce.all(Kind.MAX, 1).of(x)).of(x);
    assertEquals(Tensor.vector(1 / 3.0, 0, 1 / 3.0, 1 / 3.0), Interpreter.run(gradient).of(gradient));
  }

  @Test
  void axesAreASetAndMustExist() {
    assertEquals(over(Kind.SUM, false, 0, 1), over(Kind.SUM, false, 1, 0, 1));
    assertEquals(
        "sum: axes must lie in [0, 2), but got 2; count the axes of f64[2, 3]",
        Refusal.of(() -> over(Kind.SUM, false, 2).type(List.of(TensorType.of(MATRIX)))));
    assertEquals("prod", over(Kind.PRODUCT, false).name());
    assertEquals("sum{axes=[1]}, keepdims", over(Kind.SUM, true, 1).toString());
  }
}
