package dev.gradus.ops;

import dev.gradus.GradusException;
import dev.gradus.graph.Node;
import dev.gradus.graph.Reduce;
import java.util.Locale;

/// How a loss sums up its elements.
public enum Reduction {
  /// Their mean.
  MEAN,
  /// Their sum.
  SUM,
  /// Not at all: one loss for each element.
  NONE;

  /// The reduction of that lower-case name.
  ///
  /// @throws GradusException for another word
  public static Reduction of(String op, String name) {
    for (Reduction reduction : values()) {
      if (reduction.toString().equals(name)) {
        return reduction;
      }
    }
    throw new GradusException(op, "reduction must be mean, sum or none", name, "choose one of them");
  }

  /// The losses of all elements, summed up.
  Node over(Node each) {
    if (this == NONE) {
      return each;
    }
    Node sum = Reduce.all(Reduce.Kind.SUM, each.shape().rank()).of(each);
    return this == SUM ? sum : sum.dividedBy(each.shape().size());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
