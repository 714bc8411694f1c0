package dev.gradus.teach;

import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

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
          x -> Ops.concat(0, Ops.reshape(x, -1), Ops.reshape(x, -1)), x -> Ops.max(x), x -> Ops.logsumexp(x), x -> Ops.stopGradient(x));

  private static final List<BinaryOperator<Node>> BINARY =
      List.of(
          Node::plus, Node::minus, Node::times, (x, y) -> x.dividedBy(Ops.square(y).plus(1)), (x, y) -> Ops.maximum(x, y),
          (x, y) -> Ops.where(Ops.less(x, y), x, y), (x, y) -> Ops.hypot(x, y), (x, y) -> Ops.atan2(x, Ops.abs(y).plus(1)));

  /// A graph in which about `size` nodes are made before they are added up.
  public static RandomGraph of(Random random, int size) {
    List<Parameter> leaves = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    for (int[] dims : List.of(new int[] {}, new int[] {3}, new int[] {2, 3}, new int[] {2, 1}, new int[] {1, 3})) {
      Parameter leaf = Parameter.of("x" + leaves.size(), Tensor.normal(Shape.of(dims), random.nextInt(1000)));
      leaves.add(leaf);
      nodes.add(leaf);
    }
    while (nodes.size() < size) {
      Node x = nodes.get(random.nextInt(nodes.size()));
      Node y = nodes.get(random.nextInt(nodes.size()));
      boolean meet = x.shape().broadcastsTo(y.shape()) || y.shape().broadcastsTo(x.shape());
      nodes.add(
          meet && random.nextBoolean() ? BINARY.get(random.nextInt(BINARY.size())).apply(x, y) : UNARY.get(random.nextInt(UNARY.size())).apply(x));
    }
    Node sum = nodes.getFirst();
    for (Node node : nodes) {
      sum = sum.plus(Ops.mean(Ops.tanh(node)));
    }
    return new RandomGraph(sum, leaves);
  }
}
