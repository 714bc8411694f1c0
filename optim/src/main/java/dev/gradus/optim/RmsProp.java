package dev.gradus.optim;

import dev.gradus.graph.Node;
import dev.gradus.ops.Ops;
import java.util.List;

/// Gradients divided by a running root mean square of themselves:
///
/// s ← ρ·s + (1 − ρ)·g², θ ← θ − α·g / (√s + ε)
///
/// Tieleman and Hinton, *Lecture 6.5: rmsprop*, Neural Networks for Machine Learning, 2012.
///
/// @param decay ρ, in [0, 1)
/// @param epsilon ε, above 0
public record RmsProp(double decay, double epsilon) implements Optimizer {
  /// Checks ρ and ε.
  public RmsProp {
    Settings.requireFraction("rmsprop", "decay", decay);
    Settings.requirePositive("rmsprop", "epsilon", epsilon);
  }

  /// With ρ = 0.9 and ε = 1e-8.
  public RmsProp() {
    this(0.9, 1e-8);
  }

  @Override
  public List<Slot> slots() {
    return List.of(Slot.zero("squares"));
  }

  @Override
  public Update update(Node parameter, Node gradient, List<Node> slots, Node learningRate, Node step) {
    Node squares = slots.getFirst().times(decay).plus(Ops.square(gradient).times(1 - decay));
    Node scale = Ops.sqrt(squares).plus(epsilon);
    return Update.of(parameter.minus(learningRate.times(gradient).dividedBy(scale)), squares);
  }
}
