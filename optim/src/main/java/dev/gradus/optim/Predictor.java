package dev.gradus.optim;

import dev.gradus.GradusException;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A model that is used: the function from examples to predictions, built once for each batch size and run with the values
/// that training found.
public final class Predictor {
  /// Examples run together; enough to keep loops long, few enough to keep what lies between them small.
  static final int CHUNK = 256;

  private final UnaryOperator<Node> model;
  private final Map<Shape, Built> built = new HashMap<>();

  private record Built(Input x, Engine engine) {}

  /// A predictor for a model, a function from examples of shape `[batch, ...]` to predictions of shape `[batch, ...]` in which
  /// each row depends on its own example only.
  public Predictor(UnaryOperator<Node> model) {
    this.model = model;
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
      return new Built(x, new Engine(List.of(model.apply(x))));
    });
    Map<Node, Tensor> feeds = new LinkedHashMap<>(values);
    feeds.put(run.x, examples);
    Tensor result = run.engine.run(feeds).getFirst();
    if (result.rank() == 0 || result.shape().dim(0) != examples.shape().dim(0)) {
      throw new GradusException(
          "predict", "there must be a row for each of " + examples.shape().dim(0) + " examples", result.shape(), "keep the first axis");
    }
    return result;
  }
}
