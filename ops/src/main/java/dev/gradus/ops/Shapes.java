package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.op;

import com.google.common.primitives.Ints;
import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Concat;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.View;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Ops that rearrange elements without changing them.
final class Shapes {
  private Shapes() {}

  static final Entry RESHAPE =
      op("reshape", List.of("x"), (x, a) -> reshape(x.getFirst(), a.integers("shape")))
          .required("shape")
          .doc("the elements in row-major order, read into another shape; one size may be -1")
          .formula("x")
          .derivatives("g reshaped back")
          .build();

  static final Entry BROADCAST_TO =
      op("broadcast_to", List.of("x"), (x, a) -> broadcastTo(x.getFirst(), a.integers("shape")))
          .required("shape")
          .doc("the elements repeated along new axes and axes of size 1")
          .formula("x")
          .derivatives("g summed over what was repeated")
          .build();

  static final Entry EXPAND_DIMS =
      op("expand_dims", List.of("x"), (x, a) -> expandDims(x.getFirst(), a.integers("axis")))
          .required("axis")
          .doc("new axes of size 1, where the result shall have them")
          .formula("x")
          .derivatives("g reshaped back")
          .build();

  static final Entry SQUEEZE =
      op("squeeze", List.of("x"), (x, a) -> squeeze(x.getFirst(), a.axes("axis")))
          .attribute("axis", null)
          .doc("without axes of size 1: the given ones, or all")
          .formula("x")
          .derivatives("g reshaped back")
          .build();

  static final Entry CONCAT =
      op("concat", List.of("x"), (x, a) -> concat(x, a.integer("axis")))
          .variadic()
          .aliases("concatenate")
          .attribute("axis", 0)
          .doc("tensors joined along an axis")
          .formula("[x, y, ...]")
          .derivatives("to each operand its part of g")
          .build();

  static final Entry STACK =
      op("stack", List.of("x"), (x, a) -> stack(x, a.integer("axis")))
          .variadic()
          .attribute("axis", 0)
          .doc("tensors of one shape joined along a new axis")
          .formula("[x, y, ...]")
          .derivatives("to each operand its part of g")
          .build();

  static final Entry SPLIT =
      op(
              "split",
              List.of("x"),
              (x, a) -> {
                int[] sections = a.integers("sections");
                return a.isList("sections")
                    ? Split.at(x.getFirst(), a.integer("axis"), sections)
                    : Split.equally(x.getFirst(), a.integer("axis"), sections[0]);
              })
          .required("sections")
          .attribute("axis", 0)
          .doc("cut along an axis into a number of equal parts, or at the given points; has several results")
          .formula("x[0:a], x[a:b], ...")
          .derivatives("the parts of g joined")
          .build();

  static final Entry SLICE =
      op(
              "slice",
              List.of("x"),
              (x, a) ->
                  Slicing.slice(
                      x.getFirst(),
                      a.openIntegers("starts"),
                      a.openIntegers("ends"),
                      a.isOpen("steps") ? null : Ints.asList(a.integers("steps"))))
          .required("starts")
          .required("ends")
          .attribute("steps", null)
          .doc("Python's x[start:end:step] along each of the first axes; null leaves a bound open")
          .formula("x[start:end:step]")
          .derivatives("g in the place it was cut from, 0 elsewhere")
          .build();

  static final Entry FLIP =
      op("flip", List.of("x"), (x, a) -> flip(x.getFirst(), a.axes("axis")))
          .attribute("axis", null)
          .doc("the elements in reverse order along the given axes, or all")
          .formula("x reversed")
          .derivatives("g reversed")
          .build();

  static final Entry TRIL =
      op("tril", List.of("x"), (x, a) -> new Triangle(true, a.integer("k")).of(x.getFirst()))
          .attribute("k", 0)
          .doc("the lower triangle of each matrix, 0 above its k-th diagonal")
          .formula("out[i, j] = x[i, j] where j <= i + k, else 0")
          .derivatives("the lower triangle of g")
          .build();

  static final Entry TRIU =
      op("triu", List.of("x"), (x, a) -> new Triangle(false, a.integer("k")).of(x.getFirst()))
          .attribute("k", 0)
          .doc("the upper triangle of each matrix, 0 below its k-th diagonal")
          .formula("out[i, j] = x[i, j] where j >= i + k, else 0")
          .derivatives("the upper triangle of g")
          .build();

  static final List<Entry> ENTRIES =
      List.of(RESHAPE, BROADCAST_TO, EXPAND_DIMS, SQUEEZE, CONCAT, STACK, SPLIT, SLICE, FLIP, TRIL, TRIU);

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
      int at = Axes.inResult("expand_dims", axis, rank);
      if (isNew[at]) {
        throw new GradusException("expand_dims", "axes must differ", Ints.asList(axes), "name each axis once");
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
    return new View.Reshape(Axes.without(x.shape(), gone)).of(x);
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
    TensorType first = x.getFirst().type();
    for (Node node : x) {
      if (!node.type().equals(first)) {
        throw new GradusException(
            "stack", "operands must have one shape and dtype", first + " and " + node.type(), "reshape or cast one of them");
      }
    }
    int at = Axes.inResult("stack", axis, first.shape().rank() + 1);
    return Apply.of(new Concat(at), x.stream().map(node -> View.expandDims(node, at)).toList());
  }

  static Node flip(Node x, int... axes) {
    return new View.Flip(Axes.of("flip", x.shape(), axes)).of(x);
  }

  /// Half of each matrix of a stack, with zeros in the other half.
  ///
  /// @param lower whether it is the lower one
  /// @param k up to which diagonal: 0 is the main one, above it is positive
  record Triangle(boolean lower, int k) implements Composite {
    @Override
    public String name() {
      return lower ? "tril" : "triu";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Shape shape = x.getFirst().shape();
      if (shape.rank() < 2) {
        throw new GradusException(name(), "the operand must be a matrix or a stack of them", shape, "reshape it");
      }
      Node inside = Constant.of(triangle(lower, shape.dim(-2), shape.dim(-1), k));
      return List.of(Arithmetics.WHERE.of(inside, x.getFirst(), Constant.scalar(x.getFirst().dtype(), 0)));
    }

    @Override
    public String rule(Apply out, int slot) {
      return "the " + (lower ? "lower" : "upper") + " triangle of g";
    }
  }

  /// Where j ≤ i + k, or j ≥ i + k.
  static Tensor triangle(boolean lower, int rows, int columns, int k) {
    boolean[] inside = new boolean[Shape.of(rows, columns).size()];
    for (int i = 0; i < inside.length; i++) {
      long offset = (long) i % columns - i / columns;
      inside[i] = lower ? offset <= k : offset >= k;
    }
    return Tensor.of(Shape.of(rows, columns), inside);
  }
}
