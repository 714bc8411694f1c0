package dev.gradus.ops;

import com.google.common.primitives.Ints;
import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Concat;
import dev.gradus.graph.Node;
import dev.gradus.graph.View;
import dev.gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ops that rearrange elements without changing them.
final class Shapes {
  private Shapes() {}

  static final Entry RESHAPE =
      Entry.op("reshape", List.of("x"), (x, a) -> reshape(x.getFirst(), required(a, "shape")))
          .required("shape")
          .doc("the elements in row-major order, read into another shape; one size may be -1")
          .formula("x")
          .derivatives("g reshaped back")
          .build();

  static final Entry BROADCAST_TO =
      Entry.op("broadcast_to", List.of("x"), (x, a) -> broadcastTo(x.getFirst(), required(a, "shape")))
          .required("shape")
          .doc("the elements repeated along new axes and axes of size 1")
          .formula("x")
          .derivatives("g summed over what was repeated")
          .build();

  static final Entry EXPAND_DIMS =
      Entry.op("expand_dims", List.of("x"), (x, a) -> expandDims(x.getFirst(), required(a, "axis")))
          .required("axis")
          .doc("new axes of size 1, where the result shall have them")
          .formula("x")
          .derivatives("g reshaped back")
          .build();

  static final Entry SQUEEZE =
      Entry.op("squeeze", List.of("x"), (x, a) -> {
            int[] axes = a.integers("axis");
            return axes == null ? squeeze(x.getFirst()) : squeeze(x.getFirst(), axes);
          })
          .attribute("axis", null)
          .doc("without axes of size 1: the given ones, or all")
          .formula("x")
          .derivatives("g reshaped back")
          .build();

  static final Entry CONCAT =
      Entry.op("concat", List.of("x"), (x, a) -> concat(x, a.integer("axis")))
          .variadic()
          .attribute("axis", 0)
          .doc("tensors joined along an axis")
          .formula("[x, y, ...]")
          .derivatives("to each operand its part of g")
          .build();

  static final Entry STACK =
      Entry.op("stack", List.of("x"), (x, a) -> stack(x, a.integer("axis")))
          .variadic()
          .attribute("axis", 0)
          .doc("tensors of one shape joined along a new axis")
          .formula("[x, y, ...]")
          .derivatives("to each operand its part of g")
          .build();

  static final Entry SPLIT =
      Entry.op(
              "split",
              List.of("x"),
              (x, a) -> {
                int[] sections = required(a, "sections");
                return a.isList("sections")
                    ? splitAt(x.getFirst(), a.integer("axis"), sections)
                    : split(x.getFirst(), a.integer("axis"), sections[0]);
              })
          .required("sections")
          .attribute("axis", 0)
          .doc("cut along an axis into a number of equal parts, or at the given points; has several results")
          .formula("x[0:a], x[a:b], ...")
          .derivatives("the parts of g joined")
          .build();

  static final Entry SLICE =
      Entry.op(
              "slice",
              List.of("x"),
              (x, a) ->
                  slice(
                      x.getFirst(),
                      a.openIntegers("starts"),
                      a.openIntegers("ends"),
                      a.integers("steps") == null ? null : Ints.asList(required(a, "steps"))))
          .required("starts")
          .required("ends")
          .attribute("steps", null)
          .doc("Python's x[start:end:step] along each of the first axes; null leaves a bound open")
          .formula("x[start:end:step]")
          .derivatives("g in the place it was cut from, 0 elsewhere")
          .build();

  static final Entry FLIP =
      Entry.op("flip", List.of("x"), (x, a) -> {
            int[] axes = a.integers("axis");
            return axes == null ? flip(x.getFirst()) : flip(x.getFirst(), axes);
          })
          .attribute("axis", null)
          .doc("the elements in reverse order along the given axes, or all")
          .formula("x reversed")
          .derivatives("g reversed")
          .build();

  static final List<Entry> ENTRIES =
      List.of(RESHAPE, BROADCAST_TO, EXPAND_DIMS, SQUEEZE, CONCAT, STACK, SPLIT, SLICE, FLIP);

  private static int[] required(Attributes attributes, String name) {
    int[] all = attributes.integers(name);
    return all == null ? new int[0] : all;
  }

  static Node reshape(Node x, int... dims) {
    int open = Ints.indexOf(dims, -1);
    int[] sizes = dims.clone();
    if (open >= 0) {
      long known = 1;
      for (int i = 0; i < sizes.length; i++) {
        known *= i == open ? 1 : sizes[i];
      }
      if (known <= 0 || x.shape().size() % known != 0 || Ints.lastIndexOf(dims, -1) != open) {
        throw new GradusException(
            "reshape",
            "at most one size may be -1 and the others must divide the number of elements",
            x.shape() + " to " + Ints.asList(dims),
            "choose sizes that divide " + x.shape().size());
      }
      sizes[open] = (int) (x.shape().size() / known);
    }
    return new View.Reshape(Shape.of(sizes)).of(x);
  }

  static Node broadcastTo(Node x, int... dims) {
    return new View.Broadcast(Shape.of(dims)).of(x);
  }

  static Node expandDims(Node x, int... axes) {
    int rank = x.shape().rank() + axes.length;
    boolean[] isNew = new boolean[rank];
    for (int axis : axes) {
      int at = axis < 0 ? axis + rank : axis;
      if (at < 0 || at >= rank || isNew[at]) {
        throw new GradusException(
            "expand_dims", "new axes must differ and lie in [-" + rank + ", " + rank + ")", axis, "count in the result");
      }
      isNew[at] = true;
    }
    int[] dims = new int[rank];
    int from = 0;
    for (int i = 0; i < rank; i++) {
      dims[i] = isNew[i] ? 1 : x.shape().dim(from++);
    }
    return new View.Reshape(Shape.of(dims)).of(x);
  }

  static Node squeeze(Node x, int... axes) {
    List<Integer> gone = new ArrayList<>();
    for (int axis : Axes.of("squeeze", x.shape(), axes)) {
      if (x.shape().dim(axis) == 1) {
        gone.add(axis);
      } else if (axes.length > 0) {
        throw new GradusException("squeeze", "an axis must have size 1", x.shape() + " at axis " + axis, "leave it out");
      }
    }
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < x.shape().rank(); i++) {
      if (!gone.contains(i)) {
        dims.add(x.shape().dim(i));
      }
    }
    return new View.Reshape(Shape.of(Ints.toArray(dims))).of(x);
  }

  static Node concat(List<Node> x, int axis) {
    if (x.isEmpty()) {
      throw new GradusException("concat", "there must be an operand", "none", "pass at least one");
    }
    if (x.getFirst().shape().rank() == 0) {
      throw new GradusException("concat", "operands must have an axis", "scalars", "use stack");
    }
    return Apply.of(new Concat(x.getFirst().shape().axis("concat", axis)), x);
  }

  static Node stack(List<Node> x, int axis) {
    if (x.isEmpty()) {
      throw new GradusException("stack", "there must be an operand", "none", "pass at least one");
    }
    Shape first = x.getFirst().shape();
    for (Node node : x) {
      if (!node.shape().equals(first)) {
        throw new GradusException("stack", "operands must have one shape", first + " and " + node.shape(), "reshape one of them");
      }
    }
    int rank = first.rank() + 1;
    if (axis < -rank || axis >= rank) {
      throw new GradusException("stack", "the axis must lie in [-" + rank + ", " + rank + ")", axis, "count in the result");
    }
    int at = axis < 0 ? axis + rank : axis;
    return Apply.of(new Concat(at), x.stream().map(node -> View.expandDims(node, at)).toList());
  }

  static Apply split(Node x, int axis, int parts) {
    int at = x.shape().axis("split", axis);
    int length = x.shape().dim(at);
    if (parts < 1 || length % parts != 0) {
      throw new GradusException(
          "split", "the parts must divide the axis", length + " elements into " + parts, "give split points as a list");
    }
    List<Integer> points = new ArrayList<>();
    for (int i = 1; i < parts; i++) {
      points.add(i * (length / parts));
    }
    return new Split(at, points).of(x);
  }

  static Apply splitAt(Node x, int axis, int... points) {
    int at = x.shape().axis("split", axis);
    int length = x.shape().dim(at);
    List<Integer> normal = new ArrayList<>();
    for (int point : points) {
      int from = point < 0 ? point + length : point;
      normal.add(Math.clamp(from, 0, length));
    }
    return new Split(at, normal).of(x);
  }

  static Node slice(
      Node x,
      List<? extends @Nullable Integer> starts,
      List<? extends @Nullable Integer> ends,
      @Nullable List<Integer> steps) {
    int rank = x.shape().rank();
    int sliced = starts.size();
    if (sliced > rank || ends.size() != sliced || (steps != null && steps.size() != sliced)) {
      throw new GradusException(
          "slice",
          "starts, ends and steps must be equally many, at most one for each axis of " + x.shape(),
          starts + ", " + ends + ", " + steps,
          "use null for an open bound");
    }
    int[] from = new int[rank];
    int[] sizes = x.shape().dims();
    int[] strides = new int[rank];
    Arrays.fill(strides, 1);
    List<Integer> reversed = new ArrayList<>();
    for (int axis = 0; axis < sliced; axis++) {
      int step = steps == null ? 1 : steps.get(axis);
      if (step == 0) {
        throw new GradusException("slice", "a step must not be 0", step, "use a positive or negative step");
      }
      PythonRange range = PythonRange.of(starts.get(axis), ends.get(axis), step, x.shape().dim(axis));
      sizes[axis] = range.count;
      strides[axis] = Math.abs(step);
      from[axis] = range.count == 0 ? 0 : Math.min(range.first, range.first + (range.count - 1) * step);
      if (step < 0) {
        reversed.add(axis);
      }
    }
    Node cut = new View.Slice(Ints.asList(from), Ints.asList(sizes), Ints.asList(strides)).of(x);
    return reversed.isEmpty() ? cut : new View.Flip(reversed).of(cut);
  }

  /// The indices that Python's `slice(start, end, step)` selects from a given length.
  private record PythonRange(int first, int count) {
    static PythonRange of(@Nullable Integer start, @Nullable Integer end, int step, int length) {
      int low = step > 0 ? 0 : -1;
      int high = step > 0 ? length : length - 1;
      int first = start == null ? (step > 0 ? low : high) : bound(start, length, low, high);
      int last = end == null ? (step > 0 ? high : low) : bound(end, length, low, high);
      int span = step > 0 ? last - first : first - last;
      return new PythonRange(first, span <= 0 ? 0 : Math.ceilDiv(span, Math.abs(step)));
    }

    private static int bound(int index, int length, int low, int high) {
      return Math.clamp(index < 0 ? (long) index + length : index, low, high);
    }
  }

  static Node flip(Node x, int... axes) {
    return new View.Flip(Axes.of("flip", x.shape(), axes)).of(x);
  }

  record Split(int axis, List<Integer> points) implements Composite {
    @Override
    public String name() {
      return "split";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      List<Node> parts = new ArrayList<>();
      int from = 0;
      for (int i = 0; i <= points.size(); i++) {
        int to = i < points.size() ? points.get(i) : x.getFirst().shape().dim(axis);
        parts.add(View.along(x.getFirst(), axis, from, Math.max(from, to), 1));
        from = to;
      }
      return parts;
    }

    @Override
    public String rule(Apply out, int slot) {
      return "the parts of g joined along axis " + axis;
    }
  }
}
