package dev.gradus.teach.replay;

import static dev.gradus.ops.Ops.constant;
import static dev.gradus.ops.Ops.input;
import static dev.gradus.ops.Ops.parameter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import dev.gradus.diff.Backward;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static String kinds(Replay replay) {
    return replay.steps().stream()
        .map(step -> step.kind().name().charAt(0) + (step.u() == null ? "" : replay.labels().of(step.u())))
        .collect(Collectors.joining(" "));
  }

  @Test
  void theQuizInOrder() {
    assertEquals(
        "Fx1 Fw1 Fw2 Fx2 Fv1 Fv2 Fv3 Fv4 FL SL Ov4 Tv4 Cv4 Ov3 Tv3 Cv3 Ov2 Tv2 Cv2 Ov1 Tv1 Cv1"
            + " Ox2 Tx2 Cx2 Ow2 Tw2 Cw2 Ow1 Tw1 Cw1 Ox1 Tx1 Cx1 P",
        kinds(Lessons.replay(Lessons.quiz())));
  }

  @Test
  void aNodeThatIsUsedTwiceByOneUserHasTwoTerms() {
    Replay replay = Lessons.replay("x * x", "x=3");
    Node x = replay.order().getFirst();
    assertEquals(List.of(0, 1), replay.shares(x).stream().map(share -> share.term().use().slot()).toList());
    assertEquals("Fx FL SL Ox Tx Tx Cx P", kinds(replay));
  }

  @Test
  void gradientsOfAnotherResultAreRefused() {
    Node y = parameter("x", 1).times(2).named("y");
    Node z = y.plus(1).named("z");
    GradusException refused = assertThrows(GradusException.class, () -> Replay.of(y, Backward.from(z), Interpreter.run(z)));
    assertEquals(
        "replay: gradients must be those of y: multiply f64[], but got those of [z: add f64[]]; take Backward.from the same node",
        String.valueOf(refused.getMessage()).replaceFirst(" \\(.*", ""));
  }

  @Test
  void aResultThatIsALeafIsItsOwnGradient() {
    Replay replay = Lessons.replay("x", "x=3");
    assertEquals("Fx Sx P", kinds(replay));
    assertEquals(1, replay.gradientStep(replay.result()));
    assertEquals(List.of(), replay.shares(replay.result()));
  }

  @Test
  void tuplesHaveValuesOfTheirPartsOnlyAndNoSum() {
    Replay replay = Lessons.replay("a, b = split(x, sections=2); dot(a, b)", "x=[1, 2, 3, 4]");
    assertEquals("Fx Fv1 Fa Fb FL SL Ob Tb Cb Oa Ta Ca Ox Tx Cx P", kinds(replay));
    Node split = replay.order().get(1);
    assertTrue(split.isTuple());
    assertNull(replay.gradient(split));
    assertEquals(Integer.MAX_VALUE, replay.gradientStep(split));
  }

  @Test
  void whatGetsNoGradientIsOpenedAndClosedAndNeverKnown() {
    Replay replay = Lessons.replay("stop_gradient(x) * y", "x=1", "y=2");
    Node x = replay.order().getFirst();
    assertNull(replay.gradient(x));
    assertEquals(List.of(), replay.shares(x));
    assertEquals(Integer.MAX_VALUE, replay.gradientStep(x));
    assertTrue(kinds(replay).endsWith("Ox Cx P"), kinds(replay));
  }

  @Test
  void anUpstreamGradientIsTheSeed() {
    Node x = parameter("x", Tensor.vector(1, 2));
    Node y = x.times(x).named("y");
    Replay replay = Replay.of(y, Backward.from(y, Constant.of("up", Tensor.vector(3, 4))), Interpreter.run(y));
    Node gradient = replay.gradient(y);
    assertEquals(Tensor.vector(3, 4), gradient == null ? null : replay.values().of(gradient));
    assertEquals(
        "We start at the top: ∂y/∂y = [3, 4].",
        new Narration(replay, Sentences.english()).sentence(replay.steps().get(2)));
  }

  @Test
  void leavesAreParametersThenInputs() {
    Input x = input("x");
    Node w = parameter("w", 2);
    Node y = x.times(w).plus(constant("c", 1));
    Replay replay = Replay.of(y, Backward.from(y), Interpreter.run(List.of(y), Map.of(x, Tensor.scalar(3.0))));
    assertEquals(List.of(w, x), replay.leaves());
  }

  @Test
  void aChainOf100000NodesRunsOnADefaultStack() {
    Node x = parameter("x", 0.5);
    Node y = x;
    for (int i = 1; i < 100_000; i++) {
      y = i % 2 == 0 ? y.plus(x) : y.times(0.5);
    }
    Replay replay = Lessons.replay(y);
    int size = replay.graph().size();
    assertTrue(size >= 100_000);
    assertEquals(50_000, replay.shares(x).size());
    assertSame(replay.gradient(x), replay.shares(x).getLast().sum());
    Narration narration = new Narration(replay, Sentences.english());
    for (int k = 0; k < replay.steps().size(); k += 101) {
      assertTrue(narration.sentence(replay.steps().get(k)).length() < 400);
    }
  }
}
