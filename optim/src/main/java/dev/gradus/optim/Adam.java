package dev.gradus.optim;

import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.ops.Ops;
import java.util.List;

/// Running means of the gradient and of its square, each freed of the bias of its start at 0:
///
/// m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), θ ← θ − α·m̂ / (√v̂ + ε)
///
/// Kingma and Ba, *Adam: a method for stochastic optimization*, 2015, algorithm 1.
///
/// @param beta1 β₁, in [0, 1)
/// @param beta2 β₂, in [0, 1)
/// @param epsilon ε, above 0
public record Adam(double beta1, double beta2, double epsilon) implements Optimizer {
  /// Checks the settings.
  public Adam {
    Settings.requireFraction("adam", "beta1", beta1);
    Settings.requireFraction("adam", "beta2", beta2);
    Settings.requirePositive("adam", "epsilon", epsilon);
  }

  /// With the paper's β₁ = 0.9, β₂ = 0.999 and ε = 1e-8.
  public Adam() {
    this(0.9, 0.999, 1e-8);
  }

  @Override
  public List<Slot> slots() {
    return List.of(Slot.zero("mean"), Slot.zero("square"));
  }

  @Override
  public Update update(Node parameter, Node gradient, List<Node> slots, Node learningRate, Node step) {
    Node mean = average(slots.get(0), gradient, beta1);
    Node square = average(slots.get(1), Ops.square(gradient), beta2);
    Node scale = Ops.sqrt(square.dividedBy(weight(beta2, step, parameter))).plus(epsilon);
    Node direction = mean.dividedBy(weight(beta1, step, parameter)).dividedBy(scale);
    return Update.of(parameter.minus(learningRate.times(direction)), mean, square);
  }

  private static Node average(Node before, Node now, double beta) {
    return before.times(beta).plus(now.times(1 - beta));
  }

  /// 1 − βᵗ, the share of the running mean that real gradients make up; in f64, because in f32 it loses half its digits
  /// at β₂ = 0.999.
  private static Node weight(double beta, Node step, Node parameter) {
    return Ops.cast(Constant.of(beta).pow(step).negated().plus(1), parameter.dtype());
  }
}
