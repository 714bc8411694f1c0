package dev.gradus.optim;

import dev.gradus.data.Dataset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Looks at the whole when it is due in a run, and remembers the best state.
final class Evaluator {
  private final TrainerBuilder settings;
  private final State state;
  private final History history;
  private final ToDoubleFunction<Dataset> loss;
  private final int epoch;
  private double lossSum;
  private long examples;
  private boolean isPending = true;
  private @Nullable Checkpoint best;

  /// @param loss the loss over a dataset
  /// @param epoch the number of examples of an epoch
  Evaluator(TrainerBuilder settings, State state, History history, ToDoubleFunction<Dataset> loss, int epoch) {
    this.settings = settings;
    this.state = state;
    this.history = history;
    this.loss = loss;
    this.epoch = epoch;
  }

  /// Counts an update, and evaluates where one is due after it.
  void after(Step step, int batch) {
    lossSum += step.loss() * batch;
    examples += batch;
    isPending = true;
    boolean due = settings.evaluateEvery > 0
        ? history.steps().size() % settings.evaluateEvery == 0
        : step.examples() / epoch > (step.examples() - batch) / epoch;
    if (due) {
      evaluate();
    }
  }

  /// Evaluates what came after the last evaluation, and goes back to the best state where that is wanted.
  void finish() {
    if (isPending) {
      evaluate();
    }
    if (settings.keepsBest && best != null) {
      state.restore(best);
    }
  }

  private void evaluate() {
    Map<String, Double> measures = new LinkedHashMap<>();
    settings.measures.forEach((name, what) -> measures.put(name, what.applyAsDouble(state)));
    double validationLoss = settings.validation == null ? Double.NaN : loss.applyAsDouble(settings.validation);
    Evaluation evaluation =
        new Evaluation(state.step(), history.epochs(), lossSum / examples, validationLoss, measures);
    history.add(evaluation);
    if (settings.keepsBest && history.evaluationsSinceBest() == 0) {
      best = state.checkpoint();
    }
    lossSum = 0;
    examples = 0;
    isPending = false;
    settings.listeners.forEach(listener -> listener.evaluated(evaluation));
  }
}
