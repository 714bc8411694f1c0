package dev.gradus.compile;

import dev.gradus.graph.Reduce;
import dev.gradus.tensor.DType;
import java.util.Arrays;

/// Plain arrays of any dtype.
final class Storage {
  private Storage() {}

  static Object allocate(DType dtype, int length) {
    return switch (dtype) {
      case F64 -> new double[length];
      case F32 -> new float[length];
      case I64 -> new long[length];
      case I32 -> new int[length];
      case BOOL -> new boolean[length];
    };
  }

  static int bytes(DType dtype) {
    return switch (dtype) {
      case F64, I64 -> 8;
      case F32, I32 -> 4;
      case BOOL -> 1;
    };
  }

  static int length(Object array) {
    return switch (array) {
      case double[] a -> a.length;
      case float[] a -> a.length;
      case long[] a -> a.length;
      case int[] a -> a.length;
      case boolean[] a -> a.length;
      default -> -1;
    };
  }

  static boolean holds(Object array, DType dtype) {
    return switch (dtype) {
      case F64 -> array instanceof double[];
      case F32 -> array instanceof float[];
      case I64 -> array instanceof long[];
      case I32 -> array instanceof int[];
      case BOOL -> array instanceof boolean[];
    };
  }

  /// Fills the elements from `from` to before `to` with a number, as near as the dtype comes.
  static Step.Action filling(Object array, int from, int to, double number) {
    return switch (array) {
      case double[] a -> () -> Arrays.fill(a, from, to, number);
      case float[] a -> () -> Arrays.fill(a, from, to, (float) number);
      case long[] a -> () -> Arrays.fill(a, from, to, (long) number);
      case int[] a -> () -> Arrays.fill(a, from, to, (int) number);
      case boolean[] a -> () -> Arrays.fill(a, from, to, number != 0);
      default -> throw new IllegalArgumentException("no array: " + array.getClass());
    };
  }

  /// Combines `from` into `to`, element by element.
  static Step.Action joining(Object to, Object from, int length, Reduce.Kind kind) {
    return switch (to) {
      case double[] a -> () -> join(a, (double[]) from, length, kind);
      case float[] a -> () -> join(a, (float[]) from, length, kind);
      case long[] a -> () -> join(a, (long[]) from, length, kind);
      case int[] a -> () -> join(a, (int[]) from, length, kind);
      default -> throw new IllegalArgumentException("nothing to join: " + to.getClass());
    };
  }

  private static void join(double[] to, double[] from, int length, Reduce.Kind kind) {
    switch (kind) {
      case SUM -> {
        for (int i = 0; i < length; i++) {
          to[i] += from[i];
        }
      }
      case PRODUCT -> {
        for (int i = 0; i < length; i++) {
          to[i] *= from[i];
        }
      }
      case MAX -> {
        for (int i = 0; i < length; i++) {
          to[i] = Math.max(to[i], from[i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < length; i++) {
          to[i] = Math.min(to[i], from[i]);
        }
      }
    }
  }

  private static void join(float[] to, float[] from, int length, Reduce.Kind kind) {
    switch (kind) {
      case SUM -> {
        for (int i = 0; i < length; i++) {
          to[i] += from[i];
        }
      }
      case PRODUCT -> {
        for (int i = 0; i < length; i++) {
          to[i] *= from[i];
        }
      }
      case MAX -> {
        for (int i = 0; i < length; i++) {
          to[i] = Math.max(to[i], from[i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < length; i++) {
          to[i] = Math.min(to[i], from[i]);
        }
      }
    }
  }

  private static void join(long[] to, long[] from, int length, Reduce.Kind kind) {
    for (int i = 0; i < length; i++) {
      to[i] =
          switch (kind) {
            case SUM -> to[i] + from[i];
            case PRODUCT -> to[i] * from[i];
            case MAX -> Math.max(to[i], from[i]);
            case MIN -> Math.min(to[i], from[i]);
          };
    }
  }

  private static void join(int[] to, int[] from, int length, Reduce.Kind kind) {
    for (int i = 0; i < length; i++) {
      to[i] =
          switch (kind) {
            case SUM -> to[i] + from[i];
            case PRODUCT -> to[i] * from[i];
            case MAX -> Math.max(to[i], from[i]);
            case MIN -> Math.min(to[i], from[i]);
          };
    }
  }
}
