package dev.gradus.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void showsSignificantDigitsAndNoMore() {
    assertEquals("0.00664806", Numbers.text(0.006648056670790155, 6));
    assertEquals("12", Numbers.text(12, 6));
    assertEquals("-0.3", Numbers.text(-0.30000000000000004, 6));
    assertEquals("4.5e-9", Numbers.text(4.5e-9, 6));
    assertEquals("123457", Numbers.text(123456.7, 6));
    assertEquals("1.2346e20", Numbers.text(1.23456e20, 5));
    assertEquals("1", Numbers.text(0.99999999, 6));
    assertEquals("0", Numbers.text(-0.0, 6));
    assertEquals("NaN", Numbers.text(Double.NaN, 6));
    assertEquals("-Infinity", Numbers.text(Double.NEGATIVE_INFINITY, 6));
  }

  @Test
  void exactNumbersKeepEveryDigit() {
    assertEquals("0.0033240283353950773", Numbers.exact(0.0033240283353950773));
    assertEquals("11", Numbers.exact(11));
  }

  @Property(seed = "1")
  void readsBackWithinTheDigitsShown(@ForAll double x) {
    double read = Double.parseDouble(Numbers.text(x, 6));
    assertEquals(x, read, Math.abs(x) * 5.000001e-6);
    assertEquals(x, Double.parseDouble(Numbers.exact(x)));
  }

  @Test
  void matricesAreAligned() {
    assertEquals("[[  1, 2.5],\n [ -3,   0]]", Numbers.text(Tensor.of(new double[][] {{1, 2.5}, {-3, 0}}), 4));
    assertEquals("[1, 2]", Numbers.text(Tensor.of(new long[] {1, 2}), 4));
    assertEquals("[true, false]", Numbers.text(Tensor.of(new boolean[] {true, false}), 4));
    assertEquals("0.5", Numbers.text(Tensor.scalar(0.5), 4));
    assertEquals("[]", Numbers.text(Tensor.vector(), 4));
  }

  @Test
  void largeTensorsAreAbbreviated() {
    assertEquals("[0, 1, 2, ..., 99]", Numbers.text(Tensor.arange(100), 4));
    String text = Numbers.text(Tensor.arange(200).reshape(Shape.of(100, 2)), 4);
    assertEquals(8, text.lines().count());
    assertEquals(" [198, 199]]", text.lines().toList().getLast());
    assertEquals("  ...", text.lines().toList().get(6));
  }
}
