package dev.gradus.check;

/// The derivative at 0 of a function of one number by differences: two-sided, and to either side.
///
/// Steps go down from an eighth of a scale by factors of 4, far enough to get between a point and a kink or the edge of
/// a domain close by. Steps over which the function is not finite are left out. All the steps are needed only where the
/// differences do not soon settle.
final class Slopes {

  /// A function of one number t, as its rise since t = 0.
  interface Path {
    /// The step that is really taken for step `t`, whose sum with a coordinate has to be rounded.
    double taken(double t);

    /// f(t) - f(0).
    double rise(double t);
  }

  /// How large a function is.
  ///
  /// @param value the size of its value: slopes are small compared with this
  /// @param rounding the size of the numbers that are rounded on the way to it
  record Size(double value, double rounding) {}

  private static final int LEVELS = 18;
  private static final int FEWEST = 3;
  private static final int FEWEST_AGAINST = 7;
  private static final int SMOOTH_FOR = 3;

  private final Path path;
  private final double scale;
  private final Extrapolation central = new Extrapolation(2);
  private final Extrapolation left = new Extrapolation(1);
  private final Extrapolation right = new Extrapolation(1);
  private final Size size;
  private double largest;
  private double gap = Double.NaN;
  private int smooth;

  private Slopes(Path path, Size size, double scale) {
    this.path = path;
    this.size = size;
    this.scale = scale;
  }

  /// Takes differences until they settle.
  ///
  /// @param path the function
  /// @param size how large it is at 0
  /// @param scales the sizes of step at which something may happen, the largest first
  /// @param expected what the derivative should be: agreement is believed sooner than disagreement
  /// @param tolerance the relative difference that counts as agreement
  static Slopes of(Path path, Size size, double[] scales, double expected, double tolerance) {
    Slopes best = new Slopes(path, size, scales[0]);
    if (best.settle(expected, tolerance)) {
      return best;
    }
    for (int i = 1; i < scales.length; i++) {
      Slopes finer = new Slopes(path, size, scales[i]);
      if (finer.settle(expected, tolerance)) {
        return finer;
      }
      if (finer.uncertainty() < best.uncertainty()) {
        best = finer;
      }
    }
    return best;
  }

  /// Takes differences with smaller and smaller steps; tells whether they settled.
  private boolean settle(double expected, double tolerance) {
    double h = Math.scalb(0.125, Math.getExponent(scale));
    for (int level = 0; level < LEVELS; level++) {
      add(h, tolerance);
      if (isSettled(level, expected, tolerance)) {
        return true;
      }
      h /= Extrapolation.RATIO;
    }
    return false;
  }

  /// How far off what these slopes tell may be, relative to the slopes; more than anything else where they grow without
  /// end, which finer steps may put right.
  private double uncertainty() {
    if (Double.isInfinite(left()) || Double.isInfinite(right())) {
      return Double.POSITIVE_INFINITY;
    }
    return isKink() ? Math.max(left.uncertainty(), right.uncertainty()) : central.uncertainty();
  }

  private void add(double h, double tolerance) {
    double forward = path.taken(h);
    double backward = path.taken(-h);
    double up = path.rise(h);
    double down = path.rise(-h);
    double both = (up - down) / (forward - backward);
    double ahead = up / forward;
    double behind = down / backward;
    double newGap = Math.abs(ahead - behind);
    double rises = Math.max(finite(up), finite(down));
    largest = Math.max(largest, rises);
    // Rounding of the function, and of the place where it is taken: there the slope changes by the gap over a step.
    double noise = 4 * Math.ulp(1.0) * (Math.max(size.rounding, rises) + finite(newGap) * scale) / h;
    central.add(both, noise, finite(newGap));
    right.add(ahead, noise, finite(newGap));
    left.add(behind, noise, finite(newGap));
    boolean closes = newGap <= 0.5 * gap || newGap <= tolerance * Math.abs(both) || newGap <= 100 * noise;
    smooth = closes ? smooth + 1 : 0;
    gap = newGap;
  }

  private static double finite(double x) {
    return Double.isFinite(x) ? Math.abs(x) : 0;
  }

  /// A slope this small means nothing: moving by the whole scale would not change `fraction` of the function.
  private double negligible(double fraction) {
    return fraction * Math.max(size.value, largest) / scale;
  }

  private boolean isSettled(int level, double expected, double tolerance) {
    if (level < FEWEST || smooth < SMOOTH_FOR) {
      return false;
    }
    double off = Math.abs(central.value() - expected);
    double close = tolerance * Math.max(Math.abs(central.value()), Math.abs(expected));
    boolean precise = central.error() <= Math.max(0.1 * close, negligible(1e-10));
    boolean agrees = precise && Double.isFinite(off) && off <= close + 10 * central.error();
    return agrees || (level >= FEWEST_AGAINST && central.error() <= 0.01 * off);
  }

  /// The derivative: where the function is finite on one side only, the slope to that side.
  double value() {
    if (!left.isKnown() || !right.isKnown()) {
      return left.isKnown() ? left() : right();
    }
    return Double.isInfinite(left()) && left() == right() ? left() : central.value();
  }

  /// How far [#value] may be off.
  double error() {
    if (!left.isKnown() || !right.isKnown()) {
      return left.isKnown() ? left.error() : right.error();
    }
    return Double.isInfinite(value()) ? 0 : central.error();
  }

  /// The slope to the left.
  double left() {
    return left.value();
  }

  /// The slope to the right.
  double right() {
    return right.value();
  }

  /// What these slopes say of a derivative that was computed by rules.
  Verdict judge(double analytic, double tolerance) {
    if (!left.isKnown() && !right.isKnown()) {
      return Verdict.NOT_FINITE;
    }
    if (!Double.isFinite(analytic)) {
      return analytic == value() ? Verdict.OK : Verdict.WRONG;
    }
    if (analytic == 0 && largest <= 4 * Math.ulp(1.0) * size.rounding) {
      return Verdict.OK; // over no step does the function change by more than rounding
    }
    if (left.jumps() && right.jumps()) {
      return Verdict.KINK;
    }
    if (isKink()) {
      double slack = tolerance * Math.abs(analytic) + 10 * (left.error() + right.error());
      boolean between =
          analytic >= Math.min(left(), right()) - slack && analytic <= Math.max(left(), right()) + slack;
      return between ? Verdict.KINK : Verdict.WRONG;
    }
    double numeric = value();
    if (analytic == numeric) {
      return Verdict.OK;
    }
    if (Double.isInfinite(numeric)) {
      return Verdict.NOT_FINITE;
    }
    double close = tolerance * Math.max(Math.abs(analytic), Math.abs(numeric));
    double off = Math.abs(analytic - numeric);
    if (off <= close) {
      return Verdict.OK;
    }
    if (off <= close + 10 * error()) {
      return error() <= Math.max(close, negligible(1e-6)) ? Verdict.OK : Verdict.UNRESOLVED;
    }
    return Verdict.WRONG;
  }

  /// Whether the slopes to both sides differ by more than their errors.
  private boolean isKink() {
    if (!left.isKnown() || !right.isKnown()) {
      return false;
    }
    if (Double.isInfinite(left()) || Double.isInfinite(right())) {
      return left() != right();
    }
    double apart = Math.abs(left() - right());
    double size = Math.max(Math.abs(left()), Math.abs(right()));
    return apart > 1e-4 * size + 20 * (left.error() + right.error());
  }
}
