package dev.gradus.check;

import dev.gradus.graph.Node;
import java.util.List;

/// One comparison: the derivative of the result as one element of a node moves, or all of them along a random
/// direction.
///
/// @param node the node that moves
/// @param index the element that moves; empty for a scalar and for a direction
/// @param direction the number of the direction from 0, or -1 where one element moves
/// @param analytic the derivative by the rules
/// @param numeric the derivative by differences; infinite where they grow without end, NaN where there are none
/// @param error an estimate of how far `numeric` is off
/// @param left the slope to the left, NaN where the function is not finite there
/// @param right the slope to the right, NaN where the function is not finite there
/// @param verdict what the comparison says
/// @param curve the differences by step, large steps first; empty unless asked for
public record Row(
    Node node,
    List<Integer> index,
    int direction,
    double analytic,
    double numeric,
    double error,
    double left,
    double right,
    Verdict verdict,
    List<Step> curve) {

  /// A central difference with one step.
  ///
  /// @param h the step
  /// @param difference (f(x + h) - f(x - h)) / 2h
  /// @param error its distance from the analytic derivative: with smaller steps it falls by h², until rounding makes
  ///     it rise by 1 / h
  public record Step(double h, double difference, double error) {}

  /// The same comparison of another node.
  Row of(Node other) {
    return new Row(other, index, direction, analytic, numeric, error, left, right, verdict, curve);
  }

  /// The element or direction as text.
  public String place() {
    return direction >= 0 ? "direction " + direction : index.toString();
  }
}
