package dev.gradus.benchmarks;

import dev.gradus.compile.Program;
import org.jspecify.annotations.Nullable;

/// The memory of a compiled graph.
///
/// @param bytes what a call holds besides leaves
/// @param intermediateBytes what everything computed would take if no memory were shared
record Plan(long bytes, long intermediateBytes) {

  /// The plan of a program, or null where there is no program to ask.
  static @Nullable Plan of(@Nullable Program program) {
    return program == null ? null : new Plan(program.plannedBytes(), program.intermediateBytes());
  }
}
