package dev.gradus.benchmarks;

import static dev.gradus.ops.Ops.concat;
import static dev.gradus.ops.Ops.constant;
import static dev.gradus.ops.Ops.input;
import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sigmoid;
import static dev.gradus.ops.Ops.split;
import static dev.gradus.ops.Ops.squeeze;
import static dev.gradus.ops.Ops.sum;
import static dev.gradus.ops.Ops.tanh;

import dev.gradus.compile.Settings;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// An LSTM in f32, with one matrix for all gates and no biases, unrolled from states of zeros: L = Σ h² of the last state,
/// and ∂L/∂W.
///
/// @param steps the length of the sequence
/// @param batch the number of sequences
/// @param inputs the width of an element
/// @param hidden the width of the state
record Lstm(int steps, int batch, int inputs, int hidden) implements Workload {
  @Override
  public String name() {
    return "lstm";
  }

  Problem problem() {
    Draws draws = new Draws();
    Input x = input("x", DType.F32, steps, batch, inputs);
    Parameter w = parameter("W", draws.normal(DType.F32, 0.05, inputs + hidden, 4 * hidden));
    Node h = constant(Tensor.zeros(Shape.of(batch, hidden), DType.F32));
    Node c = h;
    for (Node element : split(x, 0, steps)) {
      List<Node> gates = split(matmul(concat(1, squeeze(element, 0), h), w), 1, 4);
      c = sigmoid(gates.get(1)).times(c).plus(sigmoid(gates.get(0)).times(tanh(gates.get(2))));
      h = sigmoid(gates.get(3)).times(tanh(c));
    }
    return Problem.gradients(
        sum(h.times(h)), Map.of(x, draws.normal(DType.F32, 1, steps, batch, inputs)), List.of(w));
  }

  /// Forward and by W at every step; by the state at all but the first.
  @Override
  public Job start(Settings settings) {
    long products = 2L * steps * (inputs + hidden) + (steps - 1L) * hidden;
    return problem().start(settings, 2L * batch * 4 * hidden * products);
  }
}
