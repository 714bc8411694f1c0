package dev.gradus.optim;

import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Some outputs, ready to be computed again and again from other feeds. All of training and prediction runs through here.
final class Engine {
  private final List<Node> outputs;

  Engine(List<Node> outputs) {
    this.outputs = List.copyOf(outputs);
  }

  /// The values of the outputs, in order.
  List<Tensor> run(Map<Node, Tensor> feeds) {
    Values values = Interpreter.run(outputs, feeds);
    return outputs.stream().map(values::of).toList();
  }
}
