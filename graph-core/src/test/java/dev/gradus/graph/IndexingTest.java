package dev.gradus.graph;

import static dev.gradus.graph.PrimitiveDerivatives.check;
import static dev.gradus.graph.PrimitiveDerivatives.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gradus.Refusal;
import dev.gradus.diff.Backward;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Joining, gathering, scattering.
class IndexingTest {
  private static final Tensor MATRIX = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});

  private static Tensor indices(long... all) {
    return Tensor.of(Shape.of(all.length), all);
  }

  @Test
  void concat() {
    Tensor row = Tensor.of(new double[][] {{7, 8, 9}});
    assertEquals(Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}), value(new Concat(0), MATRIX, row));
    assertEquals(
        Tensor.of(new double[][] {{1, 2, 3, 7}, {4, 5, 6, 8}}),
        value(new Concat(1), MATRIX, Tensor.of(new double[][] {{7}, {8}})));
    assertEquals(MATRIX, value(new Concat(0), MATRIX));
    assertEquals(MATRIX, value(new Concat(0), Tensor.zeros(Shape.of(0, 3)), MATRIX, Tensor.zeros(Shape.of(0, 3))));
    check(new Concat(0), MATRIX, row, MATRIX);
    check(new Concat(1), MATRIX, Tensor.zeros(Shape.of(2, 0)), Tensor.of(new double[][] {{7}, {8}}));
    check(new Concat(1), Tensor.zeros(Shape.of(0, 3)), Tensor.zeros(Shape.of(0, 2)));
  }

  @ParameterizedTest
  @EnumSource
  void concatOfEveryDtype(DType dtype) {
    assertEquals(
        Tensor.vector(1, 0, 1).cast(dtype),
        value(new Concat(0), Tensor.vector(1, 0).cast(dtype), Tensor.vector(1).cast(dtype)));
  }

  /// The pullbacks made in one pass are those made slot by slot.
  @Test
  void concatSendsEachOperandItsPart() {
    Node x = Constant.of(MATRIX);
    Node whole = Constant.of(Tensor.of(Shape.of(2), 1L, 2L));
    Apply out = new Concat(0).of(x, x, x);
    Node g = Constant.of(Tensor.normal(out.shape(), 1));
    for (int slot = 0; slot < 3; slot++) {
      Node part = Objects.requireNonNull(new Concat(0).pullbacks(out, g).get(slot));
      Node alone = Objects.requireNonNull(new Concat(0).pullback(out, slot, g));
      assertEquals(Interpreter.run(alone).of(alone), Interpreter.run(part).of(part));
    }
    assertEquals("g[2:4] along axis 0", new Concat(0).rule(out, 1));
    assertEquals(1, new Concat(0).pullbacks(new Concat(0).of(whole), g).size());
  }

  @Test
  void concatRefuses() {
    TensorType type = TensorType.of(MATRIX);
    assertEquals("concat: there must be an operand, but got none; pass at least one", Refusal.of(() -> new Concat(0).type(List.of())));
    assertEquals(
        "concat: the axis must be one of [2, 3], but got 2; use stack to join along a new axis",
        Refusal.of(() -> new Concat(2).type(List.of(type))));
    assertEquals(
        "concat: operands must have one dtype, but got f64 and f32; cast one of them",
        Refusal.of(() -> new Concat(0).type(List.of(type, type.withDType(DType.F32)))));
    assertEquals(
        "concat: sizes must agree except along axis 0, but got [2, 3] and [2, 2]; reshape one of them",
        Refusal.of(() -> new Concat(0).type(List.of(type, type.withShape(Shape.of(2, 2))))));
    assertEquals(
        "concat: sizes must agree except along axis 1, but got [2, 3] and [2]; reshape one of them",
        Refusal.of(() -> new Concat(1).type(List.of(type, type.withShape(Shape.of(2))))));
  }

  @Test
  void gather() {
    assertEquals(
        Tensor.of(new double[][] {{4, 5, 6}, {1, 2, 3}, {4, 5, 6}}), value(new Gather(0), MATRIX, indices(1, 0, -1)));
    assertEquals(Tensor.of(new double[][] {{3}, {6}}), value(new Gather(1), MATRIX, indices(2)));
    assertEquals(Tensor.vector(2, 5), value(new Gather(1), MATRIX, Tensor.scalar(1)));
    assertEquals(
        Shape.of(2, 2, 2), value(new Gather(1), MATRIX, Tensor.of(new int[][] {{0, 1}, {2, 0}})).shape());
    assertEquals(Shape.of(0, 3), value(new Gather(0), MATRIX, indices()).shape());
    check(new Gather(0), MATRIX, indices(1, 0, -1));
    check(new Gather(1), MATRIX, Tensor.of(new long[][] {{0, 1}, {2, 0}}));
    check(new Gather(1), MATRIX, Tensor.scalar(1L));
    check(new Gather(0), MATRIX, indices());
    check(new Gather(1), Tensor.zeros(Shape.of(0, 3)), indices(1, 1));
  }

  @Test
  void gatherRefuses() {
    TensorType type = TensorType.of(MATRIX);
    assertEquals(
        "take: indices must be integers, but got f64; cast them to i64",
        Refusal.of(() -> new Gather(0).type(List.of(type, type))));
    assertEquals(
        "take: the axis must be one of [2, 3], but got 2; count from 0",
        Refusal.of(() -> new Gather(2).type(List.of(type, TensorType.of(indices(0))))));
    assertEquals(
        "take: an index must lie in [-2, 2), but got 2; the axis has 2 elements",
        Refusal.of(() -> value(new Gather(0), MATRIX, indices(2))));
    assertEquals(
        "take: an index must lie in [-2, 2), but got -3; the axis has 2 elements",
        Refusal.of(() -> value(new Gather(0), MATRIX, indices(-3))));
  }

  @Test
  void scatterAdd() {
    assertEquals(
        Tensor.vector(1, 2 + 10 + 30, 3 + 20),
        value(new ScatterAdd(0), Tensor.vector(1, 2, 3), indices(1, -1, 1), Tensor.vector(10, 20, 30)));
    Tensor updates = Tensor.of(new double[][] {{10, 20}, {30, 40}});
    assertEquals(
        Tensor.of(new double[][] {{21, 2, 13}, {44, 5, 36}}), value(new ScatterAdd(1), MATRIX, indices(2, 0), updates));
    check(new ScatterAdd(0), Tensor.vector(1, 2, 3), indices(1, -1, 1), Tensor.vector(10, 20, 30));
    check(new ScatterAdd(1), MATRIX, indices(2, 0), updates);
    check(new ScatterAdd(0), MATRIX, indices(), Tensor.zeros(Shape.of(0, 3)));
    assertEquals(
        "index_add: updates must be f64[1, 3], but got f64[2, 2]; reshape or cast them",
        Refusal.of(
            () -> new ScatterAdd(0).type(List.of(TensorType.of(MATRIX), TensorType.of(indices(0)), TensorType.of(updates)))));
    assertEquals(
        "index_add: indices must be integers, but got f64; cast them to i64",
        Refusal.of(
            () -> new ScatterAdd(0).type(List.of(TensorType.of(MATRIX), TensorType.of(updates), TensorType.of(updates)))));
  }

  @ParameterizedTest
  @EnumSource
  void scatterAddOfEveryDtype(DType dtype) {
    assertEquals(
        Tensor.vector(0, 1).cast(dtype),
        value(new ScatterAdd(0), Tensor.vector(0, 0).cast(dtype), indices(1), Tensor.vector(1).cast(dtype)));
  }

  @Test
  void castsBetweenFloatingTypesPassTheGradient() {
    Parameter x = Parameter.of("x", Tensor.vector(0.1, 2));
    Node narrow = new Cast(DType.F32).of(x);
    assertEquals(Tensor.of(Shape.of(2), 0.1f, 2f), Interpreter.run(narrow).of(narrow));
    Node gradient = Backward.from(narrow, Constant.of(Tensor.of(Shape.of(2), 3f, 4f))).of(x);
    assertEquals(Tensor.vector(3, 4), Interpreter.run(gradient).of(gradient));
    check(new Cast(DType.F64), Tensor.vector(1, 2));
    assertEquals("g cast back to f64", new Cast(DType.F32).rule((Apply) narrow, 0));
  }

  @Test
  void aRandomDrawIsAFunctionOfSeedAndStep() {
    RandomDraw draw = new RandomDraw(RandomDraw.Distribution.NORMAL, Shape.of(2, 3), 5);
    assertEquals(Tensor.normal(Shape.of(2, 3), 5), value(draw, Tensor.scalar(0L)));
    assertEquals(value(draw, Tensor.scalar(7L)), value(draw, Tensor.scalar(7)));
    assertEquals(false, value(draw, Tensor.scalar(7L)).equals(value(draw, Tensor.scalar(8L))));
    RandomDraw uniform = new RandomDraw(RandomDraw.Distribution.UNIFORM, Shape.of(0), 5);
    assertEquals(Shape.of(0), value(uniform, Tensor.scalar(1L)).shape());
    assertEquals(
        "random_normal: the step must be an integer scalar, but got f64[]; pass an i64 input",
        Refusal.of(() -> draw.type(List.of(TensorType.of(Tensor.scalar(1.0))))));
  }

  @Test
  void stopGradientIsTheIdentity() {
    Tensor x = Tensor.vector(1, 2);
    assertSame(x, new StopGradient().evaluate(TensorType.of(x), List.of(x)));
  }
}
