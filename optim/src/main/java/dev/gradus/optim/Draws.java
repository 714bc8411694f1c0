package dev.gradus.optim;

/// The streams of random numbers that training draws from under one seed, far enough apart to never meet.
final class Draws {
  /// The start of parameters, plus the parameter's number.
  static final long START = 3L << 56;

  /// The order of an epoch, plus its number.
  static final long EPOCH = 4L << 56;

  /// A random batch, plus the number of the update.
  static final long BATCH = 5L << 56;

  private Draws() {}
}
