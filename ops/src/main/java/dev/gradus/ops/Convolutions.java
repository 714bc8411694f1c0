package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.op;
import static dev.gradus.scalar.Expressions.and;
import static dev.gradus.scalar.Expressions.greater;
import static dev.gradus.scalar.Expressions.not;
import static dev.gradus.scalar.Expressions.or;
import static dev.gradus.scalar.Expressions.select;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Contract;
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

/// Convolution and pooling: what slides windows over images. Operands are N x C x space, settings are one number or one for
/// each axis of space.
final class Convolutions {
  private Convolutions() {}

  static final Entry CONV1D = convolution(1);

  static final Entry CONV2D = convolution(2);

  static final Entry CONV3D = convolution(3);

  static final Entry MAX_POOL1D = maxPool(1);

  static final Entry MAX_POOL2D = maxPool(2);

  static final Entry AVG_POOL1D = avgPool(1);

  static final Entry AVG_POOL2D = avgPool(2);

  static final List<Entry> ENTRIES = List.of(CONV1D, CONV2D, CONV3D, MAX_POOL1D, MAX_POOL2D, AVG_POOL1D, AVG_POOL2D);

  private static Entry convolution(int axes) {
    return op(
            "conv" + axes + "d",
            List.of("x", "w", "bias"),
            (x, a) ->
                conv(axes, x, a.integers("stride"), a.integers("padding"), a.integers("dilation"), a.integer("groups")))
        .optional(1)
        .attribute("stride", 1)
        .attribute("padding", 0)
        .attribute("dilation", 1)
        .attribute("groups", 1)
        .doc("the windows of x[n, in, ...] weighed with each of w[out, in / groups, ...] and summed (cross-correlation)")
        .formula("out[n, o, p] = bias[o] + sum over c, i of w[o, c, i] x[n, c, p * stride + i * dilation - padding]")
        .derivatives("to x: the windows of g w, added up where they overlap", "to w: g times the windows of x", "to bias: the sum of g")
        .domain("a window fits into the padded x; groups divide both kinds of channels")
        .build();
  }

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

  static Node conv(int axes, List<Node> x, int[] stride, int[] padding, int[] dilation, int groups) {
    String name = "conv" + axes + "d";
    return Apply.of(
        new Convolution(
            Sliding.each(name, "stride", axes, stride),
            Sliding.each(name, "padding", axes, padding),
            Sliding.each(name, "dilation", axes, dilation),
            groups),
        x);
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

  /// Cross-correlation: padding, windows, and one contraction, for each group of channels by itself.
  ///
  /// @param stride see [Sliding]
  /// @param padding see [Sliding]
  /// @param dilation see [Sliding]
  /// @param groups into how many groups the channels are divided
  record Convolution(List<Integer> stride, List<Integer> padding, List<Integer> dilation, int groups) implements Composite {
    /// Copies the lists.
    Convolution {
      stride = ImmutableList.copyOf(stride);
      padding = ImmutableList.copyOf(padding);
      dilation = ImmutableList.copyOf(dilation);
    }

    @Override
    public String name() {
      return "conv" + stride.size() + "d";
    }

    @Override
    public List<Node> expand(List<Node> operands) {
      Sliding sliding = checked(operands);
      Node x = operands.get(0);
      Node w = operands.get(1);
      Node grouped = View.reshape(x, split(x.shape(), 1));
      Node weights = View.reshape(w, split(w.shape(), 0));
      String kernel = "ijk".substring(0, stride.size());
      String space = "pqr".substring(0, stride.size());
      Contract weighed = new Contract("goc" + kernel + ",ngc" + kernel + space + "->ngo" + space);
      Node sums = weighed.of(weights, sliding.windows(grouped));
      int[] dims = sums.shape().dims();
      int[] joined = IntStream.concat(IntStream.of(dims[0], dims[1] * dims[2]), Arrays.stream(dims, 3, dims.length)).toArray();
      Node out = View.reshape(sums, Shape.of(joined));
      return List.of(operands.size() == 2 ? out : out.plus(View.reshape(operands.get(2), channels(joined[1]))));
    }

    /// `shape` with one axis split into groups.
    private Shape split(Shape shape, int axis) {
      int[] dims = shape.dims();
      dims[axis] /= groups;
      return Shape.of(Ints.concat(Arrays.copyOf(dims, axis), new int[] {groups}, Arrays.copyOfRange(dims, axis, dims.length)));
    }

    /// The shape of a number for each channel, to be broadcast over space.
    private Shape channels(int count) {
      int[] dims = new int[1 + stride.size()];
      Arrays.fill(dims, 1);
      dims[0] = count;
      return Shape.of(dims);
    }

    private Sliding checked(List<Node> operands) {
      Typing.Rule.NUMERIC.result(name(), operands.stream().map(Node::type).toList());
      Shape x = operands.get(0).shape();
      Shape w = operands.get(1).shape();
      int rank = 2 + stride.size();
      if (x.rank() != rank || w.rank() != rank) {
        throw new GradusException(
            name(), "x and w must have " + rank + " axes, [n, in, ...] and [out, in / groups, ...]", x + " and " + w, "reshape them");
      }
      if (groups < 1 || x.dim(1) % groups != 0 || w.dim(0) % groups != 0 || w.dim(1) != x.dim(1) / groups) {
        throw new GradusException(
            name(), "each group of w must have the channels of a group of x", x + " and " + w + " in " + groups + " groups",
            "w is [out, in / groups, ...]");
      }
      if (operands.size() == 3 && !operands.get(2).shape().equals(Shape.of(w.dim(0)))) {
        throw new GradusException(
            name(), "the bias must have one number for each output channel", operands.get(2).shape() + " for " + w, "reshape it");
      }
      Sliding sliding = new Sliding(Ints.asList(w.dims()).subList(2, rank), stride, padding, dilation);
      sliding.check(name(), x);
      return sliding;
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
