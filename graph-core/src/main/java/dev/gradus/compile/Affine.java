package dev.gradus.compile;

import dev.gradus.graph.View;
import dev.gradus.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the elements of a value stand in an array that holds another: at `offset` + index · `strides`. Views that only
/// rearrange cost nothing when they are read so.
///
/// @param base the value whose elements are in the array, in row-major order
/// @param offset the place of the first element
/// @param strides the distance between neighbours, for each axis of the value that is read
@SuppressWarnings("ArrayRecordComponent") // compared by its elements below; never written
record Affine(Value base, int offset, int[] strides) {

  /// The elements of `value` as they stand in its own array.
  static Affine whole(Value value) {
    return new Affine(value, 0, value.type.shape().strides());
  }

  /// The elements of `value` in the array of what it is a view of, as far down as strides can tell.
  static Affine of(Value value) {
    if (!(value.op instanceof View)) {
      return whole(value);
    }
    int depth = 0;
    Value from = value;
    while (isRead(from)) {
      from = from.operand(0);
      depth++;
    }
    Value[] views = new Value[depth];
    from = value;
    for (int i = depth - 1; i >= 0; i--) {
      views[i] = from;
      from = from.operand(0);
    }
    Affine access = whole(from);
    for (Value view : views) {
      access = access.through(view);
    }
    return access;
  }

  /// Whether a value is a view whose elements are found by strides; a pad is not, nor is a fold.
  static boolean isRead(Value value) {
    return value.op instanceof View && !isWritten(value);
  }

  /// Whether a value is a view whose operand's elements go to places found by strides.
  static boolean isWritten(Value value) {
    return value.op instanceof View.Pad || value.op instanceof View.Fold;
  }

  /// This access to the operand of a view, as one to the view.
  private Affine through(Value view) {
    Shape from = view.operand(0).type.shape();
    Shape to = view.type.shape();
    return switch (view.op) {
      case View.Permute permute ->
          new Affine(base, offset, permute.axes().stream().mapToInt(axis -> strides[axis]).toArray());
      case View.Broadcast broadcast -> {
        int[] wide = new int[to.rank()];
        int lead = to.rank() - from.rank();
        for (int axis = 0; axis < from.rank(); axis++) {
          wide[lead + axis] = from.dim(axis) == 1 ? 0 : strides[axis];
        }
        yield new Affine(base, offset, wide);
      }
      case View.Slice slice -> {
        int[] apart = new int[to.rank()];
        int start = offset;
        for (int axis = 0; axis < apart.length; axis++) {
          apart[axis] = strides[axis] * slice.steps().get(axis);
          start += strides[axis] * slice.starts().get(axis);
        }
        yield new Affine(base, start, apart);
      }
      case View.Flip flip -> {
        int[] turned = strides.clone();
        int start = offset;
        for (int axis : flip.axes()) {
          start += Math.max(0, to.dim(axis) - 1) * strides[axis];
          turned[axis] = -strides[axis];
        }
        yield new Affine(base, start, turned);
      }
      case View.Windows windows -> {
        int axes = windows.sizes().size();
        int lead = from.rank() - axes;
        int[] slid = Arrays.copyOf(strides, lead + 2 * axes);
        for (int i = 0; i < axes; i++) {
          slid[lead + i] = strides[lead + i] * windows.dilations().get(i);
          slid[lead + axes + i] = strides[lead + i] * windows.strides().get(i);
        }
        yield new Affine(base, offset, slid);
      }
      case View.Reshape reshape -> {
        int[] regrouped = regroup(from.dims(), strides, to.dims());
        yield regrouped == null ? copied(view.operand(0), to) : new Affine(base, offset, regrouped);
      }
      case null, default -> throw new IllegalStateException("not a view to be read: " + view);
    };
  }

  /// A reshape that strides cannot tell reads a copy of its operand.
  private static Affine copied(Value operand, Shape to) {
    return new Affine(operand, 0, to.strides());
  }

  /// The strides after a reshape, or null where there are none: axes are cut and joined in groups of equal size, and those
  /// that are joined must lie one in the other.
  static int @Nullable [] regroup(int[] from, int[] strides, int[] to) {
    int[] regrouped = new int[to.length];
    if (Arrays.stream(from).anyMatch(dim -> dim == 0)) {
      return rowMajor(to);
    }
    int i = from.length - 1;
    int j = to.length - 1;
    while (i >= 0 || j >= 0) {
      while (i >= 0 && from[i] == 1) {
        i--;
      }
      while (j >= 0 && to[j] == 1) {
        j--;
      }
      if (i < 0 || j < 0) {
        break;
      }
      long left = from[i];
      long right = to[j];
      int stride = strides[i];
      int last = i;
      regrouped[j] = stride;
      int lowest = j;
      while (left != right) {
        if (left < right) {
          i--;
          if (from[i] != 1) {
            if (strides[i] != strides[last] * from[last]) {
              return null;
            }
            last = i;
          }
          left *= from[i];
        } else {
          j--;
          regrouped[j] = regrouped[lowest] * to[lowest];
          if (to[j] != 1) {
            lowest = j;
          } else {
            regrouped[j] = 0;
          }
          right *= to[j];
        }
      }
      i--;
      j--;
    }
    return regrouped;
  }

  /// The strides for a loop over `shape`, against which the value of type `from` is broadcast.
  int[] over(Shape from, Shape shape) {
    int[] wide = new int[shape.rank()];
    int lead = shape.rank() - from.rank();
    for (int axis = 0; axis < from.rank(); axis++) {
      wide[lead + axis] = from.dim(axis) == 1 ? 0 : strides[axis];
    }
    return wide;
  }

  /// The axes of a shape that are longer than 1.
  static int[] longAxes(Shape shape) {
    int[] axes = new int[shape.rank()];
    int count = 0;
    for (int axis = 0; axis < axes.length; axis++) {
      if (shape.dim(axis) != 1) {
        axes[count++] = axis;
      }
    }
    return Arrays.copyOf(axes, count);
  }

  /// The elements at `axes`.
  static int[] pick(int[] all, int[] axes) {
    int[] picked = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      picked[i] = all[axes[i]];
    }
    return picked;
  }

  /// Row-major strides.
  static int[] rowMajor(int[] dims) {
    int[] strides = new int[dims.length];
    int size = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = size;
      size *= dims[axis];
    }
    return strides;
  }

  static List<Integer> list(int[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Affine affine
        && base == affine.base
        && offset == affine.offset
        && Arrays.equals(strides, affine.strides);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * base.number + offset) + Arrays.hashCode(strides);
  }

  @Override
  public String toString() {
    return base + " at " + offset + " by " + Arrays.toString(strides);
  }
}
