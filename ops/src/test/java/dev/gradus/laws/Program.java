package dev.gradus.laws;

import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// A random graph: instructions, and what they build. The last op gives the result.
record Program(List<Instruction> instructions) {

  /// What was built: the lines, a node for every result, and the kinks to keep away from.
  record Built(List<Line> lines, List<Node> nodes, List<Watch> watches) {
    /// The last floating-point result of an op, or else the last leaf.
    Node result() {
      return nodes.reversed().stream()
          .filter(node -> node.dtype().isFloating() && !(node instanceof Parameter))
          .findFirst()
          .orElse(nodes.getLast());
    }

    List<Parameter> leaves() {
      return nodes.stream().filter(Parameter.class::isInstance).map(Parameter.class::cast).toList();
    }

    /// The same lines in another order in which operands still come first.
    List<Node> rebuilt(long seed) {
      Random random = new Random(seed);
      Node[] made = new Node[nodes.size()];
      List<Line> waiting = new ArrayList<>(lines);
      while (!waiting.isEmpty()) {
        List<Line> ready =
            waiting.stream().filter(line -> line.operands().stream().allMatch(i -> made[i] != null)).toList();
        Line next = ready.get(random.nextInt(ready.size()));
        waiting.remove(next);
        List<Node> results = next.make().apply(next.operands().stream().map(i -> made[i]).toList());
        for (int i = 0; i < next.count(); i++) {
          made[next.first() + i] = results.get(i);
        }
      }
      return Arrays.asList(made);
    }
  }

  Built build(Tampering tampering) {
    Pool pool = new Pool(tampering);
    for (Instruction instruction : instructions) {
      Templates.get(instruction).build(pool, instruction);
    }
    if (pool.nodes().isEmpty()) {
      pool.leaf(Domain.ANY, Shape.SCALAR, 0);
    }
    return new Built(pool.lines(), pool.nodes(), pool.watches());
  }

  /// The program as lines of text, for a report of what was found.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    Built built = build(Tampering.NONE);
    for (Line line : built.lines()) {
      Node node = built.nodes().get(line.first());
      text.append("\n  ").append(line.first()).append(" = ").append(line.op()).append(line.operands()).append(' ')
          .append(node.type());
      if (node instanceof Parameter parameter) {
        text.append(' ').append(parameter.initial());
      }
    }
    return text.toString();
  }
}
