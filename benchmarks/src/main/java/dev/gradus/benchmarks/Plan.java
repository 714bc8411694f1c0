package dev.gradus.benchmarks;

import dev.gradus.compile.Program;
import org.jspecify.annotations.Nullable;

/// The memory of a compiled graph.
///
/// @param peakBytes the most that is held at once between inputs and results
/// @param intermediateBytes what all values in between would take without reuse
record Plan(long peakBytes, long intermediateBytes) {

  /// The plan of a program, or null where it is not known. A [Program] does not tell yet; once it does, this is the one
  /// place that asks.
  static @Nullable Plan of(@Nullable Program program) {
    return null;
  }
}
