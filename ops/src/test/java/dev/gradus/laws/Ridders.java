package dev.gradus.laws;

import java.util.function.DoubleUnaryOperator;

/// A derivative from differences: central differences at ever smaller steps, extrapolated to step 0 (Ridders, *Advances in
/// Engineering Software* 4, 1982). The entry of the tableau that differs least from its neighbours is taken; by how much
/// is the estimate of its error.
///
/// @param value the derivative
/// @param error how far off it may be
record Ridders(double value, double error) {
  private static final int LEVELS = 8;
  private static final double SHRINK = 2;

  /// The derivative of `f` at 0, from steps of at most `step`.
  static Ridders of(DoubleUnaryOperator f, double step) {
    double[][] table = new double[LEVELS][LEVELS];
    Ridders best = new Ridders(Double.NaN, Double.POSITIVE_INFINITY);
    double h = step;
    for (int i = 0; i < LEVELS; i++, h /= SHRINK) {
      table[0][i] = (f.applyAsDouble(h) - f.applyAsDouble(-h)) / (2 * h);
      double power = SHRINK * SHRINK;
      for (int j = 1; j <= i; j++, power *= SHRINK * SHRINK) {
        table[j][i] = (power * table[j - 1][i] - table[j - 1][i - 1]) / (power - 1);
        double error =
            Math.max(Math.abs(table[j][i] - table[j - 1][i]), Math.abs(table[j][i] - table[j - 1][i - 1]));
        if (error < best.error) {
          best = new Ridders(table[j][i], error);
        }
      }
    }
    return best;
  }
}
