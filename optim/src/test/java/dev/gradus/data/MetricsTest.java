package dev.gradus.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Tensor LOGITS = Tensor.of(new double[][] {{1, 3, 2}, {5, 5, 0}, {-1, -2, 0}, {0, 0, 0.1}});
  private static final Tensor LABELS = Tensor.of(Shape.of(4), 1L, 1L, 2L, 0L);

  @Test
  void theClassIsTheFirstLargestScore() {
    assertEquals(Tensor.of(Shape.of(4), 1L, 0L, 2L, 2L), Metrics.classes(LOGITS, 0));
  }

  @Test
  void oneColumnTellsTwoClassesApart() {
    Tensor expected = Tensor.of(Shape.of(3), 0L, 1L, 0L);
    assertEquals(expected, Metrics.classes(Tensor.vector(-1, 0.3, 0), 0));
    assertEquals(expected, Metrics.classes(Tensor.of(new double[][] {{0.2}, {0.7}, {0.5}}), 0.5));
  }

  @Test
  void accuracyIsTheShareThatIsRight() {
    assertEquals(0.5, Metrics.accuracy(LOGITS, LABELS));
    assertEquals(2.0 / 3, Metrics.accuracy(Tensor.vector(-1, 0.3, 0), Tensor.of(Shape.of(3), 0L, 1L, 1L)));
  }

  @Test
  void confusionCountsRightByRowAndTakenByColumn() {
    assertEquals(
        Tensor.of(Shape.of(3, 3), 0L, 0, 1, 1, 1, 0, 0, 0, 1),
        Metrics.confusion(Metrics.classes(LOGITS, 0), LABELS, 3));
  }

  @Test
  void rmseAndR2() {
    Tensor targets = Tensor.of(Shape.of(4, 1), 1.0, 2, 3, 4);
    Tensor predicted = Tensor.of(Shape.of(4, 1), 1.0, 2, 3, 6);
    assertEquals(1, Metrics.rmse(predicted, targets));
    assertEquals(1 - 4 / 5.0, Metrics.r2(predicted, targets), 1e-15);
    assertEquals(1, Metrics.r2(targets, targets));
    assertEquals(0, Metrics.r2(Tensor.of(Shape.of(4, 1), 2.5, 2.5, 2.5, 2.5), targets), 1e-15);
    assertTrue(Double.isNaN(Metrics.r2(predicted, Tensor.of(Shape.of(4, 1), 3.0, 3, 3, 3))));
  }

  @Test
  void refusesOtherExamples() {
    assertEquals(
        "metrics: there must be a prediction for each target, but got 4 for 3; predict the same examples",
        Refusal.of(() -> Metrics.accuracy(LOGITS, Tensor.of(Shape.of(3), 0L, 1L, 2L))));
    assertTrue(Refusal.of(() -> Metrics.rmse(Tensor.vector(1), Tensor.vector(1, 2))).startsWith("metrics: "));
  }
}
