package dev.gradus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.check.CheckReport;
import dev.gradus.check.Culprit;
import dev.gradus.check.GradientCheck;
import dev.gradus.check.NonFinite;
import dev.gradus.diff.Backward;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.SourceLine;
import dev.gradus.run.Interpreter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Checks as a program outside the library sees them: with the lines of that program.
class CheckedProgramTest {

  /// x² with the rule of x.
  private record Square() implements Composite {
    @Override
    public String name() {
      return "my_square";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      return List.of(x.getFirst().times(x.getFirst()));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      return List.of(Objects.requireNonNull(g.getFirst()));
    }
  }

  private static SourceLine here() {
    StackTraceElement caller = new Throwable().getStackTrace()[1];
    return new SourceLine(Objects.requireNonNull(caller.getFileName()), caller.getLineNumber(), 0);
  }

  @Test
  void theCulpritHasTheLineThatMadeIt() {
    Node x = Parameter.of("x", 3);
    Node wrong = new Square().of(x); SourceLine line = here();
    CheckReport report = GradientCheck.of(wrong.plus(x)).run();
    Culprit culprit = report.culprit();
    assertNotNull(culprit);
    assertEquals(line, culprit.node().sourceLine());
    assertTrue(report.toString().contains("the rule of my_square f64[] (" + line + ") for operand 0"), report.toString());
  }

  @Test
  void aValueThatIsNotFiniteHasTheLineThatMadeIt() {
    Node x = Parameter.of("x", 0);
    Node ratio = x.dividedBy(x); SourceLine line = here();
    NonFinite origin = NonFinite.trace(Interpreter.run(ratio), ratio.plus(1)).orElseThrow();
    assertTrue(origin.message().endsWith("x = 0.0, y = 0.0 (" + line + ")"), origin.message());
  }

  @Test
  void aGradientThatIsNotFiniteHasTheLineOfWhatIsDifferentiated() {
    Node x = Parameter.of("x", 0);
    Node root = x.pow(0.5); SourceLine line = here();
    Node y = root.times(2);
    NonFinite origin = NonFinite.trace(Interpreter.run(y), Backward.from(y)).orElseThrow();
    assertEquals(line, origin.node().sourceLine());
    assertTrue(origin.message().startsWith("on the way to the gradient of x: parameter f64[], ") && origin.message().endsWith("(" + line + ")"), origin.message());
  }
}
