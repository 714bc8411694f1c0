package dev.gradus.show;

import static dev.gradus.ops.Ops.constant;
import static dev.gradus.ops.Ops.floor;
import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.mean;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sigmoid;
import static dev.gradus.ops.Ops.sin;
import static dev.gradus.ops.Ops.split;
import static dev.gradus.ops.Ops.square;
import static dev.gradus.ops.Ops.stopGradient;
import static dev.gradus.ops.Ops.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.diff.Backward;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalkthroughTest {
  private static Walkthrough walk(Node result) {
    return Walkthrough.of(result, Backward.from(result), Interpreter.run(result));
  }

  private static void requireWidth(String text) {
    text.lines().forEach(line -> assertTrue(line.length() <= 80, () -> line.length() + ": " + line));
  }

  @Test
  void theQuizNodeByNode() {
    Node x1 = constant("x1", 11);
    Node w1 = parameter("w1", 0);
    Node h = sigmoid(x1.times(w1)).named("h");
    Node f = sigmoid(h.times(parameter("w2", 0)).plus(constant("x2", 5))).named("f");
    Walkthrough walk = walk(f);
    assertEquals(
        """
        node  computed as  value
        ----  -----------  ------------------
        x1    constant     11
        w1    parameter    0
        w2    parameter    0
        x2    constant     5
        v1    x1 * w1      0
        h     sigmoid(v1)  0.5
        v2    h * w2       0
        v3    v2 + x2      5
        f     sigmoid(v3)  0.9933071490757153
        """,
        walk.forward());
    assertEquals(
        """
        u   v ∈ Γ(u)       ∂f/∂v  ∂v/∂u                          product       ∂f/∂u
        --  --------  ----------  --------------------------  ----------  ----------
        f                                                                          1
        v3  f                  1  sigmoid(v3) * sigmoid(-v3)  0.00664806  0.00664806
                                  = 0.00664806
        v2  v3        0.00664806  1                           0.00664806  0.00664806
        h   v2        0.00664806  w2 = 0                               0           0
        v1  h                  0  sigmoid(v1) * sigmoid(-v1)           0           0
                                  = 0.25
        x2  v3        0.00664806  1                           0.00664806  0.00664806
        w2  v2        0.00664806  h = 0.5                     0.00332403  0.00332403
        w1  v1                 0  x1 = 11                              0           0
        x1  v1                 0  w1 = 0                               0           0
        """,
        walk.backward());
    requireWidth(walk.toString());
  }

  @Test
  void everyUseIsATermAndOneThatSendsNothingSaysSo() {
    Node a = parameter("a", 2);
    Walkthrough walk = walk(a.times(a).plus(stopGradient(a)).plus(floor(a)));
    String backward = walk.backward();
    List<String> lines = backward.lines().map(line -> line.replaceAll(" +", " ")).toList();
    assertTrue(lines.contains("a v1 (slot 1) 1 a = 2 2"), backward);
    assertTrue(lines.contains(" v1 (slot 2) 1 a = 2 2"), backward);
    assertTrue(lines.contains(" v2 sends nothing"), backward);
    assertTrue(lines.contains(" v4 1 0 0 4"), backward);
    assertTrue(walk.toString().contains("∂L/∂L = 1"));
  }

  @Test
  void floatsHaveTheDigitsOfFloats() {
    Walkthrough walk = walk(parameter("x", Tensor.scalar(0.05f)).dividedBy(3));
    assertTrue(walk.forward().lines().anyMatch(line -> line.endsWith("  0.016666668")), walk.forward());
    assertTrue(walk.leaves().lines().anyMatch(line -> line.matches("x +0\\.05 +0\\.33333334")), walk.leaves());
  }

  @Test
  void aLeafWithoutGradientSaysWhy() {
    Node a = parameter("a", 2);
    String text = walk(stopGradient(a).times(parameter("b", 3))).toString();
    assertTrue(text.contains("stopped by stop_gradient"), text);
    assertTrue(text.lines().anyMatch(line -> line.matches("a +2 +none")), text);
  }

  @Test
  void tensorsAreShownAsMatricesWithRules() {
    Node x = constant("x", Tensor.of(new double[][] {{1, 2}, {3, 4}}));
    Node w = parameter("W", Tensor.of(new double[][] {{0.5}, {-1}}));
    Node out = matmul(x, w).plus(parameter("b", Tensor.vector(0.25))).named("out");
    Walkthrough walk = walk(mean(square(out)));
    assertTrue(walk.forward().contains("[[-1.25],"), walk.forward());
    String backward = walk.backward();
    assertTrue(backward.contains("xᵀ @ g"), backward);
    assertTrue(backward.contains("with y = W"), backward);
    assertTrue(walk.toString().contains("(A rule's g is ∂L/∂v;"));
    assertEquals(
        """
        leaf u  ∂L/∂u
        ------  ------------------
        x       [[-0.625,   1.25],
                 [-1.125,   2.25]]
        W       [[   -8],
                 [-11.5]]
        b       [-3.5]
        """,
        walk.leaves());
    requireWidth(walk.toString());
  }

  @Test
  void tuplesAreNamedByTheirResults() {
    Node x = parameter("x", Tensor.vector(1, 2, 3, 4));
    List<Node> parts = split(x, 0, 2);
    Walkthrough walk = walk(sum(parts.get(0).times(parts.get(1))));
    assertTrue(walk.forward().contains("(2 results)"), walk.forward());
    assertTrue(walk.backward().contains("one for each result"), walk.backward());
    assertTrue(walk.leaves().contains("[3, 4, 1, 2]"), walk.leaves());
  }

  @Test
  void aGivenUpstreamGradientIsTheStart() {
    Node x = parameter("x", Tensor.vector(1, 2));
    Node y = square(x).named("y");
    String text = Walkthrough.of(y, Backward.from(y, constant(Tensor.vector(10, 1))), Interpreter.run(y)).toString();
    assertTrue(text.contains("start with the given ∂L/∂y"), text);
    assertTrue(text.contains("[20, 4]"), text);
  }

  @Test
  void nodesThatShareANameAreToldApart() {
    Node h = sin(sin(parameter("x", 1)).named("h")).named("h");
    String forward = walk(h.plus(0).named("f")).forward();
    assertTrue(forward.contains("h#2   sin(h#1)"), forward);
  }

  @Test
  void longChainsAreAbbreviated() {
    Node v = parameter("v", 0.5);
    for (int i = 0; i < 100_000; i++) {
      v = sin(v);
    }
    String text = walk(v).toString();
    assertTrue(text.contains("99961 more nodes"), text);
    assertTrue(text.lines().count() < 160, () -> text.lines().count() + " lines");
    requireWidth(text);
  }

  @Test
  void manyUsesAreAbbreviated() {
    Node x = parameter("x", 3);
    Node total = x;
    for (int i = 0; i < 30; i++) {
      total = total.plus(x);
    }
    String backward = walk(total.named("f")).backward();
    assertTrue(backward.contains("19 more uses"), backward);
    assertTrue(backward.stripTrailing().endsWith(" 31"), backward);
    assertFalse(backward.contains("sends nothing"), backward);
  }
}
