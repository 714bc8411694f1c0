package dev.gradus.ops;

import static dev.gradus.scalar.Expressions.constant;
import static dev.gradus.scalar.Expressions.equal;
import static dev.gradus.scalar.Expressions.exp;
import static dev.gradus.scalar.Expressions.less;
import static dev.gradus.scalar.Expressions.abs;
import static dev.gradus.scalar.Expressions.select;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Broadcasting;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.StopGradient;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.Typing;
import dev.gradus.graph.View;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Ops that turn many elements into fewer, and their relatives along an axis.
final class Reductions {
  private Reductions() {}

  static final Entry SUM =
      reduction("sum", Reduce.Kind.SUM, "the sum over axes; 0 over nothing", "g spread over the summed axes", "");

  static final Entry PROD =
      reduction(
          "prod",
          Reduce.Kind.PRODUCT,
          "the product over axes; 1 over nothing",
          "g * product of the other elements",
          "differentiated without division: zeros are fine");

  static final Entry MAX =
      reduction(
          "max",
          Reduce.Kind.MAX,
          "the largest element over axes",
          "g at the largest elements",
          "equal maxima share the gradient evenly; NaN wins");

  static final Entry MIN =
      reduction(
          "min",
          Reduce.Kind.MIN,
          "the smallest element over axes",
          "g at the smallest elements",
          "equal minima share the gradient evenly; NaN wins");

  static final Entry MEAN =
      Entry.op("mean", List.of("x"), (x, a) -> mean(x.getFirst(), a.flag("keepdims"), axes(a)))
          .attribute("axis", null)
          .attribute("keepdims", false)
          .doc("the mean over axes; of integers in f64")
          .formula("sum(x) / n")
          .derivatives("g / n spread over the axes")
          .convention("NaN over nothing")
          .build();

  static final Entry VAR =
      Entry.op("var", List.of("x"), (x, a) -> var(x.getFirst(), a.integer("ddof"), a.flag("keepdims"), axes(a)))
          .attribute("axis", null)
          .attribute("ddof", 0)
          .attribute("keepdims", false)
          .doc("the variance over axes: squared deviations from the mean, divided by n - ddof")
          .formula("sum((x - mean(x))^2) / (n - ddof)")
          .derivatives("g * 2 (x - mean(x)) / (n - ddof)")
          .build();

  static final Entry STD =
      Entry.op("std", List.of("x"), (x, a) -> std(x.getFirst(), a.integer("ddof"), a.flag("keepdims"), axes(a)))
          .attribute("axis", null)
          .attribute("ddof", 0)
          .attribute("keepdims", false)
          .doc("the standard deviation over axes, the root of var")
          .formula("sqrt(var(x, ddof))")
          .derivatives("g * (x - mean(x)) / ((n - ddof) out)")
          .convention("the derivative where all elements are equal is 0")
          .build();

  static final Entry NORM =
      Entry.op("norm", List.of("x"), (x, a) -> norm(x.getFirst(), a.number("ord"), a.flag("keepdims"), axes(a)))
          .attribute("ord", 2.0)
          .attribute("axis", null)
          .attribute("keepdims", false)
          .doc("the vector norm over axes; ord inf and -inf take the largest and smallest |x|")
          .formula("(sum |x|^ord)^(1 / ord)")
          .derivatives("g * sign(x) (|x| / out)^(ord - 1)")
          .convention("the derivative at 0 is 0; no overflow or underflow")
          .build();

  static final Entry ARGMAX = argExtremum("argmax", true, "the index of the largest element, the first of equals");

  static final Entry ARGMIN = argExtremum("argmin", false, "the index of the smallest element, the first of equals");

  static final Entry SOFTMAX =
      Entry.op("softmax", List.of("x"), (x, a) -> softmax(x.getFirst(), a.integer("axis")))
          .attribute("axis", -1)
          .doc("positive numbers along an axis that sum to 1")
          .formula("exp(x) / sum(exp(x))")
          .derivatives("out * (g - sum(g * out))")
          .convention("no overflow for large x")
          .build();

  static final Entry LOG_SOFTMAX =
      Entry.op("log_softmax", List.of("x"), (x, a) -> logSoftmax(x.getFirst(), a.integer("axis")))
          .attribute("axis", -1)
          .doc("log(softmax(x)), exact where softmax is near 0")
          .formula("x - logsumexp(x)")
          .derivatives("g - exp(out) sum(g)")
          .convention("no overflow for large x")
          .build();

  static final Entry LOGSUMEXP =
      Entry.op("logsumexp", List.of("x"), (x, a) -> logSumExp(x.getFirst(), a.flag("keepdims"), axes(a)))
          .attribute("axis", null)
          .attribute("keepdims", false)
          .doc("log(sum(exp(x))) over axes, without overflow")
          .formula("log(sum(exp(x)))")
          .derivatives("g * exp(x - out)")
          .convention("-infinity over elements that are all -infinity, with derivative 0")
          .build();

  static final List<Entry> ENTRIES =
      List.of(SUM, MEAN, PROD, MAX, MIN, VAR, STD, NORM, ARGMAX, ARGMIN, SOFTMAX, LOG_SOFTMAX, LOGSUMEXP);

  private static int[] axes(Attributes attributes) {
    int[] axes = attributes.integers("axis");
    return axes == null ? new int[0] : axes;
  }

  private static Entry reduction(String name, Reduce.Kind kind, String doc, String rule, String convention) {
    return Entry.op(name, List.of("x"), (x, a) -> reduce(name, kind, x.getFirst(), a.flag("keepdims"), axes(a)))
        .attribute("axis", null)
        .attribute("keepdims", false)
        .doc(doc)
        .formula(name + "(x)")
        .derivatives(rule)
        .convention(convention)
        .build();
  }

  private static Entry argExtremum(String name, boolean largest, String doc) {
    return Entry.op(
            name,
            List.of("x"),
            (x, a) -> new ArgExtremum(largest, a.integerOrNull("axis"), a.flag("keepdims")).of(x.getFirst()))
        .attribute("axis", null)
        .attribute("keepdims", false)
        .doc(doc + "; without axis, of all elements in row-major order")
        .formula("the index where x is " + (largest ? "largest" : "smallest"))
        .convention("the first NaN wins; no gradient: DISCRETE")
        .build();
  }

  static Node reduce(String op, Reduce.Kind kind, Node x, boolean keepDims, int... axes) {
    return new Reduce(kind, Axes.of(op, x.shape(), axes), keepDims).of(x);
  }

  static Node mean(Node x, boolean keepDims, int... axes) {
    Node number = x.dtype().isFloating() ? x : new Cast(DType.F64).of(x);
    return new Mean(Axes.of("mean", x.shape(), axes), keepDims).of(number);
  }

  static Node var(Node x, int ddof, boolean keepDims, int... axes) {
    return new Var(Axes.of("var", x.shape(), axes), ddof, keepDims).of(x);
  }

  static Node std(Node x, int ddof, boolean keepDims, int... axes) {
    return new Std(Axes.of("std", x.shape(), axes), ddof, keepDims).of(x);
  }

  static Node norm(Node x, double ord, boolean keepDims, int... axes) {
    if (Double.isNaN(ord) || ord == 0) {
      throw new GradusException("norm", "ord must not be 0", ord, "count nonzero elements with a comparison and a sum");
    }
    return new Norm(ord, Axes.of("norm", x.shape(), axes), keepDims).of(x);
  }

  static Node softmax(Node x, int axis) {
    return new Softmax(x.shape().axis("softmax", axis)).of(x);
  }

  static Node logSoftmax(Node x, int axis) {
    return new LogSoftmax(x.shape().axis("log_softmax", axis)).of(x);
  }

  static Node logSumExp(Node x, boolean keepDims, int... axes) {
    return new LogSumExp(Axes.of("logsumexp", x.shape(), axes), keepDims).of(x);
  }

  private static Node sum(Node x, List<Integer> axes, boolean keepDims) {
    return new Reduce(Reduce.Kind.SUM, axes, keepDims).of(x);
  }

  private static Node max(Node x, List<Integer> axes) {
    return new StopGradient().of(new Reduce(Reduce.Kind.MAX, axes, true).of(x));
  }

  /// `reduced` in `x`'s shape with the reduced axes at size 1.
  private static Node kept(Node reduced, Node x, List<Integer> axes) {
    return View.reshape(reduced, Axes.kept(x.shape(), axes));
  }

  /// `reduced`, which has kept its axes, in the shape the op promised.
  private static Node finish(Node reduced, boolean keepDims, List<Integer> axes) {
    if (keepDims) {
      return reduced;
    }
    int[] dims = java.util.stream.IntStream.range(0, reduced.shape().rank())
        .filter(axis -> !axes.contains(axis)).map(axis -> reduced.shape().dim(axis)).toArray();
    return View.reshape(reduced, Shape.of(dims));
  }

  private static Node first(List<@Nullable Node> g) {
    return Objects.requireNonNull(g.getFirst());
  }

  /// Where `x` is 0 or not finite, 1; else `x`: a divisor that never makes a NaN.
  private static Node safeDivisor(Node x) {
    DefinedFunction safe =
        DefinedFunction.of(
            "safe_divisor",
            v -> select(
                equal(v, constant(0)),
                constant(1),
                select(less(abs(v), constant(Double.POSITIVE_INFINITY)), v, constant(1))));
    return Elementwise.of("safe_divisor", safe, Typing.Rule.FLOATING).of(x);
  }

  private static Node map(String name, DefinedFunction function, Node... x) {
    return Elementwise.of(name, function, Typing.Rule.FLOATING).of(x);
  }

  record Mean(List<Integer> axes, boolean keepDims) implements Composite {
    @Override
    public String name() {
      return "mean";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Node operand = x.getFirst();
      return List.of(sum(operand, axes, keepDims).dividedBy(Axes.count(operand.shape(), axes)));
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
      return Axes.count(x.shape(), axes) - ddof;
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Node d = deviations(x.getFirst());
      return List.of(sum(Arithmetics.SQUARE.of(d), axes, keepDims).dividedBy(Math.max(0, divisor(x.getFirst()))));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node x = out.operand(0);
      Node local = deviations(x).times(2.0 / Math.max(0, divisor(x)));
      return Collections.singletonList(Elementwise.product(kept(first(g), x, axes), local));
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g * 2 (x - mean(x)) / " + divisor(out.operand(0));
    }
  }

  record Std(List<Integer> axes, int ddof, boolean keepDims) implements Composite {
    @Override
    public String name() {
      return "std";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      return List.of(Arithmetics.SQRT.of(new Var(axes, ddof, keepDims).of(x.getFirst())));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node x = out.operand(0);
      Var var = new Var(axes, ddof, keepDims);
      Node divisor = safeDivisor(kept(out, x, axes)).times(Math.max(0, var.divisor(x)));
      return Collections.singletonList(
          Elementwise.product(kept(first(g), x, axes), var.deviations(x).dividedBy(divisor)));
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g * (x - mean(x)) / (" + new Var(axes, ddof, keepDims).divisor(out.operand(0)) + " out)";
    }
  }

  record Norm(double ord, List<Integer> axes, boolean keepDims) implements Composite {
    @Override
    public String name() {
      return "norm";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Node size = Arithmetics.ABS.of(x.getFirst());
      if (Double.isInfinite(ord)) {
        return List.of(new Reduce(ord > 0 ? Reduce.Kind.MAX : Reduce.Kind.MIN, axes, keepDims).of(size));
      }
      if (ord == 1) {
        return List.of(sum(size, axes, keepDims));
      }
      if (Axes.count(x.getFirst().shape(), axes) == 0) {
        return List.of(sum(size, axes, keepDims));
      }
      Node scale = safeDivisor(max(size, axes));
      Node part = size.dividedBy(scale);
      Node root =
          ord == 2
              ? Arithmetics.SQRT.of(sum(Arithmetics.SQUARE.of(part), axes, true))
              : sum(part.pow(ord), axes, true).pow(1 / ord);
      return List.of(finish(root.times(scale), keepDims, axes));
    }

    @Override
    public @Nullable List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      if (Double.isInfinite(ord) || ord == 1) {
        return null;
      }
      Node x = out.operand(0);
      Node direction = x.dividedBy(safeDivisor(kept(out, x, axes)));
      Node local =
          ord == 2
              ? direction
              : Elementwise.product(Arithmetics.SIGN.of(direction), Arithmetics.ABS.of(direction).pow(ord - 1));
      return Collections.singletonList(Elementwise.product(kept(first(g), x, axes), local));
    }

    @Override
    public String rule(Apply out, int slot) {
      if (Double.isInfinite(ord)) {
        return "g * sign(x) where |x| = out";
      }
      return ord == 1 ? "g * sign(x)" : ord == 2 ? "g * x / out" : "g * sign(x) (|x| / out)^" + (ord - 1);
    }
  }

  record Softmax(int axis) implements Composite {
    @Override
    public String name() {
      return "softmax";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      List<Integer> axes = List.of(axis);
      if (x.getFirst().shape().dim(axis) == 0) {
        return List.of(x.getFirst());
      }
      Node e = Exponentials.EXP.of(x.getFirst().minus(max(x.getFirst(), axes)));
      return List.of(e.dividedBy(sum(e, axes, true)));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node mean = sum(Elementwise.product(first(g), out), List.of(axis), true);
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
    public List<Node> expand(List<Node> x) {
      List<Integer> axes = List.of(axis);
      if (x.getFirst().shape().dim(axis) == 0) {
        return List.of(x.getFirst());
      }
      Node shifted = x.getFirst().minus(max(x.getFirst(), axes));
      return List.of(shifted.minus(Exponentials.LOG.of(sum(Exponentials.EXP.of(shifted), axes, true))));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node total = sum(first(g), List.of(axis), true);
      return Collections.singletonList(
          first(g).minus(Elementwise.product(Broadcasting.broadcastTo(total, out.shape()), Exponentials.EXP.of(out))));
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g - exp(out) sum(g)";
    }
  }

  record LogSumExp(List<Integer> axes, boolean keepDims) implements Composite {
    /// exp(x - out), but 0 where x is -∞, even if `out` is too.
    private static final DefinedFunction SHARE =
        DefinedFunction.of(
            "share",
            (x, out) -> select(equal(x, constant(Double.NEGATIVE_INFINITY)), constant(0), exp(x.minus(out))));

    @Override
    public String name() {
      return "logsumexp";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Node operand = x.getFirst();
      if (Axes.count(operand.shape(), axes) == 0) {
        return List.of(Exponentials.LOG.of(sum(operand, axes, keepDims)));
      }
      Node largest = max(operand, axes);
      DefinedFunction finite =
          DefinedFunction.of(
              "finite_or_0",
              v -> select(less(abs(v), constant(Double.POSITIVE_INFINITY)), v, constant(0)));
      Node shift = map("finite_or_0", finite, largest);
      Node total = sum(Exponentials.EXP.of(operand.minus(shift)), axes, true);
      return List.of(finish(Exponentials.LOG.of(total).plus(shift), keepDims, axes));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node x = out.operand(0);
      Node share = map("share", SHARE, x, kept(out, x, axes));
      return Collections.singletonList(Elementwise.product(kept(first(g), x, axes), share));
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g * exp(x - out)";
    }
  }

  record ArgExtremum(boolean largest, @Nullable Integer axis, boolean keepDims) implements Opaque {
    @Override
    public String name() {
      return largest ? "argmax" : "argmin";
    }

    @Override
    public List<TensorType> types(List<TensorType> x) {
      Shape shape = x.getFirst().shape();
      List<Integer> axes = axis == null ? Axes.of(name(), shape) : Axes.of(name(), shape, axis);
      if (Axes.count(shape, axes) == 0) {
        throw new GradusException(name(), "there must be an element to take", "shape " + shape, "leave out empty axes");
      }
      Reduce shapes = new Reduce(Reduce.Kind.SUM, axes, keepDims);
      return List.of(new TensorType(shapes.type(x).shape(), DType.I64));
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> x) {
      Tensor operand = x.getFirst();
      Shape shape = operand.shape();
      int at = axis == null ? 0 : shape.axis(name(), axis);
      int length = axis == null ? shape.size() : shape.dim(at);
      int inner = 1;
      for (int i = at + 1; axis != null && i < shape.rank(); i++) {
        inner *= shape.dim(i);
      }
      double[] from = operand.toDoubles();
      long[] best = new long[from.length / Math.max(1, length)];
      for (int i = 0; i < best.length; i++) {
        int start = i / inner * inner * length + i % inner;
        int chosen = 0;
        for (int k = 1; k < length; k++) {
          double challenger = from[start + k * inner];
          double champion = from[start + chosen * inner];
          boolean wins = largest ? challenger > champion : challenger < champion;
          if (wins || (Double.isNaN(challenger) && !Double.isNaN(champion))) {
            chosen = k;
          }
        }
        best[i] = chosen;
      }
      return List.of(Tensor.of(types(List.of(TensorType.of(operand))).getFirst().shape(), best));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      return Collections.singletonList(null);
    }

    @Override
    public String rule(Apply out, int slot) {
      return "none: an index";
    }
  }
}
