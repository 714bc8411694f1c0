package dev.gradus.check;

/// Richardson's extrapolation of difference quotients to step 0, with the error estimate of Ridders (1982): steps
/// shrink by [#RATIO], each new quotient is combined with those before so that one more term of the error cancels, and
/// of all combinations the one that differs least from its neighbours counts.
///
/// Differences between neighbours are taken relative to the slopes themselves: steps so large that a bounded function
/// hardly rises over them agree well on nothing.
final class Extrapolation {
  static final int RATIO = 4;
  private static final int MOST_TERMS = 6;
  private static final int GROWING_FOR_DIVERGENCE = 5;

  private final int power;
  private double[] row = {};
  private double value = Double.NaN;
  private double error = Double.POSITIVE_INFINITY;
  private double uncertainty = Double.POSITIVE_INFINITY;
  private double change;
  private double growth;
  private int growing;

  /// @param order the power of the step by which the error falls: 2 for central differences, 1 for one-sided ones
  Extrapolation(int order) {
    this.power = order == 2 ? RATIO * RATIO : RATIO;
  }

  /// Adds the quotient over the next smaller step.
  ///
  /// @param noise how far rounding alone may move it
  /// @param gap how much the slopes to both sides differ over this step
  void add(double quotient, double noise, double gap) {
    if (!Double.isFinite(quotient)) {
      row = new double[0];
      growing = 0;
      return;
    }
    if (row.length > 0) {
      follow(quotient - row[0], noise);
    } else {
      value = Double.isNaN(value) ? quotient : value;
    }
    double[] next = new double[Math.min(row.length + 1, MOST_TERMS)];
    next[0] = quotient;
    double factor = 1;
    for (int j = 1; j < next.length; j++) {
      factor *= power;
      next[j] = next[j - 1] + (next[j - 1] - row[j - 1]) / (factor - 1);
      double off = Math.max(Math.abs(next[j] - next[j - 1]), Math.abs(next[j] - row[j - 1])) + noise;
      double relative = off == 0 ? 0 : off / (Math.abs(next[j]) + gap + noise);
      if (relative < uncertainty || (relative <= 10 * uncertainty && off < error)) {
        uncertainty = Math.min(relative, uncertainty);
        error = off;
        value = next[j];
      }
    }
    row = next;
  }

  /// Counts the changes in a row that do not get smaller: of a quotient that converges they shrink with the step.
  private void follow(double newChange, double noise) {
    boolean grows =
        Math.abs(newChange) > 100 * noise
            && (growing == 0 || (newChange * change > 0 && Math.abs(newChange) >= 0.9 * Math.abs(change)));
    growing = grows ? growing + 1 : 0;
    growth = newChange / change;
    change = newChange;
  }

  /// Whether any quotient was finite.
  boolean isKnown() {
    return !Double.isNaN(value);
  }

  /// Whether the quotients grow as the step shrinks by as much: the function jumps.
  boolean jumps() {
    return diverges() && growth > 0.9 * RATIO;
  }

  private boolean diverges() {
    return growing >= GROWING_FOR_DIVERGENCE;
  }

  /// The quotient at step 0; infinite where the quotients grow without end.
  double value() {
    return diverges() ? Math.copySign(Double.POSITIVE_INFINITY, change) : value;
  }

  /// How far [#value] may be off.
  double error() {
    return diverges() ? 0 : error;
  }

  /// How far [#value] may be off, relative to the slopes it comes from.
  double uncertainty() {
    return uncertainty;
  }
}
