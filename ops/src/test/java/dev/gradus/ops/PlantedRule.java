package dev.gradus.ops;

import dev.gradus.diff.Backward;
import dev.gradus.diff.Flow;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Broadcasting;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.View;
import dev.gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An op of the vocabulary in a box that states the op's own gradient rule, but for one operand a wrong one.
///
/// @param of the op and its settings
/// @param slot the operand that gets the wrong gradient
/// @param mistake what is wrong with it
record PlantedRule(OpCase of, int slot, Mistake mistake) implements Composite {

  /// What is easily got wrong in a rule.
  enum Mistake {
    NONE,
    ZERO,
    /// Nothing is sent at all: one term of the chain rule's sum is lost.
    DROPPED,
    NEGATED,
    TWICE,
    A_THOUSANDTH_MORE,
    /// The upstream gradient goes through as if the op did nothing.
    PASSED_ON,
    /// Of what an operand was broadcast to, one place counts instead of all.
    FIRST_OF_BROADCAST,
    /// What an operand was broadcast to is averaged, not summed.
    MEAN_OF_BROADCAST
  }

  @Override
  public String name() {
    return of.entry().name();
  }

  @Override
  public List<Node> expand(List<Node> x) {
    return of.byName(x);
  }

  @Override
  public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
    List<Node> operands = new ArrayList<>();
    for (Node x : out.operands()) {
      operands.add(x.dtype().isFloating() ? Broadcasting.broadcastTo(alias(x), wide(x, out)) : x);
    }
    Gradients gradients = Backward.from(PlantedRule.weighed(of.byName(operands), g));
    List<@Nullable Node> sent = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      Node operand = out.operand(i);
      boolean flows = operand.dtype().isFloating() && gradients.flow(operands.get(i)) == Flow.FLOWS;
      Node right = flows ? gradients.of(operands.get(i)) : null;
      if (i == slot && operand.dtype().isFloating()) {
        sent.add(wrong(right == null ? Constant.filled(operand.type(), 0) : right, operand, g));
      } else {
        sent.add(right == null ? null : Broadcasting.sumTo(right, operand.shape()));
      }
    }
    return sent;
  }

  /// A node of its own for every slot.
  private static Node alias(Node x) {
    return new View.Reshape(x.shape()).of(x);
  }

  /// ⟨g, results⟩ as one number.
  static Node weighed(List<Node> results, List<? extends @Nullable Node> g) {
    Node sum = Constant.of(0);
    for (int i = 0; i < results.size(); i++) {
      Node upstream = g.get(i);
      if (upstream != null) {
        sum = sum.plus(Ops.sum(Elementwise.product(upstream, results.get(i))));
      }
    }
    return sum;
  }

  /// The shape that the op broadcasts operand `x` to.
  private Shape wide(Node x, Apply out) {
    Shape own = x.shape();
    if (of.entry() == Arithmetics.WHERE || of.entry().elementwise() != null || of.entry() == Shapes.BROADCAST_TO) {
      return out.shape();
    }
    if (of.entry() == LinearAlgebra.MATMUL && own.rank() >= 2) {
      boolean bothMatrices = out.operands().stream().allMatch(operand -> operand.shape().rank() >= 2);
      int stack = out.shape().rank() - (bothMatrices ? 2 : 1);
      int[] dims = Arrays.copyOf(out.shape().dims(), stack + 2);
      dims[stack] = own.dim(-2);
      dims[stack + 1] = own.dim(-1);
      return Shape.of(dims);
    }
    return own;
  }

  /// Whether the op broadcasts the operand, so that gradients have to be summed.
  boolean isBroadcast(Apply out) {
    return !wide(out.operand(slot), out).equals(out.operand(slot).shape());
  }

  private @Nullable Node wrong(Node wide, Node operand, List<? extends @Nullable Node> g) {
    Node right = Broadcasting.sumTo(wide, operand.shape());
    return switch (mistake) {
      case NONE -> right;
      case ZERO -> right.times(0);
      case DROPPED -> null;
      case NEGATED -> right.negated();
      case TWICE -> right.times(2);
      case A_THOUSANDTH_MORE -> right.times(1.001);
      case PASSED_ON -> {
        Node upstream = g.stream().filter(Objects::nonNull).map(Objects::requireNonNull).findFirst().orElseThrow();
        yield Broadcasting.broadcastTo(new Cast(operand.dtype()).of(Ops.sum(upstream)), operand.shape());
      }
      case FIRST_OF_BROADCAST -> first(wide, operand.shape());
      case MEAN_OF_BROADCAST -> right.times((double) operand.shape().size() / wide.shape().size());
    };
  }

  private static Node first(Node wide, Shape shape) {
    int lead = wide.shape().rank() - shape.rank();
    int[] sizes = new int[wide.shape().rank()];
    Arrays.fill(sizes, 0, lead, 1);
    System.arraycopy(shape.dims(), 0, sizes, lead, shape.rank());
    int[] steps = new int[sizes.length];
    Arrays.fill(steps, 1);
    return new View.Reshape(shape).of(View.slice(wide, new int[sizes.length], sizes, steps));
  }
}
