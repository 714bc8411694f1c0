package dev.gradus.optim;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A multilayer perceptron: layer after layer h ← g(h·W + b), the last one without g, so that it gives logits or numbers.
///
/// ```java
/// var network = new Mlp(new Parameters(7), Ops::relu, new Initializer.HeUniform(), 64, 32, 10);
/// Trainer trainer = Trainer.of((x, y) -> Ops.crossEntropy(network.apply(x), y), train).build();
/// Tensor logits = new Predictor(network).apply(test.features(), trainer.state());
/// ```
public final class Mlp implements UnaryOperator<Node> {
  private final UnaryOperator<Node> activation;
  private final ImmutableList<Layer> layers;

  private record Layer(Parameter weights, Parameter bias) {
    Node apply(Node x) {
      return Ops.matmul(x, weights).plus(bias);
    }
  }

  /// Makes the parameters `W1`, `b1`, `W2`, `b2`, ... of a network with these numbers of units.
  ///
  /// @param start makes the parameters
  /// @param activation g, element by element
  /// @param weights how the weights start; biases start at 0
  /// @param units the number of features, of units in each hidden layer, and of outputs
  public Mlp(Parameters start, UnaryOperator<Node> activation, Initializer weights, int... units) {
    if (units.length < 2 || Arrays.stream(units).anyMatch(count -> count < 1)) {
      throw new GradusException(
          "mlp", "there must be features, outputs and units in every layer", Arrays.toString(units), "give at least 1 for each");
    }
    this.activation = activation;
    List<Layer> made = new ArrayList<>();
    for (int i = 1; i < units.length; i++) {
      made.add(new Layer(start.make("W" + i, weights, units[i - 1], units[i]), start.zeros("b" + i, units[i])));
    }
    this.layers = ImmutableList.copyOf(made);
  }

  /// The outputs for examples of shape `[batch, features]`: of shape `[batch, outputs]`.
  @Override
  public Node apply(Node x) {
    Node h = layers.getFirst().apply(x);
    for (Layer layer : layers.subList(1, layers.size())) {
      h = layer.apply(activation.apply(h));
    }
    return h;
  }

  /// The weights and biases, layer by layer.
  public List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> Stream.of(layer.weights, layer.bias)).toList();
  }
}
