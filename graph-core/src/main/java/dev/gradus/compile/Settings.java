package dev.gradus.compile;

import dev.gradus.GradusException;

/// How a [Program] runs. A result has the same bits in every run and for every number of threads (on one type of CPU with as many
/// processors, with the same choices of vectors and natives).
///
/// @param threads the number of threads, at least 1
/// @param vectors whether kernels may use the Vector API where it is present
/// @param natives whether large matrix products, and all where there are no vectors, may use OpenBLAS where it is present
public record Settings(int threads, boolean vectors, boolean natives) {
  /// Checks the number of threads.
  public Settings {
    if (threads < 1) {
      throw new GradusException("compile", "the number of threads must be at least 1", threads, "leave it out for all cores");
    }
  }

  /// All cores and all that is present.
  public static Settings standard() {
    return new Settings(Runtime.getRuntime().availableProcessors(), true, true);
  }

  /// The same with another number of threads.
  public Settings withThreads(int number) {
    return new Settings(number, vectors, natives);
  }

  /// The same without the Vector API.
  public Settings withoutVectors() {
    return new Settings(threads, false, natives);
  }

  /// The same without OpenBLAS.
  public Settings withoutNatives() {
    return new Settings(threads, vectors, false);
  }
}
