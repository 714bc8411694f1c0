package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.op;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Node;
import dev.gradus.graph.Typing;
import dev.gradus.graph.View;
import dev.gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Convolutions: windows that slide over images, weighed and summed. Operands are N x C x space, settings are one number or one
/// for each axis of space.
final class Convolutions {
  private Convolutions() {}

  static final Entry CONV1D = convolution(1);

  static final Entry CONV2D = convolution(2);

  static final Entry CONV3D = convolution(3);

  static final Entry CONV_TRANSPOSE1D = transposed(1);

  static final Entry CONV_TRANSPOSE2D = transposed(2);

  static final List<Entry> ENTRIES = List.of(CONV1D, CONV2D, CONV3D, CONV_TRANSPOSE1D, CONV_TRANSPOSE2D);

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

  private static Entry transposed(int axes) {
    return op(
            "conv_transpose" + axes + "d",
            List.of("x", "w", "bias"),
            (x, a) ->
                convTranspose(
                    axes, x, a.integers("stride"), a.integers("padding"), a.integers("output_padding"), a.integers("dilation"), a.integer("groups")))
        .optional(1)
        .attribute("stride", 1)
        .attribute("padding", 0)
        .attribute("output_padding", 0)
        .attribute("dilation", 1)
        .attribute("groups", 1)
        .doc("w[in, out / groups, ...] put down at each place of x[n, in, ...], weighed with it and added up: the adjoint of a convolution")
        .formula("out[n, o, q] = bias[o] + sum over c, i, p with p * stride + i * dilation - padding = q of w[c, o, i] x[n, c, p]")
        .derivatives("to x: the convolution of g with w", "to w: x times the windows of g", "to bias: the sum of g")
        .domain("groups divide the channels; output_padding is less than stride or dilation")
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

  static Node convTranspose(
      int axes, List<Node> x, int[] stride, int[] padding, int[] outputPadding, int[] dilation, int groups) {
    String name = "conv_transpose" + axes + "d";
    return Apply.of(
        new TransposedConvolution(
            Sliding.each(name, "stride", axes, stride),
            Sliding.each(name, "padding", axes, padding),
            Sliding.each(name, "output_padding", axes, outputPadding),
            Sliding.each(name, "dilation", axes, dilation),
            groups),
        x);
  }

  /// `shape` with one axis split into groups.
  private static Shape split(Shape shape, int axis, int groups) {
    int[] dims = shape.dims();
    dims[axis] /= groups;
    return Shape.of(Ints.concat(Arrays.copyOf(dims, axis), new int[] {groups}, Arrays.copyOfRange(dims, axis, dims.length)));
  }

  /// `[n, groups, out / groups, ...]` as `[n, out, ...]`, plus the bias where there is one.
  private static List<Node> joined(Node sums, List<Node> operands) {
    int[] dims = sums.shape().dims();
    int channels = dims[1] * dims[2];
    Node out = View.reshape(sums, Shape.of(Ints.concat(new int[] {dims[0], channels}, Arrays.copyOfRange(dims, 3, dims.length))));
    if (operands.size() == 2) {
      return List.of(out);
    }
    int[] ones = new int[dims.length - 2];
    Arrays.fill(ones, 1);
    ones[0] = channels;
    return List.of(out.plus(View.reshape(operands.get(2), Shape.of(ones))));
  }

  /// Refuses operands that are not x and w of the rank.
  private static void checkRanks(String op, List<Node> operands, int rank, String wanted) {
    Typing.Rule.NUMERIC.result(op, operands.stream().map(Node::type).toList());
    Shape x = operands.get(0).shape();
    Shape w = operands.get(1).shape();
    if (x.rank() != rank || w.rank() != rank) {
      throw new GradusException(op, "x and w must have " + rank + " axes, " + wanted, x + " and " + w, "reshape them");
    }
  }

  private static void checkBias(String op, List<Node> operands, int channels) {
    if (operands.size() == 3 && !operands.get(2).shape().equals(Shape.of(channels))) {
      throw new GradusException(
          op, "the bias must have one number for each output channel", operands.get(2).shape() + " for " + channels, "reshape it");
    }
  }

  private static String kernelLetters(int axes) {
    return "ijk".substring(0, axes);
  }

  private static String spaceLetters(int axes) {
    return "pqr".substring(0, axes);
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
      Node windows = sliding.windows(View.reshape(x, split(x.shape(), 1, groups)));
      String kernel = kernelLetters(stride.size());
      String space = spaceLetters(stride.size());
      Contract weighed = new Contract("goc" + kernel + ",ngc" + kernel + space + "->ngo" + space);
      return joined(weighed.of(View.reshape(w, split(w.shape(), 0, groups)), windows), operands);
    }

    private Sliding checked(List<Node> operands) {
      int rank = 2 + stride.size();
      checkRanks(name(), operands, rank, "[n, in, ...] and [out, in / groups, ...]");
      Shape x = operands.get(0).shape();
      Shape w = operands.get(1).shape();
      if (groups < 1 || x.dim(1) % groups != 0 || w.dim(0) % groups != 0 || w.dim(1) != x.dim(1) / groups) {
        throw new GradusException(
            name(), "each group of w must have the channels of a group of x", x + " and " + w + " in " + groups + " groups",
            "w is [out, in / groups, ...]");
      }
      checkBias(name(), operands, w.dim(0));
      Sliding sliding = new Sliding(Ints.asList(w.dims()).subList(2, rank), stride, padding, dilation);
      sliding.check(name(), x);
      return sliding;
    }
  }

  /// The adjoint of a convolution by its image: one contraction, for each group of channels by itself, and the windows added
  /// up where they overlap.
  ///
  /// @param stride see [Sliding]
  /// @param padding how much is cut off at both ends
  /// @param outputPadding zeros added at the far end: which of the sizes that a convolution maps to this one is meant
  /// @param dilation see [Sliding]
  /// @param groups into how many groups the channels are divided
  record TransposedConvolution(
      List<Integer> stride, List<Integer> padding, List<Integer> outputPadding, List<Integer> dilation, int groups)
      implements Composite {
    /// Copies the lists.
    TransposedConvolution {
      stride = ImmutableList.copyOf(stride);
      padding = ImmutableList.copyOf(padding);
      outputPadding = ImmutableList.copyOf(outputPadding);
      dilation = ImmutableList.copyOf(dilation);
    }

    @Override
    public String name() {
      return "conv_transpose" + stride.size() + "d";
    }

    @Override
    public List<Node> expand(List<Node> operands) {
      List<Integer> sizes = checked(operands);
      Node x = operands.get(0);
      Node w = operands.get(1);
      String kernel = kernelLetters(stride.size());
      String space = spaceLetters(stride.size());
      Contract spread = new Contract("gco" + kernel + ",ngc" + space + "->ngo" + kernel + space);
      Node windows =
          spread.of(View.reshape(w, split(w.shape(), 0, groups)), View.reshape(x, split(x.shape(), 1, groups)));
      return joined(cropped(new View.Fold(sizes, stride, dilation).of(windows)), operands);
    }

    /// Without what padding would have added, and with the output padding. The first axes are examples, groups and channels.
    private Node cropped(Node x) {
      int[] before = Ints.concat(new int[3], Ints.toArray(padding));
      int[] after = Ints.concat(new int[3], Ints.toArray(outputPadding));
      int[] ones = new int[before.length];
      Arrays.fill(ones, 1);
      boolean grows = outputPadding.stream().anyMatch(width -> width > 0);
      Node wide = grows ? new View.Pad(Ints.asList(new int[before.length]), Ints.asList(after), Ints.asList(ones)).of(x) : x;
      int[] sizes = wide.shape().dims();
      Arrays.setAll(sizes, axis -> wide.shape().dim(axis) - 2 * before[axis]);
      return View.slice(wide, before, sizes, ones);
    }

    /// The sizes of the folded windows.
    private List<Integer> checked(List<Node> operands) {
      int axes = stride.size();
      checkRanks(name(), operands, 2 + axes, "[n, in, ...] and [in, out / groups, ...]");
      Shape x = operands.get(0).shape();
      Shape w = operands.get(1).shape();
      if (groups < 1 || x.dim(1) % groups != 0 || w.dim(0) != x.dim(1)) {
        throw new GradusException(
            name(), "w must have the channels of x, and groups divide them", x + " and " + w + " in " + groups + " groups",
            "w is [in, out / groups, ...]");
      }
      checkBias(name(), operands, Math.multiplyExact(w.dim(1), groups));
      List<Integer> sizes = new ArrayList<>();
      for (int i = 0; i < axes; i++) {
        boolean valid = stride.get(i) >= 1 && dilation.get(i) >= 1 && padding.get(i) >= 0 && w.dim(2 + i) >= 1 && x.dim(2 + i) >= 1;
        int extra = outputPadding.get(i);
        valid &= extra >= 0 && extra < Math.max(stride.get(i), dilation.get(i));
        long size = (x.dim(2 + i) - 1L) * stride.get(i) + (w.dim(2 + i) - 1L) * dilation.get(i) + 1;
        valid &= size < Integer.MAX_VALUE - extra && size + extra > 2L * padding.get(i);
        if (!valid) {
          throw new GradusException(
              name(), "stride and dilation must be at least 1, output_padding less than one of them, and padding leave something",
              "stride " + stride + " padding " + padding + " output_padding " + outputPadding + " dilation " + dilation + " for " + x,
              "check the settings");
        }
        sizes.add((int) size);
      }
      return sizes;
    }
  }
}
