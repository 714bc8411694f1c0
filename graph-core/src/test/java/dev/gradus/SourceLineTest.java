package dev.gradus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.diff.Backward;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Gather;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.SourceLine;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.Tensor;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The lines of a program outside the library, as this class is one.
class SourceLineTest {
  @AfterEach
  void recordAgain() {
    SourceLine.setRecording(true);
  }

  private static int line() {
    return StackWalker.getInstance().walk(frames -> frames.skip(1).findFirst().orElseThrow()).getLineNumber();
  }

  @Test
  void everyNodeKnowsItsLine() {
    int line = line() + 1;
    Node x = Parameter.of("x", 2);
    Node y = x.times(x);
    Node named = y.named("y");
    assertEquals(new SourceLine("SourceLineTest.java", line, 0), x.sourceLine());
    assertEquals(new SourceLine("SourceLineTest.java", line + 1, 0), y.sourceLine());
    assertEquals(y.sourceLine(), named.sourceLine());
    assertEquals("SourceLineTest.java:" + line, String.valueOf(x.sourceLine()));
  }

  @Test
  void gradientNodesInheritTheLineOfWhatTheyDifferentiate() {
    Parameter x = Parameter.of("x", 2);
    Node square = x.times(x);
    Node cube = square.times(x);
    Node gradient = Backward.from(cube).of(square);
    for (Node node : Graph.of(Backward.from(cube).of(x)).nodes()) {
      assertNotNull(node.sourceLine(), node::toString);
    }
    assertTrue(Objects.requireNonNull(gradient.sourceLine()).line() <= Objects.requireNonNull(cube.sourceLine()).line());
  }

  @Test
  void recordingCanBeSwitchedOff() {
    SourceLine.setRecording(false);
    assertFalse(SourceLine.isRecording());
    Node x = Parameter.of("x", 2);
    assertNull(x.sourceLine());
    assertNull(x.plus(1).sourceLine());
    assertNull(Backward.from(x.plus(1)).of(x).sourceLine());
    SourceLine.setRecording(true);
    assertNotNull(x.plus(1).sourceLine());
  }

  @Test
  void errorsWhileBuildingNameTheLine() {
    Node x = Constant.of(Tensor.vector(1, 2));
    Node y = Constant.of(Tensor.vector(1, 2, 3));
    int line = line() + 1;
    GradusException refused = assertThrows(GradusException.class, () -> x.plus(y));
    assertEquals(
        "add: shapes must agree or broadcast, but got [2] and [3]; axes are matched from the last; reshape one of them"
            + " (SourceLineTest.java:" + line + ")",
        refused.getMessage());
    int second = line() + 1;
    GradusException contraction = assertThrows(GradusException.class, () -> new Contract("i,i->").of(x, y));
    assertTrue(String.valueOf(contraction.getMessage()).endsWith("; check them (SourceLineTest.java:" + second + ")"));
    SourceLine.setRecording(false);
    assertEquals(
        "add: shapes must agree or broadcast, but got [2] and [3]; axes are matched from the last; reshape one of them",
        assertThrows(GradusException.class, () -> x.plus(y)).getMessage());
  }

  @Test
  void errorsWhileRunningNameTheLineThatMadeTheNode() {
    Node x = Constant.of(Tensor.vector(1, 2));
    int line = line() + 1;
    Apply taken = new Gather(0).of(x, Constant.of(Tensor.scalar(5L)));
    assertEquals(
        "take: an index must lie in [-2, 2), but got 5; the axis has 2 elements (SourceLineTest.java:" + line + ")",
        assertThrows(GradusException.class, () -> Interpreter.run(taken)).getMessage());
  }
}
