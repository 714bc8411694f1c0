package dev.gradus.teach.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Random graphs of small tensors with all their gradients: the page computes what Java did, before and after a leaf was changed.
class RandomGraphsTest {
  private static final int GRAPHS = 20;

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

  /// A scalar with leaves of shapes that broadcast against each other.
  private static Node graph(Random random, List<Parameter> leaves) {
    List<Node> nodes = new ArrayList<>();
    for (int[] dims : List.of(new int[] {}, new int[] {3}, new int[] {2, 3}, new int[] {2, 1}, new int[] {1, 3})) {
      Parameter leaf = Parameter.of("x" + leaves.size(), Tensor.normal(Shape.of(dims), random.nextInt(1000)));
      leaves.add(leaf);
      nodes.add(leaf);
    }
    while (nodes.size() < 25) {
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
    return sum;
  }

  @Property(tries = 10, seed = "7")
  void thePageComputesWhatJavaDid(@ForAll long seed) {
    Random random = new Random(seed);
    List<Instructions> before = new ArrayList<>();
    List<Instructions> after = new ArrayList<>();
    StringBuilder changes = new StringBuilder();
    for (int i = 0; i < GRAPHS; i++) {
      List<Parameter> leaves = new ArrayList<>();
      Node result = graph(random, leaves);
      Gradients gradients = Backward.from(result);
      List<Node> wanted = new ArrayList<>(List.of(result));
      gradients.graph().nodes().forEach(node -> wanted.add(gradients.of(node)));
      Parameter leaf = leaves.get(random.nextInt(leaves.size()));
      Tensor value = Tensor.normal(leaf.shape(), random.nextInt(1000));
      before.add(Instructions.of(wanted, Interpreter.run(wanted, Map.of())));
      after.add(Instructions.of(wanted, Interpreter.run(wanted, Map.of(leaf, value))));
      changes.append("decode('").append(EnginePage.encode(value.toDoubles())).append("').forEach((x,k)=>e[").append(i).append("].set(")
          .append(before.get(i).of(leaf)).append(",k,x));");
    }
    try (EnginePage page = new EnginePage(before)) {
      assertEquals("[]", page.evaluate("JSON.stringify(e.flatMap(one => one.compare()))"));
      List<?> values = (List<?>) page.evaluate("(()=>{" + changes + "return e.map(values)})()");
      for (int i = 0; i < GRAPHS; i++) {
        double[] want = EnginePage.recorded(after.get(i));
        double[] got = EnginePage.decode((String) Objects.requireNonNull(values.get(i)));
        for (int k = 0; k < want.length; k++) {
          assertEquals(want[k], got[k], 1e-9 * (1 + Math.abs(want[k])), "graph " + i);
        }
      }
    }
  }
}
