package dev.gradus.formula;

import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes the leaves of a formula from their values.
///
/// @param values a value for each name
record LeavesAtValues(Map<String, Tensor> values) implements Building.Leaves {
  @Override
  public Node leaf(String name, @Nullable Shape indexed) {
    Tensor value = Objects.requireNonNull(values.get(name));
    if (indexed != null && isIndex(value, indexed)) {
      return Constant.of(name, value.cast(DType.I64));
    }
    return value.dtype().isFloating() ? Parameter.of(name, value) : Constant.of(name, value);
  }

  /// Whether whole numbers that stand in the place of indices into a tensor of shape `indexed` are indices: not where
  /// they have its shape, as the probabilities of a cross-entropy do.
  static boolean isIndex(Tensor value, Shape indexed) {
    return value.dtype() != DType.BOOL
        && !value.shape().equals(indexed)
        && Arrays.stream(value.toDoubles()).allMatch(x -> x == Math.rint(x) && Math.abs(x) < 0x1p53);
  }
}
