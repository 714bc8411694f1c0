package dev.gradus.laws;

import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.View;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An op of the same values as another whose gradient is wrong.
///
/// @param name the name of the op it replaces
/// @param original makes the original's result
/// @param bug what is wrong
record Twin(String name, Original original, Bug bug) implements Opaque {

  /// The op that is replaced.
  interface Original {
    Node apply(List<Node> x);
  }

  /// What the twin sends to operand `slot` of `out` in place of `right`, given the upstream gradient.
  interface Bug {
    @Nullable Node send(Apply out, int slot, Node g, Node right);
  }

  /// Replaces every op of that name by its twin.
  static Tampering planted(String op, Bug bug) {
    return (name, make) ->
        name.equals(op) ? x -> List.of(new Twin(op, y -> make.apply(y).getFirst(), bug).of(x.toArray(Node[]::new))) : make;
  }

  @Override
  public List<TensorType> types(List<TensorType> x) {
    List<Node> operands = new ArrayList<>();
    for (TensorType type : x) {
      operands.add(Input.of("x", type.dtype(), type.shape()));
    }
    return List.of(original.apply(operands).type());
  }

  @Override
  public List<Tensor> evaluate(List<Tensor> x) {
    Node result = original.apply(x.stream().map(value -> (Node) Constant.of(value)).toList());
    return List.of(Interpreter.run(result).of(result));
  }

  @Override
  public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
    Node upstream = Objects.requireNonNull(g.getFirst());
    List<Node> apart = out.operands().stream().map(x -> (Node) new View.Reshape(x.shape()).of(x)).toList();
    Gradients right = Backward.from(original.apply(apart), upstream);
    List<@Nullable Node> sent = new ArrayList<>();
    for (int slot = 0; slot < apart.size(); slot++) {
      sent.add(bug.send(out, slot, upstream, right.of(apart.get(slot))));
    }
    return sent;
  }
}
