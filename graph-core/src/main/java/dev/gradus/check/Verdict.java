package dev.gradus.check;

/// What comparing a gradient with differences says.
public enum Verdict {
  /// Both agree.
  OK(true),
  /// The slopes to the left and to the right differ, as at the kink of `abs`, and the gradient lies between them: it
  /// is a convention, and an admissible one. Where the function jumps, a slope is infinite; where it jumps on both
  /// sides, as `sign` does, every number is admissible.
  KINK(true),
  /// They disagree.
  WRONG(false),
  /// The differences are too noisy to tell: rounding in the function hides its slope.
  UNRESOLVED(false),
  /// The function has no finite slope here, such as `log` at 0: there is nothing to compare with.
  NOT_FINITE(false);

  private final boolean passes;

  Verdict(boolean passes) {
    this.passes = passes;
  }

  /// Whether a check with this verdict passes.
  public boolean passes() {
    return passes;
  }
}
