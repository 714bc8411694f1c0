package dev.gradus.teach.grading;

import static dev.gradus.ops.Ops.greater;
import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.mean;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sigmoid;
import static dev.gradus.ops.Ops.split;
import static dev.gradus.ops.Ops.square;
import static dev.gradus.ops.Ops.stopGradient;
import static dev.gradus.ops.Ops.sum;
import static dev.gradus.ops.Ops.tanh;
import static dev.gradus.ops.Ops.where;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gradus.GradusException;
import dev.gradus.diff.Backward;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.teach.RandomGraph;
import dev.gradus.teach.replay.Replay;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GradingTest {
  @Provide
  Arbitrary<RandomGraph> graphs() {
    return RandomGraph.upTo(14);
  }

  private static final double TOLERANCE = 0.005;

  private static Map<Node, Tensor> tensors(Map<Node, Double> numbers) {
    Map<Node, Tensor> all = new HashMap<>();
    numbers.forEach((node, number) -> all.put(node, Tensor.scalar((double) number)));
    return all;
  }

  private static String mistake(Grade grade) {
    Finding finding = grade.first().orElseThrow().finding();
    assertNotNull(finding, grade::toString);
    return Objects.requireNonNull(finding).mistake();
  }

  @Property(tries = 25, seed = "31")
  void onePlantedMistakeIsFoundAndNamed(@ForAll long seed) {
    Random random = new Random(seed);
    Student student = Student.random(random, 9);
    Grading grading = Grading.of(student.loss);
    List<Node> nodes = new ArrayList<>(student.graph.nodes());
    nodes.remove(student.loss);
    Node u = nodes.get(random.nextInt(nodes.size()));
    double right = Student.number(student.gradients(Map.of()), u);
    Map<String, List<Double>> mistakes = student.mistakes(u);
    mistakes.forEach((key, numbers) -> {
      for (double number : numbers) {
        if (Math.abs(number - right) < 2 * TOLERANCE * Math.abs(right)) {
          continue;
        }
        Grade grade = grading.grade(tensors(student.gradients(Map.of(u, number))));
        Mark first = grade.first().orElseThrow();
        assertEquals(u, first.node(), () -> key + " at " + u + "\n" + grade);
        assertEquals(1, grade.count(Verdict.WRONG), grade::toString);
        String named = mistake(grade);
        boolean isSame = named.equals(key) || !mistakes.containsKey(named) || mistakes.getOrDefault(named, List.of()).stream().anyMatch(other -> Math.abs(other - number) <= 3 * TOLERANCE * Math.abs(number));
        assertTrue(isSame, () -> key + " was called " + named + "\n" + grade);
        assertFalse(grade.passed());
      }
    });
  }

  @Property(tries = 15, seed = "32")
  void rightAnswersAreRight(@ForAll("graphs") RandomGraph graph) {
    var gradients = Interpreter.run(graph.result()).gradients();
    Map<Node, Tensor> right = new HashMap<>();
    dev.gradus.graph.Graph.of(List.of(graph.result())).nodes().forEach(node -> {
      if (!node.isTuple() && node.dtype().isFloating()) {
        right.put(node, gradients.of(node));
      }
    });
    Grade grade = Grading.of(graph.result()).grade(right);
    assertTrue(grade.passed(), grade::toString);
    assertEquals(0, grade.count(Verdict.WRONG) + grade.count(Verdict.FOLLOWS));
    assertTrue(grade.toString().lines().allMatch(line -> line.length() <= 80), grade::toString);
  }

  /// A part that was given a name is a node of its own, and carries like one without.
  @Test
  void namedPartsOfATupleCarry() {
    Node x = parameter("x", Tensor.vector(1, 2, 3, 4));
    Node h = x.times(2).named("h");
    List<Node> parts = split(h, 0, 2);
    Node a = parts.get(0).named("a");
    Node loss = sum(a.times(parts.get(1).named("b")));
    Grade grade = Grading.of(loss).grade(Map.of(a, Tensor.vector(7, 9), h, Tensor.vector(7, 9, 2, 4)));
    assertEquals(1, grade.count(Verdict.WRONG), grade::toString);
    assertEquals(1, grade.count(Verdict.FOLLOWS), grade::toString);
    assertEquals(a, grade.first().orElseThrow().node());
  }

  /// Nothing flows to a bool; its gradient is the number 0.
  @Test
  void theGradientByABoolIsANumber() {
    Node x = parameter("x", 2);
    Node w = parameter("w", 3);
    Node c = greater(x, w).named("c");
    Grade grade = Grading.of(sum(where(c, x, w))).grade(Map.of(x, Tensor.scalar(0), w, Tensor.scalar(1), c, Tensor.scalar(1)));
    Mark mark = grade.first().orElseThrow();
    assertEquals(c, mark.node(), grade::toString);
    assertEquals(0.0, mark.right().item(), grade::toString);
    assertEquals(DType.F64, mark.right().dtype());
  }

  @Property(tries = 15, seed = "33")
  void leavesAloneTellAHiddenMistake(@ForAll long seed) {
    Random random = new Random(seed);
    Node x = parameter("x", 0.5 + random.nextDouble());
    Node w = parameter("w", 0.5 + random.nextDouble());
    Node b = parameter("b", random.nextDouble());
    Node a = x.times(w).plus(b).named("a");
    Student student = new Student(square(sigmoid(a).named("h").minus(2)));
    double wrong = student.mistakes(a).getOrDefault("no.local", List.of()).getFirst();
    Map<Node, Tensor> all = tensors(student.gradients(Map.of(a, wrong)));
    all.keySet().retainAll(List.of(x, w, b));
    Grade grade = Grading.of(student.loss).grade(all);
    assertEquals(a, grade.first().orElseThrow().node(), grade::toString);
    assertEquals("no.local", mistake(grade), grade::toString);
    assertEquals(3, grade.count(Verdict.FOLLOWS));
  }

  private static final Node X = parameter("x", Tensor.of(Shape.of(2, 2), 1.0, 2, 3, 5));
  private static final Node W = parameter("W", Tensor.of(Shape.of(2, 2), 0.5, -1, 2, 0.25));
  private static final Node B = parameter("b", Tensor.vector(0.5, -1));

  private static String named(Node loss, Node by, Tensor wrong) {
    Grade grade = Grading.of(loss).grade(Map.of(by, wrong));
    Mark first = grade.first().orElseThrow();
    assertEquals(by, first.node());
    assertTrue(grade.toString().lines().allMatch(line -> line.length() <= 80), grade::toString);
    return mistake(grade);
  }

  private static Tensor gradient(Node loss, Node by) {
    return Interpreter.run(loss).gradients().of(by);
  }

  @Test
  void mistakesWithShapes() {
    Node h = matmul(X, W).plus(B).named("h");
    Node loss = sum(square(h));
    double[] w = gradient(loss, W).toDoubles();
    assertEquals("transposed", named(loss, W, Tensor.of(Shape.of(2, 2), w[0], w[2], w[1], w[3])));
    double[] g = gradient(loss, h).toDoubles();
    assertEquals("not.summed", named(loss, B, Tensor.of(Shape.of(2, 2), g)));
    assertEquals("axis", named(loss, B, Tensor.vector(g[0] + g[1], g[2] + g[3])));
    double[] x = {1, 2, 3, 5};
    assertEquals("factors", named(loss, W, Tensor.of(Shape.of(2, 2), x[0] * g[0] + x[1] * g[2], x[0] * g[1] + x[1] * g[3], x[2] * g[0] + x[3] * g[2], x[2] * g[1] + x[3] * g[3])));
    Node average = mean(square(X));
    assertEquals("no.mean", named(average, average.operands().getFirst(), Tensor.ones(Shape.of(2, 2))));
  }

  @Test
  void theResultsOwnGradientIs1AndStoppedNodesHaveNone() {
    Node loss = square(X.times(0).plus(stopGradient(W).times(B)));
    Node total = sum(loss);
    assertEquals("seed", named(total, total, Tensor.scalar(2.0)));
    assertEquals("no.gradient", named(total, W, Tensor.ones(Shape.of(2, 2))));
  }

  @Test
  void theSeedThatWasGivenIsNamed() {
    Node loss = square(parameter("x", 3)).named("L");
    Replay replay = Replay.of(loss, Backward.from(loss, Constant.of(5.0)), Interpreter.run(loss));
    Grade grade = Grading.of(replay).grade(Map.of(loss, Tensor.scalar(1.0)));
    assertEquals("seed", mistake(grade));
    assertTrue(grade.toString().contains("The gradient of L by itself is 5."), grade::toString);
  }

  @Test
  void partsOfTensorsOfFloatsCanBeGraded() {
    Node x = parameter("x", Tensor.of(Shape.of(4), 1f, 2f, 3f, 4f));
    List<Node> parts = split(square(x), 0, 2);
    Node loss = sum(parts.getFirst().times(parts.getLast()));
    Grading grading = Grading.of(loss);
    assertTrue(grading.grade(Map.of(x, Tensor.vector(18, 64, 6, 32))).passed());
    assertEquals("sign", mistake(grading.grade(Map.of(x, Tensor.vector(-18, -64, -6, -32)))));
  }

  @Test
  void wrongValuesAreCarriedThroughOpsWithSeveralResults() {
    Node x = parameter("x", Tensor.vector(1, 2, 3, 4));
    Node y = x.times(2).named("y");
    List<Node> parts = split(y, 0, 2);
    Node m = parts.getFirst().times(parts.getLast()).named("m");
    Node loss = sum(m);
    Answers answers = Answers.of(Map.of(), Map.of("y", Tensor.vector(2, 4, 6, 9), "m", Tensor.vector(12, 36)));
    Grade grade = Grading.of(loss).grade(answers);
    assertEquals(List.of(Verdict.WRONG, Verdict.FOLLOWS), grade.values().stream().map(Mark::verdict).toList(), grade::toString);
  }

  @Test
  void aNodeWithSeveralResultsHasNoGradient() {
    List<Node> parts = split(parameter("x", Tensor.vector(1, 2)), 0, 2);
    Node tuple = parts.getFirst().operands().getFirst();
    Grading grading = Grading.of(sum(parts.getFirst().plus(parts.getLast())));
    GradusException refused = assertThrows(GradusException.class, () -> grading.grade(Map.of(tuple, Tensor.scalar(1.0))));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("grading: a gradient is that of one result, but got v1, which has several;"), refused::getMessage);
  }

  @Test
  void boolsAreValuesOfBoolNodesOnly() throws IOException {
    Node x = parameter("x", 3);
    Node isLarge = dev.gradus.ops.Ops.greater(x, Constant.of(2.0)).named("c");
    Node loss = dev.gradus.ops.Ops.where(isLarge, square(x), x);
    Grading grading = Grading.of(loss);
    ObjectMapper json = new ObjectMapper();
    Grade grade = grading.grade(Answers.of(json.readTree("{\"gradients\": {\"x\": 6}, \"values\": {\"c\": true}}")));
    assertTrue(grade.passed(), grade::toString);
    assertFalse(grading.grade(Answers.of(json.readTree("{\"values\": {\"c\": false}}"))).passed());
    Answers bool = Answers.of(json.readTree("{\"x\": true}"));
    assertThrows(GradusException.class, () -> grading.grade(bool));
  }

  @Test
  void aMistakeNotShownIsSaidToExplainOnlyWhatItDoes() {
    Node x = parameter("x", Tensor.of(Shape.of(2, 2), 1.0, 2, 3, 4));
    Node w = parameter("w", Tensor.of(Shape.of(2, 2), 1.0, 0, 2, 1));
    Node loss = sum(square(matmul(x, w)));
    Map<Node, Tensor> given = Map.of(w, Tensor.of(Shape.of(2, 2), 38.0, 14, 54, 20), x, Tensor.of(Shape.of(2, 2), 18.0, 4, 38, 8));
    Grade grade = Grading.of(loss).grade(given);
    assertEquals(Verdict.MISSING, grade.first().orElseThrow().verdict(), grade::toString);
    assertTrue(grade.toString().replace('\n', ' ').contains("explains what was given for w."), grade::toString);
    assertTrue(grade.toString().contains("Right answers: 0 of 2."), grade::toString);
  }

  @Test
  void theToleranceIsThreeDigitsUnlessTold() {
    Node a = parameter("a", 3);
    Node loss = square(a);
    assertTrue(Grading.of(loss).grade(Map.of(a, Tensor.scalar(6.02))).passed());
    assertFalse(Grading.of(loss).grade(Map.of(a, Tensor.scalar(6.05))).passed());
    assertTrue(Grading.of(loss).tolerance(0.01).grade(Map.of(a, Tensor.scalar(6.05))).passed());
    assertThrows(GradusException.class, () -> Grading.of(loss).tolerance(0));
  }

  @Test
  void wrongValuesAreToldAndWhatFollowsIsNotBlamed() {
    Node a = parameter("a", 3);
    Node b = a.times(2).named("b");
    Node c = square(b).named("c");
    Node loss = c.times(0.5).named("y");
    Answers answers = Answers.of(
        Map.of("c", Tensor.scalar(0.5), "b", Tensor.scalar(5.0), "a", Tensor.scalar(10.0)),
        Map.of("b", Tensor.scalar(5.0), "c", Tensor.scalar(25.0), "y", Tensor.scalar(12.5)));
    Grade grade = Grading.of(loss).grade(answers);
    assertEquals(b, grade.first().orElseThrow().node());
    assertFalse(grade.first().orElseThrow().isGradient());
    assertEquals(4, grade.count(Verdict.FOLLOWS), grade::toString);
    assertEquals(1, grade.count(Verdict.WRONG), grade::toString);
  }

  @Test
  void unknownNamesAreToldWithTheNearest() {
    Node loss = tanh(parameter("weight", 3));
    Grade grade = Grading.of(loss).grade(Answers.of(Map.of("weigth", Tensor.scalar(1.0)), Map.of()));
    assertEquals(List.of(new Grade.Unknown("weigth", "weight")), grade.unknown());
    assertTrue(grade.isUnreadable());
    assertTrue(grade.toString().contains("did you mean weight?"));
    String unlike = Grading.of(loss).grade(Answers.of(Map.of("zz", Tensor.scalar(1.0)), Map.of())).toString();
    assertTrue(unlike.endsWith("No node is called zz.\n"), unlike);
  }
}
