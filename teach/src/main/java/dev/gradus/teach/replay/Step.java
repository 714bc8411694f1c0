package dev.gradus.teach.replay;

import dev.gradus.graph.Node;
import org.jspecify.annotations.Nullable;

/// One step of a [Replay].
///
/// @param kind what happens
/// @param u the node it happens to; null at the end, which concerns all leaves
/// @param share for a [Kind#TERM] the share it adds, else null
public record Step(Kind kind, @Nullable Node u, @Nullable Share share) {

  /// What can happen.
  public enum Kind {
    /// The value of u is computed from those of its operands, or is given.
    FORWARD,
    /// ∂L/∂L is set to 1, or to what comes from above.
    SEED,
    /// Every v in Γ(u) is done, so that ∂L/∂u can be summed up; nothing is added yet.
    OPEN,
    /// One use of u by a v adds ∂L/∂v · ∂v/∂u to the sum.
    TERM,
    /// The sum over Γ(u) is complete: this is ∂L/∂u.
    CLOSE,
    /// All gradients by leaves are there.
    PARAMETERS
  }
}
