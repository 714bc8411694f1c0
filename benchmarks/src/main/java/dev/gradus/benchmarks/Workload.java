package dev.gradus.benchmarks;

import dev.gradus.compile.Settings;

/// A piece of work that is timed. Its record components are its sizes; the sizes that are compared with the peers are those
/// in [Workloads].
interface Workload {
  /// Its name on the command line.
  String name();

  /// Who does it: `gradus`, or `java` for derivatives written by hand.
  default String peer() {
    return "gradus";
  }

  /// Whether it is repeated; else one run from nothing is all there is to time.
  default boolean isRepeated() {
    return true;
  }

  /// Makes it ready to run: builds the graph, compiles it and binds it to arrays.
  Job start(Settings settings);
}
