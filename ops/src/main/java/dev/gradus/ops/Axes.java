package dev.gradus.ops;

import com.google.common.primitives.Ints;
import dev.gradus.GradusException;
import dev.gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Reading axes as NumPy does: negative ones count from the end, none given means all.
final class Axes {
  private Axes() {}

  /// The axes from 0, ascending; all of them where `axes` is null or empty.
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

  /// How many elements the axes span.
  static int count(Shape shape, List<Integer> axes) {
    int count = 1;
    for (int axis : axes) {
      count = Math.multiplyExact(count, shape.dim(axis));
    }
    return count;
  }

  /// The shape with the given axes at size 1.
  static Shape kept(Shape shape, List<Integer> axes) {
    int[] dims = shape.dims();
    axes.forEach(axis -> dims[axis] = 1);
    return Shape.of(dims);
  }
}
