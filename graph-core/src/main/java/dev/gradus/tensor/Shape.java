package dev.gradus.tensor;

import dev.gradus.GradusException;
import java.util.Arrays;

/// The sizes of a tensor's axes. A scalar has none; a size may be 0.
public final class Shape {
  /// The shape of a scalar.
  public static final Shape SCALAR = new Shape(new int[0], 1);

  private final int[] dims;
  private final int size;

  private Shape(int[] dims, int size) {
    this.dims = dims;
    this.size = size;
  }

  /// The shape of the given sizes.
  ///
  /// @throws GradusException for a negative size, or more than 2³¹ − 1 elements
  public static Shape of(int... dims) {
    if (dims.length == 0) {
      return SCALAR;
    }
    boolean empty = false;
    for (int dim : dims) {
      if (dim < 0) {
        throw new GradusException("shape", "sizes must be at least 0", Arrays.toString(dims), "check the axes");
      }
      empty |= dim == 0;
    }
    int size = empty ? 0 : 1;
    try {
      for (int dim : dims) {
        size = Math.multiplyExact(size, dim);
      }
    } catch (ArithmeticException e) {
      throw new GradusException(
          "shape", "a tensor has at most 2147483647 elements", Arrays.toString(dims), "split it");
    }
    return new Shape(dims.clone(), size);
  }

  /// The number of axes.
  public int rank() {
    return dims.length;
  }

  /// The number of elements.
  public int size() {
    return size;
  }

  /// The size of one axis; a negative axis counts from the end.
  public int dim(int axis) {
    return dims[axis("shape", axis)];
  }

  /// The sizes, as a new array.
  public int[] dims() {
    return dims.clone();
  }

  /// How far apart in row-major order two elements are that differ by one along each axis.
  public int[] strides() {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= dims[axis];
    }
    return strides;
  }

  /// The axis counted from 0; a negative one counts from the end.
  ///
  /// @throws GradusException in the name of `op` where there is no such axis
  public int axis(String op, int axis) {
    int rank = dims.length;
    if (axis < -rank || axis >= rank) {
      String wanted = rank == 0 ? "a scalar has no axes" : "the axis must lie in [-" + rank + ", " + rank + ")";
      throw new GradusException(op, wanted, axis, "the shape is " + this);
    }
    return axis < 0 ? axis + rank : axis;
  }

  /// The shape that `a` and `b` broadcast to by NumPy's rule: axes are matched from the last, and a missing axis or
  /// one of size 1 is repeated.
  ///
  /// @throws GradusException in the name of `op` where two sizes differ and neither is 1
  public static Shape broadcast(String op, Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int left = i <= a.rank() ? a.dims[a.rank() - i] : 1;
      int right = i <= b.rank() ? b.dims[b.rank() - i] : 1;
      if (left != right && left != 1 && right != 1) {
        throw new GradusException(
            op, "shapes must agree or broadcast", a + " and " + b, "axes are matched from the last; reshape one of them");
      }
      dims[rank - i] = left == 1 ? right : left;
    }
    return of(dims);
  }

  /// Whether a tensor of this shape broadcasts to `target`.
  public boolean broadcastsTo(Shape target) {
    if (rank() > target.rank()) {
      return false;
    }
    for (int i = 1; i <= rank(); i++) {
      int own = dims[rank() - i];
      if (own != 1 && own != target.dims[target.rank() - i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Shape shape && Arrays.equals(dims, shape.dims));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
