/// Gradus timed on the workloads on which it is compared with its peers: under JMH ([dev.gradus.benchmarks.StepBenchmark])
/// and from the command line ([dev.gradus.benchmarks.Bench]).
@NullMarked
package dev.gradus.benchmarks;

import org.jspecify.annotations.NullMarked;
