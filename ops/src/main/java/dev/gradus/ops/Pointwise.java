package dev.gradus.ops;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.TensorType;
import java.util.List;

/// A loss of one prediction and one target at each element, and how the elements are summed up.
///
/// @param each the loss of an element
/// @param reduction their mean, their sum, or each
record Pointwise(Elementwise each, Reduction reduction) implements Composite {
  @Override
  public String name() {
    return each.name();
  }

  @Override
  public List<Node> expand(List<Node> x) {
    TensorType prediction = x.get(0).type();
    TensorType target = x.get(1).type();
    if (!prediction.equals(target)) {
      throw new GradusException(
          name(), "prediction and target must have one shape and dtype", prediction + " and " + target, "reshape or cast one");
    }
    return List.of(reduction.over(each.of(x.get(0), x.get(1))));
  }

  @Override
  public String rule(Apply out, int slot) {
    String rule = each.rule(out, slot);
    return reduction == Reduction.MEAN && !rule.equals("0") ? rule + " / " + out.operand(slot).shape().size() : rule;
  }
}
