package dev.gradus.optim;

import dev.gradus.graph.Node;
import java.util.List;

/// [Adam] with weight decay apart from the gradient, so that large gradients do not weaken it:
///
/// θ ← θ − α·(m̂ / (√v̂ + ε) + λ·θ)
///
/// Loshchilov and Hutter, *Decoupled weight decay regularization*, 2019, algorithm 2, where the learning rate and its
/// schedule are one factor.
///
/// @param decay λ, at least 0
/// @param adam the rule for the rest
public record AdamW(double decay, Adam adam) implements Optimizer {
  /// Checks λ.
  public AdamW {
    Settings.requireAtLeastZero("adamw", "decay", decay);
  }

  /// With Adam's usual settings.
  public AdamW(double decay) {
    this(decay, new Adam());
  }

  /// With λ = 0.01 and Adam's usual settings.
  public AdamW() {
    this(0.01);
  }

  @Override
  public List<Slot> slots() {
    return adam.slots();
  }

  @Override
  public Update update(Node parameter, Node gradient, List<Node> slots, Node learningRate, Node step) {
    Update update = adam.update(parameter, gradient, slots, learningRate, step);
    Node decayed = update.parameter().minus(learningRate.times(decay).times(parameter));
    return new Update(decayed, update.slots());
  }
}
