package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.op;
import static dev.gradus.scalar.Expressions.and;
import static dev.gradus.scalar.Expressions.greater;
import static dev.gradus.scalar.Expressions.not;
import static dev.gradus.scalar.Expressions.or;
import static dev.gradus.scalar.Expressions.select;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.Typing;
import dev.gradus.graph.View;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Pooling: one number for each window that slides over the last axes. Settings are one number or one for each of these axes.
final class Pools {
  private Pools() {}

  static final Entry MAX_POOL1D = maxPool(1);

  static final Entry MAX_POOL2D = maxPool(2);

  static final Entry AVG_POOL1D = avgPool(1);

  static final Entry AVG_POOL2D = avgPool(2);

  static final List<Entry> ENTRIES = List.of(MAX_POOL1D, MAX_POOL2D, AVG_POOL1D, AVG_POOL2D);

  private static EntryBuilder pool(String name, Entry.Maker maker) {
    return op(name, List.of("x"), maker).required("kernel").attribute("stride", null).attribute("padding", 0);
  }

  private static Entry maxPool(int axes) {
    return pool(
            "max_pool" + axes + "d",
            (x, a) ->
                maxPool(
                    axes,
                    x.getFirst(),
                    a.integers("kernel"),
                    a.integers(a.isOpen("stride") ? "kernel" : "stride"),
                    a.integers("padding"),
                    a.integers("dilation")))
        .attribute("dilation", 1)
        .doc("the largest element of each window over the last axes; without stride, windows lie side by side")
        .formula("out[..., p] = max over i of x[..., p * stride + i * dilation - padding]")
        .derivatives("g at the first largest element of each window, 0 elsewhere")
        .domain("a window fits into the padded x; padding is at most half a window")
        .convention("the first of equals, in row-major order, gets the gradient; padding counts as -infinity; NaN wins")
        .build();
  }

  private static Entry avgPool(int axes) {
    return pool(
            "avg_pool" + axes + "d",
            (x, a) ->
                avgPool(
                    axes,
                    x.getFirst(),
                    a.integers("kernel"),
                    a.integers(a.isOpen("stride") ? "kernel" : "stride"),
                    a.integers("padding"),
                    a.flag("count_include_pad")))
        .attribute("count_include_pad", true)
        .doc("the mean of each window over the last axes; without stride, windows lie side by side")
        .formula("out[..., p] = mean over i of x[..., p * stride + i - padding]")
        .derivatives("g / n spread over each window, added up where they overlap")
        .domain("a window fits into the padded x; padding is at most half a window")
        .convention("padding counts as zeros, or not at all where count_include_pad is false")
        .build();
  }

  static Node maxPool(int axes, Node x, int[] kernel, int[] stride, int[] padding, int[] dilation) {
    return new MaxPool(sliding("max_pool" + axes + "d", axes, kernel, stride, padding, dilation)).of(x);
  }

  static Node avgPool(int axes, Node x, int[] kernel, int[] stride, int[] padding, boolean countIncludePad) {
    return new AvgPool(sliding("avg_pool" + axes + "d", axes, kernel, stride, padding, new int[] {1}), countIncludePad).of(x);
  }

  private static Sliding sliding(String op, int axes, int[] kernel, int[] stride, int[] padding, int[] dilation) {
    return new Sliding(
        Sliding.each(op, "kernel", axes, kernel),
        Sliding.each(op, "stride", axes, stride),
        Sliding.each(op, "padding", axes, padding),
        Sliding.each(op, "dilation", axes, dilation));
  }

  /// Refuses what a pool does not take.
  private static void checkPool(String op, Sliding sliding, TensorType x) {
    Typing.Rule.FLOATING.result(op, List.of(x));
    if (x.shape().rank() < sliding.axes()) {
      throw new GradusException(op, "the operand must have " + sliding.axes() + " axes to slide over", x.shape(), "reshape it");
    }
    sliding.check(op, x.shape());
    for (int i = 0; i < sliding.axes(); i++) {
      if (sliding.padding().get(i) > sliding.span(i) / 2) {
        throw new GradusException(op, "padding must be at most half a window", sliding, "use less padding");
      }
    }
  }

  /// The largest element of each window. Axis by axis, from the last: a window's elements are that many slices, which are
  /// compared one after the other, so that the first of equals wins, and elements that windows share are compared once.
  record MaxPool(Sliding sliding) implements Composite {
    /// The larger of two, the first where they are equal; NaN wins.
    private static final Elementwise FIRST_LARGEST =
        Elementwise.of(
            "first_largest",
            DefinedFunction.of(
                "first_largest", (x, y) -> select(or(greater(y, x), and(Arithmetic.IS_NAN.of(y), not(Arithmetic.IS_NAN.of(x)))), y, x)),
            Typing.Rule.FLOATING);

    @Override
    public String name() {
      return "max_pool" + sliding.axes() + "d";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      checkPool(name(), sliding, x.getFirst().type());
      Node out = sliding.paddedBelow(x.getFirst());
      for (int i = sliding.axes() - 1; i >= 0; i--) {
        out = along(out, i);
      }
      return List.of(out);
    }

    private Node along(Node x, int i) {
      int axis = x.shape().rank() - sliding.axes() + i;
      int last = x.shape().dim(axis) - Math.toIntExact(sliding.span(i));
      int step = sliding.stride().get(i);
      Node largest = View.along(x, axis, 0, last + 1, step);
      for (int k = 1; k < sliding.kernel().get(i); k++) {
        int from = k * sliding.dilation().get(i);
        largest = FIRST_LARGEST.of(largest, View.along(x, axis, from, from + last + 1, step));
      }
      return largest;
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g at the first largest element of each window, 0 elsewhere";
    }
  }

  /// The mean of each window.
  ///
  /// @param sliding how the windows lie
  /// @param countIncludePad whether padding counts as elements
  record AvgPool(Sliding sliding, boolean countIncludePad) implements Composite {
    @Override
    public String name() {
      return "avg_pool" + sliding.axes() + "d";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      TensorType type = x.getFirst().type();
      checkPool(name(), sliding, type);
      Node sums = sums(x.getFirst());
      if (countIncludePad) {
        return List.of(sums.dividedBy(sliding.kernel().stream().reduce(1, Math::multiplyExact)));
      }
      int[] dims = type.shape().dims();
      Shape space = Shape.of(Arrays.copyOfRange(dims, dims.length - sliding.axes(), dims.length));
      return List.of(sums.dividedBy(sums(Constant.filled(type.withShape(space), 1))));
    }

    private Node sums(Node x) {
      Node windows = sliding.windows(x);
      int lead = x.shape().rank() - sliding.axes();
      return Axes.sum(windows, IntStream.range(lead, lead + sliding.axes()).boxed().toList(), false);
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g / n spread over each window, added up where windows overlap";
    }
  }
}
