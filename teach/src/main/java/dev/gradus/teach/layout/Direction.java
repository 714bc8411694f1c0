package dev.gradus.teach.layout;

/// Which way a picture reads.
public enum Direction {
  /// Operands below, what uses them above.
  RESULT_ON_TOP,
  /// Operands to the left, what uses them to the right.
  RESULT_ON_RIGHT
}
