package dev.gradus.ops;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.View;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/// The cross-entropy of classes on axis 1 (axis 0 of a vector), from logits or from log-probabilities.
///
/// @param fromLogits whether to take the log-softmax first
/// @param smoothing the share of each target's weight that is spread evenly over all classes
/// @param ignored targets of this value count nothing
/// @param reduction the mean over the targets that count, the sum, or each
record CrossEntropy(boolean fromLogits, double smoothing, int ignored, Reduction reduction) implements Composite {
  @Override
  public String name() {
    return fromLogits ? "cross_entropy" : "nll_loss";
  }

  @Override
  public List<Node> expand(List<Node> x) {
    Node scores = x.get(0);
    Node target = x.get(1);
    if (scores.shape().rank() == 0 || !scores.dtype().isFloating()) {
      throw new GradusException(
          name(), "predictions must be floating-point, with classes on axis 1", scores.type(), "cast or reshape them");
    }
    int axis = scores.shape().rank() == 1 ? 0 : 1;
    Node logs = fromLogits ? Softmaxes.logSoftmax(scores, axis) : scores;
    if (isDistribution(scores, target)) {
      return List.of(reduction.over(ofDistribution(logs, target, axis)));
    }
    Shape expected = Axes.without(scores.shape(), List.of(axis));
    if (!target.dtype().isInteger() || !target.shape().equals(expected)) {
      throw new GradusException(
          name(), "targets must be integer classes of shape " + expected, target.type(), "cast or reshape them");
    }
    Node counts =
        new Cast(logs.dtype()).of(Comparisons.NOT_EQUAL.of(target, Constant.scalar(target.dtype(), ignored)));
    Node each = ofClasses(logs, target, axis, counts);
    return List.of(reduction == Reduction.MEAN ? Reduction.SUM.over(each).dividedBy(Reduction.SUM.over(counts)) : reduction.over(each));
  }

  /// Whether targets are probabilities rather than classes.
  private boolean isDistribution(Node scores, Node target) {
    return fromLogits && target.type().equals(scores.type());
  }

  private Node ofDistribution(Node logs, Node target, int axis) {
    int classes = logs.shape().dim(axis);
    Node weights = smoothing == 0 ? target : target.times(1 - smoothing).plus(smoothing / classes);
    return Axes.sum(Elementwise.product(weights, logs), List.of(axis), false).negated();
  }

  /// Chooses rather than multiplies, so that a log-probability of -∞ elsewhere does no harm.
  private Node ofClasses(Node logs, Node target, int axis, Node counts) {
    int classes = logs.shape().dim(axis);
    Node hot = new Indexing.OneHot(name(), classes, ignored, DType.BOOL).of(target);
    Node chosen = View.permute(hot, classesAt(axis, hot.shape().rank()));
    Node picked = Arithmetics.WHERE.of(chosen, logs, Constant.scalar(logs.dtype(), 0));
    Node each = Axes.sum(picked, List.of(axis), false).negated();
    if (smoothing == 0) {
      return each;
    }
    Node spread = Axes.sum(logs, List.of(axis), false).times(-smoothing / classes);
    return each.times(1 - smoothing).plus(Elementwise.product(counts, spread));
  }

  /// The permutation that brings the last axis to place `axis`.
  private static int[] classesAt(int axis, int rank) {
    return IntStream.range(0, rank).map(i -> i < axis ? i : i == axis ? rank - 1 : i - 1).toArray();
  }

  @Override
  public String rule(Apply out, int slot) {
    String share = reduction == Reduction.MEAN ? " / n" : "";
    boolean distribution = isDistribution(out.operand(0), out.operand(1));
    if (slot == 1) {
      return distribution ? "g * -log_softmax(x)" + share : "none: a class";
    }
    if (!fromLogits) {
      return "-g" + share + " at the targets, 0 elsewhere";
    }
    String weights = distribution ? "y" : "onehot(y)";
    return "g * (softmax(x) - " + (smoothing == 0 ? weights : "smoothed " + weights) + ")" + share;
  }
}
