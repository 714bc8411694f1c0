package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.op;
import static dev.gradus.scalar.Expressions.constant;
import static dev.gradus.scalar.Expressions.equal;
import static dev.gradus.scalar.Expressions.select;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Typing;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.tensor.DType;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Mean, variance, standard deviation and norm over axes.
final class Statistics {
  private Statistics() {}

  static final Entry MEAN =
      op("mean", List.of("x"), (x, a) -> mean(x.getFirst(), a.flag("keepdims"), a.axes("axis")))
          .attribute("axis", null)
          .attribute("keepdims", false)
          .doc("the mean over axes; of integers and bools in f64")
          .formula("sum(x) / n")
          .derivatives("g / n spread over the axes")
          .convention("NaN over nothing")
          .build();

  static final Entry VAR =
      op("var", List.of("x"), (x, a) -> var(x.getFirst(), a.integer("ddof"), a.flag("keepdims"), a.axes("axis")))
          .attribute("axis", null)
          .attribute("ddof", 0)
          .attribute("keepdims", false)
          .doc("the variance over axes: squared deviations from the mean, divided by n - ddof; of integers in f64")
          .formula("sum((x - mean(x))^2) / (n - ddof)")
          .derivatives("g * 2 * (x - mean(x)) / (n - ddof)")
          .domain("n > ddof")
          .build();

  static final Entry STD =
      op("std", List.of("x"), (x, a) -> std(x.getFirst(), a.integer("ddof"), a.flag("keepdims"), a.axes("axis")))
          .attribute("axis", null)
          .attribute("ddof", 0)
          .attribute("keepdims", false)
          .doc("the standard deviation over axes, the root of var; of integers in f64")
          .formula("sqrt(var(x, ddof))")
          .derivatives("g * (x - mean(x)) / ((n - ddof) * out)")
          .domain("n > ddof")
          .convention("the derivative where all elements are equal is 0")
          .build();

  static final Entry NORM =
      op("norm", List.of("x"), (x, a) -> norm(x.getFirst(), a.number("ord"), a.flag("keepdims"), a.axes("axis")))
          .attribute("ord", 2.0)
          .attribute("axis", null)
          .attribute("keepdims", false)
          .doc("the vector norm over axes; ord inf and -inf take the largest and smallest |x|")
          .formula("(sum |x|^ord)^(1 / ord)")
          .derivatives("g * sign(x) * (|x| / out)^(ord - 1)")
          .domain("ord != 0")
          .convention("the derivative at 0 is 0; no overflow or underflow")
          .build();

  static final List<Entry> ENTRIES = List.of(MEAN, VAR, STD, NORM);

  /// x / y, but 0 where y is 0.
  private static final DefinedFunction RATIO =
      DefinedFunction.of("ratio", (x, y) -> select(equal(y, constant(0)), constant(0), x.dividedBy(y)));

  static Node mean(Node x, boolean keepDims, int... axes) {
    return new Mean(Axes.of("mean", x.shape(), axes), keepDims).of(floating(x));
  }

  static Node var(Node x, int ddof, boolean keepDims, int... axes) {
    return new Var(Axes.of("var", x.shape(), axes), ddof, keepDims).of(floating(x));
  }

  static Node std(Node x, int ddof, boolean keepDims, int... axes) {
    return new Std(Axes.of("std", x.shape(), axes), ddof, keepDims).of(floating(x));
  }

  static Node norm(Node x, double ord, boolean keepDims, int... axes) {
    return new Norm(ord, Axes.of("norm", x.shape(), axes), keepDims).of(x);
  }

  private static Node floating(Node x) {
    return x.dtype().isFloating() ? x : new Cast(DType.F64).of(x);
  }

  static Node ratio(Node x, Node y) {
    return Elementwise.of("ratio", RATIO, Typing.Rule.FLOATING).of(x, y);
  }

  private static Node first(List<@Nullable Node> g) {
    return Objects.requireNonNull(g.getFirst());
  }

  record Mean(List<Integer> axes, boolean keepDims) implements Composite {
    @Override
    public String name() {
      return "mean";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Node operand = x.getFirst();
      return List.of(Axes.sum(operand, axes, keepDims).dividedBy(Axes.count(operand.shape(), axes)));
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g / " + Axes.count(out.operand(0).shape(), axes) + " spread over the axes " + axes;
    }
  }

  record Var(List<Integer> axes, int ddof, boolean keepDims) implements Composite {
    @Override
    public String name() {
      return "var";
    }

    private Node deviations(Node x) {
      return x.minus(new Mean(axes, true).of(x));
    }

    private int divisor(Node x) {
      return Math.max(0, Axes.count(x.shape(), axes) - ddof);
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Node squares = Arithmetics.SQUARE.of(deviations(x.getFirst()));
      return List.of(Axes.sum(squares, axes, keepDims).dividedBy(divisor(x.getFirst())));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node x = out.operand(0);
      Node local = deviations(x).times(2.0 / divisor(x));
      return Collections.singletonList(Elementwise.product(Axes.kept(first(g), x, axes), local));
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g * 2 * (x - mean(x)) / " + divisor(out.operand(0));
    }
  }

  record Std(List<Integer> axes, int ddof, boolean keepDims) implements Composite {
    @Override
    public String name() {
      return "std";
    }

    private Var var() {
      return new Var(axes, ddof, keepDims);
    }

    @Override
    public List<Node> expand(List<Node> x) {
      return List.of(Arithmetics.SQRT.of(var().of(x.getFirst())));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node x = out.operand(0);
      Node local = ratio(var().deviations(x), Axes.kept(out, x, axes).times(var().divisor(x)));
      return Collections.singletonList(Elementwise.product(Axes.kept(first(g), x, axes), local));
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g * (x - mean(x)) / (" + var().divisor(out.operand(0)) + " * out)";
    }
  }
}
