package dev.gradus.laws;

import java.util.function.Supplier;

/// Runs compiled programs with vectors at once: otherwise loops become vectors only when they have run for a while.
public final class Vectors {
  private static final String AT_ONCE = "dev.gradus.compile.cold";

  private Vectors() {}

  /// What `run` gives where it compiles loops for vectors at once.
  public static <T> T atOnce(Supplier<T> run) {
    System.setProperty(AT_ONCE, "true");
    try {
      return run.get();
    } finally {
      System.clearProperty(AT_ONCE);
    }
  }
}
