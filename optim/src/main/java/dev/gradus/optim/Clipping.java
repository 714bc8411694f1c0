package dev.gradus.optim;

import dev.gradus.graph.Node;
import dev.gradus.ops.Ops;
import dev.gradus.tensor.DType;
import java.util.List;

/// What is done to the gradients of all parameters before the update rule sees them.
@FunctionalInterface
public interface Clipping {

  /// The gradients to use in place of `gradients`, in the same order and of the same types.
  List<Node> apply(List<Node> gradients);

  /// Leaves the gradients as they are.
  static Clipping none() {
    return gradients -> gradients;
  }

  /// Each element moved into [−limit, limit].
  ///
  /// @param limit the largest size of an element, above 0
  record ByValue(double limit) implements Clipping {
    /// Checks the limit.
    public ByValue {
      Settings.requirePositive("clipping", "limit", limit);
    }

    @Override
    public List<Node> apply(List<Node> gradients) {
      return gradients.stream().map(g -> Ops.clip(g, -limit, limit)).toList();
    }
  }

  /// All gradients shrunk by one factor when their common norm ‖g‖ exceeds the limit, so that the direction stays:
  /// g · limit / max(‖g‖, limit). Pascanu, Mikolov and Bengio, *On the difficulty of training recurrent neural
  /// networks*, 2013, algorithm 1.
  ///
  /// @param limit the largest norm, above 0
  record ByGlobalNorm(double limit) implements Clipping {
    /// Checks the limit.
    public ByGlobalNorm {
      Settings.requirePositive("clipping", "limit", limit);
    }

    @Override
    public List<Node> apply(List<Node> gradients) {
      Node norm = globalNorm(gradients);
      Node factor = Ops.maximum(norm, limit).pow(-1).times(limit);
      return gradients.stream().map(g -> g.times(Ops.cast(factor, g.dtype()))).toList();
    }
  }

  /// ‖g‖, the root of the sum of the squares of all elements of all gradients: an f64 scalar.
  static Node globalNorm(List<Node> gradients) {
    Node sum = Ops.constant(0.0);
    for (Node gradient : gradients) {
      sum = sum.plus(Ops.cast(Ops.sum(Ops.square(gradient)), DType.F64));
    }
    return Ops.sqrt(sum);
  }
}
