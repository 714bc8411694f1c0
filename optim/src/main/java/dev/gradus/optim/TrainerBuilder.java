package dev.gradus.optim;

import dev.gradus.GradusException;
import dev.gradus.data.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Sets a [Trainer] up. What is left out: [Sgd] at a learning rate of 0.01, no clipping, seed 0, an evaluation each epoch.
public final class TrainerBuilder {
  final Traced.Source source;
  final @Nullable Dataset train;
  final int firstBatch;
  final int chunk;
  final Map<String, ToDoubleFunction<State>> measures = new LinkedHashMap<>();
  final List<Listener> listeners = new ArrayList<>();
  Optimizer optimizer = new Sgd();
  Schedule schedule = Schedule.constant(0.01);
  Clipping clipping = Clipping.none();
  @Nullable Dataset validation;
  Engine engine = Engine.COMPILED;
  long seed;
  long evaluateEvery;
  boolean keepsBest;

  /// @param source makes the loss for a batch size
  /// @param train the training set, or null for a loss without data
  /// @param firstBatch a batch size that the loss takes
  /// @param chunk how many examples to evaluate together
  TrainerBuilder(Traced.Source source, @Nullable Dataset train, int firstBatch, int chunk) {
    this.source = source;
    this.train = train;
    this.firstBatch = firstBatch;
    this.chunk = chunk;
  }

  /// The update rule, and a constant learning rate.
  public TrainerBuilder optimizer(Optimizer rule, double learningRate) {
    return optimizer(rule, Schedule.constant(learningRate));
  }

  /// The update rule, and the learning rate as a function of the updates done.
  public TrainerBuilder optimizer(Optimizer rule, Schedule learningRate) {
    optimizer = rule;
    schedule = learningRate;
    return this;
  }

  /// What is done to the gradients before the rule sees them.
  public TrainerBuilder clipping(Clipping rule) {
    clipping = rule;
    return this;
  }

  /// The seed of the order of examples.
  public TrainerBuilder seed(long number) {
    seed = number;
    return this;
  }

  /// Examples that are not learned from: their loss is part of each evaluation.
  public TrainerBuilder validation(Dataset heldOut) {
    validation = heldOut;
    return this;
  }

  /// Something else to measure at each evaluation, such as an accuracy.
  public TrainerBuilder measure(String name, ToDoubleFunction<State> what) {
    measures.put(name, what);
    return this;
  }

  /// Evaluates after every so many updates in place of once an epoch.
  public TrainerBuilder evaluateEvery(long updates) {
    Settings.requirePositive("train", "updates between evaluations", updates);
    evaluateEvery = updates;
    return this;
  }

  /// At the end of a run goes back to the state at the evaluation with the lowest validation loss.
  public TrainerBuilder keepBest() {
    keepsBest = true;
    return this;
  }

  /// Someone to tell what happens.
  public TrainerBuilder listener(Listener listener) {
    listeners.add(listener);
    return this;
  }

  /// What runs the graphs; [Engine#COMPILED] unless told otherwise.
  public TrainerBuilder engine(Engine choice) {
    engine = choice;
    return this;
  }

  /// The trainer.
  ///
  /// @throws GradusException when the loss is no single number, or uses no parameter, or makes its parameters itself, or
  ///     the best state shall be kept without a validation set to tell it by
  public Trainer build() {
    if (keepsBest && validation == null) {
      throw new GradusException("train", "the best state is told by a validation set", "none", "give one with validation(...)");
    }
    return new Trainer(this);
  }
}
