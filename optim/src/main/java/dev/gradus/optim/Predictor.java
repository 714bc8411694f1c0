package dev.gradus.optim;

import dev.gradus.GradusException;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A model that is used: the function from examples to predictions, built once for each batch size and run with the values
/// that training found.
public final class Predictor {
  /// Examples run together; enough to keep loops long, few enough to keep what lies between them small.
  static final int CHUNK = 256;

  private final UnaryOperator<Node> model;
  private final Engine engine;
  private final Map<Shape, Built> built = new HashMap<>();

  private record Built(Input x, Node result, Engine.Runner runner) {}

  /// A predictor for a model, a function from examples of shape `[batch, ...]` to predictions of shape `[batch, ...]` in which
  /// each row depends on its own example only.
  public Predictor(UnaryOperator<Node> model) {
    this(model, Engine.COMPILED);
  }

  /// The same on an engine of one's choice.
  public Predictor(UnaryOperator<Node> model, Engine engine) {
    this.model = model;
    this.engine = engine;
  }

  /// The predictions for examples of shape `[size, ...]`, with the parameters of a state.
  public Tensor apply(Tensor examples, State state) {
    return apply(examples, state.values());
  }

  /// The predictions for examples of shape `[size, ...]`, with the given values of the parameters; those without one have
  /// their initial value.
  public Tensor apply(Tensor examples, Map<Node, Tensor> values) {
    return Chunks.joined(Chunks.of(examples, CHUNK).stream().map(chunk -> chunk(chunk, values)).toList());
  }

  private Tensor chunk(Tensor examples, Map<Node, Tensor> values) {
    Built run = built.computeIfAbsent(examples.shape(), shape -> {
      Input x = Input.of("x", examples.dtype(), shape);
      Node result = model.apply(x);
      return new Built(x, result, engine.runner(List.of(result), Map.of()));
    });
    values.forEach(run.runner::set);
    run.runner.set(run.x, examples);
    var _ = run.runner.run(() -> true);
    Tensor result = run.runner.value(run.result);
    if (result.rank() == 0 || result.shape().dim(0) != examples.shape().dim(0)) {
      throw new GradusException(
          "predict", "there must be a row for each of " + examples.shape().dim(0) + " examples", result.shape(), "keep the first axis");
    }
    return result;
  }
}
