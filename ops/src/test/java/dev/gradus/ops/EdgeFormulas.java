package dev.gradus.ops;

import static dev.gradus.ops.Ops.constant;
import static dev.gradus.ops.Ops.greater;
import static dev.gradus.ops.Ops.log;
import static dev.gradus.ops.Ops.notEqual;
import static dev.gradus.ops.Ops.reciprocal;
import static dev.gradus.ops.Ops.sqrt;
import static dev.gradus.ops.Ops.stopGradient;
import static dev.gradus.ops.Ops.where;

import dev.gradus.graph.Node;
import java.util.List;

/// The few formulas that edge cases are written in.
final class EdgeFormulas {
  private EdgeFormulas() {}

  static Node build(String formula, List<Node> x) {
    Node first = x.getFirst();
    Node zero = constant(0);
    return switch (formula) {
      case "where(x > 0, log(x), 0)" -> where(greater(first, zero), log(first), zero);
      case "where(x > 0, sqrt(x), 0)" -> where(greater(first, zero), sqrt(first), zero);
      case "where(x != 0, 1 / x, 0)" -> where(notEqual(first, zero), reciprocal(first), zero);
      case "stop_gradient(x) * y" -> stopGradient(first).times(x.get(1));
      case "x * x" -> first.times(first);
      default -> throw new IllegalArgumentException(formula);
    };
  }
}
