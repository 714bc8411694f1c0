package dev.gradus.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.gradus.compile.Call;
import dev.gradus.compile.Program;
import dev.gradus.compile.Settings;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.Tensor;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A loss and its gradients by some parameters, which are results themselves or move the parameters.
///
/// Data are inputs, which may change from run to run, so that nothing can be worked out ahead of the runs.
final class Problem {
  static final double LEARNING_RATE = 0.01;

  private final Node loss;
  private final Map<Input, Tensor> data;
  private final List<Parameter> parameters;
  private final List<Node> outputs;
  private final Map<Parameter, Node> updates;

  private Problem(
      Node loss, Map<Input, Tensor> data, List<Parameter> parameters, List<Node> outputs, Map<Parameter, Node> updates) {
    this.loss = loss;
    this.data = ImmutableMap.copyOf(data);
    this.parameters = ImmutableList.copyOf(parameters);
    this.outputs = outputs;
    this.updates = updates;
  }

  /// The problem whose results are the loss and its gradients by the parameters, in order.
  static Problem gradients(Node loss, Map<Input, Tensor> data, List<Parameter> parameters) {
    Gradients gradients = Backward.from(loss);
    ImmutableList.Builder<Node> outputs = ImmutableList.<Node>builder().add(loss);
    parameters.forEach(parameter -> outputs.add(gradients.of(parameter)));
    return new Problem(loss, data, parameters, outputs.build(), Map.of());
  }

  /// The problem whose result is the loss, and which takes each parameter a step of SGD.
  static Problem training(Node loss, Map<Input, Tensor> data, List<Parameter> parameters) {
    Gradients gradients = Backward.from(loss);
    ImmutableMap.Builder<Parameter, Node> updates = ImmutableMap.builder();
    parameters.forEach(
        parameter -> updates.put(parameter, parameter.minus(gradients.of(parameter).times(LEARNING_RATE))));
    return new Problem(loss, data, parameters, ImmutableList.of(loss), updates.buildOrThrow());
  }

  Node loss() {
    return loss;
  }

  Map<Input, Tensor> data() {
    return data;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  List<Node> outputs() {
    return outputs;
  }

  Map<Parameter, Node> updates() {
    return updates;
  }

  /// Arrays for all leaves, with their values, and for all outputs.
  Map<Node, Object> arrays() {
    Map<Node, Object> arrays = new HashMap<>();
    data.forEach((input, value) -> arrays.put(input, PlainArrays.of(value)));
    parameters.forEach(parameter -> arrays.put(parameter, PlainArrays.of(parameter.initial())));
    outputs.forEach(output -> arrays.put(output, PlainArrays.zeros(output.type())));
    return arrays;
  }

  Program compile(Settings settings) {
    return Program.of(outputs, updates, settings);
  }

  /// A call of the program that reads and writes these arrays.
  Call bind(Program program, Map<Node, Object> arrays) {
    Call call = program.call();
    Set<Node> written = Set.copyOf(outputs);
    arrays.forEach((node, array) -> {
      var _ = written.contains(node) ? call.output(node, array) : call.input(node, array);
    });
    return call;
  }

  /// Leaves are read and outputs written; what is updated is both.
  private long bytes() {
    return Stream.of(data.keySet(), parameters, outputs, updates.keySet())
        .flatMap(Collection::stream)
        .mapToLong(node -> PlainArrays.bytes(node.type()))
        .sum();
  }

  /// Makes it ready to run.
  ///
  /// @param flops those of its matrix products
  Job start(Settings settings, long flops) {
    Program program = compile(settings);
    return new Job(bind(program, arrays())::run, flops, bytes(), program);
  }
}
