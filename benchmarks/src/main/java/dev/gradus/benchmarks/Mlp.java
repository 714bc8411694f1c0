package dev.gradus.benchmarks;

import static dev.gradus.ops.Ops.crossEntropy;
import static dev.gradus.ops.Ops.input;
import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.relu;

import dev.gradus.compile.Settings;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A training step of an MLP in f32: ReLU between layers, softmax cross-entropy, SGD.
///
/// @param name its name
/// @param batch the number of rows
/// @param widths the width of the input and of each layer
record Mlp(String name, int batch, List<Integer> widths) implements Workload {
  Problem problem() {
    Draws draws = new Draws();
    int layers = widths.size() - 1;
    List<Parameter> weights = new ArrayList<>();
    List<Parameter> biases = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      weights.add(parameter("W" + i, draws.normal(DType.F32, 0.05, widths.get(i), widths.get(i + 1))));
      biases.add(parameter("b" + i, Tensor.zeros(Shape.of(widths.get(i + 1)), DType.F32)));
    }
    Input x = input("x", DType.F32, batch, widths.getFirst());
    Input y = input("y", DType.I64, batch);
    Node h = x;
    for (int i = 0; i < layers; i++) {
      h = matmul(h, weights.get(i)).plus(biases.get(i));
      h = i < layers - 1 ? relu(h) : h;
    }
    weights.addAll(biases);
    return Problem.training(
        crossEntropy(h, y),
        Map.of(x, draws.normal(DType.F32, 1, batch, widths.getFirst()), y, Tensor.zeros(y.shape(), DType.I64)),
        weights);
  }

  /// Forward, by the weights, and, but for the first layer, by the input.
  @Override
  public Job start(Settings settings) {
    long products = 0;
    for (int i = 0; i + 1 < widths.size(); i++) {
      products += (long) widths.get(i) * widths.get(i + 1) * (i == 0 ? 2 : 3);
    }
    return problem().start(settings, 2L * batch * products);
  }
}
