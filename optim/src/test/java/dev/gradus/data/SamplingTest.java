package dev.gradus.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gradus.tensor.Philox;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SamplingTest {
  /// A choice of k is the start of the permutation, and that is the textbook's shuffle of the whole array.
  @Property(seed = "41", tries = 200)
  void choosesTheStartOfAShuffle(@ForAll @IntRange(min = 1, max = 40) int size, @ForAll long seed, @ForAll long stream) {
    double[] draws = new double[size];
    Philox.uniform(seed, stream, draws);
    int[] rows = new int[size];
    Arrays.setAll(rows, i -> i);
    for (int i = 0; i < size; i++) {
      int at = i + (int) (draws[i] * (size - i));
      int row = rows[at];
      rows[at] = rows[i];
      rows[i] = row;
    }
    assertArrayEquals(rows, Sampling.permutation(size, seed, stream));
    for (int count = 0; count <= size; count++) {
      assertArrayEquals(Arrays.copyOf(rows, count), Sampling.choose(size, count, seed, stream));
    }
  }

  /// Each of the 6 orders of 3 rows comes up about 1,000 times in 6,000: within 5 standard deviations of 29.
  @Test
  void everyOrderIsAsLikely() {
    int[] counts = new int[9];
    for (int stream = 0; stream < 6000; stream++) {
      int[] order = Sampling.permutation(3, 1, stream);
      counts[3 * order[0] + order[1]]++;
    }
    int[] met = Arrays.stream(counts).filter(count -> count > 0).toArray();
    assertEquals(6, met.length);
    for (int count : met) {
      assertEquals(1000, count, 145);
    }
  }

  @Test
  void refusesMoreThanThereAre() {
    assertEquals(
        "sampling: rows must be chosen from those there are, but got 4 of 3; choose fewer",
        Refusal.of(() -> Sampling.choose(3, 4, 0, 0)));
    assertFalse(Arrays.equals(Sampling.permutation(20, 0, 0), Sampling.permutation(20, 0, 1)));
  }
}
