package dev.gradus.graph;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import java.util.ArrayList;
import java.util.List;

/// The inside of a [Composite] box: stand-ins for its operands, the results built from them, and the nodes between
/// in topological order.
public final class Expansion {
  private final ImmutableList<Node> inputs;
  private final ImmutableList<Node> outputs;
  private final Graph graph;

  private Expansion(ImmutableList<Node> inputs, ImmutableList<Node> outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.graph = Graph.of(outputs);
  }

  static Expansion of(Composite op, List<TensorType> types) {
    List<Node> inputs = new ArrayList<>(types.size());
    for (TensorType type : types) {
      inputs.add(Input.placeholder(type));
    }
    Expansion expansion = new Expansion(ImmutableList.copyOf(inputs), ImmutableList.copyOf(op.expand(inputs)));
    for (Node node : expansion.graph.nodes()) {
      // No gradient would reach it, and no feed.
      if ((node instanceof Input || node instanceof Parameter) && !inputs.contains(node)) {
        throw new GradusException(
            op.name(), "an expansion consists of operands, constants and ops", node, "make it an operand");
      }
    }
    return expansion;
  }

  /// The stand-ins, one for each operand.
  public List<Node> inputs() {
    return inputs;
  }

  /// The results, in terms of the stand-ins.
  public List<Node> outputs() {
    return outputs;
  }

  /// The results' graph.
  public Graph graph() {
    return graph;
  }

  ImmutableList<TensorType> types() {
    return outputs.stream().map(Node::type).collect(ImmutableList.toImmutableList());
  }
}
