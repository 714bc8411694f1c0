package dev.gradus.optim;

import dev.gradus.graph.Node;

/// The loss as a function of a batch: from the examples and what they should give to one number, the mean over the
/// batch. It is called once for each batch size, because shapes are static; the parameters it uses are made outside it
/// and shared.
@FunctionalInterface
public interface Objective {

  /// The loss of a batch, a floating-point scalar.
  ///
  /// @param x the examples, of shape `[batch, ...]`
  /// @param target what they should give, of shape `[batch]` or `[batch, ...]`
  Node loss(Node x, Node target);
}
