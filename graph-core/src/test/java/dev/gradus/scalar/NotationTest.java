package dev.gradus.scalar;

import static dev.gradus.scalar.Expressions.constant;
import static dev.gradus.scalar.Expressions.exp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NotationTest {
  private static final Expression X = Expression.variable(0);
  private static final Expression Y = Expression.variable(1);

  private static final DefinedFunction SIGMOID =
      DefinedFunction.of("sigmoid", x -> constant(1).dividedBy(exp(x.negated()).plus(1)))
          .withDerivative(NotationTest::sigmoidRule)
          .withIdentity(y -> y.times(constant(1).minus(y)));

  private static Expression sigmoidRule(Expression x) {
    return SIGMOID.of(x).times(SIGMOID.of(x.negated()));
  }

  private static void assertText(String text, Expression formula) {
    assertEquals(text, formula.toText());
  }

  @Test
  void parenthesesOnlyWhereNeeded() {
    assertText("2 * (x + y)", X.plus(Y).times(2));
    assertText("x + y + 1", X.plus(Y).plus(1));
    assertText("x + (y + x)", X.plus(Y.plus(X)));
    assertText("x - (y - x)", X.minus(Y.minus(X)));
    assertText("x * y / (x * y)", X.times(Y).dividedBy(X.times(Y)));
    assertText("x / y / x", X.dividedBy(Y).dividedBy(X));
    assertText("x / (y / x)", X.dividedBy(Y.dividedBy(X)));
    assertText("-x^2", X.pow(2).negated());
    assertText("(-x)^2", X.negated().pow(2));
    assertText("-(x * y)", X.times(Y).negated());
    assertText("x^y^2", X.pow(Y.pow(2)));
    assertText("(x^y)^2", X.pow(Y).pow(2));
    assertText("x^(-1)", X.pow(-1));
    assertText("(-2)^x", constant(-2).pow(X));
    assertText("x^(x + 1)", X.pow(X.plus(1)));
    assertText("where(x < y, x, 0)", Expressions.select(Expressions.less(X, Y), X, constant(0)));
    assertText("(x < y) and (x != 1)", Expressions.and(Expressions.less(X, Y), Expressions.notEqual(X, constant(1))));
  }

  @Test
  void numbersAsShortAsTheyAreExact() {
    assertText("x + 0.1", X.plus(0.1));
    assertText("x + 3", X.plus(3));
    assertText("x + 1.0E-5", X.plus(1e-5));
    assertText("x + 1.0E22", X.plus(1e22));
    assertText("x + inf", X.plus(Double.POSITIVE_INFINITY));
  }

  @Test
  void variablesByName() {
    assertEquals("w * h + b", X.times(Y).plus(Expression.variable(2)).toText(List.of("w", "h", "b")));
    assertEquals("w * x2", X.times(Y).toText(List.of("w")));
    assertText("x4 + x", Expression.variable(3).plus(X));
  }

  @Test
  void latex() {
    assertEquals("\\frac{1}{\\exp\\left(-x\\right) + 1}", SIGMOID.body().toLatex());
    assertEquals("\\sigma\\left(x\\right) \\, \\sigma\\left(-x\\right)", SIGMOID.of(X).derivative(0).toLatex());
    assertEquals("{\\left(-2\\right)}^{x}", constant(-2).pow(X).toLatex());
    assertEquals("{\\left(1.0 \\cdot 10^{-5}\\right)}^{x}", constant(1e-5).pow(X).toLatex());
    assertEquals("x \\, \\left(-3\\right)", X.times(constant(-3)).toLatex());
    assertEquals("\\sqrt{\\left|x\\right|}", Expressions.sqrt(Expressions.abs(X)).toLatex());
    assertEquals("\\sqrt[3]{\\left\\lfloor x\\right\\rfloor}", Expressions.cbrt(Expressions.floor(X)).toLatex());
    assertEquals("\\operatorname{log1p}\\left(x\\right)", Expressions.log1p(X).toLatex());
    assertEquals(
        "\\begin{cases}x & x \\le y \\\\ -\\infty & \\text{else}\\end{cases}",
        Expressions.select(Expressions.lessEqual(X, Y), X, constant(Double.NEGATIVE_INFINITY)).toLatex());
    assertEquals("w_1 \\, x", X.times(Y).toLatex(List.of("w_1", "x")));
  }

  @Test
  void mathMl() {
    assertEquals(
        "<mfrac><mrow><mn>1</mn></mrow><mrow><mi>exp</mi><mrow><mo>(</mo><mo>−</mo><mi>x</mi><mo>)</mo></mrow>"
            + "<mo>+</mo><mn>1</mn></mrow></mfrac>",
        SIGMOID.body().toMathMl());
    assertEquals("<mi>σ</mi><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>", SIGMOID.of(X).toMathMl());
    assertEquals("<msup><mrow><mi>x</mi></mrow><mrow><mo>−</mo><mn>1</mn></mrow></msup>", X.pow(-1).toMathMl());
    assertEquals(
        "<mi>x</mi><mo>·</mo><mrow><mo>(</mo><mo>−</mo><mn>∞</mn><mo>)</mo></mrow>",
        X.times(constant(Double.NEGATIVE_INFINITY)).toMathMl());
    assertEquals("<mi>a&lt;b</mi><mo>&lt;</mo><mn>1</mn>", Expressions.less(X, constant(1)).toMathMl(List.of("<mi>a&lt;b</mi>")));
  }

  /// A DAG of n parts may be a tree of 2ⁿ.
  @Test
  void whatWouldFillPagesIsCut() {
    Expression formula = X;
    for (int i = 0; i < 60; i++) {
      formula = formula.times(formula);
    }
    assertTrue(formula.toText().length() < 10_000);
    assertTrue(formula.toText().contains("..."));
    assertTrue(formula.toLatex().contains("\\ldots"));
    assertTrue(formula.toMathMl().contains("<mo>…</mo>"));
  }

  @Test
  void aDefinedFunctionPrintsItsDefinition() {
    assertEquals("sigmoid(x) = 1 / (exp(-x) + 1)", SIGMOID.toString());
    assertEquals("y * (1 - y)", Objects.requireNonNull(SIGMOID.identity()).toText(List.of("y")));
    assertText("sigmoid(x)", SIGMOID.of(X));
  }
}
