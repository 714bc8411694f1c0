package dev.gradus.scalar;

import static dev.gradus.scalar.Expressions.constant;
import static dev.gradus.scalar.Expressions.exp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gradus.Refusal;
import org.junit.jupiter.api.Test;

class DefinedFunctionTest {
  private static final Expression X = Expression.variable(0);
  private static final Expression Y = Expression.variable(1);

  @Test
  void itsDerivativeFollowsFromTheFormula() {
    DefinedFunction product = DefinedFunction.of("f", (x, y) -> x.times(x).times(y));
    assertEquals(2, product.arity());
    assertEquals(12, product.of(X, Y).derivative(0).evaluate(2, 3));
    assertEquals(4, product.of(X, Y).derivative(1).evaluate(2, 3));
    // the chain rule through a call: d/dx f(x², x) = 5x⁴
    assertEquals(80, product.of(X.pow(2), X).derivative(0).evaluate(2), 1e-12);
  }

  @Test
  void aStatedDerivativeIsTheOneThatRuns() {
    DefinedFunction stated = DefinedFunction.of("f", x -> x.times(x)).withDerivative(x -> constant(7));
    assertEquals(7, stated.of(X).derivative(0).evaluate(2));
    assertEquals(0, stated.of(X).derivative(0).derivative(0).evaluate(2));
  }

  @Test
  void equalDefinitionsAreEqual() {
    DefinedFunction f = DefinedFunction.of("f", x -> exp(x).plus(1));
    DefinedFunction g = DefinedFunction.of("f", x -> exp(x).plus(1));
    assertEquals(f, g);
    assertEquals(f.hashCode(), g.hashCode());
    assertSame(f.of(X), g.of(X));
    assertNotEquals(f, DefinedFunction.of("g", x -> exp(x).plus(1)));
    assertNotEquals(f, DefinedFunction.of("f", x -> exp(x).plus(2)));
    assertNotEquals(f, f.withDerivative(Expressions::exp));
  }

  @Test
  void inliningLeavesArithmeticOnly() {
    DefinedFunction f = DefinedFunction.of("f", x -> x.times(2));
    DefinedFunction g = DefinedFunction.of("g", x -> f.of(x).plus(f.of(x.plus(1))));
    assertEquals("2 * x + 2 * (x + 1)", g.of(X).inlined().toText());
    assertEquals(2 * 3 + 2 * 4, g.of(X).evaluate(3));
  }

  @Test
  void aKernelFunctionBringsItsOwnCode() {
    KernelFunction cube = KernelFunction.of("cube", x -> x * x * x, x -> x.times(x).times(3));
    assertEquals(27, cube.of(X).evaluate(3));
    assertEquals(27, cube.of(X).derivative(0).evaluate(3));
    assertEquals(18, cube.of(X).derivative(0).derivative(0).evaluate(3));
    assertSame(constant(8), cube.of(constant(2)));
    double[] out = new double[300];
    double[] in = new double[300];
    in[299] = 2;
    cube.of(X).kernel().apply(new double[][] {in}, out, 300);
    assertEquals(8, out[299]);
    assertEquals("cube(x)", cube.of(X).toText());
  }

  @Test
  void aKernelFunctionMayBringItsTwinInJavaScript() {
    KernelFunction cube = KernelFunction.of("cube", x -> x * x * x, x -> x.times(x).times(3));
    assertNull(cube.javaScript());
    KernelFunction twin = cube.withJavaScript(" x => x ** 3\n").withSinglePrecision(x -> x.pow(3));
    assertEquals("x => x ** 3", twin.javaScript());
    assertEquals(27, twin.of(X).evaluate(3));
    assertEquals(
        "cube: JavaScript must not contain </ or <!--, which end a script, but got x => x</2/.y; write a space after the <",
        Refusal.of(() -> cube.withJavaScript("x => x</2/.y")));
  }
}
