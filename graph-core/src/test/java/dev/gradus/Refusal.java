package dev.gradus;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/// Errors, for tests of their texts.
public final class Refusal {
  private Refusal() {}

  /// The message with which `action` is refused, without the place in the program.
  public static String of(Executable action) {
    GradusException refused = assertThrows(GradusException.class, action);
    return String.valueOf((refused.getCause() instanceof GradusException cause ? cause : refused).getMessage());
  }
}
