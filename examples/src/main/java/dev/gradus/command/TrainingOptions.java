package dev.gradus.command;

import dev.gradus.GradusException;
import dev.gradus.optim.Clipping;
import dev.gradus.optim.TrainerBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say what is trained, and how.
final class TrainingOptions {
  @Option(
      names = "--hidden",
      split = ",",
      defaultValue = "32",
      paramLabel = "UNITS",
      description = "Units of each hidden layer, such as 32,16; 0 for none. Default: ${DEFAULT-VALUE}.")
  private List<Integer> hidden;

  @Option(
      names = "--activation",
      defaultValue = "relu",
      paramLabel = "NAME",
      description = "What hidden units apply: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  Activation activation;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      description = "What to make small: ${COMPLETION-CANDIDATES}. Default: cross_entropy for classes, mse for a number.")
  @Nullable Loss loss;

  @Option(
      names = "--optimizer",
      defaultValue = "adam",
      paramLabel = "NAME",
      description = "The update rule: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Rule optimizer;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "How far a step goes. Default: 0.1 for sgd, 0.02 for momentum and nesterov, 0.05 for adagrad, else 0.003.")
  private @Nullable Double learningRate;

  @Option(
      names = "--weight-decay",
      defaultValue = "0.01",
      paramLabel = "NUMBER",
      description = "How strongly parameters are drawn to 0. Default: ${DEFAULT-VALUE}.")
  private double weightDecay;

  @Option(names = "--clip", paramLabel = "NORM", description = "The largest norm of a gradient; a longer one is shortened to it.")
  private @Nullable Double clip;

  @Option(names = "--batch", defaultValue = "32", paramLabel = "ROWS", description = "Rows for each step. Default: ${DEFAULT-VALUE}.")
  int batch;

  @Option(
      names = "--epochs",
      defaultValue = "100",
      paramLabel = "COUNT",
      description = "Passes over the rows to learn from. Default: ${DEFAULT-VALUE}.")
  int epochs;

  @Option(
      names = "--seed",
      defaultValue = "0",
      paramLabel = "NUMBER",
      description = "Decides which rows are held out, where parameters start and the order of rows. Default: ${DEFAULT-VALUE}.")
  long seed;

  /// The units of the hidden layers.
  List<Integer> hidden() {
    return hidden.equals(List.of(0)) ? List.of() : hidden;
  }

  /// The loss for a label.
  Loss loss(Label label) {
    Loss chosen = loss != null ? loss : label.isClassification() ? Loss.CROSS_ENTROPY : Loss.MSE;
    if (chosen.isForClasses() != label.isClassification()) {
      throw new GradusException(
          "train",
          "the loss of " + (label.isClassification() ? "classes is cross_entropy or binary_cross_entropy" : "a number is mse, mae or huber"),
          chosen,
          "choose one of these, or --classification or --regression");
    }
    if (chosen == Loss.BINARY_CROSS_ENTROPY && label.classes().size() != 2) {
      throw new GradusException(
          "train", "binary_cross_entropy is for two classes", label.classes().size() + " classes", "take --loss cross_entropy");
    }
    return chosen;
  }

  /// Sets a trainer up.
  TrainerBuilder set(TrainerBuilder trainer) {
    return trainer
        .optimizer(optimizer.withDecay(weightDecay), learningRate == null ? optimizer.learningRate : learningRate)
        .clipping(clip == null ? Clipping.none() : new Clipping.ByGlobalNorm(clip))
        .seed(seed);
  }

  /// The settings in words, for the record.
  @Override
  public String toString() {
    return "optimizer %s, learning rate %s, weight decay %s, clip %s, batch %d, epochs %d, seed %d"
        .formatted(optimizer, learningRate, weightDecay, clip, batch, epochs, seed);
  }
}
