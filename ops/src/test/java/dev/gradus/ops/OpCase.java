package dev.gradus.ops;

import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/// One use of an op: by name and by its Java method, with the values of its operands.
///
/// @param op the op's name
/// @param settings the settings that differ from the defaults
/// @param operands the values of the operands
/// @param repeated whether every operand is the same node, the first
/// @param java the same call of [Ops]: gives a node or a list of nodes
record OpCase(
    String op, Map<String, Object> settings, List<Tensor> operands, boolean repeated, Function<List<Node>, Object> java) {

  Entry entry() {
    return Vocabulary.get(op);
  }

  /// The results of the call by name.
  List<Node> byName(List<Node> x) {
    return results(entry().make(x, settings));
  }

  /// The results of the Java method.
  List<Node> byMethod(List<Node> x) {
    return results(java.apply(x));
  }

  private static List<Node> results(Object made) {
    return switch (made) {
      case Node node -> node.results();
      case List<?> list -> list.stream().map(Node.class::cast).toList();
      default -> throw new AssertionError(made);
    };
  }

  /// One leaf for each different operand: a parameter where it is floating-point, else a constant.
  List<Node> leaves() {
    List<Node> leaves = new ArrayList<>();
    for (Tensor value : repeated ? operands.subList(0, 1) : operands) {
      String name = "x" + leaves.size();
      leaves.add(value.dtype().isFloating() ? Parameter.of(name, value) : Constant.of(name, value));
    }
    return leaves;
  }

  /// The operands over these leaves.
  List<Node> over(List<Node> leaves) {
    return repeated ? operands.stream().map(_ -> leaves.getFirst()).toList() : leaves;
  }

  /// The same with its floating-point operands in another dtype.
  OpCase in(DType dtype) {
    return new OpCase(
        op, settings, operands.stream().map(x -> x.dtype().isFloating() ? x.cast(dtype) : x).toList(), repeated, java);
  }

  @Override
  public String toString() {
    String shapes =
        String.join(", ", IntStream.range(0, operands.size()).mapToObj(i -> operands.get(i).shape().toString()).toList());
    return op + "(" + shapes + ")" + (settings.isEmpty() ? "" : " " + settings) + (repeated ? " of one node" : "");
  }
}
