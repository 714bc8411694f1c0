package dev.gradus.ops;

import static dev.gradus.ops.Ops.constant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.diff.Backward;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// What slides windows, against loops over indices; whole numbers, so that sums are exact.
class SlidingLawsTest {
  private static Tensor run(Node node) {
    return Interpreter.run(node).of(node);
  }

  /// Small whole numbers without a pattern.
  private static Tensor numbers(int seed, int... dims) {
    double[] all = new double[Shape.of(dims).size()];
    Arrays.setAll(all, i -> Math.rint(9 * Math.sin(1 + 2.7 * i + seed)));
    return Tensor.of(Shape.of(dims), all);
  }

  private static int count(int length, int kernel, int stride, int padding, int dilation) {
    return (length + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
  }

  @Property(seed = "41", tries = 300)
  void convolutionsByLoops(
      @ForAll @IntRange(min = 1, max = 7) int height,
      @ForAll @IntRange(min = 1, max = 6) int width,
      @ForAll @IntRange(min = 1, max = 3) int kernelHeight,
      @ForAll @IntRange(min = 1, max = 3) int kernelWidth,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll @IntRange(min = 0, max = 2) int padding,
      @ForAll @IntRange(min = 1, max = 2) int dilation,
      @ForAll @IntRange(min = 1, max = 2) int groups) {
    if (dilation * (kernelHeight - 1) >= height + 2 * padding || dilation * (kernelWidth - 1) >= width + 2 * padding) {
      return;
    }
    Tensor x = numbers(1, 2, 2 * groups, height, width);
    Tensor w = numbers(2, groups, 2, kernelHeight, kernelWidth);
    Node node =
        Ops.conv2d(
            constant(x), constant(w), null, new int[] {stride}, new int[] {padding}, new int[] {dilation}, groups);
    Tensor got = run(node);
    int rows = count(height, kernelHeight, stride, padding, dilation);
    int columns = count(width, kernelWidth, stride, padding, dilation);
    assertEquals(Shape.of(2, groups, rows, columns), got.shape());
    for (int n = 0; n < 2; n++) {
      for (int o = 0; o < groups; o++) {
        for (int p = 0; p < rows; p++) {
          for (int q = 0; q < columns; q++) {
            double want = 0;
            for (int c = 0; c < 2; c++) {
              for (int i = 0; i < kernelHeight; i++) {
                for (int j = 0; j < kernelWidth; j++) {
                  int row = p * stride + i * dilation - padding;
                  int column = q * stride + j * dilation - padding;
                  boolean inside = row >= 0 && row < height && column >= 0 && column < width;
                  want += inside ? x.get(n, 2 * o + c, row, column) * w.get(o, c, i, j) : 0;
                }
              }
            }
            assertEquals(want, got.get(n, o, p, q));
          }
        }
      }
    }
  }

  /// ⟨conv(x), g⟩ = ⟨x, conv_transpose(g)⟩: the transposed convolution is the gradient by the image.
  @Property(seed = "42", tries = 300)
  void transposedConvolutionsAreAdjoint(
      @ForAll @IntRange(min = 1, max = 9) int length,
      @ForAll @IntRange(min = 1, max = 3) int kernel,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll @IntRange(min = 0, max = 2) int padding,
      @ForAll @IntRange(min = 1, max = 3) int dilation,
      @ForAll @IntRange(min = 1, max = 2) int groups) {
    int span = dilation * (kernel - 1) + 1;
    if (span > length + 2 * padding) {
      return;
    }
    Node x = Parameter.of("x", numbers(1, 2, groups, length));
    Node w = constant(numbers(2, 2 * groups, 1, kernel));
    int[] strides = {stride};
    int[] paddings = {padding};
    int[] dilations = {dilation};
    Node out = Ops.conv1d(x, w, null, strides, paddings, dilations, groups);
    Node g = constant(numbers(3, out.shape().dims()));
    int left = (length + 2 * padding - span) % stride;
    Node back = Ops.convTranspose1d(g, w, null, strides, paddings, new int[] {left}, dilations, groups);
    assertEquals(run(Backward.from(out, g).of(x)), run(back));
  }

  @Property(seed = "43", tries = 300)
  void poolsByLoops(
      @ForAll @IntRange(min = 1, max = 7) int height,
      @ForAll @IntRange(min = 1, max = 6) int width,
      @ForAll @IntRange(min = 1, max = 3) int kernel,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll @IntRange(min = 0, max = 1) int padding,
      @ForAll @IntRange(min = 1, max = 2) int dilation) {
    int pad = Math.min(padding, (dilation * (kernel - 1) + 1) / 2);
    if (dilation * (kernel - 1) >= Math.min(height, width) + 2 * pad) {
      return;
    }
    Tensor x = numbers(4, height, width);
    int[] k = {kernel, kernel};
    int[] s = {stride, stride};
    int[] p = {pad, pad};
    Parameter leaf = Parameter.of("x", x);
    Node max = Ops.maxPool2d(leaf, k, s, p, new int[] {dilation});
    Tensor largest = run(max);
    Tensor gradient = run(Backward.from(max, Constant.filled(max.type(), 1)).of(leaf));
    double[] sent = new double[x.size()];
    for (int row = 0; row < largest.shape().dim(0); row++) {
      for (int column = 0; column < largest.shape().dim(1); column++) {
        int first = first(x, row * stride - pad, column * stride - pad, kernel, dilation);
        assertEquals(first < 0 ? Double.NEGATIVE_INFINITY : x.toDoubles()[first], largest.get(row, column));
        if (first >= 0) {
          sent[first]++;
        }
      }
    }
    assertEquals(Tensor.of(x.shape(), sent), gradient);
    if (dilation == 1) {
      Tensor means = run(Ops.avgPool2d(leaf, k, s, p, false));
      for (int row = 0; row < means.shape().dim(0); row++) {
        for (int column = 0; column < means.shape().dim(1); column++) {
          assertEquals(mean(x, row * stride - pad, column * stride - pad, kernel), means.get(row, column), 1e-12);
        }
      }
    }
  }

  /// Where the first largest element of a window stands; -1 where a dilated window lies around a small operand.
  private static int first(Tensor x, int top, int left, int kernel, int dilation) {
    int best = -1;
    for (int row = top; row < top + kernel * dilation; row += dilation) {
      for (int column = left; column < left + kernel * dilation; column += dilation) {
        if (row >= 0 && row < x.shape().dim(0) && column >= 0 && column < x.shape().dim(1)) {
          int at = row * x.shape().dim(1) + column;
          best = best < 0 || x.toDoubles()[at] > x.toDoubles()[best] ? at : best;
        }
      }
    }
    return best;
  }

  private static double mean(Tensor x, int top, int left, int kernel) {
    double sum = 0;
    int count = 0;
    for (int row = Math.max(0, top); row < Math.min(x.shape().dim(0), top + kernel); row++) {
      for (int column = Math.max(0, left); column < Math.min(x.shape().dim(1), left + kernel); column++) {
        sum += x.get(row, column);
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void nanWinsInAPool() {
    Tensor x = Tensor.vector(1, Double.NaN, 3, 2, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertEquals(
        Tensor.vector(Double.NaN, 3, Double.NEGATIVE_INFINITY), run(Ops.maxPool1d(constant(x), 2)));
  }

  @Test
  void dropoutKeepsTheExpectedValue() {
    Node x = constant(Tensor.ones(Shape.of(100, 100)));
    Node first = Ops.dropout(x, constant(Tensor.scalar(1L)), 0.25, 5);
    double[] kept = run(first).toDoubles();
    assertTrue(Arrays.stream(kept).allMatch(element -> element == 0 || element == 1 / 0.75));
    assertEquals(1, Arrays.stream(kept).average().orElseThrow(), 0.02);
    assertEquals(run(first), run(Ops.dropout(x, constant(Tensor.scalar(1L)), 0.25, 5)));
    assertTrue(!run(first).equals(run(Ops.dropout(x, constant(Tensor.scalar(2L)), 0.25, 5))));
    assertTrue(!run(first).equals(run(Ops.dropout(x, constant(Tensor.scalar(1L)), 0.25, 6))));
  }

  /// Causal attention is attention under the causal mask.
  @Test
  void causalMask() {
    assertEquals(
        Tensor.of(new boolean[][] {{true, false, false}, {true, true, false}}), Ops.causalMask(2, 3).value());
    Node q = constant(numbers(1, 3, 2));
    Node k = constant(numbers(2, 3, 2));
    Tensor masked = run(Ops.attention(q, k, k, Ops.causalMask(3, 3), false, 0.1));
    assertTrue(run(Ops.attention(q, k, k, null, true, 0.1)).closeTo(masked, 1e-14, 0));
  }
}
