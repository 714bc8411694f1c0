package dev.gradus.optim;

import dev.gradus.graph.Node;
import java.util.List;

/// Gradient descent with a velocity v that remembers earlier gradients:
///
/// v ← μ·v − α·g, θ ← θ + v
///
/// Polyak, *Some methods of speeding up the convergence of iteration methods*, 1964, as written by Sutskever et al., *On
/// the importance of initialization and momentum in deep learning*, 2013, equations 1 and 2.
///
/// @param momentum μ, in [0, 1)
public record Momentum(double momentum) implements Optimizer {
  /// Checks μ.
  public Momentum {
    Settings.requireFraction("momentum", "momentum", momentum);
  }

  /// With μ = 0.9.
  public Momentum() {
    this(0.9);
  }

  @Override
  public List<Slot> slots() {
    return List.of(Slot.zero("velocity"));
  }

  @Override
  public Update update(Node parameter, Node gradient, List<Node> slots, Node learningRate, Node step) {
    Node velocity = slots.getFirst().times(momentum).minus(learningRate.times(gradient));
    return Update.of(parameter.plus(velocity), velocity);
  }
}
