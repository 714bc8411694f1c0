package dev.gradus.teach;

import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// Random graphs of small tensors that end in a scalar.
///
/// @param result the scalar
/// @param leaves its parameters, of shapes that broadcast against each other
public record RandomGraph(Node result, List<Parameter> leaves) {
  private static final List<UnaryOperator<Node>> UNARY =
      List.of(
          Ops::sin, Ops::tanh, Ops::sigmoid, Ops::gelu, Ops::softplus, Ops::relu, Ops::abs, Node::negated, x -> x.times(0.5), x -> Ops.exp(Ops.tanh(x)),
          x -> Ops.log(Ops.square(x).plus(0.5)), x -> Ops.softmax(Ops.reshape(x, -1)), x -> Ops.mean(x), x -> Ops.sum(Ops.tanh(x)),
          x -> Ops.transpose(x), x -> Ops.flip(x), x -> Ops.clip(x, -1, 1), x -> Ops.atan(x), x -> Ops.sqrt(Ops.square(x).plus(1)),
          x -> Ops.concat(0, Ops.reshape(x, -1), Ops.reshape(x, -1)), x -> Ops.max(x), x -> Ops.logsumexp(x), x -> Ops.stopGradient(x), Ops::floor,
          x -> Ops.split(Ops.concat(0, Ops.reshape(x, -1), Ops.reshape(x, -1)), 0, 2).getLast());

  private static final List<BinaryOperator<Node>> BINARY =
      List.of(
          Node::plus, Node::minus, Node::times, (x, y) -> x.dividedBy(Ops.square(y).plus(1)), (x, y) -> Ops.maximum(x, y),
          (x, y) -> Ops.where(Ops.less(x, y), x, y), (x, y) -> Ops.hypot(x, y), (x, y) -> Ops.atan2(x, Ops.abs(y).plus(1)), (x, y) -> x.times(y).plus(x));

  private static final List<int[]> LEAVES = List.of(new int[] {}, new int[] {3}, new int[] {2, 3}, new int[] {2, 1}, new int[] {1, 3});

  /// Graphs that are made by up to `size` ops; those that fail shrink to few.
  public static Arbitrary<RandomGraph> upTo(int size) {
    return Arbitraries.integers().between(0, Integer.MAX_VALUE).list().ofMinSize(1).ofMaxSize(size).map(RandomGraph::of);
  }

  /// Each choice applies an op to nodes that are there.
  private static RandomGraph of(List<Integer> choices) {
    List<Node> nodes = new ArrayList<>();
    for (int[] dims : LEAVES) {
      nodes.add(Parameter.of("x" + nodes.size(), Tensor.normal(Shape.of(dims), 20 + nodes.size())));
    }
    choices.forEach(choice -> nodes.add(apply(choice, nodes)));
    Node result = Ops.mean(Ops.tanh(nodes.getLast()));
    for (Node node : nodes.subList(Math.max(0, nodes.size() - 1 - choices.getFirst() % 6), nodes.size() - 1)) {
      result = result.plus(Ops.mean(Ops.tanh(node)));
    }
    List<Parameter> leaves = Graph.of(List.of(result)).nodes().stream()
        .filter(Parameter.class::isInstance).map(Parameter.class::cast).toList();
    return new RandomGraph(result, leaves);
  }

  private static Node apply(int choice, List<Node> nodes) {
    int op = choice % (UNARY.size() + BINARY.size());
    int operands = choice / (UNARY.size() + BINARY.size());
    Node x = nodes.get(nodes.size() - 1 - operands % nodes.size());
    if (op < UNARY.size()) {
      return UNARY.get(op).apply(x);
    }
    Node y = nodes.get(nodes.size() - 1 - operands / nodes.size() % nodes.size());
    if (x.shape().rank() == 2 && y.shape().rank() > 0 && y.shape().dim(0) == x.shape().dim(1)) {
      return Ops.matmul(x, y);
    }
    boolean meet = x.shape().broadcastsTo(y.shape()) || y.shape().broadcastsTo(x.shape());
    return BINARY.get(op - UNARY.size()).apply(x, meet ? y : x);
  }
}
