package dev.gradus.ops;

import com.google.common.primitives.Ints;
import dev.gradus.GradusException;
import dev.gradus.graph.Node;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.StopGradient;
import dev.gradus.graph.View;
import dev.gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Axes as NumPy reads them (negative ones count from the end, none given means all), and the steps along axes of
/// which the reducing composites are made.
final class Axes {
  private Axes() {}

  /// The axes from 0, ascending; all of them where `axes` is empty.
  static List<Integer> of(String op, Shape shape, int... axes) {
    if (axes.length == 0) {
      return IntStream.range(0, shape.rank()).boxed().toList();
    }
    List<Integer> all = new ArrayList<>();
    for (int axis : axes) {
      int normal = shape.axis(op, axis);
      if (all.contains(normal)) {
        throw new GradusException(op, "axes must differ", Ints.asList(axes), "name each axis once");
      }
      all.add(normal);
    }
    Collections.sort(all);
    return List.copyOf(all);
  }

  /// A new axis counted from 0 in a result of the given rank.
  static int inResult(String op, int axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new GradusException(op, "the axis must lie in [-" + rank + ", " + rank + ")", axis, "count in the result");
    }
    return axis < 0 ? axis + rank : axis;
  }

  /// How many elements the axes span.
  static int count(Shape shape, List<Integer> axes) {
    int count = 1;
    for (int axis : axes) {
      count = Math.multiplyExact(count, shape.dim(axis));
    }
    return count;
  }

  /// The shape without the given axes.
  static Shape without(Shape shape, List<Integer> axes) {
    return Shape.of(IntStream.range(0, shape.rank()).filter(i -> !axes.contains(i)).map(shape::dim).toArray());
  }

  /// `reduced` in `x`'s shape with the reduced axes at size 1.
  static Node kept(Node reduced, Node x, List<Integer> axes) {
    int[] dims = x.shape().dims();
    axes.forEach(axis -> dims[axis] = 1);
    return View.reshape(reduced, Shape.of(dims));
  }

  /// `reduced`, whose axes have size 1, without them unless they shall stay.
  static Node dropped(Node reduced, List<Integer> axes, boolean keepDims) {
    return keepDims ? reduced : View.reshape(reduced, without(reduced.shape(), axes));
  }

  /// The sum over axes.
  static Node sum(Node x, List<Integer> axes, boolean keepDims) {
    return new Reduce(Reduce.Kind.SUM, axes, keepDims).of(x);
  }

  /// The largest element over axes that stay with size 1, as a constant of the derivative: a shift or a scale that the
  /// result does not depend on.
  static Node largest(Node x, List<Integer> axes) {
    return new StopGradient().of(new Reduce(Reduce.Kind.MAX, axes, true).of(x));
  }
}
