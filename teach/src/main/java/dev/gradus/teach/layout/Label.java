package dev.gradus.teach.layout;

import com.google.common.collect.ImmutableList;

/// What there is to say about a group, as data.
///
/// @param name the scope of a [GroupKind#SCOPE], relative to that of the group around it, such as `encoder/layer1`; empty for other
///     groups
/// @param number which of the pieces that were made together this is, from 1
/// @param pieces how many pieces were made together
/// @param repetitions how often the structure of a [GroupKind#BLOCK] occurs in it; 1 for other groups
/// @param nodes how many nodes are in it and in the groups in it
/// @param kinds how many of them are of each kind, the most frequent ones first
public record Label(
    String name, int number, int pieces, int repetitions, int nodes, ImmutableList<KindCount> kinds) {

  /// How many nodes are of a kind.
  ///
  /// @param kind the name of an op, or `input`, `parameter`, `constant`
  /// @param count how many, at least 1
  public record KindCount(String kind, int count) {}
}
