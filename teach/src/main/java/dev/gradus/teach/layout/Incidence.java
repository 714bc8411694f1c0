package dev.gradus.teach.layout;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Lists of whole numbers, one list for each of a range of keys, in two arrays.
final class Incidence {
  private final int[] start;
  private final int[] items;

  private Incidence(int[] start, int[] items) {
    this.start = start;
    this.items = items;
  }

  /// The numbers from 0 to `items` by the key that a function gives each; rising within a list. A negative key leaves
  /// a number out.
  static Incidence of(int keys, int items, IntUnaryOperator key) {
    int[] start = new int[keys + 1];
    for (int item = 0; item < items; item++) {
      int at = key.applyAsInt(item);
      if (at >= 0) {
        start[at + 1]++;
      }
    }
    for (int i = 0; i < keys; i++) {
      start[i + 1] += start[i];
    }
    int[] next = start.clone();
    int[] sorted = new int[start[keys]];
    for (int item = 0; item < items; item++) {
      int at = key.applyAsInt(item);
      if (at >= 0) {
        sorted[next[at]++] = item;
      }
    }
    return new Incidence(start, sorted);
  }

  /// How long the list of a key is.
  int count(int key) {
    return start[key + 1] - start[key];
  }

  /// An item of the list of a key.
  int get(int key, int i) {
    return items[start[key] + i];
  }

  /// The list of a key.
  int[] list(int key) {
    return Arrays.copyOfRange(items, start[key], start[key + 1]);
  }

  /// The same lists with something else in place of each item.
  Incidence mapped(IntUnaryOperator change) {
    return new Incidence(start, Arrays.stream(items).map(change).toArray());
  }
}
