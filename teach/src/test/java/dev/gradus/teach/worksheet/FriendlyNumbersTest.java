package dev.gradus.teach.worksheet;

import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.square;
import static dev.gradus.ops.Ops.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import dev.gradus.diff.Backward;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.tensor.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FriendlyNumbersTest {
  private static final Tensor FREE = Tensor.scalar(Double.NaN);

  private final Node x = parameter("x", 1);
  private final Node w = parameter("w", 1);
  private final Node b = parameter("b", 1);
  private final Node h = square(x.times(w).plus(b)).named("h");
  private final Node loss = h.times(x).plus(b.dividedBy(w)).named("y");

  @Property(tries = 5, seed = "51")
  void aSeedGivesTheSameNumbersAndBetterOnesThanItBeganWith(@ForAll @IntRange(min = 0, max = 1000) int seed) {
    Map<Node, Tensor> free = Map.of(x, FREE, w, FREE, b, Tensor.scalar(3.0));
    FriendlyNumbers found = FriendlyNumbers.search(loss, free, seed);
    assertEquals(found, FriendlyNumbers.search(loss, free, seed));
    assertTrue(found.score() < found.firstScore());
    assertEquals(Tensor.scalar(3.0), found.leaves().get(b));
    Replay replay = Replay.of(loss, Backward.from(loss), Interpreter.run(List.of(loss), found.leaves()));
    Worksheet sheet = Worksheet.of(replay, Sentences.english(), Settings.USUAL);
    assertEquals(sheet.numbers(), sheet.exactNumbers(), sheet::answersText);
    new Plan(replay, Settings.USUAL).quantities().forEach(quantity -> assertNotEquals(0, quantity.value().item()));
    for (Plan.Sum sum : new Plan(replay, Settings.USUAL).sums()) {
      Set<Double> terms = new HashSet<>();
      sum.terms().forEach(term -> assertTrue(terms.add(term.product().value().item())));
    }
  }

  @Test
  void whatCannotBeExactIsCountedAsRounded() {
    Node soft = dev.gradus.ops.Ops.sigmoid(x).named("y");
    FriendlyNumbers found = FriendlyNumbers.search(soft, Map.of(x, FREE), 0);
    Replay replay = Replay.of(soft, Backward.from(soft), Interpreter.run(List.of(soft), found.leaves()));
    Worksheet sheet = Worksheet.of(replay, Sentences.english(), Settings.USUAL);
    assertEquals(4, sheet.numbers());
    assertEquals(1, sheet.exactNumbers());
  }

  @Test
  void aSigmoidIsTakenWhereItIsExact() {
    Node soft = dev.gradus.ops.Ops.sigmoid(x.times(w).plus(b)).named("y");
    FriendlyNumbers found = FriendlyNumbers.search(soft, Map.of(x, FREE, w, FREE, b, FREE), 0);
    Replay replay = Replay.of(soft, Backward.from(soft), Interpreter.run(List.of(soft), found.leaves()));
    Worksheet sheet = Worksheet.of(replay, Sentences.english(), Settings.USUAL);
    assertEquals(sheet.numbers(), sheet.exactNumbers(), sheet::answersText);
  }

  @Test
  void whatCannotBeFiniteIsRefused() {
    Node y = dev.gradus.ops.Ops.log(x.minus(10)).plus(b);
    GradusException refused = assertThrows(GradusException.class, () -> FriendlyNumbers.search(y, Map.of(x, FREE, b, FREE), 0));
    assertTrue(String.valueOf(refused.getMessage()).contains("must be finite"), refused::getMessage);
  }

  @Test
  void elementsOfTensorsCanBeFree() {
    Node v = parameter("v", Tensor.vector(1, 1));
    FriendlyNumbers found = FriendlyNumbers.search(sum(square(v)), Map.of(v, Tensor.vector(7, Double.NaN)), 1);
    double[] numbers = Objects.requireNonNull(found.leaves().get(v)).toDoubles();
    assertEquals(7, numbers[0]);
    assertTrue(Double.isFinite(numbers[1]));
    assertThrows(GradusException.class, () -> FriendlyNumbers.search(sum(v), Map.of(v, Tensor.vector(1, 2)), 0));
  }
}
