package dev.gradus.optim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one run of a [Trainer] did, update by update.
public final class History {
  private final int trainingExamples;
  private final boolean validated;
  private final List<Step> steps = new ArrayList<>();
  private final List<Evaluation> evaluations = new ArrayList<>();
  private int best = -1;
  private String reason = "";

  History(int trainingExamples, boolean validated) {
    this.trainingExamples = trainingExamples;
    this.validated = validated;
  }

  void add(Step step) {
    steps.add(step);
  }

  void add(Evaluation evaluation) {
    double lowest = best < 0 ? Double.NaN : evaluations.get(best).validationLoss();
    if (Double.isNaN(lowest) || evaluation.validationLoss() < lowest) {
      best = evaluations.size();
    }
    evaluations.add(evaluation);
  }

  void end(String why) {
    reason = why;
  }

  /// Whether evaluations have a validation loss.
  boolean isValidated() {
    return validated;
  }

  /// The updates, in order.
  public List<Step> steps() {
    return Collections.unmodifiableList(steps);
  }

  /// The evaluations, in order.
  public List<Evaluation> evaluations() {
    return Collections.unmodifiableList(evaluations);
  }

  /// The passes over the training set, in examples seen: 2.5 is half-way through the third.
  public double epochs() {
    return steps.isEmpty() ? 0 : (double) steps.getLast().examples() / trainingExamples;
  }

  /// The evaluation with the lowest validation loss so far, or null before the first.
  public @Nullable Evaluation best() {
    return best < 0 ? null : evaluations.get(best);
  }

  /// How many evaluations ago the validation loss was lowest.
  public int evaluationsSinceBest() {
    return best < 0 ? 0 : evaluations.size() - 1 - best;
  }

  /// Why the run ended; empty while it goes on.
  public String reason() {
    return reason;
  }
}
