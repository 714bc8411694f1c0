package dev.gradus.optim;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.TensorType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A loss as nodes, for one batch size.
///
/// @param loss the loss
/// @param inputs the examples and their targets, or nothing for a loss without data
record Traced(Node loss, List<Input> inputs) {

  /// Makes the loss for any batch size.
  @FunctionalInterface
  interface Source {
    /// The loss of a batch of this size.
    Traced trace(int size);
  }

  Traced {
    inputs = ImmutableList.copyOf(inputs);
    if (loss.shape().size() != 1 || !loss.dtype().isFloating()) {
      throw new GradusException(
          "train", "the loss must be one floating-point number", loss, "take the mean over the batch");
    }
  }

  /// The loss that `objective` gives for examples of these types.
  static Source of(Objective objective, TensorType example, TensorType target) {
    return size -> {
      Input x = input("x", size, example);
      Input y = input("target", size, target);
      return new Traced(objective.loss(x, y), List.of(x, y));
    };
  }

  private static Input input(String name, int size, TensorType example) {
    return Input.of(name, example.dtype(), withRows(size, example).shape());
  }

  private static TensorType withRows(int size, TensorType example) {
    int[] dims = example.shape().dims().clone();
    dims[0] = size;
    return example.withShape(Shape.of(dims));
  }

  /// A loss that is already made of nodes, for the batch size of its inputs.
  static Source of(Node loss, Input x, Input target) {
    Traced fixed = new Traced(loss, List.of(x, target));
    return size -> {
      if (x.shape().rank() == 0 || x.shape().dim(0) != size) {
        throw new GradusException(
            "train", "a loss made of nodes takes the batch of its inputs, " + x.type(), size + " examples", "pass a function (x, target) -> loss");
      }
      return fixed;
    };
  }

  /// A loss that needs no data.
  static Source of(Node loss) {
    Traced fixed = new Traced(loss, List.of());
    return size -> fixed;
  }

  /// The parameters that the loss uses, in topological order.
  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>();
    for (Node node : Graph.of(loss).nodes()) {
      if (node instanceof Parameter parameter) {
        all.add(parameter);
      }
    }
    return all;
  }

  /// What to feed for a batch.
  Map<Node, Tensor> feeds(List<Tensor> batch) {
    Map<Node, Tensor> feeds = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      feeds.put(inputs.get(i), batch.get(i));
    }
    return feeds;
  }
}
