package dev.gradus.optim;

import dev.gradus.graph.Node;
import java.util.List;

/// Nesterov's accelerated gradient, which looks ahead along the velocity before it takes the gradient:
///
/// v ← μ·v − α·g, θ ← θ + μ·v − α·g
///
/// Nesterov, *A method of solving a convex programming problem with convergence rate O(1/k²)*, 1983. In this form θ is
/// the point looked at, so the gradient is needed there only: Bengio, Boulanger-Lewandowski and Pascanu, *Advances in
/// optimizing recurrent networks*, 2013, equation 7, for a constant μ.
///
/// @param momentum μ, in [0, 1)
public record Nesterov(double momentum) implements Optimizer {
  /// Checks μ.
  public Nesterov {
    Settings.requireFraction("nesterov", "momentum", momentum);
  }

  /// With μ = 0.9.
  public Nesterov() {
    this(0.9);
  }

  @Override
  public List<Slot> slots() {
    return List.of(Slot.zero("velocity"));
  }

  @Override
  public Update update(Node parameter, Node gradient, List<Node> slots, Node learningRate, Node step) {
    Node descent = learningRate.times(gradient);
    Node velocity = slots.getFirst().times(momentum).minus(descent);
    return Update.of(parameter.plus(velocity.times(momentum)).minus(descent), velocity);
  }
}
