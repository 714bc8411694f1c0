package dev.gradus.teach.replay;

import dev.gradus.diff.Term;
import dev.gradus.graph.Node;

/// One term of the sum that makes ∂L/∂u, with what it makes of the sum.
///
/// @param u the node whose gradient is summed up
/// @param index its place among the terms of u, from 0
/// @param term the term
/// @param sum the node of the sum so far, this term included; for the last term this is ∂L/∂u
public record Share(Node u, int index, Term term, Node sum) {

  /// Whether the factors ∂L/∂v and ∂v/∂u are arrays, to be multiplied element by element.
  public boolean areArrays() {
    Node upstream = term.upstream();
    Node local = term.local();
    return upstream != null && local != null && upstream.shape().rank() > 0 && local.shape().rank() > 0;
  }

  /// Whether the term is summed over the axes along which u was repeated to meet the other operands of v.
  public boolean isSummedBack() {
    Node upstream = term.upstream();
    return term.local() != null && upstream != null && !upstream.shape().equals(u.shape());
  }
}
