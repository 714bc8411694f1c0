package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.op;
import static dev.gradus.scalar.Expressions.abs;
import static dev.gradus.scalar.Expressions.constant;
import static dev.gradus.scalar.Expressions.equal;
import static dev.gradus.scalar.Expressions.exp;
import static dev.gradus.scalar.Expressions.less;
import static dev.gradus.scalar.Expressions.select;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Broadcasting;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Typing;
import dev.gradus.scalar.DefinedFunction;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Softmax and its relatives, shifted by the largest element so that no exponential overflows.
final class Softmaxes {
  private Softmaxes() {}

  static final Entry SOFTMAX =
      op("softmax", List.of("x"), (x, a) -> softmax(x.getFirst(), a.integer("axis")))
          .attribute("axis", -1)
          .doc("positive numbers along an axis that sum to 1")
          .formula("exp(x) / sum(exp(x))")
          .derivatives("out * (g - sum(g * out))")
          .convention("no overflow for large x")
          .build();

  static final Entry LOG_SOFTMAX =
      op("log_softmax", List.of("x"), (x, a) -> logSoftmax(x.getFirst(), a.integer("axis")))
          .attribute("axis", -1)
          .doc("log(softmax(x)), exact where softmax is near 0")
          .formula("x - logsumexp(x)")
          .derivatives("g - exp(out) * sum(g)")
          .convention("no overflow for large x")
          .build();

  static final Entry LOGSUMEXP =
      op("logsumexp", List.of("x"), (x, a) -> logsumexp(x.getFirst(), a.flag("keepdims"), a.axes("axis")))
          .attribute("axis", null)
          .attribute("keepdims", false)
          .doc("log(sum(exp(x))) over axes, without overflow")
          .formula("log(sum(exp(x)))")
          .derivatives("g * exp(x - out)")
          .convention("-infinity over elements that are all -infinity, with derivative 0")
          .build();

  static final List<Entry> ENTRIES = List.of(SOFTMAX, LOG_SOFTMAX, LOGSUMEXP);

  static Node softmax(Node x, int axis) {
    return new Softmax(x.shape().axis("softmax", axis)).of(x);
  }

  static Node logSoftmax(Node x, int axis) {
    return new LogSoftmax(x.shape().axis("log_softmax", axis)).of(x);
  }

  static Node logsumexp(Node x, boolean keepDims, int... axes) {
    return new LogSumExp(Axes.of("logsumexp", x.shape(), axes), keepDims).of(x);
  }

  /// Softmax over the last axis in which a row of nothing but -∞, where nothing is left to choose from, gives zeros.
  static Node orZero(Node x) {
    List<Integer> axes = List.of(x.shape().rank() - 1);
    if (x.shape().dim(-1) == 0) {
      return x;
    }
    Node e = Exponentials.EXP.of(x.minus(finite(Axes.largest(x, axes))));
    return Statistics.ratio(e, Axes.sum(e, axes, true));
  }

  /// x, but 0 where it is infinite or NaN.
  private static Node finite(Node x) {
    return Elementwise.of("shift", LogSumExp.SHIFT, Typing.Rule.FLOATING).of(x);
  }

  private static Node first(List<@Nullable Node> g) {
    return Objects.requireNonNull(g.getFirst());
  }

  record Softmax(int axis) implements Composite {
    @Override
    public String name() {
      return "softmax";
    }

    @Override
    public List<Node> expand(List<Node> operands) {
      Node x = operands.getFirst();
      Typing.Rule.FLOATING.result("softmax", List.of(x.type()));
      List<Integer> axes = List.of(axis);
      if (x.shape().dim(axis) == 0) {
        return List.of(x);
      }
      Node e = Exponentials.EXP.of(x.minus(Axes.largest(x, axes)));
      return List.of(e.dividedBy(Axes.sum(e, axes, true)));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node mean = Axes.sum(Elementwise.product(first(g), out), List.of(axis), true);
      return Collections.singletonList(Elementwise.product(first(g).minus(mean), out));
    }

    @Override
    public String rule(Apply out, int slot) {
      return "out * (g - sum(g * out))";
    }
  }

  record LogSoftmax(int axis) implements Composite {
    @Override
    public String name() {
      return "log_softmax";
    }

    @Override
    public List<Node> expand(List<Node> operands) {
      Node x = operands.getFirst();
      Typing.Rule.FLOATING.result("log_softmax", List.of(x.type()));
      List<Integer> axes = List.of(axis);
      if (x.shape().dim(axis) == 0) {
        return List.of(x);
      }
      Node shifted = x.minus(Axes.largest(x, axes));
      return List.of(shifted.minus(Exponentials.LOG.of(Axes.sum(Exponentials.EXP.of(shifted), axes, true))));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node total = Broadcasting.broadcastTo(Axes.sum(first(g), List.of(axis), true), out.shape());
      return Collections.singletonList(first(g).minus(Elementwise.product(total, Exponentials.EXP.of(out))));
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g - exp(out) * sum(g)";
    }
  }

  record LogSumExp(List<Integer> axes, boolean keepDims) implements Composite {
    /// x, but 0 where it is infinite or NaN: a shift that never makes a NaN.
    private static final DefinedFunction SHIFT =
        DefinedFunction.of("shift", x -> select(less(abs(x), constant(Double.POSITIVE_INFINITY)), x, constant(0)));

    /// exp(x - out), but 0 where x is -∞, even if `out` is too.
    private static final DefinedFunction SHARE =
        DefinedFunction.of(
            "share", (x, out) -> select(equal(x, constant(Double.NEGATIVE_INFINITY)), constant(0), exp(x.minus(out))));

    @Override
    public String name() {
      return "logsumexp";
    }

    @Override
    public List<Node> expand(List<Node> operands) {
      Node x = operands.getFirst();
      Typing.Rule.FLOATING.result("logsumexp", List.of(x.type()));
      if (Axes.count(x.shape(), axes) == 0) {
        return List.of(Exponentials.LOG.of(Axes.sum(x, axes, keepDims)));
      }
      Node shift = finite(Axes.largest(x, axes));
      Node total = Axes.sum(Exponentials.EXP.of(x.minus(shift)), axes, true);
      return List.of(Axes.dropped(Exponentials.LOG.of(total).plus(shift), axes, keepDims));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node x = out.operand(0);
      Node share = Elementwise.of("share", SHARE, Typing.Rule.FLOATING).of(x, Axes.kept(out, x, axes));
      return Collections.singletonList(Elementwise.product(Axes.kept(first(g), x, axes), share));
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g * exp(x - out)";
    }
  }
}
