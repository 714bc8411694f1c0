package dev.gradus.teach.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.graph.Node;
import dev.gradus.ops.Ops;
import dev.gradus.teach.replay.Lessons;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.replay.Step;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static Frame frame(Replay replay) {
    Walk walk = new Walk(replay);
    Sentences sentences = Sentences.english();
    return new Frame(walk, new Narration(replay, sentences), new Guide(walk, new Labels(replay), sentences));
  }

  private static String text(List<Line> lines) {
    return lines.stream().map(line -> line.text().stripTrailing() + "\n").collect(Collectors.joining());
  }

  @Test
  void aTermOfAFanOutOn80By24() {
    Frame frame = frame(Lessons.replay("a=x*x; a+a*sin(a)", "x=2"));
    assertEquals(
        """
        step 15 of 22  TERM 2 of 3: v2 sends to a
        algorithm                                  node           value           ∂L/∂u
          compute all values, operands first  in   x                  2               ·
          ∂L/∂L = 1                           u    a                  4        Σ 2 of 3
          for each other u, users first:      Γ(u) v1         -0.756802               4
            for each v ∈ Γ(u):                Γ(u) v2          -3.02721               1
        ▸     add ∂L/∂v · ∂v/∂u to the sum    Γ(u) L            0.97279               1
            the sum is ∂L/∂u
          the gradients by leaves are done
        this step
          rule     ∂v/∂x = y, with v = v2, x = a, y = v1
          symbols  ∂L/∂v2 · ∂v2/∂a = ∂L/∂v2 · v1
          numbers  1 · (-0.756802) = -0.756802
          sum      -2.61457 + (-0.756802) = -3.37138 (2 of 3)
          v ∈ Γ(a)      ∂L/∂v      ∂v/∂a       term
        ✓ v1                4  -0.653644   -2.61457
        ✓ v2                1  -0.756802  -0.756802
        ✓ L                 1          1          ·
        v2 sends ∂L/∂v2 · ∂v2/∂a = 1 · (-0.756802) = -0.756802. So far the sum is
        -3.37138.



        n next  p back  f fan-out  g node  b begin  e end  ? help  q quit
        """,
        text(frame.screen(View.FIRST.to(14), 80, 24)));
  }

  @Test
  void theCurrentLineAndNodeAreLit() {
    Frame frame = frame(Lessons.replay("a=x*x; a+a*sin(a)", "x=2"));
    List<String> lit = frame.screen(View.FIRST.to(14), 80, 24).stream()
        .flatMap(line -> line.pieces().stream())
        .filter(piece -> piece.style() == Style.NOW)
        .map(piece -> piece.text().strip().replaceFirst("(?<=a|v2) .*", ""))
        .toList();
    assertEquals(List.of("u    a", "▸     add ∂L/∂v · ∂v/∂u to the sum", "✓ v2"), lit);
  }

  /// Every step of every lesson, in every size: as many lines as there are, none too wide, no place left open.
  @Test
  void whatIsCutOffSaysSo() {
    Frame frame = frame(Lessons.replay("a = x*x; a + a*sin(a)", "x=2"));
    List<String> low = text(frame.screen(View.FIRST.to(12), 40, 8)).lines().toList();
    assertTrue(low.get(low.size() - 2).endsWith("…"), low::toString);
    assertFalse(text(frame.screen(View.FIRST.to(12), 80, 24)).contains(" …"));
  }

  @Test
  void framesFit() {
    for (String[] lesson : Lessons.ALL) {
      Replay replay = Lessons.replay(lesson);
      Frame frame = frame(replay);
      for (int k = 0; k < replay.steps().size(); k++) {
        for (int[] size : new int[][] {{80, 24}, {120, 50}, {60, 16}, {40, 10}, {20, 4}, {1, 1}}) {
          for (View.Mode mode : View.Mode.values()) {
            List<Line> lines = frame.screen(View.FIRST.to(k).in(mode), size[0], size[1]);
            assertEquals(size[1], lines.size());
            lines.forEach(line -> assertTrue(line.width() <= size[0], line::text));
            assertFalse(text(lines).matches("(?s).*\\{\\w+}.*"), text(lines));
          }
        }
        assertFalse(frame.plain(View.FIRST.to(k), 80).stream().anyMatch(line -> line.width() > 80));
      }
    }
  }

  /// The sentence of the step is seen whole on 80 by 24.
  @Test
  void theSentenceIsNeverCut() {
    for (String[] lesson : Lessons.ALL) {
      Replay replay = Lessons.replay(lesson);
      Frame frame = frame(replay);
      for (int k = 0; k < replay.steps().size(); k++) {
        String sentence = new Narration(replay, Sentences.english()).sentence(replay.steps().get(k)).replaceAll("\\s+", "");
        String seen = text(frame.screen(View.FIRST.to(k), 80, 24)).replaceAll("\\s+", "");
        assertTrue(seen.contains(sentence), () -> sentence + "\n" + seen);
      }
    }
  }

  /// What is not computed yet is a dot, what is half summed is no number, what does not arrive is said.
  @Test
  void nothingIsShownBeforeItIsKnown() {
    Replay replay = Lessons.replay("a=x*x; a+a*sin(a)", "x=2");
    Walk walk = new Walk(replay);
    Cells cells = new Cells(walk, Sentences.english());
    for (int k = 0; k < replay.steps().size(); k++) {
      for (Node u : replay.order()) {
        assertEquals(replay.valueStep(u) > k, cells.value(u, k, 12).equals("·"));
        boolean isNumber = cells.gradient(u, k, 12).matches("-?[0-9].*");
        assertEquals(replay.gradientStep(u) <= k, isNumber);
      }
    }
    Node a = replay.order().get(1);
    assertEquals(List.of("·", "Σ 0 of 3", "Σ 1 of 3", "Σ 2 of 3", "Σ 3 of 3", "-2.37138"),
        List.of(11, 12, 13, 14, 15, 16).stream().map(k -> cells.gradient(a, k, 12)).toList());
  }

  @Test
  void tuplesAndGradientsThatDoNotArrive() {
    Replay replay = Lessons.replay("a, b = split(x, sections=2); dot(a, b) + sum(stop_gradient(c) * a)", "x=[1,2,3,4]", "c=[1,2]");
    Walk walk = new Walk(replay);
    Cells cells = new Cells(walk, Sentences.english());
    Node c = replay.order().get(1);
    Node split = replay.order().stream().filter(Node::isTuple).findFirst().orElseThrow();
    int end = walk.last();
    assertEquals("none", cells.gradient(c, end, 12));
    assertEquals("·", cells.gradient(c, replay.order().size(), 12));
    assertEquals("parts", cells.value(split, end, 12));
    assertEquals("·", cells.upstream(split, 0, 12));
    assertEquals("one each", cells.upstream(split, end, 12));
    int close = replay.steps().indexOf(new Step(Step.Kind.CLOSE, c, null));
    String last = text(frame(replay).screen(View.FIRST.to(close), 80, 24));
    assertTrue(last.contains("no gradient arrives at c"), last);
    assertTrue(last.contains("sends nothing"), last);
  }

  @Test
  void numbersThatAreNotFiniteAndLargeTensors() {
    Replay replay = Lessons.replay("sum(log(x) * softmax(x, axis=0)) / z", "x=[0,1]", "z=0");
    String all = replay.steps().stream()
        .map(step -> text(frame(replay).plain(View.FIRST.to(replay.steps().indexOf(step)), 80)))
        .collect(Collectors.joining());
    assertTrue(all.contains("-Infinity") && all.contains("NaN"), all);
    Cells cells = new Cells(new Walk(replay), Sentences.english());
    assertEquals("f64[3, 4]", cells.number(Ops.constant(Tensor.normal(Shape.of(3, 4), 1)), 12));
    assertEquals("1.23e-10", cells.number(Ops.constant(1.23456789e-10), 8));
  }

  /// Of a graph that is larger than the screen the nodes around the current one are seen.
  @Test
  void largeGraphsShowTheNeighbourhood() {
    Node x = Ops.parameter("x", 0.5);
    Node y = x;
    for (int i = 0; i < 200; i++) {
      y = Ops.sin(y).plus(x);
    }
    Replay replay = Lessons.replay(y);
    Frame frame = frame(replay);
    int k = 0;
    while (replay.steps().get(k).kind() != Step.Kind.OPEN) {
      k++;
    }
    String screen = text(frame.screen(View.FIRST.to(k), 80, 24));
    assertTrue(screen.contains("Γ(u) L ") && screen.contains("u    v399") && screen.contains("in   v398"), screen);
    assertTrue(screen.contains("… 398 more"), screen);
    int term = replay.steps().size() - 100;
    Step step = replay.steps().get(term);
    String v = replay.labels().of(step.share() == null ? x : step.share().term().use().user());
    String late = text(frame.screen(View.FIRST.to(term), 80, 24));
    assertTrue(late.contains("Γ(u) " + v + " ") && late.contains("✓ " + v + " "), late);
  }

  @Test
  void namesThatControlTerminalsAreTamed() {
    Node x = Ops.parameter("\033[2Jx\n", 1);
    Replay replay = Lessons.replay(x.times(x));
    List<Line> lines = frame(replay).screen(View.FIRST, 80, 24);
    assertTrue(lines.stream().noneMatch(line -> line.text().chars().anyMatch(Character::isISOControl)));
    assertTrue(text(lines).contains("�[2Jx�"), text(lines));
  }
}
