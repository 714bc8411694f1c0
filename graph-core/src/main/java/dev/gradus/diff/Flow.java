package dev.gradus.diff;

/// Whether a gradient reaches a node, and if not, why. Read as tensors, gradients that do not arrive are zeros.
public enum Flow {
  /// There is a gradient (which may be zero in number, as below `floor`).
  FLOWS,
  /// No path leads from the node to the result.
  UNREACHABLE,
  /// Every path to the result is cut, at least one of them by `stop_gradient`.
  STOPPED,
  /// Every path leads through integers, bools, indices or random draws, which have no derivative.
  DISCRETE
}
