package dev.gradus.optim;

import dev.gradus.GradusException;
import dev.gradus.data.Dataset;
import dev.gradus.data.Sampling;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.TensorType;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Changes parameters so that the loss J(θ) over a training set falls. It owns a [State] and advances it one update at a
/// time by one of these algorithms, each until a [Stopping] criterion is met:
///
/// - [#stochastic]: a random example for each update;
/// - [#miniBatch]: a random batch of b examples for each update;
/// - [#epochs]: the training set in random order, batch after batch, again and again;
/// - [#descend]: the whole training set for each update.
///
/// The loss of a batch is the mean over its examples. For each batch size a graph of the whole update is built once and
/// kept. A trainer belongs to one thread, but for [#stop].
public final class Trainer {
  private final Traced.Source source;
  private final @Nullable Dataset train;
  private final Builder settings;
  private final State state;
  private final Map<Integer, TrainingStep> steps = new HashMap<>();
  private final Map<Integer, LossOnly> losses = new HashMap<>();
  private volatile boolean stopRequested;

  private record LossOnly(Traced traced, Engine engine) {}

  private Trainer(Builder settings) {
    this.settings = settings;
    this.source = settings.source;
    this.train = settings.train;
    this.state = new State(parameters(settings.firstBatch), settings.optimizer, settings.seed);
  }

  /// A trainer for a loss that is a function of a batch.
  public static Builder of(Objective objective, Dataset train) {
    requireExamples(train);
    TensorType example = TensorType.of(train.features());
    TensorType target = TensorType.of(train.targets());
    return new Builder(Traced.of(objective, example, target), train, 1, Predictor.CHUNK);
  }

  /// A trainer for a loss that is a node over inputs, which fix the batch size.
  ///
  /// @param loss the mean loss over the batch
  /// @param x the input that takes the examples of a batch
  /// @param target the input that takes what they should give
  public static Builder of(Node loss, Input x, Input target, Dataset train) {
    requireExamples(train);
    int batch = x.shape().rank() == 0 ? 1 : Math.max(1, x.shape().dim(0));
    return new Builder(Traced.of(loss, x, target), train, batch, batch);
  }

  /// A trainer for a function of parameters alone: [#descend] minimises it.
  public static Builder of(Node loss) {
    return new Builder(Traced.of(loss), null, 1, 1);
  }

  private static void requireExamples(Dataset train) {
    if (train.size() == 0) {
      throw new GradusException("train", "there must be an example to learn from", train, "check how the data was split");
    }
  }

  /// Traces twice, because parameters that the loss function makes itself would be new, and untrained, on every call.
  private List<Parameter> parameters(int size) {
    List<Parameter> parameters = source.trace(size).parameters();
    requireSame(parameters, source.trace(size).parameters());
    if (parameters.isEmpty()) {
      throw new GradusException("train", "the loss must use a parameter", "none", "make one with Parameter.of");
    }
    return parameters;
  }

  private static void requireSame(List<Parameter> known, List<Parameter> now) {
    if (!known.equals(now)) {
      throw new GradusException(
          "train", "the loss must use the same parameters on every call", known + " and " + now, "make them outside the function");
    }
  }

  /// Sets a trainer up. What is left out: [Sgd] at a learning rate of 0.01, no clipping, seed 0, an evaluation each epoch.
  public static final class Builder {
    private final Traced.Source source;
    private final @Nullable Dataset train;
    private final int firstBatch;
    private final int chunk;
    private final Map<String, ToDoubleFunction<State>> measures = new LinkedHashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private Optimizer optimizer = new Sgd();
    private Schedule schedule = Schedule.constant(0.01);
    private Clipping clipping = Clipping.none();
    private @Nullable Dataset validation;
    private long seed;
    private long evaluateEvery;
    private boolean keepsBest;

    private Builder(Traced.Source source, @Nullable Dataset train, int firstBatch, int chunk) {
      this.source = source;
      this.train = train;
      this.firstBatch = firstBatch;
      this.chunk = chunk;
    }

    /// The update rule, and a constant learning rate.
    public Builder optimizer(Optimizer rule, double learningRate) {
      return optimizer(rule, Schedule.constant(learningRate));
    }

    /// The update rule, and the learning rate as a function of the updates done.
    public Builder optimizer(Optimizer rule, Schedule learningRate) {
      optimizer = rule;
      schedule = learningRate;
      return this;
    }

    /// What is done to the gradients before the rule sees them.
    public Builder clipping(Clipping rule) {
      clipping = rule;
      return this;
    }

    /// The seed of the order of examples.
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /// Examples that are not learned from: their loss is part of each evaluation.
    public Builder validation(Dataset heldOut) {
      validation = heldOut;
      return this;
    }

    /// Something else to measure at each evaluation, such as an accuracy.
    public Builder measure(String name, ToDoubleFunction<State> what) {
      measures.put(name, what);
      return this;
    }

    /// Evaluates after every so many updates in place of once an epoch.
    public Builder evaluateEvery(long updates) {
      Settings.requirePositive("train", "updates between evaluations", updates);
      evaluateEvery = updates;
      return this;
    }

    /// At the end of a run goes back to the state at the evaluation with the lowest validation loss.
    public Builder keepBest() {
      keepsBest = true;
      return this;
    }

    /// Someone to tell what happens.
    public Builder listener(Listener listener) {
      listeners.add(listener);
      return this;
    }

    /// The trainer.
    ///
    /// @throws GradusException when the loss is no single number, or uses no parameter, or makes its parameters itself
    public Trainer build() {
      return new Trainer(this);
    }
  }

  /// Stochastic gradient descent: picks a random example, takes the gradient of its loss, updates the parameters; until the
  /// criterion is met.
  public History stochastic(Stopping until) {
    return miniBatch(1, until);
  }

  /// Mini-batch gradient descent: picks a random batch of `batch` different examples, takes the gradient of their mean loss,
  /// updates the parameters; until the criterion is met.
  ///
  /// @throws GradusException unless 1 ≤ `batch` ≤ the number of examples
  public History miniBatch(int batch, Stopping until) {
    requireBatch(batch);
    int all = data().size();
    return run(step -> Sampling.choose(all, batch, state.seed(), Draws.BATCH + state.step()), until);
  }

  /// Gradient descent by epochs: each epoch shuffles the training set and goes through it in batches of `batch`; the last
  /// may be smaller, so that every example is seen once. An epoch that was left half-way goes on where it was left.
  ///
  /// @throws GradusException when `batch` is below 1
  public History epochs(int batch, Stopping until) {
    requireBatch(Math.min(batch, data().size()));
    return run(new Epochs(batch), until);
  }

  /// Gradient descent: the gradient of J(θ) over the whole training set for each update.
  public History descend(Stopping until) {
    int[] all = train == null ? new int[1] : allRows(train);
    return run(step -> all, until);
  }

  /// The rows of the next batch in the order of the epoch.
  private final class Epochs implements IntFunction<int[]> {
    private final int batch;
    private long epoch = -1;
    private int[] order = new int[0];

    Epochs(int batch) {
      this.batch = batch;
    }

    @Override
    public int[] apply(int step) {
      int all = data().size();
      long now = state.examples() / all;
      if (now != epoch) {
        epoch = now;
        order = Sampling.permutation(all, state.seed(), Draws.EPOCH + now);
      }
      int from = (int) (state.examples() % all);
      return Arrays.copyOfRange(order, from, Math.min(all, from + batch));
    }
  }

  private static int[] allRows(Dataset data) {
    int[] rows = new int[data.size()];
    Arrays.setAll(rows, i -> i);
    return rows;
  }

  private Dataset data() {
    if (train == null) {
      throw new GradusException("train", "there must be examples to choose from", "a loss without data", "use descend");
    }
    return train;
  }

  private void requireBatch(int batch) {
    if (batch < 1 || batch > data().size()) {
      throw new GradusException(
          "train", "a batch must hold 1 to " + data().size() + " examples", batch, "choose another batch size");
    }
  }

  private History run(IntFunction<int[]> plan, Stopping until) {
    int all = train == null ? 1 : train.size();
    History history = new History(all);
    Evaluator evaluator = new Evaluator(history, all);
    String reason = null;
    for (int i = 0; reason == null; i++) {
      if (stopRequested) {
        reason = "stopped on request";
      } else {
        update(plan.apply(i), history, evaluator, until);
        reason = until.reason(history);
      }
    }
    evaluator.finish();
    history.end(reason);
    settings.listeners.forEach(listener -> listener.ended(history));
    return history;
  }

  private void update(int[] rows, History history, Evaluator evaluator, Stopping until) {
    double rate = settings.schedule.at(state.step());
    TrainingStep.Outcome outcome = step(rows.length).run(state, batch(rows), rows.length, rate);
    long seen = (history.steps().isEmpty() ? 0 : history.steps().getLast().examples()) + rows.length;
    Step step = new Step(state.step(), seen, outcome.loss(), outcome.gradientNorm(), rate);
    history.add(step);
    settings.listeners.forEach(listener -> listener.stepped(step, until.progress(history)));
    evaluator.after(step, rows.length);
  }

  private List<Tensor> batch(int[] rows) {
    if (train == null) {
      return List.of();
    }
    Dataset batch = train.rows(rows);
    return List.of(batch.features(), batch.targets());
  }

  private TrainingStep step(int size) {
    return steps.computeIfAbsent(size, n -> {
      Traced traced = source.trace(n);
      requireSame(state.parameters(), traced.parameters());
      return new TrainingStep(traced, state.parameters(), settings.optimizer, settings.clipping);
    });
  }

  /// Looks at the whole when it is due.
  private final class Evaluator {
    private final History history;
    private final int all;
    private double lossSum;
    private long examples;
    private boolean isPending = true;
    private @Nullable Checkpoint best;

    Evaluator(History history, int all) {
      this.history = history;
      this.all = all;
    }

    void after(Step step, int batch) {
      lossSum += step.loss() * batch;
      examples += batch;
      isPending = true;
      boolean due = settings.evaluateEvery > 0
          ? history.steps().size() % settings.evaluateEvery == 0
          : step.examples() / all > (step.examples() - batch) / all;
      if (due) {
        evaluate();
      }
    }

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
      double validationLoss = settings.validation == null ? Double.NaN : loss(settings.validation);
      Evaluation evaluation =
          new Evaluation(state.step(), history.epochs(), lossSum / examples, validationLoss, measures);
      history.add(evaluation);
      if (settings.keepsBest && evaluation.equals(history.best())) {
        best = state.checkpoint();
      }
      lossSum = 0;
      examples = 0;
      isPending = false;
      settings.listeners.forEach(listener -> listener.evaluated(evaluation));
    }
  }

  /// J(θ): the loss over the whole training set, with the current parameters.
  public double loss() {
    return train == null ? lossOf(List.of(), 1) : loss(train);
  }

  /// The loss over a whole dataset, with the current parameters: the mean over its examples.
  public double loss(Dataset data) {
    double sum = 0;
    for (Dataset chunk : data.batches(settings.chunk)) {
      sum += lossOf(List.of(chunk.features(), chunk.targets()), chunk.size()) * chunk.size();
    }
    return sum / data.size();
  }

  private double lossOf(List<Tensor> batch, int size) {
    LossOnly loss = losses.computeIfAbsent(size, n -> {
      Traced traced = source.trace(n);
      return new LossOnly(traced, new Engine(List.of(traced.loss())));
    });
    Map<Node, Tensor> feeds = loss.traced.feeds(batch);
    feeds.putAll(state.values());
    return loss.engine.run(feeds).getFirst().item();
  }

  /// The current parameters, slots and counters.
  public State state() {
    return state;
  }

  /// Asks a run, from any thread, to end after the update it is at; later runs of this trainer end at once.
  public void stop() {
    stopRequested = true;
  }
}
