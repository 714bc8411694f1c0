package dev.gradus.data;

import dev.gradus.GradusException;
import dev.gradus.tensor.Philox;
import java.util.HashMap;
import java.util.Map;

/// Random choices of rows, each a function of a seed and a stream number: the same on every machine, and any of them
/// can be made again without those before it.
public final class Sampling {
  private Sampling() {}

  /// The numbers 0 to `size - 1` in random order.
  public static int[] permutation(int size, long seed, long stream) {
    return choose(size, size, seed, stream);
  }

  /// `count` different numbers below `size` in random order: the start of a Fisher-Yates shuffle (Durstenfeld, *Algorithm
  /// 235*, 1964).
  ///
  /// @throws GradusException unless 0 ≤ `count` ≤ `size`
  public static int[] choose(int size, int count, long seed, long stream) {
    if (count < 0 || count > size) {
      throw new GradusException("sampling", "rows must be chosen from those there are", count + " of " + size, "choose fewer");
    }
    double[] draws = new double[count];
    Philox.uniform(seed, stream, draws);
    int[] rows = new int[count];
    // Of the array 0, 1, ... that is shuffled, only what is no longer in its place: a small choice costs little.
    Map<Integer, Integer> moved = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int at = i + (int) (draws[i] * (size - i));
      rows[i] = moved.getOrDefault(at, at);
      moved.put(at, moved.getOrDefault(i, i));
    }
    return rows;
  }
}
