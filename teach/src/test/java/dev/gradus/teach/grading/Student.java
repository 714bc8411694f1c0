package dev.gradus.teach.grading;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Use;
import dev.gradus.ops.Ops;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A student who takes a graph of single numbers backward by hand, with local derivatives from differences, makes one mistake, and
/// goes on with what it gave.
final class Student {
  final Node loss;
  final Graph graph;
  private final Values values;

  Student(Node loss) {
    this.loss = loss;
    this.graph = Graph.of(List.of(loss));
    this.values = Interpreter.run(loss);
  }

  static Student random(Random random, int size) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      nodes.add(Parameter.of("x" + i, Tensor.scalar(0.3 + 1.4 * random.nextDouble())));
    }
    while (nodes.size() < size) {
      Node x = nodes.get(random.nextInt(nodes.size()));
      Node y = nodes.get(random.nextInt(nodes.size()));
      nodes.add(switch (random.nextInt(8)) {
        case 0 -> Ops.sigmoid(x);
        case 1 -> Ops.tanh(x);
        case 2 -> Ops.exp(x.times(-0.5));
        case 3 -> Ops.sin(x);
        case 4 -> Ops.square(x);
        case 5 -> x.plus(y);
        case 6 -> x.dividedBy(Ops.square(y).plus(1));
        default -> x.times(y);
      });
    }
    Node sum = nodes.getLast();
    for (Node node : nodes) {
      sum = sum.plus(Ops.tanh(node).times(0.7));
    }
    return new Student(sum);
  }

  double value(Node node) {
    return values.of(node).item();
  }

  double local(Use use) {
    return local(use, use.slot(), value(use.operand()));
  }

  /// The derivative of the user by one of its operands, all of which but that one have their values.
  double local(Use use, int slot, double at) {
    Apply v = (Apply) use.user();
    double h = 1e-5;
    double up = 0;
    for (int sign : new int[] {1, -1}) {
      List<Node> operands = new ArrayList<>();
      for (int i = 0; i < v.operands().size(); i++) {
        operands.add(Constant.of(i == slot ? at + sign * h : value(v.operand(i))));
      }
      Node moved = Apply.of(v.op(), operands);
      up += sign * Interpreter.run(moved).of(moved).item();
    }
    return up / (2 * h);
  }

  List<Double> terms(Node u, Map<Node, Double> gradients) {
    return graph.uses(u).stream().map(use -> gradients.get(use.user()) * local(use)).toList();
  }

  /// All gradients, with the planted one in its place.
  Map<Node, Double> gradients(Map<Node, Double> planted) {
    Map<Node, Double> all = new HashMap<>(Map.of(loss, 1.0));
    all.putAll(planted);
    for (Node u : graph.nodes().reversed()) {
      if (!all.containsKey(u)) {
        all.put(u, terms(u, all).stream().mapToDouble(x -> x).sum());
      }
    }
    return all;
  }

  /// What every mistake makes of ∂L/∂u.
  Map<String, List<Double>> mistakes(Node u) {
    Map<Node, Double> right = gradients(Map.of());
    List<Use> uses = graph.uses(u);
    List<Double> terms = terms(u, right);
    double sum = right.get(u);
    Map<String, List<Double>> all = new LinkedHashMap<>();
    put(all, "sign", -sum);
    if (terms.size() > 1) {
      put(all, "last.only", terms.getLast());
      put(all, "first.only", terms.getFirst());
      put(all, "product.of.paths", terms.stream().reduce(1.0, (a, b) -> a * b));
      for (int i = 1; i + 1 < terms.size(); i++) {
        put(all, "one.path", terms.get(i));
      }
    }
    for (int i = 0; i < terms.size(); i++) {
      if (terms.size() > 2) {
        put(all, "path.missing", sum - terms.get(i));
      }
      Use use = uses.get(i);
      Apply v = (Apply) use.user();
      double others = sum - terms.get(i);
      double g = right.get(v);
      put(all, "no.local", others + g);
      put(all, "no.upstream", others + local(use));
      put(all, "sign", others - terms.get(i));
      if (v.operands().size() == 2) {
        put(all, "swapped", others + g * local(use, 1 - use.slot(), value(v.operand(1 - use.slot()))));
      } else {
        put(all, "output", others + g * local(use, 0, value(v)));
      }
      double y = value(v);
      double x = value(u);
      switch (v.kind()) {
        case "sigmoid" -> {
          put(all, "input", others + g * x * (1 - x));
          put(all, "exp", others + g * y * (1 - y) * Math.exp(2 * x));
          put(all, "factor", others + g * (1 - y));
          put(all, "factor", others + g * y);
          put(all, "square", others + g * Math.sqrt(y * (1 - y)));
        }
        case "tanh" -> {
          put(all, "input", others + g * (1 - x * x));
          put(all, "square", others + g / Math.cosh(x));
        }
        default -> { }
      }
    }
    return all;
  }

  private static void put(Map<String, List<Double>> all, String key, double number) {
    all.computeIfAbsent(key, _ -> new ArrayList<>()).add(number);
  }
}
