package dev.gradus.teach.replay;

import com.google.common.collect.ImmutableList;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.diff.Term;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Reduce;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One node v taken out of its graph, with numbers of anyone's choice for its operands and for ∂L/∂v: what its rule makes of
/// them. Every operand is a leaf of its own here, also one that v uses twice.
public final class Excerpt {
  private final Apply node;
  private final ImmutableList<Node> leaves;
  private final Gradients gradients;

  private Excerpt(Apply node, List<Node> leaves, Gradients gradients) {
    this.node = node;
    this.leaves = ImmutableList.copyOf(leaves);
    this.gradients = gradients;
  }

  /// The node with these numbers.
  ///
  /// @param v a node
  /// @param operands a value for each operand
  /// @param upstreams ∂L/∂r for each result r of v that is given one
  public static Excerpt of(Apply v, List<Tensor> operands, Map<Integer, Tensor> upstreams) {
    List<Node> leaves = new ArrayList<>();
    for (int slot = 0; slot < operands.size(); slot++) {
      Tensor value = operands.get(slot);
      leaves.add(value.dtype().isFloating() ? Parameter.of("x" + slot, value) : Constant.of(value));
    }
    Apply alone = Apply.of(v.op(), leaves);
    if (!alone.isTuple()) {
      Tensor upstream = upstreams.get(0);
      Node g = upstream == null ? Constant.filled(alone.type(), 0) : Constant.of(upstream);
      return new Excerpt(alone, leaves, Backward.from(alone, g));
    }
    Node sum = upstreams.entrySet().stream()
        .map(upstream -> weighed(upstream.getValue(), alone.results().get(upstream.getKey())))
        .reduce(Node::plus)
        .orElse(Constant.of(0));
    return new Excerpt(alone, leaves, Backward.from(sum));
  }

  private static Node weighed(Tensor upstream, Node result) {
    Node product = Elementwise.product(Constant.of(upstream), result);
    return Reduce.all(Reduce.Kind.SUM, product.shape().rank()).of(product);
  }

  /// v, over leaves.
  public Apply node() {
    return node;
  }

  /// What v sends to its operand in a slot, or null where that is nothing.
  public @Nullable Share share(int slot) {
    Node leaf = leaves.get(slot);
    if (!leaf.dtype().isFloating() || !gradients.graph().contains(leaf)) {
      return null;
    }
    List<Term> terms = gradients.terms(leaf);
    return terms.isEmpty() ? null : new Share(leaf, 0, terms.getFirst(), terms.getFirst().product());
  }
}
