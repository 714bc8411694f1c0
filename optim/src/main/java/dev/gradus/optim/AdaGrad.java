package dev.gradus.optim;

import dev.gradus.graph.Node;
import dev.gradus.ops.Ops;
import java.util.List;

/// A learning rate for each element that shrinks with the gradients seen there:
///
/// s ← s + g², θ ← θ − α·g / (√s + ε)
///
/// Duchi, Hazan and Singer, *Adaptive subgradient methods for online learning and stochastic optimization*, 2011, the
/// diagonal form.
///
/// @param epsilon ε, above 0; keeps the division defined where no gradient arrived yet
public record AdaGrad(double epsilon) implements Optimizer {
  /// Checks ε.
  public AdaGrad {
    Settings.requirePositive("adagrad", "epsilon", epsilon);
  }

  /// With ε = 1e-10.
  public AdaGrad() {
    this(1e-10);
  }

  @Override
  public List<Slot> slots() {
    return List.of(Slot.zero("squares"));
  }

  @Override
  public Update update(Node parameter, Node gradient, List<Node> slots, Node learningRate, Node step) {
    Node squares = slots.getFirst().plus(Ops.square(gradient));
    Node scale = Ops.sqrt(squares).plus(epsilon);
    return Update.of(parameter.minus(learningRate.times(gradient).dividedBy(scale)), squares);
  }
}
