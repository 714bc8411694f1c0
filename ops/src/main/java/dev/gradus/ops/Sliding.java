package dev.gradus.ops;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.gradus.GradusException;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.View;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// How windows slide over the last axes of a tensor: one number for each of these axes.
///
/// @param kernel the size of a window
/// @param stride the distance between the first elements of neighbouring windows
/// @param padding how many elements are added at both ends
/// @param dilation the distance between neighbouring elements of a window
record Sliding(List<Integer> kernel, List<Integer> stride, List<Integer> padding, List<Integer> dilation) {
  /// Copies the lists.
  Sliding {
    kernel = ImmutableList.copyOf(kernel);
    stride = ImmutableList.copyOf(stride);
    padding = ImmutableList.copyOf(padding);
    dilation = ImmutableList.copyOf(dilation);
  }

  /// A setting for each of `axes` axes; one number counts for all.
  static List<Integer> each(String op, String setting, int axes, int... given) {
    if (given.length != axes && given.length != 1) {
      throw new GradusException(
          op, setting + " must be a number or one for each of " + axes + " axes", Ints.asList(given), "see ./gradus ops " + op);
    }
    return given.length == axes ? Ints.asList(given) : Collections.nCopies(axes, given[0]);
  }

  int axes() {
    return kernel.size();
  }

  /// Refuses, in the name of `op`, what cannot slide over the last axes of `shape`.
  void check(String op, Shape shape) {
    int lead = shape.rank() - axes();
    for (int i = 0; i < axes(); i++) {
      if (kernel.get(i) < 1 || stride.get(i) < 1 || padding.get(i) < 0 || dilation.get(i) < 1) {
        throw new GradusException(
            op, "kernel, stride and dilation must be at least 1 and padding at least 0", this, "check the settings");
      }
      if (span(i) > shape.dim(lead + i) + 2L * padding.get(i)) {
        throw new GradusException(
            op, "a window must fit into the padded operand", this + " over " + shape, "use a smaller window or more padding");
      }
    }
  }

  /// How many elements a window reaches over.
  long span(int axis) {
    return (kernel.get(axis) - 1L) * dilation.get(axis) + 1;
  }

  private boolean isPadded() {
    return padding.stream().anyMatch(width -> width > 0);
  }

  /// `x` with its padding of zeros.
  Node padded(Node x) {
    if (!isPadded()) {
      return x;
    }
    int lead = x.shape().rank() - axes();
    List<Integer> widths = new ArrayList<>(Collections.nCopies(lead, 0));
    widths.addAll(padding);
    return new View.Pad(widths, widths, Collections.nCopies(widths.size(), 1)).of(x);
  }

  /// `x` with a padding of -∞.
  Node paddedBelow(Node x) {
    if (!isPadded()) {
      return x;
    }
    int[] dims = x.shape().dims();
    Shape spatial = Shape.of(Ints.toArray(Ints.asList(dims).subList(dims.length - axes(), dims.length)));
    Node inside = padded(Constant.of(Tensor.ones(spatial, DType.BOOL)));
    return Arithmetics.WHERE.of(inside, padded(x), Constant.scalar(x.dtype(), Double.NEGATIVE_INFINITY));
  }

  /// All windows of `x`: `[..., d₁, ..., dₖ]` becomes `[..., kernel₁, ..., kernelₖ, windows₁, ..., windowsₖ]`.
  Node windows(Node x) {
    return new View.Windows(kernel, stride, dilation).of(padded(x));
  }

  @Override
  public String toString() {
    return "kernel " + kernel + " stride " + stride + " padding " + padding + " dilation " + dilation;
  }
}
