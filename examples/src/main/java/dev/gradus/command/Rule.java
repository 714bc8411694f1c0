package dev.gradus.command;

import dev.gradus.optim.AdaGrad;
import dev.gradus.optim.Adam;
import dev.gradus.optim.AdamW;
import dev.gradus.optim.Momentum;
import dev.gradus.optim.Nesterov;
import dev.gradus.optim.Optimizer;
import dev.gradus.optim.RmsProp;
import dev.gradus.optim.Sgd;
import java.util.Locale;

/// An update rule by name, with the learning rate that serves it well on standardised features.
@SuppressWarnings("ImmutableEnumChecker") // optimizers are records of plain settings
enum Rule {
  SGD(new Sgd(), 0.1),
  MOMENTUM(new Momentum(), 0.02),
  NESTEROV(new Nesterov(), 0.02),
  ADAGRAD(new AdaGrad(), 0.05),
  RMSPROP(new RmsProp(), 0.003),
  ADAM(new Adam(), 0.003),
  ADAMW(new AdamW(), 0.003);

  final Optimizer optimizer;
  final double learningRate;

  Rule(Optimizer optimizer, double learningRate) {
    this.optimizer = optimizer;
    this.learningRate = learningRate;
  }

  /// This rule with weight decay: [AdamW] has its own, the others take that of the L2 penalty.
  Optimizer withDecay(double decay) {
    return this == ADAMW ? new AdamW(decay) : decay == 0 ? optimizer : optimizer.withWeightDecay(decay);
  }

  /// The name as it is written on the command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
