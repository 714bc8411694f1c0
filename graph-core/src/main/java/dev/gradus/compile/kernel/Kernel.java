package dev.gradus.compile.kernel;

/// A loop nest that can be run.
public interface Kernel {

  /// Runs the rows `from` to `to`, or of a nest of one row these elements.
  ///
  /// @param arrays the arrays that the nest's accesses count
  void run(Object[] arrays, int from, int to);
}
