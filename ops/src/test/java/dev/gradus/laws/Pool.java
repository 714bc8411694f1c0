package dev.gradus.laws;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/// The results that exist so far while a program is built. Values are known as soon as a node is made, so that ops are
/// applied where they are defined, away from their kinks, and to numbers of moderate size.
final class Pool {
  private static final int LARGEST_SIZE = 24;
  private static final double LARGEST_VALUE = 1e3;

  private final Tampering tampering;
  private final List<Line> lines = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Watch> watches = new ArrayList<>();
  private final Values run = Interpreter.run(List.of(), Map.of());
  private int leaves;

  Pool(Tampering tampering) {
    this.tampering = tampering;
  }

  List<Line> lines() {
    return lines;
  }

  List<Node> nodes() {
    return nodes;
  }

  List<Watch> watches() {
    return watches;
  }

  Tensor value(int number) {
    return run.of(nodes.get(number));
  }

  Shape shape(int number) {
    return nodes.get(number).shape();
  }

  /// The newest result that fits, counted from `back` before the newest and round; a new leaf where none fits.
  int pick(int back, Domain domain, Predicate<Shape> fits, Shape otherwise, int setting) {
    int size = nodes.size();
    for (int i = 0; i < size; i++) {
      int number = size - 1 - Math.floorMod(back + i, size);
      if (fits.test(shape(number)) && domain.contains(value(number))) {
        return number;
      }
    }
    return leaf(domain, otherwise, setting);
  }

  /// A new leaf.
  @CanIgnoreReturnValue
  int leaf(Domain domain, Shape shape, int setting) {
    String name = "x" + leaves;
    Tensor initial = domain.sample(shape, setting + 5 * leaves++);
    Function<List<Node>, List<Node>> make = x -> List.of(Parameter.of(name, initial));
    append(new Line("parameter", List.of(), nodes.size(), 1, make), make.apply(List.of()));
    return nodes.size() - 1;
  }

  /// Adds the results of an op, if they are finite, of moderate size and away from kinks.
  void add(String op, List<Integer> operands, Function<List<Node>, List<Node>> make, Function<List<Node>, List<Watch>> watch) {
    List<Node> x = operands.stream().map(nodes::get).toList();
    Function<List<Node>, List<Node>> made = tampering.apply(op, make);
    List<Watch> around = watch.apply(x);
    List<Node> results = made.apply(x);
    if (around.stream().allMatch(w -> w.isClear(run)) && results.stream().allMatch(this::isModerate)) {
      watches.addAll(around);
      append(new Line(op, operands, nodes.size(), results.size(), made), results);
    }
  }

  private boolean isModerate(Node node) {
    return node.shape().size() <= LARGEST_SIZE
        && Arrays.stream(run.of(node).toDoubles()).allMatch(value -> Math.abs(value) <= LARGEST_VALUE);
  }

  private void append(Line line, List<Node> results) {
    lines.add(line);
    nodes.addAll(results);
  }
}
