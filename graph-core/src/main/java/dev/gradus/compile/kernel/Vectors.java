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
