package dev.gradus.optim;

import dev.gradus.GradusException;
import dev.gradus.data.Dataset;
import dev.gradus.data.Sampling;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.TensorType;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
  private final TrainerBuilder settings;
  private final Traced.Source source;
  private final @Nullable Dataset train;
  private final State state;
  private final Map<Integer, TrainingStep> steps = new HashMap<>();
  private final Map<Integer, LossOnly> losses = new HashMap<>();
  private volatile boolean stopRequested;

  private record LossOnly(Traced traced, Engine.Runner runner) {}

  Trainer(TrainerBuilder settings) {
    this.settings = settings;
    this.source = settings.source;
    this.train = settings.train;
    this.state = new State(parameters(settings.firstBatch), settings.optimizer, settings.seed);
  }

  /// A trainer for a loss that is a function of a batch.
  public static TrainerBuilder of(Objective objective, Dataset train) {
    requireExamples(train);
    TensorType example = TensorType.of(train.features());
    TensorType target = TensorType.of(train.targets());
    return new TrainerBuilder(Traced.of(objective, example, target), train, 1, Predictor.CHUNK);
  }

  /// A trainer for a loss that is a node over inputs, which fix the batch size.
  ///
  /// @param loss the mean loss over the batch
  /// @param x the input that takes the examples of a batch
  /// @param target the input that takes what they should give
  public static TrainerBuilder of(Node loss, Input x, Input target, Dataset train) {
    requireExamples(train);
    int batch = x.shape().rank() == 0 ? 1 : Math.max(1, x.shape().dim(0));
    return new TrainerBuilder(Traced.of(loss, x, target), train, batch, batch);
  }

  /// A trainer for a function of parameters alone: [#descend] minimises it.
  public static TrainerBuilder of(Node loss) {
    return new TrainerBuilder(Traced.of(loss), null, 1, 1);
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
    int all = data().size();
    requireBatch(batch, all);
    return run(() -> Sampling.choose(all, batch, state.seed(), Draws.BATCH + state.step()), until);
  }

  /// Gradient descent by epochs: each epoch shuffles the training set and goes through it in batches of `batch`; the last
  /// may be smaller, so that every example is seen once. An epoch that was left half-way goes on where it was left.
  ///
  /// @throws GradusException when `batch` is below 1
  public History epochs(int batch, Stopping until) {
    int all = data().size();
    requireBatch(Math.min(batch, all), all);
    return run(new EpochOrder(state, all, batch), until);
  }

  /// Gradient descent: the gradient of J(θ) over the whole training set for each update.
  public History descend(Stopping until) {
    int[] all = new int[train == null ? 1 : train.size()];
    Arrays.setAll(all, row -> row);
    return run(() -> all, until);
  }

  private Dataset data() {
    if (train == null) {
      throw new GradusException("train", "there must be examples to choose from", "a loss without data", "use descend");
    }
    return train;
  }

  private static void requireBatch(int batch, int all) {
    if (batch < 1 || batch > all) {
      throw new GradusException("train", "a batch must hold 1 to " + all + " examples", batch, "choose another batch size");
    }
  }

  private History run(Supplier<int[]> batches, Stopping until) {
    int all = train == null ? 1 : train.size();
    History history = new History(all, settings.validation != null);
    try {
      history.end(run(batches, until, history, new Evaluator(settings, state, history, this::loss, all)));
    } catch (RuntimeException e) {
      settings.listeners.forEach(Listener::failed);
      throw e;
    }
    settings.listeners.forEach(listener -> listener.ended(history));
    return history;
  }

  /// Runs, and says why it ended.
  private String run(Supplier<int[]> batches, Stopping until, History history, Evaluator evaluator) {
    String reason = null;
    while (reason == null) {
      if (stopRequested) {
        reason = "stopped on request";
      } else {
        int[] rows = batches.get();
        Step step = update(rows, history);
        settings.listeners.forEach(listener -> listener.stepped(step, until.progress(history)));
        evaluator.after(step, rows.length);
        reason = until.reason(history);
      }
    }
    evaluator.finish();
    return reason;
  }

  private Step update(int[] rows, History history) {
    double rate = settings.schedule.at(state.step());
    TrainingStep.Outcome outcome = step(rows.length).run(state, batch(rows), rows.length, rate);
    long before = history.steps().isEmpty() ? 0 : history.steps().getLast().examples();
    Step step = new Step(state.step(), before + rows.length, outcome.loss(), outcome.gradientNorm(), rate);
    history.add(step);
    return step;
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
      return new TrainingStep(traced, state, settings.optimizer, settings.clipping, settings.engine);
    });
  }

  /// J(θ): the loss over the whole training set, with the current parameters.
  public double loss() {
    return train == null ? loss(List.of(), 1) : loss(train);
  }

  /// The loss over a whole dataset, with the current parameters: the mean over its examples.
  public double loss(Dataset data) {
    double sum = 0;
    for (Dataset chunk : data.batches(settings.chunk)) {
      sum += loss(List.of(chunk.features(), chunk.targets()), chunk.size()) * chunk.size();
    }
    return sum / data.size();
  }

  private double loss(List<Tensor> batch, int size) {
    LossOnly loss = losses.computeIfAbsent(size, n -> {
      Traced traced = source.trace(n);
      Engine.Runner runner = settings.engine.runner(List.of(traced.loss()), Map.of());
      state.bindTo(runner);
      return new LossOnly(traced, runner);
    });
    loss.traced.feeds(batch).forEach(loss.runner::set);
    var _ = loss.runner.run(() -> true);
    return loss.runner.number(loss.traced.loss());
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
