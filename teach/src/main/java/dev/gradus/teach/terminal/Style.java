package dev.gradus.teach.terminal;

/// How a piece of a line looks.
enum Style {
  /// As everything else.
  PLAIN,
  /// Heads, and the node that the step is about.
  BOLD,
  /// What happens now.
  NOW,
  /// What asks for attention.
  NOTE
}
