package dev.gradus.laws;

import dev.gradus.graph.Node;
import dev.gradus.run.Values;
import java.util.Arrays;

/// Keeps an eye on a kink: derivatives and differences are compared only where they must agree.
///
/// @param distance a node whose elements tell, by their sign, on which side of a kink an operand lies, and by their size
///     how far from it
/// @param zeros how many elements are exactly 0 away from kinks: one for each maximum, whose distance from itself that is
record Watch(Node distance, int zeros) {
  /// How far from its kinks an operand must lie.
  static final double MARGIN = 1e-3;

  Watch(Node distance) {
    this(distance, 0);
  }

  /// Whether all is far enough from kinks.
  boolean isClear(Values run) {
    double[] all = run.of(distance).toDoubles();
    long exact = Arrays.stream(all).filter(d -> d == 0).count();
    return exact == zeros && Arrays.stream(all).allMatch(d -> d == 0 || Math.abs(d) >= MARGIN);
  }

  /// Whether the two runs lie on the same sides of all kinks.
  boolean agrees(Values here, Values there) {
    double[] a = here.of(distance).toDoubles();
    double[] b = there.of(distance).toDoubles();
    for (int i = 0; i < a.length; i++) {
      if (Math.signum(a[i]) != Math.signum(b[i])) {
        return false;
      }
    }
    return true;
  }
}
