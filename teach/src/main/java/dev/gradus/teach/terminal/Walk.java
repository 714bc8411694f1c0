package dev.gradus.teach.terminal;

import dev.gradus.graph.Node;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Share;
import dev.gradus.teach.replay.Step;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where things are among the steps of a replay.
final class Walk {
  private final Replay replay;
  private final List<Step> steps;
  private final int[] openSteps;

  Walk(Replay replay) {
    this.replay = replay;
    this.steps = replay.steps();
    this.openSteps = new int[replay.graph().size()];
    Arrays.fill(openSteps, Integer.MAX_VALUE);
    for (int k = 0; k < steps.size(); k++) {
      Step step = steps.get(k);
      if (step.u() != null && (step.kind() == Step.Kind.OPEN || step.kind() == Step.Kind.SEED)) {
        openSteps[replay.graph().indexOf(step.u())] = k;
      }
    }
  }

  Replay replay() {
    return replay;
  }

  Step step(int at) {
    return steps.get(at);
  }

  int last() {
    return steps.size() - 1;
  }

  /// The next sum of more than one term, or -1.
  int fanOutAfter(int at) {
    for (int k = at + 1; k < steps.size(); k++) {
      Node u = steps.get(k).u();
      if (u != null && steps.get(k).kind() == Step.Kind.OPEN && replay.shares(u).size() > 1) {
        return k;
      }
    }
    return -1;
  }

  /// The next step that begins something at a node: its value or its sum. After the last of them comes the first.
  int visitAfter(int at, Node u) {
    int open = openSteps[replay.graph().indexOf(u)];
    int value = replay.valueStep(u);
    return open == Integer.MAX_VALUE || at < value || at >= open ? value : open;
  }

  /// Whether the value of u is known at a step.
  boolean isValueKnown(Node u, int at) {
    return replay.valueStep(u) <= at;
  }

  /// Whether ∂L/∂u is known at a step; of a tuple, those of all its results.
  boolean isGradientKnown(Node u, int at) {
    return u.isTuple()
        ? replay.graph().uses(u).stream().allMatch(use -> isGradientSettled(use.user(), at))
        : replay.gradientStep(u) <= at;
  }

  private boolean isGradientSettled(Node u, int at) {
    return isGradientKnown(u, at) || isGradientMissing(u, at);
  }

  /// Whether it is clear at a step that no gradient arrives at u.
  boolean isGradientMissing(Node u, int at) {
    return !u.isTuple() && replay.gradient(u) == null && at > openSteps[replay.graph().indexOf(u)];
  }

  /// Whether the sum for ∂L/∂u has begun at a step.
  boolean isOpen(Node u, int at) {
    return openSteps[replay.graph().indexOf(u)] <= at;
  }

  /// How many terms are in the sum for ∂L/∂u at a step, or null where it has not begun or is complete.
  @Nullable Integer summed(Node u, int at) {
    boolean isRunning = !u.isTuple() && u != replay.result() && isOpen(u, at)
        && !isGradientKnown(u, at) && replay.gradient(u) != null;
    return isRunning ? at - openSteps[replay.graph().indexOf(u)] : null;
  }

  /// Whether a term has been added at a step.
  boolean isAdded(Share share, int at) {
    return isOpen(share.u(), at) && at > openSteps[replay.graph().indexOf(share.u())] + share.index();
  }
}
