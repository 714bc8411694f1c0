package dev.gradus.benchmarks;

import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sigmoid;
import static dev.gradus.ops.Ops.sin;
import static dev.gradus.ops.Ops.sum;
import static dev.gradus.ops.Ops.tanh;

import dev.gradus.compile.Settings;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.DType;
import java.util.List;
import java.util.Map;

/// The workload `elementwise`: L = Σ tanh(p² + sin p)·σ(p) in f32; L and ∂L/∂p.
///
/// @param size the number of elements
record Pointwise(int size) implements Workload {
  @Override
  public String name() {
    return "elementwise";
  }

  Problem problem() {
    Parameter p = parameter("p", new Draws().normal(DType.F32, 1, size));
    return Problem.gradients(sum(tanh(p.times(p).plus(sin(p))).times(sigmoid(p))), Map.of(), List.of(p));
  }

  @Override
  public Job start(Settings settings) {
    return problem().start(settings, 0);
  }
}
