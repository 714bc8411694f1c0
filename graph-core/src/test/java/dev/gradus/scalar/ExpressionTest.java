package dev.gradus.scalar;

import static dev.gradus.scalar.Expressions.atan2;
import static dev.gradus.scalar.Expressions.constant;
import static dev.gradus.scalar.Expressions.exp;
import static dev.gradus.scalar.Expressions.hypot;
import static dev.gradus.scalar.Expressions.log;
import static dev.gradus.scalar.Expressions.log1p;
import static dev.gradus.scalar.Expressions.select;
import static dev.gradus.scalar.Expressions.sin;
import static dev.gradus.scalar.Expressions.sqrt;
import static dev.gradus.scalar.Expressions.tanh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import dev.gradus.Refusal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionTest {
  private static final Expression X = Expression.variable(0);
  private static final Expression Y = Expression.variable(1);

  @Test
  void equalPartsAreOneObject() {
    assertSame(sin(X.times(Y)), sin(X.times(Y)));
    assertSame(constant(Double.NaN), constant(0.0 / 0.0));
    assertNotEquals(constant(0.0), constant(-0.0));
    assertNotEquals(X.minus(Y), Y.minus(X));
    assertEquals(3, X.times(Y).size());
    assertEquals(4, X.times(Y).plus(X.times(Y)).size());
  }

  @Test
  void evaluates() {
    Expression formula = X.times(Y).plus(sin(X)).dividedBy(Y.pow(2));
    assertEquals((2 * 3 + Math.sin(2)) / 9, formula.evaluate(2, 3));
    assertEquals(7, constant(7).evaluate());
    assertEquals(7, constant(7).evaluate(1, 2, 3));
    assertEquals(3, Y.evaluate(2, 3, 4));
  }

  @Test
  void refusesTooFewVariablesAndArguments() {
    assertEquals(
        "formula: takes 2 variables, but got 1; pass one for each",
        Refusal.of(() -> X.plus(Y).evaluate(1)));
    assertThrows(GradusException.class, () -> X.evaluate());
    assertThrows(GradusException.class, () -> Y.evaluate(1));
    assertEquals(
        "add: takes 2 arguments, but got 1; pass one for each variable",
        Refusal.of(() -> Arithmetic.ADD.of(X)));
    assertEquals(
        "expression: slots count from 0, but got -1; use 0 for the first variable",
        Refusal.of(() -> Expression.variable(-1)));
    assertEquals(
        "substitute: each variable needs a replacement, but got 1 for slot 1; pass more",
        Refusal.of(() -> X.plus(Y).substitute(List.of(X))));
  }

  @Test
  void knowsItsVariables() {
    Expression third = Expression.variable(2);
    assertEquals(3, X.plus(third).arity());
    assertTrue(X.plus(third).mentions(2));
    assertFalse(X.plus(third).mentions(1));
    assertEquals(0, constant(1).arity());
    assertSame(Y.plus(Y), X.plus(third).substitute(List.of(Y, X, Y)));
  }

  @Test
  void derivativesOfElementaryFormulas() {
    assertSame(constant(1), X.derivative(0));
    assertSame(constant(0), X.derivative(1));
    assertSame(constant(0), constant(3).derivative(0));
    assertSame(Y, X.times(Y).derivative(0));
    assertSame(exp(X), exp(X).derivative(0));
    assertEquals(Math.cos(6) * 3, sin(X.times(3)).derivative(0).evaluate(2), 1e-15);
    assertEquals(6 * 2, X.pow(3).derivative(0).derivative(0).evaluate(2), 1e-14);
  }

  /// The branch that is not taken adds nothing, not even a NaN.
  @Test
  void aSelectionDifferentiatesWhatItSelects() {
    Expression formula = select(Expressions.greater(X, constant(0)), log(X), constant(0));
    assertEquals(0.5, formula.derivative(0).evaluate(2));
    assertEquals(0, formula.derivative(0).evaluate(-1));
    assertEquals(0, formula.derivative(0).evaluate(0));
  }

  static Stream<Expression> formulas() {
    Expression nested = X;
    for (int i = 0; i < 10; i++) {
      nested = sin(nested);
    }
    return Stream.of(
        tanh(X), X.pow(Y), exp(sin(X)), atan2(X, Y), hypot(X, Y), log1p(exp(X)), Expressions.tan(X), sqrt(X.times(X).plus(Y)),
        nested, X.times(sin(X)).times(sin(X.times(2))).times(sin(X.times(3))), X.dividedBy(X.times(X).plus(1)));
  }

  /// A tree would at least double with each order. With shared parts the growth from one order to the next falls.
  @ParameterizedTest
  @MethodSource("formulas")
  void derivativesOfHighOrderStaySmall(Expression formula) {
    int[] sizes = new int[13];
    Expression derivative = formula;
    for (int order = 0; order < sizes.length; order++) {
      sizes[order] = derivative.size();
      derivative = derivative.derivative(0);
    }
    assertTrue(sizes[5] < 1000, () -> "order 5: " + sizes[5]);
    assertTrue(sizes[12] < 2.5 * sizes[10], () -> sizes[10] + " to " + sizes[12]);
  }

  /// d⁵/dx⁵ tanh at 0 is 16, from the series x - x³/3 + 2x⁵/15 - ...
  @Test
  void theFifthDerivativeIsRight() {
    Expression derivative = tanh(X);
    for (int order = 0; order < 5; order++) {
      derivative = derivative.derivative(0);
    }
    assertEquals(16, derivative.evaluate(0), 1e-12);
  }

  /// No walk recurses: a formula as deep as this one would overflow the stack.
  @Test
  void aDeepFormulaIsFine() {
    Expression deep = X;
    for (int i = 0; i < 30_000; i++) {
      deep = sin(deep);
    }
    assertEquals(30_001, deep.size());
    assertTrue(deep.evaluate(1) > 0);
    assertTrue(deep.derivative(0).evaluate(1) > 0);
    assertSame(deep, deep.substitute(List.of(X)));
    assertSame(deep, deep.inlined());
    assertTrue(deep.toText().length() < 5000);
  }
}
