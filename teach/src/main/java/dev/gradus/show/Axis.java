package dev.gradus.show;

import com.google.common.collect.ImmutableList;
import java.util.List;

/// A range of numbers with round ticks.
///
/// @param low where it begins
/// @param high where it ends
/// @param isLogarithmic whether equal ratios are equal distances
/// @param ticks the numbers to label, rising, from `low` to `high`
record Axis(double low, double high, boolean isLogarithmic, List<Double> ticks) {
  private static final double[] ROUND = {1, 2, 5, 10};

  /// What rounding may leave of a tick that lies at the end of a range, in steps.
  private static final double SLACK = 1e-9;

  Axis {
    ticks = ImmutableList.copyOf(ticks);
  }

  /// An axis that begins and ends at ticks and holds all from `min` to `max`.
  static Axis around(double min, double max, int mostTicks) {
    double margin = min == max ? Math.max(Math.abs(min), 1) / 2 : 0;
    double step = step(min - margin, max + margin, mostTicks);
    double first = Math.floor((min - margin) / step + SLACK);
    double last = Math.ceil((max + margin) / step - SLACK);
    return new Axis(first * step, last * step, false, multiples(first, last, step));
  }

  /// An axis from `low` to `high`.
  static Axis exactly(double low, double high, int mostTicks) {
    double step = step(low, high, mostTicks);
    return new Axis(low, high, false, multiples(Math.ceil(low / step - SLACK), Math.floor(high / step + SLACK), step));
  }

  /// The distance of ticks, a round number.
  private static double step(double low, double high, int mostTicks) {
    double least = (high - low) / mostTicks;
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double round : ROUND) {
      if (round * power >= least * (1 - SLACK)) {
        return round * power;
      }
    }
    throw new AssertionError(least);
  }

  private static List<Double> multiples(double first, double last, double step) {
    ImmutableList.Builder<Double> ticks = ImmutableList.builder();
    for (double k = first; k <= last; k++) {
      ticks.add(k * step);
    }
    return ticks.build();
  }

  /// A logarithmic axis from `low` to `high` with ticks at 1, 2 and 5 times the powers of ten.
  static Axis logarithmic(double low, double high) {
    if (!(low > 0 && low < high)) {
      throw new IllegalArgumentException("a logarithmic axis needs a positive range, but got " + low + " to " + high);
    }
    ImmutableList.Builder<Double> ticks = ImmutableList.builder();
    for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high; power++) {
      for (int digit : new int[] {1, 2, 5}) {
        double tick = digit * Math.pow(10, power);
        if (tick >= low && tick <= high) {
          ticks.add(tick);
        }
      }
    }
    return new Axis(low, high, true, ticks.build());
  }

  /// Where a number lies: 0 at the low end, 1 at the high end.
  double place(double value) {
    return isLogarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  }

  /// Whether a number lies between the ends, these included.
  boolean holds(double value) {
    return value >= low && value <= high;
  }

  /// A tick as text.
  static String label(double tick) {
    return Numbers.text(tick, 6);
  }
}
