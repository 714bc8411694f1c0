package dev.gradus.run;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Expansion;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Primitive;
import dev.gradus.graph.Projection;
import dev.gradus.graph.TensorType;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The specification of what every node means: evaluates nodes one by one in topological order with each op's
/// reference kernel and keeps every value. It knows nothing of derivatives: gradients are nodes.
public final class Interpreter {
  private Interpreter() {}

  /// Evaluates `outputs` and all they need.
  ///
  /// @param outputs the nodes wanted
  /// @param feeds values for inputs, and for parameters that shall not have their initial value; any other node may
  ///     be fed too, and is then not computed
  /// @throws GradusException when an input is missing or a feed has the wrong shape or dtype; nothing has run then
  public static Values run(List<? extends Node> outputs, Map<? extends Node, Tensor> feeds) {
    Values values = new Values(List.copyOf(outputs), feeds);
    values.evaluate(outputs);
    return values;
  }

  /// Evaluates `outputs` and all they need, where nothing is left to be fed.
  public static Values run(Node... outputs) {
    return run(List.of(outputs), Map.of());
  }

  /// The values of a node, one for each result, given those of its operands.
  static List<Tensor> evaluate(Node node, Known known) {
    return switch (node) {
      case Constant constant -> List.of(constant.value());
      case Parameter parameter -> List.of(parameter.initial());
      case Input input -> throw new IllegalStateException("not fed: " + input);
      case Projection projection -> List.of(known.results(projection.tuple()).get(projection.index()));
      case Apply apply -> {
        List<Tensor> x = new ArrayList<>(apply.operands().size());
        for (Node operand : apply.operands()) {
          x.add(known.value(operand));
        }
        yield evaluate(apply, x);
      }
    };
  }

  private static List<Tensor> evaluate(Apply apply, List<Tensor> x) {
    try {
      return switch (apply.op()) {
        case Primitive primitive -> List.of(primitive.evaluate(apply.type(), x));
        case Opaque opaque -> checked(apply, opaque.evaluate(x));
        case Composite composite -> open(apply, x);
      };
    } catch (GradusException e) {
      throw apply.sourceLine() == null ? e : e.at(apply.sourceLine().toString());
    }
  }

  /// Evaluates the inside of a composite.
  private static List<Tensor> open(Apply apply, List<Tensor> x) {
    Expansion inside = apply.expansion();
    if (inside == null) {
      throw new IllegalStateException("a composite without expansion: " + apply);
    }
    Known known = new Known();
    for (int i = 0; i < x.size(); i++) {
      known.put(inside.inputs().get(i), List.of(x.get(i)));
    }
    for (Node node : inside.graph().nodes()) {
      if (!known.contains(node)) {
        known.put(node, evaluate(node, known));
      }
    }
    return inside.outputs().stream().map(known::value).toList();
  }

  /// Holds a user's kernel to the types it announced.
  private static List<Tensor> checked(Apply apply, List<Tensor> results) {
    List<TensorType> types = results.stream().map(TensorType::of).toList();
    if (!types.equals(apply.types())) {
      throw new GradusException(
          apply.op().name(), "its kernel must give " + apply.types(), types.toString(), "make types and evaluate agree");
    }
    return results;
  }

  static void requireFeedable(Node node, @Nullable Tensor value) {
    if (value == null || !TensorType.of(value).equals(node.type())) {
      throw new GradusException(
          "run",
          "the value fed to " + (node.name() == null ? node.kind() : node.name()) + " must be " + node.type(),
          value == null ? "null" : TensorType.of(value).toString(),
          "reshape or cast it");
    }
  }
}
