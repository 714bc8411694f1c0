package dev.gradus.optim;

import dev.gradus.GradusException;

/// Checks of the numbers that rules and schedules are set up with.
final class Settings {
  private Settings() {}

  static void requireAtLeastZero(String where, String name, double value) {
    require(value >= 0 && value < Double.POSITIVE_INFINITY, where, name + " must be a number of at least 0", value);
  }

  static void requirePositive(String where, String name, double value) {
    require(value > 0 && value < Double.POSITIVE_INFINITY, where, name + " must be a number above 0", value);
  }

  static void requirePositive(String where, String name, long value) {
    require(value > 0, where, name + " must be at least 1", value);
  }

  /// For the factors of running averages.
  static void requireFraction(String where, String name, double value) {
    require(value >= 0 && value < 1, where, name + " must lie in [0, 1)", value);
  }

  private static void require(boolean holds, String where, String rule, Object got) {
    if (!holds) {
      throw new GradusException(where, rule, got, "choose another");
    }
  }
}
