package dev.gradus.compile.kernel;

import dev.gradus.scalar.Arithmetic;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// What generated vector code calls where it would be too long in line. Only loaded where the Vector API is present.
final class Vectors {
  private Vectors() {}

  /// `fast`, with the exact value of `function` at `x` in the lanes of `mask`.
  static FloatVector patch(VectorMask<Float> mask, FloatVector fast, FloatVector x, Arithmetic function) {
    float[] at = x.toArray();
    float[] values = fast.toArray();
    for (int i = 0; i < at.length; i++) {
      if (mask.laneIsSet(i)) {
        values[i] = (float) function.apply(at[i], 0, 0);
      }
    }
    return FloatVector.fromArray(fast.species(), values, 0);
  }

  private static final VectorMask<Float> ODD_128 = odd(FloatVector.SPECIES_128);
  private static final VectorMask<Float> ODD_256 = odd(FloatVector.SPECIES_256);
  private static final VectorMask<Float> ODD_512 = odd(FloatVector.SPECIES_512);
  private static final VectorShuffle<Float> APART_128 = apart(FloatVector.SPECIES_128);
  private static final VectorShuffle<Float> APART_256 = apart(FloatVector.SPECIES_256);
  private static final VectorShuffle<Float> APART_512 = apart(FloatVector.SPECIES_512);

  private static VectorMask<Float> odd(VectorSpecies<Float> species) {
    return VectorMask.fromLong(species, 0xAAAA_AAAA_AAAA_AAAAL);
  }

  /// Brings the even lanes to the first half and the odd ones to the second.
  private static VectorShuffle<Float> apart(VectorSpecies<Float> species) {
    int half = species.length() / 2;
    return VectorShuffle.fromOp(species, lane -> lane < half ? 2 * lane : 2 * (lane - half) + 1);
  }

  private static final VectorShuffle<Float> LOW_128 = twice(FloatVector.SPECIES_128, 0);
  private static final VectorShuffle<Float> LOW_256 = twice(FloatVector.SPECIES_256, 0);
  private static final VectorShuffle<Float> LOW_512 = twice(FloatVector.SPECIES_512, 0);
  private static final VectorShuffle<Float> HIGH_128 = twice(FloatVector.SPECIES_128, 2);
  private static final VectorShuffle<Float> HIGH_256 = twice(FloatVector.SPECIES_256, 4);
  private static final VectorShuffle<Float> HIGH_512 = twice(FloatVector.SPECIES_512, 8);

  /// Each lane of a half twice, from lane `first` on.
  private static VectorShuffle<Float> twice(VectorSpecies<Float> species, int first) {
    return VectorShuffle.fromOp(species, lane -> first + lane / 2);
  }

  /// Every second element from `at` on. Two vectors that lie one element closer than side by side hold them, in the even lanes
  /// of the first and the odd lanes of the other; so nothing behind the last element is read. A gather would take five times as
  /// long.
  static FloatVector everySecond128(VectorSpecies<Float> species, float[] from, int at) {
    return FloatVector.fromArray(species, from, at)
        .blend(FloatVector.fromArray(species, from, at + species.length() - 1), ODD_128)
        .rearrange(APART_128);
  }

  /// The same in wider vectors.
  static FloatVector everySecond256(VectorSpecies<Float> species, float[] from, int at) {
    return FloatVector.fromArray(species, from, at)
        .blend(FloatVector.fromArray(species, from, at + species.length() - 1), ODD_256)
        .rearrange(APART_256);
  }

  /// The same in the widest vectors.
  static FloatVector everySecond512(VectorSpecies<Float> species, float[] from, int at) {
    return FloatVector.fromArray(species, from, at)
        .blend(FloatVector.fromArray(species, from, at + species.length() - 1), ODD_512)
        .rearrange(APART_512);
  }

  /// The first halves of two vectors, lanes in turn. Like [#upper256] short enough for HotSpot to repeat it wherever it is called: vectors
  /// that are handed over are objects.
  static FloatVector lower128(FloatVector even, FloatVector odd) {
    return even.rearrange(LOW_128).blend(odd.rearrange(LOW_128), ODD_128);
  }

  /// The same with wider vectors.
  static FloatVector lower256(FloatVector even, FloatVector odd) {
    return even.rearrange(LOW_256).blend(odd.rearrange(LOW_256), ODD_256);
  }

  /// The same with the widest vectors.
  static FloatVector lower512(FloatVector even, FloatVector odd) {
    return even.rearrange(LOW_512).blend(odd.rearrange(LOW_512), ODD_512);
  }

  /// The second halves of two vectors, lanes in turn.
  static FloatVector upper128(FloatVector even, FloatVector odd) {
    return even.rearrange(HIGH_128).blend(odd.rearrange(HIGH_128), ODD_128);
  }

  /// The same with wider vectors.
  static FloatVector upper256(FloatVector even, FloatVector odd) {
    return even.rearrange(HIGH_256).blend(odd.rearrange(HIGH_256), ODD_256);
  }

  /// The same with the widest vectors.
  static FloatVector upper512(FloatVector even, FloatVector odd) {
    return even.rearrange(HIGH_512).blend(odd.rearrange(HIGH_512), ODD_512);
  }

  /// One more than the largest distance at which lanes are gathered.
  static final int STRIDES = 64;

  private static final int[][] STEPS = IntStream.range(0, STRIDES)
      .mapToObj(stride -> IntStream.range(0, Lanes.FLOATS).map(lane -> lane * stride).toArray())
      .toArray(int[][]::new);

  /// The places of neighbouring lanes that are `stride` apart.
  static int[] steps(int stride) {
    return STEPS[stride];
  }

  /// The number of lanes of floats in the vectors that suit this machine.
  static int lanes() {
    return FloatVector.SPECIES_PREFERRED.length();
  }
}
