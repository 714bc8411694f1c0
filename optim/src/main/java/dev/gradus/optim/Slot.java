package dev.gradus.optim;

/// A value that an [Optimizer] keeps for each parameter between updates, in the parameter's shape and dtype.
///
/// @param name what it is, such as `velocity`
/// @param initial what every element starts at
public record Slot(String name, double initial) {
  /// A slot that starts at 0.
  public static Slot zero(String name) {
    return new Slot(name, 0);
  }
}
