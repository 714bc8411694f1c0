package dev.gradus.compile.kernel;

import dev.gradus.scalar.Arithmetic;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
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

  /// Bits of vectors: those that suit the machine in every loop, for methods of the Vector API that have seen vectors of several
  /// widths are no longer put in line by HotSpot, and are slow ever after.
  static final int BITS = 32 * Math.min(Lanes.FLOATS, FloatVector.SPECIES_PREFERRED.length());

  private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, VectorShape.forBitSize(BITS));
  private static final int HALF = FLOATS.length() / 2;
  private static final VectorMask<Float> ODD = VectorMask.fromLong(FLOATS, 0xAAAA_AAAA_AAAA_AAAAL);

  /// Brings the even lanes to the first half and the odd ones to the second.
  private static final VectorShuffle<Float> APART =
      VectorShuffle.fromOp(FLOATS, lane -> lane < HALF ? 2 * lane : 2 * (lane - HALF) + 1);

  /// Each lane of the first half twice.
  private static final VectorShuffle<Float> LOW = VectorShuffle.fromOp(FLOATS, lane -> lane / 2);

  /// Each lane of the second half twice.
  private static final VectorShuffle<Float> HIGH = VectorShuffle.fromOp(FLOATS, lane -> HALF + lane / 2);

  /// Every second element from `at` on. Two vectors that lie one element closer than side by side hold them, in the even lanes
  /// of the first and the odd lanes of the other; so nothing behind the last element is read. A gather would take five times as
  /// long.
  static FloatVector everySecond(VectorSpecies<Float> species, float[] from, int at) {
    return FloatVector.fromArray(species, from, at)
        .blend(FloatVector.fromArray(species, from, at + species.length() - 1), ODD)
        .rearrange(APART);
  }

  /// The first halves of two vectors, lanes in turn. Like [#upper] short enough for HotSpot to repeat it wherever it is called: vectors
  /// that are handed over are objects.
  static FloatVector lower(FloatVector even, FloatVector odd) {
    return even.rearrange(LOW).blend(odd.rearrange(LOW), ODD);
  }

  /// The second halves of two vectors, lanes in turn.
  static FloatVector upper(FloatVector even, FloatVector odd) {
    return even.rearrange(HIGH).blend(odd.rearrange(HIGH), ODD);
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
}
