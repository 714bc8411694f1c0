package dev.gradus.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gradus.GradusException;
import dev.gradus.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArithmeticTest {
  private static Expression call(Arithmetic function) {
    return Expression.call(
        function, IntStream.range(0, function.arity()).mapToObj(Expression::variable).toList());
  }

  /// Points inside of each function's domain and off its kinks.
  static Stream<Arguments> points() {
    List<Arguments> all = new ArrayList<>();
    for (Arithmetic function : Arithmetic.values()) {
      double[][] points =
          switch (function) {
            case LOG, LOG2, LOG10, SQRT -> new double[][] {{0.3}, {2.7}};
            case ASIN, ACOS, ATANH, LOG1P -> new double[][] {{-0.6}, {0.4}};
            case ACOSH -> new double[][] {{1.2}, {7.5}};
            case POW -> new double[][] {{0.7, 2.2}, {2.5, -1.3}};
            case SELECT -> new double[][] {{1, 0.4, 0.7}, {0, 0.4, 0.7}};
            default ->
                function.arity() == 1
                    ? new double[][] {{-2.3}, {0.4}, {1.7}}
                    : new double[][] {{0.6, -1.4}, {-2.3, 0.4}, {1.7, 2.6}};
          };
      Arrays.stream(points).forEach(point -> all.add(Arguments.of(function, point)));
    }
    return all.stream();
  }

  /// First and second derivatives against central differences of one order less.
  @ParameterizedTest
  @MethodSource("points")
  void derivativesAgreeWithDifferences(Arithmetic function, double[] point) {
    Expression formula = call(function);
    for (int slot = 0; slot < function.arity(); slot++) {
      if (function == Arithmetic.SELECT && slot == 0) {
        continue;
      }
      Expression first = formula.derivative(slot);
      assertEquals(difference(formula, slot, point), first.evaluate(point), 1e-8, () -> first.toText());
      Expression second = first.derivative(slot);
      assertEquals(difference(first, slot, point), second.evaluate(point), 1e-7, () -> second.toText());
    }
  }

  private static double difference(Expression formula, int slot, double... point) {
    double h = 1e-4;
    return (4 * central(formula, slot, h / 2, point) - central(formula, slot, h, point)) / 3;
  }

  private static double central(Expression formula, int slot, double h, double... point) {
    double[] up = point.clone();
    double[] down = point.clone();
    up[slot] += h;
    down[slot] -= h;
    return (formula.evaluate(up) - formula.evaluate(down)) / (2 * h);
  }

  /// A whole number means the same as an integer, where a function has an integer form.
  @ParameterizedTest
  @EnumSource
  void integersAgreeWithFloatingPointNumbers(Arithmetic function) {
    if (function.longs() == null) {
      assertThrows(
          GradusException.class,
          () -> call(function).kernel().apply(new long[function.arity()][1], new long[1], 1));
      return;
    }
    int[] numbers = {-7, -2, -1, 1, 2, 7};
    for (int a : numbers) {
      for (int b : numbers) {
        long[][] operands = {{a}, {b}, {3}};
        long[] out = new long[1];
        call(function).kernel().apply(Arrays.copyOf(operands, function.arity()), out, 1);
        assertEquals(function.apply((double) a, (double) b, 3) + 0.0, (double) out[0], () -> function + "(" + a + ", " + b + ")");
      }
    }
  }

  @Test
  void integersStayExactWhereDoublesCannot() {
    long[] out = new long[1];
    long large = (1L << 53) + 1;
    call(Arithmetic.ADD).kernel().apply(new long[][] {{large}, {0}}, out, 1);
    assertEquals(large, out[0]);
    call(Arithmetic.LESS).kernel().apply(new long[][] {{large - 1}, {large}}, out, 1);
    assertEquals(1, out[0]);
  }

  @Test
  void integersMeetWholeConstantsOnly() {
    Expression half = Expression.variable(0).plus(0.5);
    assertEquals(
        "integers: a number that meets integers must be whole, but got 0.5; cast to f64 first",
        Refusal.of(() -> half.kernel().apply(new long[][] {{1}}, new long[1], 1)));
    assertEquals(
        "remainder: an integer divisor must not be 0, but got 5 by 0; cast to f64 for NaN",
        Refusal.of(() -> call(Arithmetic.REMAINDER).kernel().apply(new long[][] {{5}, {0}}, new long[1], 1)));
  }

  @Test
  void aMaskedProductIsZeroWhereEitherSideIs() {
    assertEquals(0, Arithmetic.MASKED_MULTIPLY.apply(0, Double.NaN, 0));
    assertEquals(0, Arithmetic.MASKED_MULTIPLY.apply(Double.POSITIVE_INFINITY, 0, 0));
    assertEquals(Double.NaN, Arithmetic.MASKED_MULTIPLY.apply(1, Double.NaN, 0));
    assertEquals(-0.0, Arithmetic.MASKED_MULTIPLY.apply(-1.0, 0.0, 0.0));
    assertEquals(6, Arithmetic.MASKED_MULTIPLY.apply(2, 3, 0));
  }

  @Test
  void remainderHasTheSignOfTheDivisor() {
    assertEquals(2, Arithmetic.REMAINDER.apply(-1, 3, 0));
    assertEquals(-2, Arithmetic.REMAINDER.apply(1, -3, 0));
    assertEquals(0.5, Arithmetic.REMAINDER.apply(2.5, 2, 0));
  }

  /// Where x is tiny, 1 + x has lost it; these have not.
  @Test
  void smallArgumentsKeepTheirDigits() {
    assertEquals(1e-20, Arithmetic.LOG1P.apply(1e-20, 0, 0));
    assertEquals(1e-20, Arithmetic.EXPM1.apply(1e-20, 0, 0));
    assertEquals(1e-20, Arithmetic.ASINH.apply(1e-20, 0, 0));
    assertEquals(-1e-20, Arithmetic.ATANH.apply(-1e-20, 0, 0));
    assertEquals(0x1p-25 * Math.sqrt(2), Arithmetic.ACOSH.apply(1 + 0x1p-50, 0, 0), 1e-22);
    assertEquals(700 + Math.log(2), Arithmetic.ASINH.apply(Math.exp(700), 0, 0), 1e-12);
    assertEquals(-1074, Arithmetic.LOG2.apply(Double.MIN_VALUE, 0, 0), 1e-12);
    for (int power = -1022; power <= 1023; power++) {
      assertEquals(power, Arithmetic.LOG2.apply(Math.scalb(1.0, power), 0, 0));
    }
  }

  @Test
  void acoshHasNoValueBelowOne() {
    for (double x : new double[] {0.5, 0, -1, -2, -1e300, Double.NEGATIVE_INFINITY}) {
      assertEquals(Double.NaN, Arithmetic.ACOSH.apply(x, 0, 0), "at " + x);
    }
  }

  /// 1 - tanh² has lost all its digits at 20; sech² has not.
  @Test
  void theDerivativeOfTanhKeepsItsDigits() {
    double exact = 4 * Math.exp(-40) / Math.pow(1 + Math.exp(-40), 2);
    assertEquals(exact, call(Arithmetic.TANH).derivative(0).evaluate(20), 1e-14 * exact);
  }
}
