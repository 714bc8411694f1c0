package dev.gradus.check;

import static dev.gradus.check.Maps.map;
import static dev.gradus.check.Maps.sine;
import static dev.gradus.check.Maps.sum;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.check.Maps.Box;
import dev.gradus.check.Maps.Stated;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GradientCheckTest {
  private static Verdict verdict(Node result) {
    CheckReport report = GradientCheck.of(result).run();
    assertEquals(1, report.rows().size());
    return report.rows().getFirst().verdict();
  }

  private static Node at(double x) {
    return Parameter.of("x", x);
  }

  @Test
  void everyElementOfEveryLeafIsCompared() {
    Node x = Input.of("x", Shape.of(2, 3));
    Node w = Parameter.of("w", Tensor.vector(0.5, -1, 2));
    Node loss = sum(map(Arithmetic.TANH, x.times(w)).times(w)).named("loss");
    CheckReport report =
        GradientCheck.of(loss).feeds(Map.of(x, Tensor.of(new double[][] {{1, 2, 3}, {0.1, 0, -0.2}}))).run();
    report.assertCorrect();
    assertEquals(9, report.count(Verdict.OK));
    assertEquals(List.of(0, 2), report.rows().get(2).index());
    for (Row row : report.rows()) {
      assertEquals(row.analytic(), row.numeric(), 1e-9);
      assertTrue(row.error() < 1e-8, report.toString());
    }
  }

  @Test
  void aWrongRuleInAChainOfThirtyIsNamed() {
    Node x = Parameter.of("x", Tensor.vector(0.3, 0.7));
    Node h = x;
    Node wrong = x;
    for (int i = 0; i < 30; i++) {
      wrong = i == 17 ? sine(1.001).of(h).named("h17") : wrong;
      h = i == 17 ? wrong : map(Arithmetic.SIN, h).times(1.1);
    }
    CheckReport report = GradientCheck.of(sum(h)).run();
    assertFalse(report.passed());
    Culprit culprit = report.culprit();
    assertNotNull(culprit);
    assertSame(wrong, culprit.node());
    assertEquals(0, culprit.slot());
    assertNull(culprit.inside());
    AssertionError error = assertThrows(AssertionError.class, report::assertCorrect);
    assertEquals(report.toString(), error.getMessage());
    assertTrue(report.toString().contains("the rule of h17: sine f64[2] ("), report.toString());
    assertTrue(report.toString().contains(") for operand 0 is wrong"), report.toString());
  }

  @Test
  void theFirstOfTwoWrongRulesIsNamed() {
    Node x = at(0.4);
    Node first = sine(2).of(x);
    Node second = sine(-1).of(first);
    Culprit culprit = GradientCheck.of(second).run().culprit();
    assertNotNull(culprit);
    assertSame(first, culprit.node());
  }

  @Test
  void aWrongRuleInsideABoxIsNamedWithTheBox() {
    Node box = new Box(0).of(at(1), at(2));
    Culprit culprit = GradientCheck.of(box).run().culprit();
    assertNotNull(culprit);
    assertSame(box, culprit.node());
    assertEquals(1, culprit.slot());
    Culprit inside = culprit.inside();
    assertNotNull(inside);
    assertEquals("sine", inside.node().op().name());
    assertTrue(GradientCheck.of(new Box(1).of(at(1), at(2))).run().passed());
  }

  @Test
  void conventionsAtKinksAreAdmissibleIfTheyLieBetweenTheSlopes() {
    assertAll(
        () -> assertEquals(Verdict.KINK, verdict(map(Arithmetic.ABS, at(0)))),
        () -> assertEquals(Verdict.KINK, verdict(map(Arithmetic.MAXIMUM, at(0), Constant.of(0)))),
        () -> assertEquals(Verdict.KINK, verdict(map(Arithmetic.MAXIMUM, at(2), Constant.of(2)).times(-3))),
        () -> assertEquals(Verdict.KINK, verdict(map(Arithmetic.FLOOR, at(2)))),
        () -> assertEquals(Verdict.KINK, verdict(map(Arithmetic.SIGN, at(0)))));
  }

  @Test
  void aKinkShowsBothSlopes() {
    Row row = GradientCheck.of(map(Arithmetic.ABS, at(0))).run().rows().getFirst();
    assertEquals(-1, row.left(), 1e-12);
    assertEquals(1, row.right(), 1e-12);
    assertEquals(0, row.analytic());
  }

  @Test
  void aValueOutsideTheSlopesAtAKinkIsWrong() {
    Node x = at(0);
    CheckReport report = GradientCheck.of(Stated.constant("steep", v -> map(Arithmetic.ABS, v), 3).of(x)).run();
    assertEquals(Verdict.WRONG, report.rows().getFirst().verdict());
    assertEquals(Verdict.KINK, verdict(Stated.constant("flat", v -> map(Arithmetic.ABS, v), 0.5).of(x)));
  }

  @Test
  void besideAKinkTheStepGetsBetween() {
    for (double x : new double[] {1e-3, 1e-6, 1e-12, -1e-9}) {
      assertEquals(Verdict.OK, verdict(map(Arithmetic.ABS, at(x))), "abs at " + x);
      assertEquals(Verdict.WRONG, verdict(Stated.constant("half", v -> map(Arithmetic.ABS, v), 0.5).of(at(x))));
    }
  }

  @Test
  void nearTheEdgeOfADomainTheStepShrinks() {
    for (double x : new double[] {1, 1e-3, 1e-8, 1e-100, 1e-300}) {
      assertEquals(Verdict.OK, verdict(map(Arithmetic.SQRT, at(x))), "sqrt at " + x);
      assertEquals(Verdict.OK, verdict(map(Arithmetic.LOG, at(x))), "log at " + x);
    }
    for (double x : new double[] {1, 1e-3, 1e-8}) {
      assertEquals(Verdict.OK, verdict(map(Arithmetic.ATANH, at(1 - x / 2))), "atanh at 1 - " + x / 2);
    }
  }

  @Test
  void atTheEdgeOfADomainTheSlopeInsideCounts() {
    assertAll(
        () -> assertEquals(Verdict.OK, verdict(map(Arithmetic.SQRT, at(0)))),
        () -> assertEquals(Verdict.OK, verdict(map(Arithmetic.CBRT, at(0)))),
        () -> assertEquals(Verdict.OK, verdict(at(0).pow(2.5))),
        () -> assertEquals(Verdict.NOT_FINITE, verdict(map(Arithmetic.LOG, at(0)))),
        () -> assertEquals(Verdict.NOT_FINITE, verdict(map(Arithmetic.LOG, at(-1)))),
        () -> assertEquals(Verdict.NOT_FINITE, verdict(Stated.constant("flat", v -> map(Arithmetic.SQRT, v), 0).of(at(0)))));
  }

  @Test
  void numbersOfAnySizeAreMovedByTheirOwnStep() {
    for (double x : new double[] {1e-150, 1e-20, 1e-5, 3, 1e5, 1e12, 1e100}) {
      assertEquals(Verdict.OK, verdict(at(x).pow(2).times(0.5 / x)), "square at " + x);
      assertEquals(Verdict.OK, verdict(map(Arithmetic.ASINH, at(x))), "asinh at " + x);
      assertEquals(Verdict.OK, verdict(map(Arithmetic.TANH, at(x).times(1 / x))), "tanh at " + x);
    }
    for (double x : new double[] {1e3, 1e8, 1e10}) {
      assertEquals(Verdict.OK, verdict(map(Arithmetic.SIN, at(x))), "sine at " + x);
    }
  }
}
