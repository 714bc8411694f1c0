package dev.gradus.benchmarks;

import static dev.gradus.ops.Ops.input;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sigmoid;

import dev.gradus.compile.Settings;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// The lecture's graph: f = σ(σ(x₁w₁)w₂ + x₂) at x₁ = 11, x₂ = 5, w = 0, in f64; f and both ∂f/∂w.
record Quiz() implements Workload {
  @Override
  public String name() {
    return "quiz";
  }

  static Problem problem() {
    Input x1 = input("x1");
    Input x2 = input("x2");
    Parameter w1 = parameter("w1", 0);
    Parameter w2 = parameter("w2", 0);
    Node f = sigmoid(sigmoid(x1.times(w1)).times(w2).plus(x2));
    return Problem.gradients(f, Map.of(x1, Tensor.scalar(11.0), x2, Tensor.scalar(5.0)), List.of(w1, w2));
  }

  @Override
  public Job start(Settings settings) {
    return problem().start(settings, 0);
  }
}
