package dev.gradus.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.Refusal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTest {
  private static void assertRefuses(String message, Executable action) {
    assertEquals(message, Refusal.of(action));
  }

  @Test
  void nestedArraysDecideShapeAndDtype() {
    Tensor matrix = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertEquals(Shape.of(2, 3), matrix.shape());
    assertEquals(DType.F64, matrix.dtype());
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, matrix.toDoubles());
    assertEquals(Tensor.of(Shape.of(2), 1f, 2f), Tensor.of((Object) new float[] {1, 2}));
    assertEquals(Tensor.of(Shape.of(1, 2), 1L, 2L), Tensor.of(new long[][] {{1, 2}}));
    assertEquals(Tensor.of(Shape.of(2), 1, 2), Tensor.of((Object) new int[] {1, 2}));
    assertEquals(Tensor.of(Shape.of(2), true, false), Tensor.of((Object) new boolean[] {true, false}));
    assertEquals(Tensor.scalar(2.5), Tensor.of((Object) 2.5));
    assertEquals(Shape.of(1, 1, 2), Tensor.of(new int[][][] {{{1, 2}}}).shape());
  }

  @Test
  void listsOfMixedNumbersTakeTheWidest() {
    assertEquals(Tensor.of(Shape.of(2), 1.0, 2.5), Tensor.of(List.of(1, 2.5)));
    assertEquals(Tensor.of(Shape.of(2), 1L, 2L), Tensor.of(List.of(1, 2L)));
    assertEquals(Tensor.of(Shape.of(2), 1, 2), Tensor.of(List.of((byte) 1, (short) 2)));
    assertEquals(Tensor.of(Shape.of(2), 0.5, 1), Tensor.of(List.of(0.5f, 1)));
    assertEquals(Tensor.of(Shape.of(2, 1), 1.0, 2.0), Tensor.of(List.of(List.of(1.0), List.of(2.0))));
  }

  @Test
  void emptyNestedArraysKeepTheirShape() {
    assertEquals(Shape.of(0), Tensor.of((Object) new double[0]).shape());
    assertEquals(Shape.of(2, 0), Tensor.of(new double[2][0]).shape());
    assertEquals(DType.I64, Tensor.of((Object) new long[0]).dtype());
    assertEquals(DType.BOOL, Tensor.of(new boolean[3][0]).dtype());
    assertEquals(DType.F64, Tensor.of(List.of()).dtype());
  }

  @Test
  void refusesWhatIsNoTensor() {
    assertRefuses(
        "tensor: nested lists must be rectangular, here [2, 2], but got a list of 1 at depth 1; make all rows equally long",
        () -> Tensor.of(new double[][] {{1, 2}, {3}}));
    assertRefuses(
        "tensor: nested lists must be rectangular, here [2, 1], but got a list of 0 at depth 1; make all rows equally long",
        () -> Tensor.of(new double[][] {{1}, {}}));
    assertRefuses(
        "tensor: nested lists must be rectangular, here [2], but got a list of 1 at depth 1; make all rows equally long",
        () -> Tensor.of(List.of(1, List.of(2))));
    assertRefuses(
        "tensor: nested lists must be rectangular, here [2, 1], but got a single element at depth 1; make all rows equally long",
        () -> Tensor.of(List.of(List.of(2), 1)));
    assertRefuses(
        "tensor: elements must be numbers or bools, but got String; convert them", () -> Tensor.of(List.of("1")));
    assertRefuses(
        "tensor: elements must be numbers or bools, but got null; convert them",
        () -> Tensor.of(Arrays.asList(1.0, null)));
    assertRefuses(
        "tensor: elements must be all numbers or all bools, but got i32 and bool; use 0 and 1",
        () -> Tensor.of(List.of(1, true)));
    assertRefuses(
        "tensor: shape [2, 2] needs 4 elements, but got 3; change the shape or the elements",
        () -> Tensor.of(Shape.of(2, 2), 1.0, 2.0, 3.0));
  }

  @Test
  void isImmutable() {
    double[] elements = {1, 2};
    Tensor tensor = Tensor.of(Shape.of(2), elements);
    elements[0] = 9;
    tensor.toDoubles()[1] = 9;
    assertEquals(Tensor.vector(1, 2), tensor);
    long[] longs = Tensor.arange(2).toLongs();
    longs[0] = 9;
    assertEquals(Tensor.of(Shape.of(2), 0L, 1L), Tensor.arange(2));
  }

  @ParameterizedTest
  @EnumSource
  void fillsWithOneNumber(DType dtype) {
    Tensor ones = Tensor.ones(Shape.of(2, 2), dtype);
    assertEquals(dtype, ones.dtype());
    assertArrayEquals(new double[] {1, 1, 1, 1}, ones.toDoubles());
    assertArrayEquals(new double[] {0}, Tensor.zeros(Shape.SCALAR, dtype).toDoubles());
    assertEquals(0, Tensor.full(Shape.of(0, 5), dtype, 1).size());
    assertEquals(Tensor.scalar(dtype, 1), Tensor.scalar(1.0).cast(dtype));
  }

  @Test
  void rangesIncludeOrExcludeTheirEnd() {
    assertEquals(Tensor.of(Shape.of(3), 0L, 1L, 2L), Tensor.arange(3));
    assertEquals(Shape.of(0), Tensor.arange(0).shape());
    assertEquals(Tensor.vector(1, 1.5, 2), Tensor.arange(1, 2.5, 0.5));
    assertEquals(Tensor.vector(3, 2, 1), Tensor.arange(3, 0, -1));
    assertEquals(Tensor.vector(), Tensor.arange(3, 0, 1));
    assertEquals(Tensor.vector(0, 0.25, 0.5, 0.75, 1), Tensor.linspace(0, 1, 5));
    assertEquals(Tensor.vector(2), Tensor.linspace(2, 9, 1));
    assertEquals(Tensor.vector(), Tensor.linspace(2, 9, 0));
    assertEquals(0.3, Tensor.linspace(0.1, 0.3, 7).get(-1)); // 0.1 + 6 · (0.2 / 6) is not 0.3
    assertRefuses("arange: the count must be at least 0, but got -1; check the arguments", () -> Tensor.arange(-1));
    assertRefuses("linspace: the count must be at least 0, but got -2; check the arguments", () -> Tensor.linspace(0, 1, -2));
    for (double stop : new double[] {-1, 0, 1}) {
      assertRefuses(
          "arange: the step must lead from start to stop, but got 0.0, " + stop + ", 0.0; use a nonzero step",
          () -> Tensor.arange(0, stop, 0));
    }
  }

  @Test
  void drawsAreAFunctionOfTheSeed() {
    assertEquals(Tensor.normal(Shape.of(2, 3), 5), Tensor.normal(Shape.of(2, 3), 5));
    assertNotEquals(Tensor.normal(Shape.of(2, 3), 5), Tensor.normal(Shape.of(2, 3), 6));
    assertEquals(Tensor.uniform(Shape.of(6), 5), Tensor.uniform(Shape.of(2, 3), 5).reshape(Shape.of(6)));
    assertEquals(Shape.of(0), Tensor.uniform(Shape.of(0), 5).shape());
    assertEquals((0xe169c58d6627e8d5L >>> 11) * 0x1p-53, Tensor.uniform(Shape.of(2), 0).get(0));
  }

  @Test
  void elementsByIndex() {
    Tensor tensor = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6.5}});
    assertEquals(4, tensor.get(1, 0));
    assertEquals(6.5, tensor.get(-1, -1));
    assertEquals(6, tensor.getLong(1, 2));
    assertEquals(1, Tensor.scalar(true).getLong());
    assertEquals(7, Tensor.of(Shape.of(1, 1), 7).item());
    assertRefuses(
        "get: there must be one index for each axis of [2, 3], but got [1]; give 2", () -> tensor.get(1));
    assertRefuses(
        "get: indices must lie inside [2, 3], but got [0, 3]; negative ones count from the end", () -> tensor.get(0, 3));
    assertRefuses(
        "get: indices must lie inside [2, 3], but got [-3, 0]; negative ones count from the end", () -> tensor.get(-3, 0));
    assertRefuses("item: the tensor must have one element, but got shape [2, 3]; use get(index)", tensor::item);
  }

  @Test
  void castsAsJavaConverts() {
    Tensor numbers = Tensor.vector(-1.9, 0, 1.9, 1e300, Double.NaN);
    assertArrayEquals(new long[] {-1, 0, 1, Long.MAX_VALUE, 0}, numbers.cast(DType.I64).toLongs());
    assertArrayEquals(new long[] {-1, 0, 1, Integer.MAX_VALUE, 0}, numbers.cast(DType.I32).toLongs());
    assertEquals(Tensor.of(Shape.of(5), true, false, true, true, true), numbers.cast(DType.BOOL));
    assertEquals(Float.POSITIVE_INFINITY, numbers.cast(DType.F32).get(3));
    assertEquals((double) -1.9f, numbers.cast(DType.F32).get(0));
    assertEquals(Tensor.of(Shape.of(2), 1, -1), Tensor.of(Shape.of(2), 1L + (1L << 32), -1L).cast(DType.I32));
    assertEquals(Tensor.of(Shape.of(2), 1.0, 0.0), Tensor.of(Shape.of(2), true, false).cast(DType.F64));
    assertEquals(Tensor.scalar(16777217L).cast(DType.F32), Tensor.scalar(16777216f)); // rounded once, ties to even
    assertSame(numbers, numbers.cast(DType.F64));
  }

  @Test
  void equalsBitByBit() {
    assertEquals(Tensor.vector(Double.NaN), Tensor.vector(0.0 / 0.0));
    assertNotEquals(Tensor.vector(0.0), Tensor.vector(-0.0));
    assertNotEquals(Tensor.scalar(1.0), Tensor.scalar(1f));
    assertNotEquals(Tensor.vector(1), Tensor.scalar(1.0));
    assertNotEquals(Tensor.zeros(Shape.of(0, 2)), Tensor.zeros(Shape.of(2, 0)));
    assertEquals(Tensor.vector(1, 2).hashCode(), Tensor.of(Shape.of(2), 1.0, 2.0).hashCode());
  }

  @Test
  void closeToBounds() {
    Tensor one = Tensor.vector(1, Double.NaN, Double.POSITIVE_INFINITY);
    assertTrue(one.closeTo(Tensor.vector(1.0009, Double.NaN, Double.POSITIVE_INFINITY), 1e-3, 0));
    assertFalse(one.closeTo(Tensor.vector(1.002, Double.NaN, Double.POSITIVE_INFINITY), 1e-3, 0));
    assertFalse(one.closeTo(Tensor.vector(1, 1, Double.POSITIVE_INFINITY), 1e-3, 0));
    assertFalse(one.closeTo(Tensor.vector(1, Double.NaN, Double.NEGATIVE_INFINITY), 1e-3, 0));
    assertFalse(one.closeTo(Tensor.vector(1, Double.NaN, 1e308), 1e300, 0));
    assertFalse(Tensor.vector(1).closeTo(Tensor.scalar(1.0), 1, 1));
    assertTrue(Tensor.vector(1e-9).closeTo(Tensor.vector(0), 0, 1e-8));
    assertTrue(Tensor.zeros(Shape.of(0)).closeTo(Tensor.zeros(Shape.of(0)), 0, 0));
  }

  @Test
  void reshapeKeepsTheElements() {
    assertEquals(Tensor.of(new double[][] {{1, 2}}), Tensor.vector(1, 2).reshape(Shape.of(1, 2)));
    assertEquals(Shape.of(5, 0), Tensor.zeros(Shape.of(0)).reshape(Shape.of(5, 0)).shape());
    assertRefuses(
        "tensor: shape [3] needs 3 elements, but got 2; change the shape or the elements",
        () -> Tensor.vector(1, 2).reshape(Shape.of(3)));
  }

  @Test
  void toNestedLists() {
    assertEquals(List.of(List.of(1.0, 2.0)), Tensor.of(new double[][] {{1, 2}}).toNested());
    assertEquals(List.of(1L), Tensor.of((Object) new int[] {1}).toNested());
    assertEquals(true, Tensor.scalar(true).toNested());
    assertEquals(0.1, Tensor.scalar(0.1f).toNested()); // the shortest decimal that is that float
    assertEquals(List.of(List.of(), List.of()), Tensor.zeros(Shape.of(2, 0)).toNested());
  }

  @Test
  void textOfSmallTensors() {
    assertEquals("1", Tensor.scalar(1.0).toString());
    assertEquals("[[1, 2.5], [-0, NaN]]", Tensor.of(new double[][] {{1, 2.5}, {-0.0, Double.NaN}}).toString());
    assertEquals("f32 [0.1, Infinity]", Tensor.of(Shape.of(2), 0.1f, Float.POSITIVE_INFINITY).toString());
    assertEquals("i64 [1, -9223372036854775808]", Tensor.of(Shape.of(2), 1L, Long.MIN_VALUE).toString());
    assertEquals("bool [true, false]", Tensor.of(Shape.of(2), true, false).toString());
    assertEquals("[1.0E300]", Tensor.vector(1e300).toString());
    assertEquals("[[], []] of shape [2, 0]", Tensor.zeros(Shape.of(2, 0)).toString());
  }

  @Test
  void textOfLargeTensorsIsAbbreviated() {
    assertEquals(
        "i64 [0, 1, 2, ..., 97, 98, 99] of shape [100]", Tensor.arange(100).toString());
    assertEquals(
        "[[0, 0, 0, ..., 0, 0, 0], [0, 0, 0, ..., 0, 0, 0], [0, 0, 0, ..., 0, 0, 0], ...,"
            + " [0, 0, 0, ..., 0, 0, 0], [0, 0, 0, ..., 0, 0, 0], [0, 0, 0, ..., 0, 0, 0]] of shape [1000, 1000]",
        Tensor.zeros(Shape.of(1000, 1000)).toString());
    assertEquals("[[], [], [], ..., [], [], []] of shape [2000000000, 0]", Tensor.zeros(Shape.of(2_000_000_000, 0)).toString());
  }

  /// Many short axes escape the abbreviation of long ones; the text ends early all the same.
  @Test
  void textOfManyAxesEndsEarly() {
    int[] dims = new int[20];
    Arrays.fill(dims, 2);
    String text = Tensor.zeros(Shape.of(dims)).toString();
    assertTrue(text.length() < 700, text);
    assertTrue(text.contains(" ... of shape [2, 2,"), text);
  }
}
