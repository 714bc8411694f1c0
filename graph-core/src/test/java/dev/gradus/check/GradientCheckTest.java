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

import dev.gradus.GradusException;
import dev.gradus.check.Maps.Box;
import dev.gradus.check.Maps.Forgetful;
import dev.gradus.check.Maps.Halves;
import dev.gradus.check.Maps.Stated;
import dev.gradus.diff.Backward;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Gather;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.StopGradient;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.tensor.DType;
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

  @Test
  void anF32GraphIsCheckedInF64() {
    Node x = Parameter.of("x", Tensor.vector(0.1, 0.2, 0.3).cast(DType.F32));
    Node half = new Cast(DType.F32).of(Constant.of(Tensor.scalar(0.5)));
    Node y = map(Arithmetic.EXP, x).times(half).plus(1);
    Node derivative = Backward.from(sum(y)).of(x);
    CheckReport report = GradientCheck.of(sum(y.times(derivative))).tolerance(1e-9).run();
    report.assertCorrect();
    assertEquals(3, report.rows().size());
    assertSame(x, report.rows().getFirst().node());
    // The f32 number itself, not its decimal digits, is where the f64 graph starts.
    double at = (float) 0.1;
    assertEquals(Math.exp(at) * (0.5 * Math.exp(at) + 1) * 0.5 + 0.25 * Math.exp(2 * at), report.rows().getFirst().analytic(), 1e-12);
  }

  @Test
  void aWrongRuleInAnF32GraphIsNamedThere() {
    Node x = Parameter.of("x", Tensor.scalar(0.5f));
    Node wrong = sine(2).of(x.times(3));
    Culprit culprit = GradientCheck.of(wrong.times(2)).run().culprit();
    assertNotNull(culprit);
    assertSame(wrong, culprit.node());
  }

  @Test
  void severalElementsNeedAnUpstreamGradient() {
    Node x = Parameter.of("x", Tensor.vector(1, 2));
    Node y = x.times(x);
    GradusException error = assertThrows(GradusException.class, () -> GradientCheck.of(y).run());
    assertTrue(error.toString().contains("pass upstream(tensor) of shape [2]"), error.toString());
    CheckReport report = GradientCheck.of(y).upstream(Tensor.vector(3, -1)).run();
    report.assertCorrect();
    assertEquals(6, report.rows().get(0).analytic());
    assertEquals(-4, report.rows().get(1).numeric(), 1e-9);
    assertThrows(GradusException.class, () -> GradientCheck.of(y).upstream(Tensor.scalar(1.0)).run());
  }

  @Test
  void anUpstreamGradientOfZeroHidesWhatIsNotFinite() {
    Node x = Parameter.of("x", Tensor.vector(0, 2));
    CheckReport report = GradientCheck.of(map(Arithmetic.LOG, x)).upstream(Tensor.vector(0, 1)).run();
    report.assertCorrect();
    assertEquals(0.5, report.rows().get(1).numeric(), 1e-9);
  }

  @Test
  void anyNodeCanBeMoved() {
    Node x = at(0.5);
    Node two = Constant.of(2);
    Node h = x.times(two);
    Node y = h.times(h).plus(map(Arithmetic.SIN, h)).plus(x);
    CheckReport report = GradientCheck.of(y).by(h, two, y, x).run();
    report.assertCorrect();
    assertEquals(2 + Math.cos(1), report.rows().get(0).analytic(), 1e-15);
    assertEquals(0.5 * (2 + Math.cos(1)), report.rows().get(1).numeric(), 1e-9);
    assertEquals(1, report.rows().get(2).numeric(), 1e-12);
    assertThrows(GradusException.class, () -> GradientCheck.of(h).by(y).run());
  }

  @Test
  void aNodeThatIsFedIsALeaf() {
    Node x = Input.of("x", Shape.SCALAR);
    Node h = sine(3).of(x);
    Node y = h.times(h);
    CheckReport report = GradientCheck.of(y).feeds(Map.of(h, Tensor.scalar(2.0))).by(h).run();
    report.assertCorrect();
    assertEquals(4, report.rows().getFirst().analytic());
    assertThrows(GradusException.class, () -> GradientCheck.of(y).run());
  }

  @Test
  void whatIsStoppedIsHeldStill() {
    Node x = at(3);
    Node stopped = new StopGradient().of(x.times(x));
    CheckReport both = GradientCheck.of(x.times(stopped)).run();
    both.assertCorrect();
    assertEquals(9, both.rows().getFirst().numeric(), 1e-9);
    CheckReport only = GradientCheck.of(stopped).run();
    assertTrue(only.passed());
    assertEquals(List.of(), only.rows());
    assertSame(x, only.skipped().getFirst().node());
    assertTrue(only.skipped().getFirst().reason().startsWith("STOPPED"));
  }

  /// Rounding whose gradient is passed straight through: round(x) = x + stop(round(x) - x).
  @Test
  void whatIsStoppedInsideABoxIsHeldStill() {
    Composite through =
        new Stated("through", x -> x.plus(new StopGradient().of(map(Arithmetic.ROUND, x).minus(x))), x -> x.times(0).plus(1));
    for (double x : new double[] {0.2, 0.5, 7}) {
      GradientCheck.of(through.of(at(x)).times(2)).run().assertCorrect();
    }
    Composite twice =
        new Stated("twice", x -> x.plus(new StopGradient().of(map(Arithmetic.ROUND, x).minus(x))), x -> x.times(0).plus(2));
    Node wrong = twice.of(at(0.2));
    Culprit culprit = GradientCheck.of(wrong.times(2)).run().culprit();
    assertNotNull(culprit);
    assertSame(wrong, culprit.node());
  }

  @Test
  void leavesWithoutDerivativeAreTold() {
    Node x = Parameter.of("x", Tensor.vector(1, 2, 3));
    Node empty = Parameter.of("empty", Tensor.vector());
    Node at = Input.of("at", DType.I64, Shape.of(2));
    Node y = sum(new Gather(0).of(x, at)).plus(sum(empty));
    CheckReport report = GradientCheck.of(y).feeds(Map.of(at, Tensor.of(Shape.of(2), 2L, 2L))).run();
    report.assertCorrect();
    assertEquals(List.of(0.0, 0.0, 2.0), report.rows().stream().map(Row::analytic).toList());
    assertEquals(List.of(at, empty), report.skipped().stream().map(CheckReport.Skipped::node).toList());
    assertTrue(report.toString().contains("DISCRETE: i64 has no derivative"), report.toString());
    CheckReport nothing = GradientCheck.of(sum(empty.times(2))).run();
    assertTrue(nothing.passed() && nothing.rows().isEmpty());
  }

  /// A gradient that is missing counts as 0 and is compared like any other.
  @Test
  void aMissingTermIsWrong() {
    Node x = at(2);
    Node y = at(3);
    Node wrong = new Forgetful(1).of(x, y);
    CheckReport report = GradientCheck.of(wrong).run();
    assertEquals(List.of(Verdict.OK, Verdict.WRONG), report.rows().stream().map(Row::verdict).toList());
    Culprit culprit = report.culprit();
    assertNotNull(culprit);
    assertEquals(1, culprit.slot());
    Node square = new Forgetful(0).of(x, x);
    Culprit repeated = GradientCheck.of(square).run().culprit();
    assertNotNull(repeated);
    assertEquals(0, repeated.slot());
  }

  @Test
  void anOpWithSeveralResultsIsCheckedAsOneBox() {
    Node x = Parameter.of("x", Tensor.vector(1, 2, 3, 4));
    Apply right = Apply.of(new Halves(1), List.of(x));
    Node y = sum(right.results().get(0).times(right.results().get(1)));
    GradientCheck.of(y).run().assertCorrect();
    Apply wrong = Apply.of(new Halves(2), List.of(x));
    Culprit culprit = GradientCheck.of(sum(wrong.results().get(1)).times(2)).run().culprit();
    assertNotNull(culprit);
    assertSame(wrong, culprit.node());
  }

  @Test
  void aLargeNodeIsMovedAlongDirections() {
    Node w = Parameter.of("w", Tensor.normal(Shape.of(20, 20), 1));
    Node right = sum(map(Arithmetic.TANH, w));
    CheckReport report = GradientCheck.of(right).seed(5).run();
    report.assertCorrect();
    assertEquals(8, report.rows().size());
    assertEquals("direction 3", report.rows().get(3).place());
    assertEquals(report.rows(), GradientCheck.of(right).seed(5).run().rows());
    assertEquals(400, GradientCheck.of(right).coordinates(400).run().count(Verdict.OK));
    assertEquals(3, GradientCheck.of(right).directions(3).run().count(Verdict.OK));
    Node wrong = sine(1.001).of(w);
    CheckReport failing = GradientCheck.of(sum(wrong)).run();
    assertEquals(8, failing.count(Verdict.WRONG));
    Culprit culprit = failing.culprit();
    assertNotNull(culprit);
    assertSame(wrong, culprit.node());
  }

  @Test
  void theCurveFallsByTheSquareOfTheStepAndRisesAgain() {
    Row row = GradientCheck.of(map(Arithmetic.EXP, at(1))).curve().run().rows().getFirst();
    assertEquals(15, row.curve().size());
    assertEquals(0.1, row.curve().getFirst().h(), 1e-15);
    for (int decade = 1; decade <= 3; decade++) {
      double h = Math.pow(10, -decade);
      assertEquals(Math.E * h * h / 6, row.curve().get(decade - 1).error(), 0.01 * h * h);
    }
    double least = row.curve().stream().mapToDouble(Row.Step::error).min().orElseThrow();
    assertTrue(least < 1e-9);
    assertTrue(row.curve().getLast().error() > 1e-4);
    assertTrue(GradientCheck.of(map(Arithmetic.EXP, at(1))).run().rows().getFirst().curve().isEmpty());
  }

  @Test
  void aGradientThatIsNotANumberIsWrongWhereTheFunctionIsSmooth() {
    Node x = at(2);
    Node spoilt = new Stated("spoilt", v -> v.times(3), v -> v.minus(v).dividedBy(v.minus(v))).of(x);
    CheckReport report = GradientCheck.of(spoilt).run();
    assertEquals(Verdict.WRONG, report.rows().getFirst().verdict());
    NonFinite origin = report.origin();
    assertNotNull(origin);
    assertEquals("divide", origin.node().kind());
    assertSame(x, origin.gradientOf());
  }

  @Test
  void anInfiniteGradientIsWrongWhereTheSlopeIsFinite() {
    assertAll(
        () -> assertEquals(Verdict.WRONG, verdict(Stated.constant("steep", v -> map(Arithmetic.EXP, v), 1 / 0.0).of(at(2)))),
        () -> assertEquals(Verdict.WRONG, verdict(Stated.constant("steep", v -> map(Arithmetic.ABS, v), 1 / 0.0).of(at(0)))),
        () -> assertEquals(Verdict.WRONG, verdict(Stated.constant("down", v -> map(Arithmetic.CBRT, v), -1 / 0.0).of(at(0)))));
  }

  /// Each convention is admissible, their difference is not: max(x, 0) - max(-x, 0) = x.
  @Test
  void conventionsThatDoNotAddUpAreToldApartFromWrongRules() {
    Node x = at(0);
    Node first = new Stated("rectifier", v -> map(Arithmetic.MAXIMUM, v, Constant.of(0)), v -> v.times(0)).of(x);
    Node second = new Stated("rectifier", v -> map(Arithmetic.MAXIMUM, v, Constant.of(0)), v -> v.times(0)).of(x.negated());
    CheckReport report = GradientCheck.of(first.minus(second)).run();
    assertEquals(Verdict.WRONG, report.rows().getFirst().verdict());
    assertNull(report.culprit());
    assertSame(first, report.kink());
    assertTrue(report.toString().contains("is at a kink: conventions at kinks need not add up"), report.toString());
  }

  @Test
  void aLongChainIsCheckedOnADefaultStack() {
    Node x = at(0.5);
    Node y = x;
    for (int i = 0; i < 20_000; i++) {
      y = i % 2 == 0 ? y.times(1.5) : map(Arithmetic.SIN, y);
    }
    CheckReport report = GradientCheck.of(y).run();
    report.assertCorrect();
    assertEquals(1, report.count(Verdict.OK));
  }

  @Test
  void tooNoisyAFunctionIsUnresolved() {
    Node x = at(1);
    Node noisy = x.times(1e-10).plus(1e12).minus(1e12);
    assertEquals(Verdict.UNRESOLVED, verdict(noisy));
  }

  @Test
  void theTableIsReadable() {
    Node x = Parameter.of("a_rather_long_name", Tensor.normal(Shape.of(3, 4), 1));
    String passed = GradientCheck.of(sum(map(Arithmetic.SIN, x))).run().toString();
    assertTrue(passed.startsWith("gradient check of sum f64[]: passed, 12 OK\n"), passed);
    assertTrue(passed.contains("a_rather_long… [2, 3]"), passed);
    String failed = GradientCheck.of(sum(sine(2).of(Parameter.of("w", Tensor.normal(Shape.of(99), 1))))).run().toString();
    assertTrue(failed.contains("FAILED, 99 WRONG") && failed.contains("... 59 more"), failed);
    for (String line : failed.lines().toList()) {
      assertTrue(line.length() <= 80 || line.startsWith("the rule"), line);
    }
  }
}
