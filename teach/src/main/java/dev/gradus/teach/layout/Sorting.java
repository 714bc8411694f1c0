package dev.gradus.teach.layout;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Sorts whole numbers by a key.
final class Sorting {
  private static final int SHORT = 12;

  private Sorting() {}

  /// Sorts the first `count` items by a key of at least 0; equal keys keep their order.
  static void by(int[] items, int count, IntUnaryOperator key) {
    if (count <= SHORT) {
      insert(items, count, key);
      return;
    }
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      keys[i] = (long) key.applyAsInt(items[i]) << Integer.SIZE | i;
    }
    Arrays.sort(keys);
    int[] before = Arrays.copyOf(items, count);
    for (int i = 0; i < count; i++) {
      items[i] = before[(int) keys[i]];
    }
  }

  private static void insert(int[] items, int count, IntUnaryOperator key) {
    for (int i = 1; i < count; i++) {
      int item = items[i];
      int value = key.applyAsInt(item);
      int at = i;
      while (at > 0 && key.applyAsInt(items[at - 1]) > value) {
        items[at] = items[at - 1];
        at--;
      }
      items[at] = item;
    }
  }
}
