package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.check.CheckReport;
import dev.gradus.check.GradientCheck;
import dev.gradus.check.Verdict;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckTest {
  @Test
  void rightGradientsExitWith0() {
    CommandRun run = CommandRun.of("check", "sum(tanh(x @ w)^2)", "x=[[1,2],[3,4]]", "w=[[0.1],[0.2]]");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("passed, 6 OK"), run.out());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
  }

  @Test
  void aKinkIsToldAndPasses() {
    CommandRun run = CommandRun.of("check", "relu(x)", "x=0");
    assertEquals(0, run.code());
    assertTrue(run.out().contains("KINK"), run.out());
  }

  @Test
  void theCurveShowsDifferencesByStep() {
    CommandRun run = CommandRun.of("check", "exp(x)", "x=1", "--curve");
    assertEquals(0, run.code());
    assertTrue(run.out().contains("difference"), run.out());
    assertTrue(run.out().lines().filter(line -> line.contains("2.718")).count() >= 5, run.out());
  }

  @Test
  void severalElementsNeedAnUpstreamGradient() {
    assertEquals(2, CommandRun.of("check", "x^2", "x=[1, 2]").code());
    assertEquals(0, CommandRun.of("check", "x^2", "x=[1, 2]", "--upstream=[3, -1]").code());
  }

  @Test
  void badTolerancesAreRefused() {
    CommandRun run = CommandRun.of("check", "x", "x=1", "--tolerance=2");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("must lie between 0 and 1"), run.err());
    assertEquals(2, CommandRun.of("check", "x", "x=1", "--tolerance=small").code());
  }

  private record TwiceTheGradient() implements Composite {
    @Override
    public String name() {
      return "twice";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      return List.of(Ops.sin(x.getFirst()));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node upstream = Objects.requireNonNull(g.getFirst());
      return Collections.singletonList(upstream.times(Ops.cos(out.operand(0))).times(2));
    }
  }

  @Test
  void aWrongGradientExitsWith1() {
    CheckReport report = GradientCheck.of(new TwiceTheGradient().of(Parameter.of("x", 1))).run();
    assertEquals(1, report.count(Verdict.WRONG));
    StringWriter out = new StringWriter();
    assertEquals(1, Check.print(new PrintWriter(out), report));
    assertTrue(out.toString().contains("FAILED") && out.toString().contains("twice"), out.toString());
  }
}
