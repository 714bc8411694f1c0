package dev.gradus.optim;

import dev.gradus.graph.Node;
import java.util.List;

/// Any rule with the L2 penalty (λ/2)·‖θ‖² added to the loss: the rule sees g + λ·θ in place of g. For decay apart from
/// the gradient see [AdamW].
///
/// @param decay λ, at least 0
/// @param rule the rule that gets the changed gradient
public record WeightDecay(double decay, Optimizer rule) implements Optimizer {
  /// Checks λ.
  public WeightDecay {
    Settings.requireAtLeastZero("weight_decay", "decay", decay);
  }

  @Override
  public List<Slot> slots() {
    return rule.slots();
  }

  @Override
  public Update update(Node parameter, Node gradient, List<Node> slots, Node learningRate, Node step) {
    return rule.update(parameter, gradient.plus(parameter.times(decay)), slots, learningRate, step);
  }
}
