package dev.gradus.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Range;
import com.google.common.collect.ContiguousSet;
import com.google.common.collect.DiscreteDomain;
import dev.gradus.GradusException;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import dev.gradus.tensor.raw.RawTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The *reduce* primitive: sum, product, maximum or minimum over some axes.
///
/// A sum over nothing is 0, a product over nothing 1; a maximum or minimum over nothing is an error. NaN wins in
/// maximum and minimum. Sums and products of i32 and bool are i64.
///
/// @param reduction which of the four
/// @param axes the axes to reduce, from 0, ascending
/// @param keepDims whether a reduced axis stays with size 1
public record Reduce(Kind reduction, List<Integer> axes, boolean keepDims) implements Primitive {

  /// The four reductions.
  public enum Kind {
    SUM,
    PRODUCT,
    MAX,
    MIN
  }

  /// Sorts the axes.
  public Reduce {
    axes = ImmutableList.copyOf(ImmutableSortedSet.copyOf(axes));
  }

  /// Reduces all axes of an operand of the given rank.
  public static Reduce all(Kind reduction, int rank) {
    return new Reduce(reduction, ContiguousSet.create(Range.closedOpen(0, rank), DiscreteDomain.integers()).asList(), false);
  }

  @Override
  public String name() {
    return reduction == Kind.PRODUCT ? "prod" : reduction.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public TensorType type(List<TensorType> x) {
    TensorType operand = x.getFirst();
    for (int axis : axes) {
      if (axis < 0 || axis >= operand.shape().rank()) {
        throw new GradusException(
            name(), "axes must lie in [0, " + operand.shape().rank() + ")", axis, "count the axes of " + operand);
      }
    }
    boolean extremum = reduction == Kind.MAX || reduction == Kind.MIN;
    Shape result = reduced(operand.shape(), keepDims);
    if (extremum && operand.shape().size() == 0 && result.size() > 0) {
      throw new GradusException(name(), "there must be an element to take", "shape " + operand.shape(), "leave out empty axes");
    }
    DType dtype = extremum || operand.dtype().isFloating() ? operand.dtype() : DType.I64;
    return new TensorType(result, dtype);
  }

  private Shape reduced(Shape shape, boolean keep) {
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!axes.contains(axis)) {
        dims.add(shape.dim(axis));
      } else if (keep) {
        dims.add(1);
      }
    }
    return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public Tensor evaluate(TensorType result, List<Tensor> x) {
    Tensor operand = x.getFirst();
    Shape kept = reduced(operand.shape(), true);
    int[] targets = Strided.offsets(operand.shape().dims(), Strided.broadcastStrides(kept, operand.shape()), 0);
    return operand.dtype().isFloating()
        ? Strided.rounded(result, doubles(operand.toDoubles(), targets, kept.size()))
        : RawTensors.wrap(result.shape(), longs(operand.toLongs(), targets, kept.size())).cast(result.dtype());
  }

  private double[] doubles(double[] from, int[] targets, int size) {
    double[] out = new double[size];
    Arrays.fill(
        out,
        switch (reduction) {
          case SUM -> 0;
          case PRODUCT -> 1;
          case MAX -> Double.NEGATIVE_INFINITY;
          case MIN -> Double.POSITIVE_INFINITY;
        });
    for (int i = 0; i < from.length; i++) {
      int at = targets[i];
      out[at] =
          switch (reduction) {
            case SUM -> out[at] + from[i];
            case PRODUCT -> out[at] * from[i];
            case MAX -> Math.max(out[at], from[i]);
            case MIN -> Math.min(out[at], from[i]);
          };
    }
    return out;
  }

  private long[] longs(long[] from, int[] targets, int size) {
    long[] out = new long[size];
    Arrays.fill(
        out,
        switch (reduction) {
          case SUM -> 0;
          case PRODUCT -> 1;
          case MAX -> Long.MIN_VALUE;
          case MIN -> Long.MAX_VALUE;
        });
    for (int i = 0; i < from.length; i++) {
      int at = targets[i];
      out[at] =
          switch (reduction) {
            case SUM -> out[at] + from[i];
            case PRODUCT -> out[at] * from[i];
            case MAX -> Math.max(out[at], from[i]);
            case MIN -> Math.min(out[at], from[i]);
          };
    }
    return out;
  }

  @Override
  public @Nullable Node pullback(Apply out, int slot, Node g) {
    Node x = out.operand(0);
    if (!x.dtype().isFloating()) {
      return null;
    }
    Node wide = Broadcasting.broadcastTo(withKeptDims(g, x.shape()), x.shape());
    return switch (reduction) {
      case SUM -> wide;
      case PRODUCT -> Elementwise.product(wide, ProductOfOthers.of(x, axes));
      case MAX, MIN -> Elementwise.product(wide, share(out, x));
    };
  }

  /// 1/k at each of the k elements of `x` that equal the extremum, 0 elsewhere.
  private Node share(Apply out, Node x) {
    Node winners = new Cast(x.dtype()).of(Elementwise.equal(x, withKeptDims(out, x.shape())));
    return winners.dividedBy(new Reduce(Kind.SUM, axes, true).of(winners));
  }

  private Node withKeptDims(Node reduced, Shape operand) {
    return View.reshape(reduced, reduced(operand, true));
  }

  @Override
  public @Nullable Node pushforward(Apply out, List<@Nullable Node> tangents) {
    Node tangent = tangents.getFirst();
    if (tangent == null || !out.dtype().isFloating()) {
      return null;
    }
    Node x = out.operand(0);
    Reduce sum = new Reduce(Kind.SUM, axes, keepDims);
    return switch (reduction) {
      case SUM -> sum.of(tangent);
      case PRODUCT -> sum.of(Elementwise.product(tangent, ProductOfOthers.of(x, axes)));
      case MAX, MIN -> sum.of(Elementwise.product(tangent, share(out, x)));
    };
  }

  @Override
  public String rule(Apply out, int slot) {
    return switch (reduction) {
      case SUM -> "g spread over the summed axes " + axes;
      case PRODUCT -> "g * (product of the other elements)";
      case MAX, MIN -> "g at the elements where x = out, shared evenly; 0 elsewhere";
    };
  }

  /// The axes of an operand of the given rank that are not reduced, then those that are.
  static int[] reducedFirst(List<Integer> axes, int rank) {
    List<Integer> order = new ArrayList<>(axes);
    for (int axis = 0; axis < rank; axis++) {
      if (!axes.contains(axis)) {
        order.add(axis);
      }
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String toString() {
    return name() + Collections.singletonMap("axes", axes) + (keepDims ? ", keepdims" : "");
  }
}
