package dev.gradus.compile;

import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A compiled graph: wanted outputs, such as a loss and its gradients, and updates of leaves, such as parameters.
public final class Program {
  private final List<Node> outputs;
  private final Map<Node, Node> updates;
  private final Settings settings;

  private Program(List<Node> outputs, Map<Node, Node> updates, Settings settings) {
    this.outputs = outputs;
    this.updates = updates;
    this.settings = settings;
  }

  /// The program that computes `outputs`, with [Settings#standard].
  public static Program of(Node... outputs) {
    return of(List.of(outputs), Map.of(), Settings.standard());
  }

  /// The program that computes `outputs`.
  public static Program of(List<? extends Node> outputs, Settings settings) {
    return of(outputs, Map.of(), settings);
  }

  /// The program that computes `outputs` and then gives each leaf in `updates` the value of its node, all at once.
  ///
  /// @param outputs the nodes wanted
  /// @param updates for inputs and parameters, the node of their next value, of the same type
  public static Program of(List<? extends Node> outputs, Map<? extends Node, ? extends Node> updates, Settings settings) {
    return new Program(List.copyOf(outputs), new LinkedHashMap<>(updates), settings);
  }

  /// The values of the outputs, in order. Nothing is updated.
  public List<Tensor> run(Map<? extends Node, Tensor> feeds) {
    Values values = Interpreter.run(outputs, feeds);
    return outputs.stream().map(values::of).toList();
  }

  /// A call of this program with arrays of its own, for one thread at a time.
  public Call call() {
    return new Call(this);
  }

  List<Node> outputs() {
    return outputs;
  }

  Map<Node, Node> updates() {
    return updates;
  }

  /// How it runs.
  public Settings settings() {
    return settings;
  }

  /// The passes, kernels, buffers, bytes and floating-point operations.
  public String explain() {
    return outputs.toString();
  }
}
