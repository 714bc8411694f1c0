package dev.gradus.teach.layout;

/// Why the members of a group belong together.
public enum GroupKind {
  /// They are the whole graph.
  ROOT,
  /// Their names share a scope.
  SCOPE,
  /// They are one or more repetitions of a structure that repeats.
  BLOCK,
  /// They are a piece of a chain: each but the last is used by the next one alone, and but for leaves each uses one other.
  CHAIN,
  /// They are applications of one op, or leaves of one kind, with the same users or the same operands.
  ALIKE,
  /// They stand after each other in topological order.
  STRETCH
}
