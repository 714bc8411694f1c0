package dev.gradus.teach.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NarrationTest {
  private static List<String> told(String... words) {
    Replay replay = Lessons.replay(words);
    Narration narration = new Narration(replay, Sentences.english());
    return replay.steps().stream().map(narration::sentence).toList();
  }

  @Test
  void theQuizInSentences() {
    assertEquals(
        """
        The parameter x1 starts at 11.
        The parameter w1 starts at 0.
        The parameter w2 starts at 0.
        The parameter x2 starts at 5.
        v1 = x1 * w1 = 0.
        v2 = sigmoid(v1) = 0.5.
        v3 = v2 * w2 = 0.
        v4 = v3 + x2 = 5.
        L = sigmoid(v4) = 0.993307.
        We start at the top: ∂L/∂L = 1.
        Now v4. Only L uses it, and ∂L/∂L is known.
        L sends ∂L/∂L · ∂L/∂v4 = 1 · 0.00664806 = 0.00664806.
        There is nothing else to add: ∂L/∂v4 = 0.00664806.
        Now v3. Only v4 uses it, and ∂L/∂v4 is known.
        v4 sends ∂L/∂v4 · ∂v4/∂v3 = 0.00664806 · 1 = 0.00664806.
        There is nothing else to add: ∂L/∂v3 = 0.00664806.
        Now v2. Only v3 uses it, and ∂L/∂v3 is known.
        v3 sends ∂L/∂v3 · ∂v3/∂v2 = 0.00664806 · 0 = 0.
        There is nothing else to add: ∂L/∂v2 = 0.
        Now v1. Only v2 uses it, and ∂L/∂v2 is known.
        v2 sends ∂L/∂v2 · ∂v2/∂v1 = 0 · 0.25 = 0.
        There is nothing else to add: ∂L/∂v1 = 0.
        Now x2. Only v4 uses it, and ∂L/∂v4 is known.
        v4 sends ∂L/∂v4 · ∂v4/∂x2 = 0.00664806 · 1 = 0.00664806.
        There is nothing else to add: ∂L/∂x2 = 0.00664806.
        Now w2. Only v3 uses it, and ∂L/∂v3 is known.
        v3 sends ∂L/∂v3 · ∂v3/∂w2 = 0.00664806 · 0.5 = 0.00332403.
        There is nothing else to add: ∂L/∂w2 = 0.00332403.
        Now w1. Only v1 uses it, and ∂L/∂v1 is known.
        v1 sends ∂L/∂v1 · ∂v1/∂w1 = 0 · 11 = 0.
        There is nothing else to add: ∂L/∂w1 = 0.
        Now x1. Only v1 uses it, and ∂L/∂v1 is known.
        v1 sends ∂L/∂v1 · ∂v1/∂x1 = 0 · 0 = 0.
        There is nothing else to add: ∂L/∂x1 = 0.
        Done. The gradients by the leaves: ∂L/∂x1 = 0, ∂L/∂w1 = 0, ∂L/∂w2 = 0.00332403 and ∂L/∂x2 = 0.00664806.
        """,
        told(Lessons.quiz()).stream().map(line -> line + "\n").collect(Collectors.joining()));
  }

  @Test
  void aSumOfSeveralTerms() {
    List<String> told = told("a=x*x; a+a*sin(a)", "x=2");
    assertEquals("Now a. It is used by v1, v2 and L; all of their gradients are known, so ∂L/∂a can be summed up.", told.get(12));
    assertEquals("v1 sends ∂L/∂v1 · ∂v1/∂a = 4 · (-0.653644) = -2.61457. So far the sum is -2.61457.", told.get(13));
    assertEquals("All of Γ(a) has been added up: ∂L/∂a = -2.37138.", told.get(16));
    assertTrue(told.get(18).startsWith("a (slot 1) sends ∂L/∂a · ∂a/∂x = -2.37138 · 2 = "), told.get(18));
  }

  @Test
  void whatIsSummedBackOverABroadcastIsSaid() {
    List<String> told = told("sum(x * y + x)", "x=2", "y=[1,2,3]");
    assertTrue(
        told.contains("v1 sends ∂L/∂v1 ⊙ ∂v1/∂x = [1, 1, 1] ⊙ [1, 2, 3], summed over what was broadcast: 6. So far the sum is 6."),
        told::toString);
    assertEquals(2, told.stream().filter(line -> line.contains("summed over what was broadcast")).count(), told::toString);
    List<String> bias = told("sum(square(x + b))", "x=[[1,2],[3,4]]", "b=[1,2]");
    assertEquals(
        List.of("v1 sends ∂L/∂v1 ⊙ ∂v1/∂b = [[4, 8], [8, 12]] ⊙ [[1, 1], [1, 1]], summed over what was broadcast: [12, 20]."),
        bias.stream().filter(line -> line.contains("broadcast")).toList());
  }

  @Test
  void whatAZeroMeetsIsSaid() {
    List<String> told = told("log(x) * y", "x=0", "y=0");
    assertTrue(told.contains("v1 sends ∂L/∂v1 · ∂v1/∂x = 0 · Infinity = 0. A zero that arrives counts as nothing sent, whatever it meets: 0 · Infinity = 0 here."), told::toString);
    assertEquals(0, told("log(x) * y", "x=0", "y=1").stream().filter(line -> line.contains("nothing sent")).count());
  }

  @Test
  void tuplesAndMissingGradientsAndWhatIsNotFinite() {
    List<String> split = told("a, b = split(x, sections=2); dot(a, b) + sum(stop_gradient(c) * a)", "x=[1,2,3,4]", "c=[1,2]");
    assertTrue(split.contains("v1 = split(x) has several results; each is a node of its own."), split::toString);
    assertTrue(split.contains("Now x. Only v1 uses it, and the gradients of all its results are known."), split::toString);
    assertTrue(split.contains("∂L/∂c: none. Every path is cut by stop_gradient."), split::toString);
    List<String> nan = told("sum(log(x) * softmax(x, axis=0)) / z", "x=[0,1]", "z=0");
    assertTrue(nan.stream().anyMatch(line -> line.contains("-Infinity")) && nan.stream().anyMatch(line -> line.contains("NaN")));
    assertEquals("Done. The graph has no parameters and no inputs.", told("2 + 3").getLast());
  }

  @Test
  void everyLessonIsToldInFull() {
    for (String[] lesson : Lessons.ALL) {
      told(lesson).forEach(line -> assertFalse(line.matches(".*\\{\\w+}.*"), line));
    }
  }

  @Test
  void rulesAreEquationsOrWords() {
    Replay replay = Lessons.replay("sum(x * sigmoid(y))", "x=[1,2]", "y=[3,4]");
    Narration narration = new Narration(replay, Sentences.english());
    assertEquals(
        List.of("g spread over the summed axes [0]", "∂v/∂y = x", "∂v/∂x = sigmoid(x) * sigmoid(-x)", "∂v/∂x = y"),
        replay.steps().stream().map(Step::share).filter(Objects::nonNull).map(narration::rule).toList());
  }
}
