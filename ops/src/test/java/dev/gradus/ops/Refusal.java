package dev.gradus.ops;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gradus.GradusException;
import org.junit.jupiter.api.function.Executable;

/// What a refused call says.
final class Refusal {
  private Refusal() {}

  static String of(Executable call) {
    return String.valueOf(assertThrows(GradusException.class, call).getMessage());
  }
}
