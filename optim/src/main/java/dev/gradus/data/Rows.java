package dev.gradus.data;

import dev.gradus.GradusException;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import dev.gradus.tensor.raw.RawTensors;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Choosing rows of tensors.
final class Rows {
  private Rows() {}

  static Shape exampleShape(Tensor all) {
    int[] dims = all.shape().dims();
    return Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
  }

  static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  static Tensor take(Tensor all, int... rows) {
    int[] dims = all.shape().dims();
    for (int row : rows) {
      if (row < 0 || row >= dims[0]) {
        throw new GradusException("rows", "a row must lie in [0, " + dims[0] + ")", row, "count from 0");
      }
    }
    int width = exampleShape(all).size();
    dims[0] = rows.length;
    Shape shape = Shape.of(dims);
    int size = shape.size();
    return switch (RawTensors.array(all)) {
      case double[] from -> RawTensors.wrap(shape, copied(from, rows, width, new double[size]));
      case float[] from -> RawTensors.wrap(shape, copied(from, rows, width, new float[size]));
      case long[] from -> RawTensors.wrap(shape, copied(from, rows, width, new long[size]));
      case int[] from -> RawTensors.wrap(shape, copied(from, rows, width, new int[size]));
      case boolean[] from -> RawTensors.wrap(shape, copied(from, rows, width, new boolean[size]));
      default -> throw new AssertionError(all.dtype());
    };
  }

  @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of the same kind
  private static <A> A copied(A from, int[] rows, int width, A to) {
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(from, rows[i] * width, to, i * width, width);
    }
    return to;
  }

  /// The rows where `chosen` is `value`, ascending.
  static int[] where(boolean[] chosen, boolean value) {
    return IntStream.range(0, chosen.length).filter(i -> chosen[i] == value).toArray();
  }

  /// Marks the first `count` rows of `order`.
  static boolean[] leading(int[] order, int count) {
    boolean[] chosen = new boolean[order.length];
    for (int i = 0; i < count; i++) {
      chosen[order[i]] = true;
    }
    return chosen;
  }

  /// Marks a share of each class, in the order given. The whole parts are taken first; what is missing to the share of all
  /// rows goes to the classes with the largest remainders (Hamilton's method), so that no part is off by more than a row a
  /// class.
  static boolean[] stratified(int[] order, long[] labels, int classes, double share) {
    int[] sizes = new int[classes];
    for (long label : labels) {
      sizes[(int) label]++;
    }
    int[] quotas = new int[classes];
    int missing = (int) Math.round(share * labels.length);
    for (int c = 0; c < classes; c++) {
      quotas[c] = (int) (share * sizes[c]);
      missing -= quotas[c];
    }
    int[] byRemainder = IntStream.range(0, classes)
        .boxed()
        .sorted((a, b) -> Double.compare(share * sizes[b] - quotas[b], share * sizes[a] - quotas[a]))
        .mapToInt(Integer::intValue)
        .toArray();
    for (int i = 0; i < missing; i++) {
      quotas[byRemainder[i]]++;
    }
    boolean[] chosen = new boolean[order.length];
    for (int row : order) {
      int label = (int) labels[row];
      if (quotas[label] > 0) {
        quotas[label]--;
        chosen[row] = true;
      }
    }
    return chosen;
  }
}
