package dev.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.data.Dataset;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Stopping criteria, evaluations and what they decide, on θ that is pulled towards the examples: the loss is (θ − x)².
class StoppingTest {
  private final Parameter theta = Parameter.of("theta", Tensor.vector(0));

  private Node loss(Node x, Node y) {
    return Ops.mean(Ops.square(x.minus(theta)));
  }

  private static Dataset examples(double... x) {
    return Dataset.of(Tensor.of(Shape.of(x.length, 1), x), Tensor.zeros(Shape.of(x.length)));
  }

  /// θ moves a tenth of the way to 10 with every update.
  private TrainerBuilder towardsTen() {
    return Trainer.of(this::loss, examples(10, 10, 10, 10)).optimizer(new Sgd(), 0.05);
  }

  @Test
  void afterSteps() {
    History history = towardsTen().build().epochs(2, Stopping.steps(5));
    assertEquals(5, history.steps().size());
    assertEquals("5 steps done", history.reason());
    assertEquals(2.5, history.epochs());
  }

  @Test
  void afterEpochsCountedInExamples() {
    assertEquals(6, towardsTen().build().epochs(2, Stopping.epochs(3)).steps().size());
    assertEquals(6, towardsTen().build().epochs(3, Stopping.epochs(3)).steps().size());
    assertEquals(12, towardsTen().build().stochastic(Stopping.epochs(3)).steps().size());
    assertEquals(3, towardsTen().build().descend(Stopping.epochs(3)).steps().size());
  }

  /// The loss before update k is 100 · 0.81ᵏ: the mean over an epoch of two updates falls below 10 in updates 10 and 11.
  @Test
  void whenTheLossIsBelowALimit() {
    History history = towardsTen().build().epochs(2, Stopping.lossBelow(10));
    assertEquals("the loss is below 10.0", history.reason());
    assertEquals(14, history.steps().size());
    List<Double> losses = history.evaluations().stream().map(Evaluation::trainingLoss).toList();
    for (int epoch = 0; epoch < losses.size(); epoch++) {
      assertEquals(100 * Math.pow(0.81, 2 * epoch) * (1 + 0.81) / 2, losses.get(epoch), 1e-9);
    }
  }

  /// The gradient is 2 (θ − 10) = −20 · 0.9ᵏ: below 1 when 0.9ᵏ < 0.05, first at k = 29.
  @Test
  void whenTheGradientIsSmall() {
    History history = towardsTen().build().descend(Stopping.gradientNormBelow(1));
    assertEquals("the gradient's norm is below 1.0", history.reason());
    assertEquals(30, history.steps().size());
    assertTrue(history.steps().getLast().gradientNorm() < 1 && history.steps().get(28).gradientNorm() >= 1);
  }

  /// Learning pulls θ to 10, but 5 would be best for the validation set: θ = 10 (1 − 0.9ᵏ) is nearest to 5 at k = 7 of
  /// evaluations at 7, 14, ....
  @Test
  void whenTheValidationLossDoesNotImprove() {
    Trainer trainer = towardsTen().validation(examples(5)).evaluateEvery(1).build();
    History history = trainer.descend(Stopping.noImprovement(4));
    assertEquals("no improvement for 4 evaluations", history.reason());
    assertEquals(11, history.steps().size());
    Evaluation best = history.best();
    assertNotNull(best);
    assertEquals(7, best.step());
    assertEquals(4, history.evaluationsSinceBest());
    assertEquals(10 * (1 - Math.pow(0.9, 11)), trainer.state().of(theta).get(0), 1e-12);
  }

  @Test
  void keepBestGoesBackToTheBestState() {
    Trainer trainer = towardsTen().optimizer(new Momentum(0), 0.05).validation(examples(5)).evaluateEvery(1).keepBest().build();
    assertEquals("no improvement for 4 evaluations", trainer.descend(Stopping.noImprovement(4)).reason());
    assertEquals(10 * (1 - Math.pow(0.9, 7)), trainer.state().of(theta).get(0), 1e-12);
    assertEquals(7, trainer.state().step());
    assertEquals(28, trainer.state().examples());
  }

  @Test
  void keepBestAndNoImprovementNeedAValidationSet() {
    assertEquals(
        "train: the best state is told by a validation set, but got none; give one with validation(...)",
        Refusal.of(() -> towardsTen().keepBest().build()));
    Trainer trainer = towardsTen().build();
    assertEquals(
        "stopping: no improvement is seen on a validation set, but got none; give the trainer one",
        Refusal.of(() -> trainer.descend(Stopping.noImprovement(1))));
    assertEquals(1, trainer.state().step());
  }

  @Test
  void theFirstOfSeveralDecides() {
    Stopping either = Stopping.steps(100).or(Stopping.lossBelow(50)).or(Stopping.epochs(90));
    assertEquals("the loss is below 50.0", towardsTen().build().descend(either).reason());
    assertEquals("2 steps done", towardsTen().build().descend(Stopping.lossBelow(0).or(Stopping.steps(2))).reason());
  }

  @Test
  void progressIsThatOfTheNearestEnd() {
    List<Double> progress = new ArrayList<>();
    Listener listener = new Listener() {
      @Override
      public void stepped(Step step, double share) {
        progress.add(share);
      }
    };
    Stopping until = Stopping.steps(4).or(Stopping.epochs(8)).or(Stopping.lossBelow(0));
    assertEquals("4 steps done", towardsTen().listener(listener).build().descend(until).reason());
    assertEquals(List.of(0.25, 0.5, 0.75, 1.0), progress);
    progress.clear();
    assertEquals(
        "the loss is below 99.0", towardsTen().listener(listener).build().descend(Stopping.lossBelow(99)).reason());
    assertEquals(List.of(Double.NaN, Double.NaN), progress);
  }

  @Test
  void evaluatesOnceAnEpochAndAtTheEnd() {
    Trainer trainer = towardsTen().measure("theta", state -> state.of(theta).get(0)).build();
    History history = trainer.epochs(3, Stopping.steps(5));
    assertEquals(List.of(2L, 4L, 5L), history.evaluations().stream().map(Evaluation::step).toList());
    assertEquals(List.of(1.0, 2.0, 2.75), history.evaluations().stream().map(Evaluation::epoch).toList());
    for (Evaluation evaluation : history.evaluations()) {
      assertEquals(10 * (1 - Math.pow(0.9, (double) evaluation.step())), evaluation.measures().getOrDefault("theta", 0.0), 1e-12);
      assertTrue(Double.isNaN(evaluation.validationLoss()));
    }
    double third = 100 * Math.pow(0.81, 4);
    assertEquals(third, history.evaluations().getLast().trainingLoss(), 1e-10);
    double first = (3 * 100 + 1 * 81.0) / 4;
    assertEquals(first, history.evaluations().getFirst().trainingLoss(), 1e-10);
  }

  @Test
  void evaluatesAsOftenAsAsked() {
    History history = towardsTen().evaluateEvery(2).build().stochastic(Stopping.steps(6));
    assertEquals(List.of(2L, 4L, 6L), history.evaluations().stream().map(Evaluation::step).toList());
  }

  @Test
  void listenersHearEverythingInOrder() {
    List<String> heard = new ArrayList<>();
    Listener listener = new Listener() {
      @Override
      public void stepped(Step step, double progress) {
        heard.add("step " + step.step());
      }

      @Override
      public void evaluated(Evaluation evaluation) {
        heard.add("evaluation " + evaluation.step());
      }

      @Override
      public void ended(History history) {
        heard.add(history.reason());
      }

      @Override
      public void failed() {
        heard.add("failed");
      }
    };
    Trainer trainer = towardsTen().listener(listener).build();
    assertEquals("2 epochs done", trainer.epochs(2, Stopping.epochs(2)).reason());
    assertEquals(
        List.of("step 1", "step 2", "evaluation 2", "step 3", "step 4", "evaluation 4", "2 epochs done"), heard);
    heard.clear();
    assertEquals(
        "stopping: no improvement is seen on a validation set, but got none; give the trainer one",
        Refusal.of(() -> trainer.epochs(2, Stopping.noImprovement(1))));
    assertEquals(List.of("step 5", "failed"), heard);
  }

  @Test
  void refusesCriteriaThatEndBeforeTheyBegin() {
    assertEquals("stopping: steps must be at least 1, but got 0; choose another", Refusal.of(() -> Stopping.steps(0)));
    assertEquals("stopping: epochs must be at least 1, but got -1; choose another", Refusal.of(() -> Stopping.epochs(-1)));
    assertEquals("stopping: evaluations must be at least 1, but got 0; choose another", Refusal.of(() -> Stopping.noImprovement(0)));
    assertEquals(
        "train: updates between evaluations must be at least 1, but got 0; choose another",
        Refusal.of(() -> towardsTen().evaluateEvery(0)));
  }
}
