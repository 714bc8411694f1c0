package dev.gradus.compile;

import dev.gradus.GradusException;

/// How a [Program] runs.
///
/// @param threads the number of threads, at least 1
/// @param deterministic whether matrix products give the same bits for any number of threads (on one type of CPU); our own
///     kernels always do
/// @param vectors whether kernels may use the Vector API where it is present
/// @param natives whether matrix products may use OpenBLAS where it is present
public record Settings(int threads, boolean deterministic, boolean vectors, boolean natives) {
  /// Checks the number of threads.
  public Settings {
    if (threads < 1) {
      throw new GradusException("compile", "the number of threads must be at least 1", threads, "leave it out for all cores");
    }
  }

  /// All cores and all that is present.
  public static Settings standard() {
    return new Settings(Runtime.getRuntime().availableProcessors(), false, true, true);
  }

  /// The same with another number of threads.
  public Settings withThreads(int number) {
    return new Settings(number, deterministic, vectors, natives);
  }

  /// The same bits for any number of threads, matrix products included.
  public Settings deterministically() {
    return new Settings(threads, true, vectors, natives);
  }

  /// The same without the Vector API.
  public Settings withoutVectors() {
    return new Settings(threads, deterministic, false, natives);
  }

  /// The same without OpenBLAS.
  public Settings withoutNatives() {
    return new Settings(threads, deterministic, vectors, false);
  }
}
