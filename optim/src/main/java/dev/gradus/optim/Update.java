package dev.gradus.optim;

import com.google.common.collect.ImmutableList;
import dev.gradus.graph.Node;
import java.util.List;

/// What one update makes of a parameter and its slots: the nodes of their next values.
///
/// @param parameter the parameter's next value
/// @param slots the slots' next values, in the order of [Optimizer#slots]
public record Update(Node parameter, List<Node> slots) {
  /// Copies the list.
  public Update {
    slots = ImmutableList.copyOf(slots);
  }

  /// The update of an optimizer with these slots.
  public static Update of(Node parameter, Node... slots) {
    return new Update(parameter, List.of(slots));
  }
}
