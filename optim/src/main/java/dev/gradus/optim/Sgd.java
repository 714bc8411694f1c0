package dev.gradus.optim;

import dev.gradus.graph.Node;
import java.util.List;

/// Gradient descent: θ ← θ − α·g (Robbins and Monro, *A stochastic approximation method*, 1951).
public record Sgd() implements Optimizer {
  @Override
  public List<Slot> slots() {
    return List.of();
  }

  @Override
  public Update update(Node parameter, Node gradient, List<Node> slots, Node learningRate, Node step) {
    return Update.of(parameter.minus(learningRate.times(gradient)));
  }
}
