package dev.gradus.check;

import dev.gradus.diff.Flow;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Expansion;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.graph.Projection;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where the NaN or infinity in a result comes from: the first node in topological order whose value is not finite
/// though those of its operands are.
///
/// ```java
/// Values run = Interpreter.run(loss);
/// NonFinite.trace(run, loss).ifPresent(System.out::println);
/// NonFinite.trace(run, Backward.from(loss)).ifPresent(System.out::println);
/// ```
///
/// @param node the node; a node of a gradient has the line of the node that is differentiated there
/// @param index its first element that is not finite
/// @param value that element
/// @param operands the values of its operands
/// @param gradientOf where `node` belongs to the backward pass, the node on the way to whose gradient it stands; else null
/// @param inside where `node` is a composite, the node inside the box
public record NonFinite(
    Node node,
    List<Integer> index,
    double value,
    List<Tensor> operands,
    @Nullable Node gradientOf,
    @Nullable NonFinite inside) {

  /// The origin of the first value that is NaN or infinite among all that `outputs` are computed from; empty where
  /// there is none.
  public static Optional<NonFinite> trace(Values run, Node... outputs) {
    return Optional.ofNullable(first(run, List.of(outputs), value -> !Double.isFinite(value)));
  }

  /// The origin of the first NaN, for programs in which infinities are meant: the first node whose value is NaN though
  /// no operand is.
  public static Optional<NonFinite> traceNaN(Values run, Node... outputs) {
    return Optional.ofNullable(first(run, List.of(outputs), Double::isNaN));
  }

  /// The same for the gradients of a result: forward pass first, then backward.
  public static Optional<NonFinite> trace(Values run, Gradients gradients) {
    return trace(run, gradients, value -> !Double.isFinite(value));
  }

  /// The same for NaN in the gradients of a result.
  public static Optional<NonFinite> traceNaN(Values run, Gradients gradients) {
    return trace(run, gradients, Double::isNaN);
  }

  private static Optional<NonFinite> trace(Values run, Gradients gradients, DoublePredicate bad) {
    NonFinite forward = first(run, gradients.graph().outputs(), bad);
    if (forward != null) {
      return Optional.of(forward);
    }
    List<Node> reverse = new ArrayList<>();
    for (Node node : gradients.graph().nodes().reversed()) {
      if (gradients.flow(node) == Flow.FLOWS && !node.isTuple()) {
        reverse.add(node);
      }
    }
    List<Node> outputs = reverse.stream().map(gradients::of).toList();
    NonFinite origin = first(run, outputs, bad);
    if (origin == null) {
      return Optional.empty();
    }
    // The graph lists what each gradient needs before what only later ones do.
    Graph all = Graph.of(outputs);
    int at = all.indexOf(origin.node);
    Node first = reverse.stream().filter(u -> all.indexOf(gradients.of(u)) >= at).findFirst().orElseThrow();
    return Optional.of(
        new NonFinite(origin.node, origin.index, origin.value, origin.operands, first, origin.inside));
  }

  private static @Nullable NonFinite first(Values run, List<? extends Node> outputs, DoublePredicate bad) {
    run.evaluate(outputs);
    for (Node node : Graph.of(outputs).nodes()) {
      if (node.isTuple() || !node.dtype().isFloating()) {
        continue;
      }
      int at = firstBad(run.of(node), bad);
      List<Node> from = from(node);
      if (at >= 0 && from.stream().allMatch(operand -> firstBad(run.of(operand), bad) < 0)) {
        List<Tensor> operands = from.stream().map(run::of).toList();
        double value = run.of(node).toDoubles()[at];
        return new NonFinite(node, Comparison.index(node.shape(), at), value, operands, null, inside(node, operands, bad));
      }
    }
    return null;
  }

  private static List<Node> from(Node node) {
    return node instanceof Projection projection ? projection.tuple().operands() : node.operands();
  }

  private static int firstBad(Tensor tensor, DoublePredicate bad) {
    if (tensor.dtype().isFloating()) {
      double[] elements = tensor.toDoubles();
      for (int i = 0; i < elements.length; i++) {
        if (bad.test(elements[i])) {
          return i;
        }
      }
    }
    return -1;
  }

  private static @Nullable NonFinite inside(Node node, List<Tensor> operands, DoublePredicate bad) {
    Node box = node instanceof Projection projection ? projection.tuple() : node;
    Expansion expansion = box instanceof Apply apply ? apply.expansion() : null;
    if (expansion == null) {
      return null;
    }
    Map<Node, Tensor> feeds = new HashMap<>();
    for (int i = 0; i < operands.size(); i++) {
      feeds.put(expansion.inputs().get(i), operands.get(i));
    }
    return first(Interpreter.run(expansion.outputs(), feeds), expansion.outputs(), bad);
  }

  /// What happened in one sentence, with the elements of the operands where they can be told apart.
  public String message() {
    return message(null);
  }

  /// The same, in which nodes of the graph that is differentiated are called what `names` says.
  public String message(@Nullable Function<Node, String> names) {
    StringBuilder text = new StringBuilder();
    if (gradientOf == null) {
      text.append(names == null ? node : names.apply(node));
    } else {
      text.append("on the way to the gradient of ").append(names == null ? gradientOf : names.apply(gradientOf)).append(", ").append(node);
    }
    text.append(": its value");
    if (!index.isEmpty()) {
      text.append(" at ").append(index);
    }
    text.append(" is ").append(value);
    if (operands.isEmpty()) {
      text.append(", as it was given");
    } else {
      text.append(", but its operands are ").append(Double.isNaN(value) ? "not NaN" : "finite").append(": ");
      text.append(operandText(gradientOf == null ? names : null));
    }
    if (node.sourceLine() != null) {
      text.append(" (").append(node.sourceLine()).append(")");
    }
    if (inside != null) {
      text.append("\n  inside the box, ").append(inside.message().replace("\n", "\n  "));
    }
    return text.toString();
  }

  private String operandText(@Nullable Function<Node, String> names) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      String name = names != null ? names.apply(from(node).get(i)) : i < 3 ? "xyz".substring(i, i + 1) : "x" + (i + 1);
      boolean elementwise = node instanceof Apply apply && apply.op() instanceof Elementwise;
      parts.add(name + " = " + (elementwise ? String.valueOf(element(operands.get(i))) : operands.get(i).toString()));
    }
    return String.join(", ", parts);
  }

  /// The element of an operand that was broadcast to the element at [#index].
  private double element(Tensor operand) {
    Shape shape = operand.shape();
    int[] at = new int[shape.rank()];
    for (int axis = 0; axis < at.length; axis++) {
      at[axis] = shape.dim(axis) == 1 ? 0 : index.get(index.size() - at.length + axis);
    }
    return operand.get(at);
  }

  @Override
  public String toString() {
    return message();
  }
}
