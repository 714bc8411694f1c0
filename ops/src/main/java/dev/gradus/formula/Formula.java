package dev.gradus.formula;

import dev.gradus.GradusException;
import dev.gradus.graph.Node;
import dev.gradus.ops.Vocabulary;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/// A function written as text, as in `h = sigmoid(x @ W + b); mean(h)`: definitions, separated by `;`, that name nodes, of
/// which the last (named or not) is the formula's value.
///
/// There are numbers, `pi`, `inf`, tensor literals such as `[[1, 2], [3, 4]]`, names, `+ - * / ^ @`, comparisons, parts
/// of tensors as in Python (`x[0, 1:]`), and calls of all ops by their names in `./gradus ops`, with settings by name:
/// `softmax(x, axis=1)`. `^` binds tighter than a sign and goes from right to left; `* / @` bind tighter than `+ -`. A
/// number takes the dtype of what it meets.
///
/// ```java
/// Formula formula = Formula.parse("sigmoid(sigmoid(x1*w1)*w2 + x2)");
/// Formula.Bound graph = formula.at(Map.of("x1", Tensor.scalar(11.0), "x2", Tensor.scalar(5.0),
///     "w1", Tensor.scalar(0.0), "w2", Tensor.scalar(0.0)));
/// Tensor slope = Interpreter.run(graph.result()).gradients().of(graph.node("w2"));
/// ```
public final class Formula {
  private final Source source;
  private final List<Instruction> instructions;
  private final List<String> names;

  private Formula(Source source, List<Instruction> instructions, List<String> names) {
    this.source = source;
    this.instructions = instructions;
    this.names = names;
  }

  /// Reads a formula. Nothing is built yet.
  ///
  /// @throws GradusException where it cannot be read; the message points at the column
  public static Formula parse(String text) {
    Source source = new Source(text);
    Parser parser = new Parser(source);
    parser.formula();
    return new Formula(source, List.copyOf(parser.instructions()), parser.free());
  }

  /// Reads a value: a number, `true`, `false` or nested lists of them, as a tensor of f64 or bool.
  ///
  /// @throws GradusException for anything else
  public static Tensor value(String text) {
    return value(new Source(text));
  }

  private static Tensor value(Source source) {
    Tensor value = Tensor.of(new Parser(source).literal());
    return value.dtype() == DType.BOOL ? value : value.cast(DType.F64);
  }

  /// Reads values by name, each as [#value] does.
  ///
  /// @param texts names and what is written for them
  /// @return the values in the same order
  /// @throws GradusException for a name given twice, or a text that is no value; the message shows its name
  public static Map<String, Tensor> values(List<Map.Entry<String, String>> texts) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    texts.forEach(text -> {
      if (values.put(text.getKey(), value(new Source(text.getKey() + "=", text.getValue()))) != null) {
        throw new GradusException("values", "each name must be given once", text.getKey() + " twice", "leave one out");
      }
    });
    return values;
  }

  /// The names that the formula uses and does not define, in the order of first use.
  public List<String> names() {
    return names;
  }

  /// The nodes of the formula over the given leaves.
  ///
  /// @param leaves a node for each of [#names]
  /// @throws GradusException where a leaf is missing or not used, or an op refuses its operands; the message names the
  ///     column
  public Bound bind(Map<String, ? extends Node> leaves) {
    requireNames(leaves.keySet());
    return new Building(source, (name, _) -> Objects.requireNonNull(leaves.get(name)), _ -> {}).run(instructions);
  }

  /// The nodes of the formula at the given values: each of [#names] is a parameter that starts at its value, but for bools
  /// and for whole numbers that stand where an op takes indices, which are constants.
  ///
  /// @param values a value for each of [#names]
  /// @throws GradusException as [#bind]
  public Bound at(Map<String, Tensor> values) {
    return at(values, _ -> {});
  }

  /// The same under watch, for formulas of strangers: some ops make constants as large as their operands.
  ///
  /// @param values a value for each of [#names]
  /// @param watcher is shown every op's node before the next is made; what it throws ends the building
  /// @throws GradusException as [#bind]
  public Bound at(Map<String, Tensor> values, Consumer<Node> watcher) {
    requireNames(values.keySet());
    return new Building(source, new LeavesAtValues(values), watcher).run(instructions);
  }

  private void requireNames(Set<String> given) {
    for (String name : names) {
      if (!given.contains(name)) {
        throw new GradusException("formula", "each name must have a value", "none for " + name, "add " + name + "=...");
      }
    }
    for (String name : given) {
      if (!names.contains(name)) {
        String remedy = names.isEmpty() ? "the formula has no names" : Vocabulary.suggestion(name, names, "its names are " + String.join(", ", names));
        throw new GradusException("formula", "each value must belong to a name of the formula", name, remedy);
      }
    }
  }

  /// What a formula means, as nodes.
  ///
  /// @param result the value of the last definition
  /// @param nodes the node of each leaf and each defined name, in order of appearance
  public record Bound(Node result, Map<String, Node> nodes) {
    /// Copies the map.
    public Bound {
      nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    }

    /// The node of a name.
    ///
    /// @throws GradusException when there is no such name
    public Node node(String name) {
      Node node = nodes.get(name);
      if (node == null) {
        throw new GradusException(
            "formula", "there must be such a name", name, "names are " + nodes.keySet());
      }
      return node;
    }
  }

  /// The formula as it was written.
  @Override
  public String toString() {
    return source.text();
  }
}
