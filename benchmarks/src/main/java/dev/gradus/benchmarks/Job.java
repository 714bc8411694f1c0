package dev.gradus.benchmarks;

import dev.gradus.compile.Program;
import org.jspecify.annotations.Nullable;

/// A workload that is ready to run.
///
/// @param step does the work once
/// @param flops the floating-point operations of its matrix products, forward and backward; other arithmetic is not counted
/// @param bytes what it cannot but read and write: its inputs and results, each once
/// @param program the compiled graph; null where there is none to ask
record Job(Runnable step, long flops, long bytes, @Nullable Program program) {}
