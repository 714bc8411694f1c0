package dev.gradus.teach.grading;

/// How a student's number compares with the right one.
public enum Verdict {
  /// Right, to the tolerance.
  RIGHT,
  /// Not right, but right given the student's own numbers that it is computed from.
  FOLLOWS,
  /// Wrong by itself.
  WRONG,
  /// Of another shape than the node, and no known mistake gives that shape.
  SHAPE,
  /// Not given.
  MISSING;

  /// The key of the sentence that says so in a word or two.
  String key() {
    return switch (this) {
      case RIGHT -> "grade.right";
      case FOLLOWS -> "grade.follows";
      case WRONG -> "grade.wrong";
      case SHAPE -> "grade.shape";
      case MISSING -> "grade.missing";
    };
  }
}
