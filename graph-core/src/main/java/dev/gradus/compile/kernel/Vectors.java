package dev.gradus.compile.kernel;

import dev.gradus.scalar.Arithmetic;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

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
