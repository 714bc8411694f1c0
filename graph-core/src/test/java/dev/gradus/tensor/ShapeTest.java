package dev.gradus.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import dev.gradus.Refusal;
import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void aScalarHasNoAxesAndOneElement() {
    assertSame(Shape.SCALAR, Shape.of());
    assertEquals(0, Shape.SCALAR.rank());
    assertEquals(1, Shape.SCALAR.size());
    assertEquals("[]", Shape.SCALAR.toString());
    assertArrayEquals(new int[0], Shape.SCALAR.strides());
  }

  @Test
  void sizesAndStrides() {
    Shape shape = Shape.of(2, 3, 4);
    assertEquals(24, shape.size());
    assertArrayEquals(new int[] {12, 4, 1}, shape.strides());
    assertEquals(4, shape.dim(-1));
    assertEquals(2, shape.dim(0));
    assertEquals("[2, 3, 4]", shape.toString());
  }

  @Test
  void isAValue() {
    int[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.dims()[1] = 9;
    assertEquals(Shape.of(2, 3), shape);
    assertEquals(Shape.of(2, 3).hashCode(), shape.hashCode());
    assertNotEquals(Shape.of(3, 2), shape);
    assertNotEquals(Shape.of(6), shape);
  }

  /// A size of 0 makes a tensor empty, whatever the other sizes multiply to.
  @Test
  void anAxisMayBeEmpty() {
    assertEquals(0, Shape.of(0).size());
    assertEquals(0, Shape.of(3, 0, 2).size());
    assertEquals(0, Shape.of(1 << 20, 1 << 20, 0).size());
  }

  @Test
  void refusesNegativeAndTooManyElements() {
    assertEquals(
        "shape: sizes must be at least 0, but got [2, -1]; check the axes",
        Refusal.of(() -> Shape.of(2, -1)));
    assertEquals(Integer.MAX_VALUE, Shape.of(Integer.MAX_VALUE).size());
    assertEquals(
        "shape: a tensor has at most 2147483647 elements, but got [65536, 32768]; split it",
        Refusal.of(() -> Shape.of(1 << 16, 1 << 15)));
    // 2³² wraps around to 0 and 2³² + 2 to 2
    assertThrows(GradusException.class, () -> Shape.of(1 << 16, 1 << 16));
    assertThrows(GradusException.class, () -> Shape.of(2, 2147483647, 3));
  }

  @Test
  void axesCountFromTheEndToo() {
    assertEquals(1, Shape.of(2, 3).axis("sum", -1));
    assertEquals(
        "sum: the axis must lie in [-2, 2), but got 2; the shape is [2, 3]",
        Refusal.of(() -> Shape.of(2, 3).axis("sum", 2)));
    assertEquals(
        "sum: a scalar has no axes, but got 0; the shape is []",
        Refusal.of(() -> Shape.SCALAR.axis("sum", 0)));
  }

  @Test
  void broadcastsAsNumPyDoes() {
    assertEquals(Shape.of(2, 3), Shape.broadcast("add", Shape.of(2, 3), Shape.of(3)));
    assertEquals(Shape.of(2, 3), Shape.broadcast("add", Shape.of(2, 1), Shape.of(1, 3)));
    assertEquals(Shape.of(4, 2, 3), Shape.broadcast("add", Shape.of(2, 1), Shape.of(4, 1, 3)));
    assertEquals(Shape.of(2, 3), Shape.broadcast("add", Shape.SCALAR, Shape.of(2, 3)));
    assertEquals(Shape.of(0, 3), Shape.broadcast("add", Shape.of(1, 3), Shape.of(0, 1)));
    assertEquals(Shape.of(0), Shape.broadcast("add", Shape.of(0), Shape.SCALAR));
    assertEquals(
        "add: shapes must agree or broadcast, but got [2] and [3]; axes are matched from the last; reshape one of them",
        Refusal.of(() -> Shape.broadcast("add", Shape.of(2), Shape.of(3))));
    assertThrows(GradusException.class, () -> Shape.broadcast("add", Shape.of(0), Shape.of(2)));
  }

  @Test
  void saysWhetherOneBroadcastsToAnother() {
    assertTrue(Shape.of(3).broadcastsTo(Shape.of(2, 3)));
    assertTrue(Shape.of(1).broadcastsTo(Shape.of(0)));
    assertTrue(Shape.SCALAR.broadcastsTo(Shape.of(2)));
    assertFalse(Shape.of(2, 3).broadcastsTo(Shape.of(3)));
    assertFalse(Shape.of(2).broadcastsTo(Shape.of(2, 3)));
    assertFalse(Shape.of(3).broadcastsTo(Shape.of(1)));
  }
}
