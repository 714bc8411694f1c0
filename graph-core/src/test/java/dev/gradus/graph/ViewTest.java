package dev.gradus.graph;

import static dev.gradus.graph.PrimitiveDerivatives.check;
import static dev.gradus.graph.PrimitiveDerivatives.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gradus.Refusal;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ViewTest {
  private static final Tensor MATRIX = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
  private static final TensorType MATRIX_TYPE = TensorType.of(MATRIX);

  private static View.Slice slice(List<Integer> starts, List<Integer> sizes, List<Integer> steps) {
    return new View.Slice(starts, sizes, steps);
  }

  private static View.Pad pad(List<Integer> before, List<Integer> after, List<Integer> steps) {
    return new View.Pad(before, after, steps);
  }

  @Test
  void reshape() {
    assertEquals(
        Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}), value(new View.Reshape(Shape.of(3, 2)), MATRIX));
    assertEquals(Tensor.of(new double[][] {{7}}), value(new View.Reshape(Shape.of(1, 1)), Tensor.scalar(7.0)));
    assertEquals(Shape.of(5, 0), value(new View.Reshape(Shape.of(5, 0)), Tensor.zeros(Shape.of(0, 2))).shape());
    check(new View.Reshape(Shape.of(6)), MATRIX);
    check(new View.Reshape(Shape.SCALAR), Tensor.vector(2));
    check(new View.Reshape(Shape.of(0, 9)), Tensor.zeros(Shape.of(0)));
    assertEquals(
        "reshape: the number of elements must stay, but got [2, 3] to [4]; choose a shape of 6",
        Refusal.of(() -> new View.Reshape(Shape.of(4)).type(List.of(MATRIX_TYPE))));
  }

  @Test
  void permute() {
    View.Permute swap = new View.Permute(List.of(1, 0));
    assertEquals(Tensor.of(new double[][] {{1, 4}, {2, 5}, {3, 6}}), value(swap, MATRIX));
    View.Permute rotate = new View.Permute(List.of(2, 0, 1));
    Tensor cube = Tensor.of(new double[][][] {{{1, 2}, {3, 4}, {5, 6}}});
    assertEquals(Shape.of(2, 1, 3), value(rotate, cube).shape());
    assertEquals(cube.get(0, 1, 1), value(rotate, cube).get(1, 0, 1));
    assertEquals(Tensor.scalar(3.0), value(new View.Permute(List.of()), Tensor.scalar(3.0)));
    check(swap, MATRIX);
    check(rotate, cube);
    check(swap, Tensor.zeros(Shape.of(0, 2)));
    for (List<Integer> wrong : List.of(List.of(0), List.of(0, 0), List.of(0, 2), List.of(-1, 0), List.of(0, 1, 2))) {
      assertEquals(
          "transpose: axes must name each axis of [2, 3] once, but got " + wrong + "; list 0 to 1",
          Refusal.of(() -> new View.Permute(wrong).type(List.of(MATRIX_TYPE))));
    }
  }

  @Test
  void broadcast() {
    assertEquals(
        Tensor.of(new double[][] {{1, 2}, {1, 2}}), value(new View.Broadcast(Shape.of(2, 2)), Tensor.vector(1, 2)));
    assertEquals(
        Tensor.of(new double[][] {{1, 1}, {2, 2}}),
        value(new View.Broadcast(Shape.of(2, 2)), Tensor.of(new double[][] {{1}, {2}})));
    assertEquals(Tensor.zeros(Shape.of(0, 2)), value(new View.Broadcast(Shape.of(0, 2)), Tensor.vector(1, 2)));
    check(new View.Broadcast(Shape.of(4, 2, 3)), MATRIX);
    check(new View.Broadcast(Shape.of(2, 3)), Tensor.of(new double[][] {{1}, {2}}));
    check(new View.Broadcast(Shape.of(2, 2)), Tensor.scalar(2.0));
    check(new View.Broadcast(Shape.of(0, 1)), Tensor.scalar(2.0));
    check(new View.Broadcast(Shape.of(1, 1, 1)), Tensor.scalar(2.0));
    assertEquals(
        "broadcast_to: each axis must be 1 or stay, but got [2, 3] to [3, 2]; axes are matched from the last",
        Refusal.of(() -> new View.Broadcast(Shape.of(3, 2)).type(List.of(MATRIX_TYPE))));
  }

  @Test
  void slices() {
    assertEquals(
        Tensor.of(new double[][] {{2, 3}}), value(slice(List.of(0, 1), List.of(1, 2), List.of(1, 1)), MATRIX));
    assertEquals(
        Tensor.of(new double[][] {{4, 6}}), value(slice(List.of(1, 0), List.of(1, 2), List.of(1, 2)), MATRIX));
    assertEquals(Shape.of(2, 0), value(slice(List.of(0, 3), List.of(2, 0), List.of(1, 1)), MATRIX).shape());
    check(slice(List.of(0, 1), List.of(1, 2), List.of(1, 1)), MATRIX);
    check(slice(List.of(0, 0), List.of(2, 2), List.of(1, 2)), MATRIX);
    check(slice(List.of(1, 3), List.of(1, 0), List.of(1, 5)), MATRIX);
    check(slice(List.of(), List.of(), List.of()), Tensor.scalar(2.0));
    check(slice(List.of(0), List.of(0), List.of(1)), Tensor.zeros(Shape.of(0)));
  }

  @Test
  void refusesSlicesThatReachOutside() {
    List<View.Slice> wrong =
        List.of(
            slice(List.of(0, 1), List.of(1, 3), List.of(1, 1)),
            slice(List.of(0, 0), List.of(2, 2), List.of(1, 3)),
            slice(List.of(-1, 0), List.of(1, 1), List.of(1, 1)),
            slice(List.of(0, 0), List.of(1, 1), List.of(0, 1)),
            slice(List.of(0, 4), List.of(1, 0), List.of(1, 1)),
            slice(List.of(0), List.of(1), List.of(1)),
            slice(List.of(0, 2), List.of(1, 2), List.of(1, Integer.MAX_VALUE)));
    for (View.Slice slice : wrong) {
      assertEquals(
          "slice: the slice must lie inside [2, 3], but got " + slice + "; check starts, sizes and steps",
          Refusal.of(() -> slice.type(List.of(MATRIX_TYPE))));
    }
  }

  @Test
  void pads() {
    assertEquals(
        Tensor.vector(0, 1, 0, 2, 0, 0), value(pad(List.of(1), List.of(2), List.of(2)), Tensor.vector(1, 2)));
    assertEquals(Tensor.vector(0, 0, 0), value(pad(List.of(1), List.of(2), List.of(2)), Tensor.vector()));
    assertEquals(Tensor.scalar(2.0), value(pad(List.of(), List.of(), List.of()), Tensor.scalar(2.0)));
    check(pad(List.of(1, 0), List.of(0, 2), List.of(1, 3)), MATRIX);
    check(pad(List.of(2), List.of(1), List.of(1)), Tensor.zeros(Shape.of(0)));
    View.Pad wrong = pad(List.of(0, -1), List.of(0, 0), List.of(1, 1));
    assertEquals(
        "pad: widths must be at least 0 and steps at least 1, one for each axis of [2, 3], but got " + wrong + "; check them",
        Refusal.of(() -> wrong.type(List.of(MATRIX_TYPE))));
  }

  @Test
  void flips() {
    assertEquals(Tensor.of(new double[][] {{3, 2, 1}, {6, 5, 4}}), value(new View.Flip(List.of(1)), MATRIX));
    assertEquals(Tensor.of(new double[][] {{6, 5, 4}, {3, 2, 1}}), value(new View.Flip(List.of(0, 1)), MATRIX));
    assertEquals(Tensor.scalar(1.0), value(new View.Flip(List.of()), Tensor.scalar(1.0)));
    check(new View.Flip(List.of(0)), MATRIX);
    check(new View.Flip(List.of(0, 1)), MATRIX);
    check(new View.Flip(List.of(1)), Tensor.zeros(Shape.of(2, 0)));
    assertEquals(
        "flip: axes must be axes of f64[2, 3], but got 2; count from 0",
        Refusal.of(() -> new View.Flip(List.of(2)).type(List.of(MATRIX_TYPE))));
  }

  private static View.Windows windows(List<Integer> sizes, List<Integer> strides, List<Integer> dilations) {
    return new View.Windows(sizes, strides, dilations);
  }

  private static View.Fold fold(List<Integer> sizes, List<Integer> strides, List<Integer> dilations) {
    return new View.Fold(sizes, strides, dilations);
  }

  @Test
  void windows() {
    assertEquals(
        Tensor.of(new double[][] {{1, 2, 3}, {2, 3, 4}}), value(windows(List.of(2), List.of(1), List.of(1)), Tensor.vector(1, 2, 3, 4)));
    assertEquals(
        Tensor.of(new double[][] {{0, 3}, {2, 5}, {4, 7}}), value(windows(List.of(3), List.of(3), List.of(2)), Tensor.arange(9).cast(DType.F64)));
    assertEquals(
        Tensor.of(new double[][][][] {{{{1, 2}}, {{2, 3}}}, {{{4, 5}}, {{5, 6}}}}),
        value(windows(List.of(2, 2), List.of(1, 1), List.of(1, 1)), MATRIX));
    assertEquals(MATRIX, value(windows(List.of(), List.of(), List.of()), MATRIX));
    assertEquals(Shape.of(0, 2, 2), value(windows(List.of(2), List.of(1), List.of(1)), Tensor.zeros(Shape.of(0, 3))).shape());
    Tensor image = PrimitiveDerivatives.numbers(new TensorType(Shape.of(2, 5, 4), DType.F64), 3);
    check(windows(List.of(2), List.of(1), List.of(1)), MATRIX);
    check(windows(List.of(2, 3), List.of(3, 1), List.of(2, 1)), image);
    check(windows(List.of(2, 2), List.of(1, 2), List.of(3, 1)), image);
    check(windows(List.of(2), List.of(1), List.of(1)), Tensor.zeros(Shape.of(0, 3)));
  }

  @Test
  void folds() {
    Tensor pairs = Tensor.of(new double[][] {{1, 2, 3}, {10, 20, 30}});
    assertEquals(Tensor.vector(1, 12, 23, 30), value(fold(List.of(4), List.of(1), List.of(1)), pairs));
    assertEquals(Tensor.vector(1, 10, 2, 20, 3, 30, 0), value(fold(List.of(7), List.of(2), List.of(1)), pairs));
    assertEquals(Tensor.vector(1, 2, 13, 20, 30), value(fold(List.of(5), List.of(1), List.of(2)), pairs));
    assertEquals(MATRIX, value(fold(List.of(), List.of(), List.of()), MATRIX));
    assertEquals(Shape.of(0, 3), value(fold(List.of(3), List.of(1), List.of(1)), Tensor.zeros(Shape.of(0, 2, 2))).shape());
    check(fold(List.of(4), List.of(1), List.of(1)), pairs);
    check(fold(List.of(7), List.of(2), List.of(1)), pairs);
    Tensor patches = PrimitiveDerivatives.numbers(new TensorType(Shape.of(2, 2, 3, 1, 2), DType.F64), 4);
    check(fold(List.of(4, 7), List.of(2, 3), List.of(3, 1)), patches);
  }

  /// How often each element stands in a window.
  @Test
  void foldingWindowsCounts() {
    Tensor ones = Tensor.ones(Shape.of(7));
    Node folded = fold(List.of(7), List.of(2), List.of(1)).of(windows(List.of(3), List.of(2), List.of(1)).of(Constant.of(ones)));
    assertEquals(Tensor.vector(1, 1, 2, 1, 2, 1, 1), Interpreter.run(folded).of(folded));
  }

  @Test
  void refusesWindowsThatDoNotFit() {
    List<View.Windows> wrong =
        List.of(
            windows(List.of(4), List.of(1), List.of(1)),
            windows(List.of(2), List.of(1), List.of(3)),
            windows(List.of(0), List.of(1), List.of(1)),
            windows(List.of(2), List.of(0), List.of(1)),
            windows(List.of(1), List.of(1), List.of(0)),
            windows(List.of(1, 1), List.of(1), List.of(1, 1)),
            windows(List.of(1, 1, 1), List.of(1, 1, 1), List.of(1, 1, 1)),
            windows(List.of(Integer.MAX_VALUE), List.of(1), List.of(Integer.MAX_VALUE)));
    for (View.Windows windows : wrong) {
      assertEquals(
          "windows: sizes, strides and dilations must be at least 1 and windows fit into [2, 3], but got " + windows + "; check them",
          Refusal.of(() -> windows.type(List.of(MATRIX_TYPE))));
    }
    List<View.Fold> wrongFolds =
        List.of(
            fold(List.of(3), List.of(1), List.of(1)),
            fold(List.of(5), List.of(1), List.of(1)),
            fold(List.of(4), List.of(0), List.of(1)),
            fold(List.of(4), List.of(1), List.of(0)),
            fold(List.of(4), List.of(1, 1), List.of(1)),
            fold(List.of(4, 4), List.of(1, 1), List.of(1, 1)));
    for (View.Fold fold : wrongFolds) {
      assertEquals(
          "fold: the windows of [2, 3] must be all that fit into the sizes, but got " + fold + "; check sizes, strides and dilations",
          Refusal.of(() -> fold.type(List.of(MATRIX_TYPE))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyDtypeCanBeArranged(DType dtype) {
    Tensor x = Tensor.of(new double[][] {{1, 0}, {0, 1}, {1, 1}}).cast(dtype);
    Tensor transposed = Tensor.of(new double[][] {{1, 0, 1}, {0, 1, 1}}).cast(dtype);
    assertEquals(transposed, value(new View.Permute(List.of(1, 0)), x));
    assertEquals(Tensor.of(new double[][] {{0, 1}}).cast(dtype), value(slice(List.of(1, 0), List.of(1, 2), List.of(1, 1)), x));
    assertEquals(
        Tensor.of(new double[][] {{0, 1, 0}}).cast(dtype),
        value(pad(List.of(0, 1), List.of(0, 1), List.of(1, 1)), Tensor.of(new double[][] {{1}}).cast(dtype)));
    Tensor pairs = Tensor.of(new double[][] {{0, 1}, {1, 0}}).cast(dtype);
    assertEquals(pairs, value(windows(List.of(2), List.of(1), List.of(1)), Tensor.vector(0, 1, 0).cast(dtype)));
    assertEquals(
        Tensor.vector(0, dtype == DType.BOOL ? 1 : 2, 0).cast(dtype), value(fold(List.of(3), List.of(1), List.of(1)), pairs));
  }

  @Test
  void nothingIsBuiltForAViewThatChangesNothing() {
    Node x = Constant.of(MATRIX);
    assertSame(x, View.reshape(x, Shape.of(2, 3)));
    assertSame(x, View.permute(x, 0, 1));
    assertSame(x, View.broadcast(x, Shape.of(2, 3)));
    assertSame(x, View.along(x, 1, 0, 3, 1));
    assertSame(x, Broadcasting.sumTo(x, Shape.of(2, 3)));
  }

  @Test
  void rules() {
    Node x = Constant.of(MATRIX);
    assertEquals("gᵀ", new View.Permute(List.of(1, 0)).rule(new View.Permute(List.of(1, 0)).of(x), 0));
    assertEquals("g reshaped to [2, 3]", new View.Reshape(Shape.of(6)).rule(new View.Reshape(Shape.of(6)).of(x), 0));
  }
}
