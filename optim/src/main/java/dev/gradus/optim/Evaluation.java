package dev.gradus.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A look at the whole, taken once an epoch or as often as asked for.
///
/// @param step the number of updates done, over the life of the [State]
/// @param epoch the passes over the training set that this run had done, in examples seen
/// @param trainingLoss the mean loss of the batches since the last evaluation, each example counted once; NaN when there
///     were none
/// @param validationLoss the loss over the whole validation set, or NaN without one
/// @param measures what else was measured, such as an accuracy, by name
public record Evaluation(
    long step, double epoch, double trainingLoss, double validationLoss, Map<String, Double> measures) {
  /// Copies the map.
  public Evaluation {
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
  }
}
