package dev.gradus.run;

import dev.gradus.graph.Node;
import dev.gradus.graph.index.NodeIndex;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The values found so far in a run: a tensor for each node, several for a tuple.
final class Known {
  private final NodeIndex places = new NodeIndex();
  private final List<@Nullable Tensor> values = new ArrayList<>();
  private final Map<Node, List<Tensor>> tuples = new HashMap<>();

  /// The nodes that have a value.
  Set<Node> nodes() {
    return places;
  }

  boolean contains(Node node) {
    return places.contains(node);
  }

  /// The value of a node; null where it is not known, or `node` is a tuple.
  @Nullable Tensor find(Node node) {
    int place = places.get(node);
    return place == NodeIndex.NONE ? null : values.get(place);
  }

  /// The value of a node that must be known.
  Tensor value(Node node) {
    Tensor value = find(node);
    if (value == null) {
      throw new IllegalStateException("not evaluated yet: " + node);
    }
    return value;
  }

  /// The values of a tuple that must be known.
  List<Tensor> results(Node tuple) {
    List<Tensor> results = tuples.get(tuple);
    if (results == null) {
      throw new IllegalStateException("not evaluated yet: " + tuple);
    }
    return results;
  }

  void put(Node node, List<Tensor> results) {
    boolean single = results.size() == 1;
    places.add(node, values.size());
    values.add(single ? results.getFirst() : null);
    if (!single) {
      tuples.put(node, results);
    }
  }
}
