package dev.gradus.examples;

/// A short program that shows one idea and tells in words and numbers what comes out. Its source is part of what it
/// shows.
public interface Example {

  /// The name by which it is asked for, such as `xor`.
  String name();

  /// What it shows, in one line.
  String summary();

  /// Whether it trains from random starts, so that it can be asked for several seeds.
  default boolean isRandom() {
    return false;
  }

  /// Whether it draws plots.
  default boolean isDrawn() {
    return false;
  }

  /// Runs it.
  void run(Screen screen);
}
