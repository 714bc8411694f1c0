package dev.gradus.graph;

import dev.gradus.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The identity whose derivative is declared to be nothing: what lies below receives no gradient through it.
public record StopGradient() implements Primitive {
  @Override
  public String name() {
    return "stop_gradient";
  }

  @Override
  public TensorType type(List<TensorType> x) {
    return x.getFirst();
  }

  @Override
  public Tensor evaluate(TensorType result, List<Tensor> x) {
    return x.getFirst();
  }

  @Override
  public @Nullable Node pullback(Apply out, int slot, Node g) {
    return null;
  }

  @Override
  public @Nullable Node pushforward(Apply out, List<@Nullable Node> tangents) {
    return null;
  }

  @Override
  public String rule(Apply out, int slot) {
    return "nothing: stopped";
  }
}
