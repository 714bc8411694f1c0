package dev.gradus.command;

import dev.gradus.graph.Node;
import dev.gradus.ops.Ops;
import dev.gradus.optim.Initializer;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// What hidden units apply, with the start of weights that suits it.
@SuppressWarnings("ImmutableEnumChecker") // rows hold stateless functions only
enum Activation {
  RELU(Ops::relu, new Initializer.HeUniform()),
  LEAKY_RELU(x -> Ops.leakyRelu(x, 0.01), new Initializer.HeUniform()),
  ELU(x -> Ops.elu(x, 1), new Initializer.HeUniform()),
  SILU(Ops::silu, new Initializer.HeUniform()),
  GELU(Ops::gelu, new Initializer.HeUniform()),
  SOFTPLUS(Ops::softplus, new Initializer.HeUniform()),
  TANH(Ops::tanh, new Initializer.XavierUniform()),
  SIGMOID(Ops::sigmoid, new Initializer.XavierUniform());

  final UnaryOperator<Node> function;
  final Initializer weights;

  Activation(UnaryOperator<Node> function, Initializer weights) {
    this.function = function;
    this.weights = weights;
  }

  /// The name as it is written on the command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
