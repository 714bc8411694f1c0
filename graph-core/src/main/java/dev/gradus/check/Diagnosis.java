package dev.gradus.check;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.SourceLine;
import dev.gradus.graph.TensorType;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks for the node whose own rule is wrong: every node is taken out of the graph, its operands become leaves with the
/// values of the run, and what it sends to each is compared with its differences under a random upstream gradient.
final class Diagnosis {
  private final Settings settings;
  private @Nullable Apply kink;

  Diagnosis(Settings settings) {
    this.settings = settings;
  }

  /// The first of `nodes`, in their order, whose rule is wrong, or null.
  @Nullable Culprit first(List<Node> nodes, Values run) {
    for (Node node : nodes) {
      if (node instanceof Apply apply) {
        Culprit culprit = check(apply, run);
        if (culprit != null) {
          return culprit;
        }
      }
    }
    return null;
  }

  /// The first node that was found to sit at a kink, or null.
  @Nullable Apply kink() {
    return kink;
  }

  private @Nullable Culprit check(Apply apply, Values run) {
    if (apply.types().stream().noneMatch(TensorType::isDifferentiable)) {
      return null;
    }
    List<Node> leaves = new ArrayList<>();
    for (Node operand : apply.operands()) {
      leaves.add(leaf(run.of(operand)));
    }
    try (var _ = SourceLine.inherit(apply)) {
      Apply alone = Apply.of(apply.op(), leaves);
      Comparison comparison = alone(alone);
      for (int slot = 0; slot < leaves.size(); slot++) {
        if (leaves.get(slot).dtype().isFloating()) {
          for (Row row : comparison.rows(leaves.get(slot), apply.operand(slot))) {
            if (row.verdict() == Verdict.KINK && kink == null) {
              kink = apply;
            }
            if (row.verdict() == Verdict.WRONG) {
              return new Culprit(apply, slot, apply.op().rule(alone, slot), row, inside(alone, leaves));
            }
          }
        }
      }
    }
    return null;
  }

  private static Node leaf(Tensor value) {
    return value.dtype().isFloating() ? Parameter.of("operand", value) : Constant.of(value);
  }

  /// The node under a random upstream gradient; one with several results is summed up under one for each.
  private Comparison alone(Apply node) {
    if (!node.isTuple()) {
      return new Comparison(node, upstream(node.type(), 0), settings);
    }
    Node sum = Constant.of(0);
    for (int i = 0; i < node.results().size(); i++) {
      Node result = node.results().get(i);
      if (result.dtype().isFloating()) {
        Node weighed = Elementwise.product(Constant.of(upstream(result.type(), i)), result);
        sum = sum.plus(Reduce.all(Reduce.Kind.SUM, weighed.shape().rank()).of(weighed));
      }
    }
    return new Comparison(sum, Tensor.ones(Shape.SCALAR), settings);
  }

  /// Numbers of either sign, none of them near 0.
  private Tensor upstream(TensorType type, int stream) {
    double[] random = Tensor.uniform(type.shape(), settings.seed() + 1 + stream).toDoubles();
    for (int i = 0; i < random.length; i++) {
      random[i] = random[i] < 0.5 ? random[i] - 1 : random[i] + 0.5;
    }
    return Tensor.of(type.shape(), random);
  }

  /// The wrong node inside a box that leaves its gradient to its expansion.
  private @Nullable Culprit inside(Apply alone, List<Node> leaves) {
    if (!(alone.op() instanceof Composite composite)) {
      return null;
    }
    List<@Nullable Node> upstream = new ArrayList<>();
    for (TensorType type : alone.types()) {
      upstream.add(type.isDifferentiable() ? Constant.filled(type, 1) : null);
    }
    if (composite.pullback(alone, upstream) != null) {
      return null;
    }
    Graph inside = Graph.of(composite.expand(leaves));
    return first(inside.nodes(), Interpreter.run(inside.outputs(), Map.of()));
  }
}
