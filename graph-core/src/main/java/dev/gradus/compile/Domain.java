package dev.gradus.compile;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;

/// What a loop runs over: axes longer than 1, and where they divide into rows and the elements of a row, if reductions over
/// rows say so.
final class Domain {
  /// No reduction divides the axes.
  static final int UNDIVIDED = -1;

  final int number;
  final ImmutableIntArray dims;

  /// How many axes run over rows, or [#UNDIVIDED].
  int split = UNDIVIDED;

  Domain(int number, ImmutableIntArray dims) {
    this.number = number;
    this.dims = dims;
  }

  int rank() {
    return dims.length();
  }

  int size() {
    return dims.stream().reduce(1, (a, b) -> a * b);
  }

  int[] rowDims() {
    return split == UNDIVIDED ? new int[0] : Arrays.copyOf(dims.toArray(), split);
  }

  /// Whether strides tell the elements in row-major order.
  boolean isWhole(Affine access, int[] strides) {
    return access.offset() == 0 && (rank() == 0 || Arrays.equals(strides, Affine.rowMajor(dims.toArray())));
  }

  /// Whether strides tell one number for each row, the rows in order.
  boolean isPerRow(Affine access, int[] strides) {
    if (split == UNDIVIDED || access.offset() != 0) {
      return false;
    }
    int[] rows = Affine.rowMajor(rowDims());
    for (int axis = 0; axis < strides.length; axis++) {
      if (strides[axis] != (axis < split ? rows[axis] : 0)) {
        return false;
      }
    }
    return true;
  }

  /// Whether the elements of a row lie at equal distances.
  boolean hasEvenRows(int[] strides) {
    for (int axis = Math.max(0, split); axis + 1 < strides.length; axis++) {
      if (strides[axis] != strides[axis + 1] * dims.get(axis + 1)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return dims + (split == UNDIVIDED ? "" : " rows " + split);
  }
}
