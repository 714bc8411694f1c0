package dev.gradus.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An op that is defined by other ops, such as softmax: one box in the graph that can be opened. Its value is
/// that of its expansion, and so are its derivatives, unless it states a better pullback.
///
/// ```java
/// record Swish() implements Composite {
///   public String name() {
///     return "swish";
///   }
///
///   public List<Node> expand(List<Node> x) {
///     return List.of(x.getFirst().times(sigmoid(x.getFirst())));
///   }
/// }
/// ```
public non-sealed interface Composite extends Op {

  /// The results, built from the operands `x` with other ops. Must be a function of the operands' types and this
  /// op's settings only; inputs and parameters that are no operands are refused.
  List<Node> expand(List<Node> x);

  /// A pullback better than the one that follows from the expansion: what `out` sends to each operand, given the
  /// upstream gradient of each result (null for a result that leads nowhere). Null, the default, follows the
  /// expansion.
  default @Nullable List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
    return null;
  }

  @Override
  default List<TensorType> types(List<TensorType> x) {
    return Expansion.of(this, x).types();
  }

  @Override
  default String rule(Apply out, int slot) {
    return "chain rule through the expansion of " + name();
  }
}
