package dev.gradus.teach.worksheet;

/// What a worksheet can leave blank.
public enum Blank {
  /// The value of every node that is computed.
  VALUES,
  /// The local derivative ∂v/∂u of every use.
  LOCALS,
  /// The term ∂L/∂v · ∂v/∂u of every use. The gradient of a node with one use is its only term.
  TERMS,
  /// The gradient ∂L/∂u of every node, the sum of its terms.
  SUMS
}
