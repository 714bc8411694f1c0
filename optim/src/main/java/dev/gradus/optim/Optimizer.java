package dev.gradus.optim;

import dev.gradus.graph.Node;
import java.util.List;

/// An update rule: a formula that takes a parameter, its gradient and what was kept from earlier updates to their
/// next values. It builds nodes, so it runs on whatever runs the rest of the graph.
///
/// In the rules θ is the parameter, g = ∂J/∂θ its gradient, α the learning rate, t the number of the update, counted
/// from 1; all of it is element by element. A rule of one's own is written like those here:
///
/// ```java
/// record SignDescent() implements Optimizer {
///   public List<Slot> slots() {
///     return List.of();
///   }
///
///   public Update update(Node parameter, Node gradient, List<Node> slots, Node learningRate, Node step) {
///     return Update.of(parameter.minus(learningRate.times(Ops.sign(gradient))));
///   }
/// }
/// ```
public interface Optimizer {

  /// What is kept for each parameter.
  List<Slot> slots();

  /// The next values.
  ///
  /// @param parameter the parameter
  /// @param gradient the gradient of the loss by it, of its shape and dtype
  /// @param slots the current values of [#slots], each of the parameter's shape and dtype
  /// @param learningRate the learning rate, a scalar of the parameter's dtype
  /// @param step which update this is, counted from 1: an f64 scalar
  Update update(Node parameter, Node gradient, List<Node> slots, Node learningRate, Node step);

  /// This rule with an L2 penalty: see [WeightDecay].
  default Optimizer withWeightDecay(double decay) {
    return new WeightDecay(decay, this);
  }
}
