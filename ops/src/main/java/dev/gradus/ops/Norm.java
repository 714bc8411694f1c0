package dev.gradus.ops;

import static dev.gradus.scalar.Expressions.abs;
import static dev.gradus.scalar.Expressions.constant;
import static dev.gradus.scalar.Expressions.equal;
import static dev.gradus.scalar.Expressions.less;
import static dev.gradus.scalar.Expressions.select;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.StopGradient;
import dev.gradus.graph.Typing;
import dev.gradus.scalar.DefinedFunction;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The vector norm (Σ|x|^ord)^(1/ord) over axes. Elements are divided by the one that dominates the sum before powers
/// are taken, so that nothing overflows or underflows that need not.
///
/// @param ord the order, not 0; where infinite, the largest or smallest |x|
/// @param axes the axes, from 0, ascending
/// @param keepDims whether a reduced axis stays with size 1
record Norm(double ord, List<Integer> axes, boolean keepDims) implements Composite {

  /// x, but 1 where x is 0, infinite or NaN: a divisor that never makes a NaN.
  private static final DefinedFunction SCALE =
      DefinedFunction.of(
          "scale",
          x ->
              select(
                  less(abs(x), constant(Double.POSITIVE_INFINITY)),
                  select(equal(x, constant(0)), constant(1), x),
                  constant(1)));

  /// Checks the order.
  Norm {
    if (Double.isNaN(ord) || ord == 0) {
      throw new GradusException("norm", "ord must not be 0", ord, "count nonzero elements with not_equal and sum");
    }
  }

  @Override
  public String name() {
    return "norm";
  }

  private boolean isExtremum() {
    return Double.isInfinite(ord);
  }

  private Reduce extremum(boolean keep) {
    return new Reduce(ord > 0 ? Reduce.Kind.MAX : Reduce.Kind.MIN, axes, keep);
  }

  @Override
  public List<Node> expand(List<Node> x) {
    Typing.Rule.FLOATING.result("norm", List.of(x.getFirst().type()));
    Node size = Arithmetics.ABS.of(x.getFirst());
    boolean empty = Axes.count(x.getFirst().shape(), axes) == 0;
    if (isExtremum()) {
      if (empty) {
        throw new GradusException(
            "norm", "there must be an element to take", "shape " + x.getFirst().shape(), "leave out empty axes");
      }
      return List.of(extremum(keepDims).of(size));
    }
    if (ord == 1 || empty) {
      return List.of(Axes.sum(size, axes, keepDims));
    }
    Node dominant = new StopGradient().of(extremum(true).of(size));
    Node scale = Elementwise.of("scale", SCALE, Typing.Rule.FLOATING).of(dominant);
    Node part = size.dividedBy(scale);
    Node root =
        ord == 2
            ? Arithmetics.SQRT.of(Axes.sum(Arithmetics.SQUARE.of(part), axes, true))
            : Axes.sum(part.pow(ord), axes, true).pow(1 / ord);
    return List.of(Axes.dropped(root.times(scale), axes, keepDims));
  }

  @Override
  public @Nullable List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
    if (isExtremum() || ord == 1) {
      return null;
    }
    Node x = out.operand(0);
    Node direction = Statistics.ratio(x, Axes.kept(out, x, axes));
    Node local =
        ord == 2
            ? direction
            : Elementwise.product(Arithmetics.SIGN.of(direction), Arithmetics.ABS.of(direction).pow(ord - 1));
    Node upstream = Axes.kept(Objects.requireNonNull(g.getFirst()), x, axes);
    return Collections.singletonList(Elementwise.product(upstream, local));
  }

  @Override
  public String rule(Apply out, int slot) {
    if (isExtremum()) {
      return "g * sign(x) where |x| = out, shared evenly; 0 elsewhere";
    }
    return ord == 1 ? "g * sign(x)" : ord == 2 ? "g * x / out" : "g * sign(x) * (abs(x) / out)^" + (ord - 1);
  }
}
