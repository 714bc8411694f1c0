package dev.gradus.ops;

import dev.gradus.compile.Program;
import dev.gradus.compile.Settings;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// What can run nodes.
enum Engine {
  INTERPRETER,
  COMPILER,
  /// The compiler without what not every machine has.
  PLAIN_COMPILER;

  /// The values of nodes, in order.
  List<Tensor> run(List<Node> nodes) {
    return switch (this) {
      case INTERPRETER -> {
        Values values = Interpreter.run(nodes, Map.of());
        yield nodes.stream().map(values::of).toList();
      }
      case COMPILER -> Program.of(nodes, Settings.standard()).run(Map.of());
      case PLAIN_COMPILER -> Program.of(nodes, Settings.standard().withoutVectors().withoutNatives()).run(Map.of());
    };
  }
}
