package dev.gradus.ops;

import com.google.common.primitives.Ints;
import dev.gradus.GradusException;
import dev.gradus.graph.Node;
import dev.gradus.graph.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Slices as Python reads them: open and negative bounds, bounds beyond the ends, negative steps.
final class Slicing {
  private Slicing() {}

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
      Range range = Range.of(starts.get(axis), ends.get(axis), step, x.shape().dim(axis));
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

  /// The indices that `start:end:step` selects from a given length.
  ///
  /// @param first the first of them
  /// @param count how many there are
  private record Range(int first, int count) {
    static Range of(@Nullable Integer start, @Nullable Integer end, int step, int length) {
      if (step == 0) {
        throw new GradusException("slice", "a step must not be 0", step, "use a positive or negative step");
      }
      int low = step > 0 ? 0 : -1;
      int high = step > 0 ? length : length - 1;
      int first = start == null ? (step > 0 ? low : high) : bound(start, length, low, high);
      int last = end == null ? (step > 0 ? high : low) : bound(end, length, low, high);
      int span = step > 0 ? last - first : first - last;
      return new Range(first, span <= 0 ? 0 : Math.ceilDiv(span, Math.abs(step)));
    }

    private static int bound(int index, int length, int low, int high) {
      return Math.clamp(index < 0 ? (long) index + length : index, low, high);
    }
  }
}
