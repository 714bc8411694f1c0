package dev.gradus.compile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that a program does: reads some arrays and fills others.
interface Step {
  /// The values whose arrays it reads.
  List<Value> reads();

  /// The values whose arrays it fills.
  List<Value> writes();

  /// A value that is read only where the result is written, so that both may have one array; null where there is none.
  default @Nullable Value overwritten() {
    return null;
  }

  /// Whether `leaf` is read only where `value` is written, so that one array will do for both.
  default boolean mayOverwrite(Value leaf, Value value) {
    return leaf.equals(overwritten());
  }

  /// What it does, with arrays at hand.
  Action bind(Arrays arrays);

  /// What it does, in a line.
  String describe();

  /// About how many floating-point operations it takes.
  long operations();

  /// What a step does when a program runs.
  @FunctionalInterface
  interface Action {
    void run();
  }

  /// The arrays of a call.
  @FunctionalInterface
  interface Arrays {
    /// The array of a value, at least as long as the value has elements.
    Object of(Value value);
  }
}
