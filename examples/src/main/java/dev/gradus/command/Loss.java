package dev.gradus.command;

import dev.gradus.graph.Node;
import dev.gradus.ops.Ops;
import dev.gradus.ops.Reduction;
import java.util.Locale;

/// What training makes small.
enum Loss {
  CROSS_ENTROPY,
  BINARY_CROSS_ENTROPY,
  MSE,
  MAE,
  HUBER;

  boolean isForClasses() {
    return this == CROSS_ENTROPY || this == BINARY_CROSS_ENTROPY;
  }

  /// The number of outputs a network needs to be trained with this loss.
  int outputs(int classes) {
    return this == CROSS_ENTROPY ? classes : 1;
  }

  /// The mean over the batch.
  ///
  /// @param target class numbers of shape `[batch]` for [#CROSS_ENTROPY], else numbers of shape `[batch, 1]`
  Node of(Node outputs, Node target) {
    return switch (this) {
      case CROSS_ENTROPY -> Ops.crossEntropy(outputs, target);
      case BINARY_CROSS_ENTROPY -> Ops.binaryCrossEntropyWithLogits(outputs, target);
      case MSE -> Ops.mse(outputs, target);
      case MAE -> Ops.mae(outputs, target);
      case HUBER -> Ops.huber(outputs, target, 1, Reduction.MEAN);
    };
  }

  /// What the outputs mean: the probability of each class, or numbers as they are.
  Node answer(Node outputs) {
    return switch (this) {
      case CROSS_ENTROPY -> Ops.softmax(outputs, 1);
      case BINARY_CROSS_ENTROPY -> Ops.concat(1, Ops.sigmoid(outputs.negated()), Ops.sigmoid(outputs));
      case MSE, MAE, HUBER -> outputs;
    };
  }

  /// The name as it is written on the command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
