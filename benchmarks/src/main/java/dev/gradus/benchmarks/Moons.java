package dev.gradus.benchmarks;

import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.relu;

import dev.gradus.compile.Settings;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A network without tensors: each of its numbers is a node. An MLP with ReLU in f64 tells the classes of some points apart
/// (hinge loss + 1e-4·‖w‖²); the loss and all gradients.
///
/// The points are part of the graph, and drawn as the peers draw them: normal, with the sign of x₁x₂ as the class.
///
/// @param count the number of points
/// @param hidden the width of the two hidden layers
record Moons(int count, int hidden) implements Workload {
  static final double DECAY = 1e-4;

  @Override
  public String name() {
    return "moons";
  }

  int[] sizes() {
    return new int[] {2, hidden, hidden, 1};
  }

  /// All numbers of the network: for each layer its weights, a row for each unit, and then its biases.
  double[] initial() {
    int size = 0;
    for (int layer = 0; layer < 3; layer++) {
      size += (sizes()[layer] + 1) * sizes()[layer + 1];
    }
    Draws draws = new Draws();
    return draws.normal(DType.F64, 0.3, size).toDoubles();
  }

  double[] points() {
    Draws draws = new Draws();
    var _ = draws.normal(DType.F64, 1, 1);
    return draws.normal(DType.F64, 1, count, 2).toDoubles();
  }

  static double label(double[] points, int point) {
    return Math.signum(points[2 * point] * points[2 * point + 1]);
  }

  Problem problem() {
    double[] initial = initial();
    double[] points = points();
    List<Parameter> w = new ArrayList<>();
    for (int i = 0; i < initial.length; i++) {
      w.add(parameter("w" + i, initial[i]));
    }
    Node loss = square(w.getFirst());
    for (Parameter each : w.subList(1, w.size())) {
      loss = loss.plus(square(each));
    }
    loss = loss.times(DECAY);
    for (int point = 0; point < count; point++) {
      Node margin = score(w, points[2 * point], points[2 * point + 1]).times(label(points, point));
      loss = loss.plus(relu(margin.negated().plus(1)).dividedBy(count));
    }
    return Problem.gradients(loss, Map.of(), w);
  }

  private static Node square(Node x) {
    return x.times(x);
  }

  private Node score(List<Parameter> w, double x1, double x2) {
    List<Node> values = new ArrayList<>();
    int bias = 2 * hidden;
    for (int unit = 0; unit < hidden; unit++) {
      values.add(relu(w.get(2 * unit).times(x1).plus(w.get(2 * unit + 1).times(x2)).plus(w.get(bias + unit))));
    }
    int start = bias + hidden;
    for (int layer = 1; layer < 3; layer++) {
      int inputs = sizes()[layer];
      int units = sizes()[layer + 1];
      List<Node> next = new ArrayList<>();
      for (int unit = 0; unit < units; unit++) {
        Node sum = w.get(start + inputs * units + unit);
        for (int i = 0; i < inputs; i++) {
          sum = sum.plus(w.get(start + unit * inputs + i).times(values.get(i)));
        }
        next.add(layer == 1 ? relu(sum) : sum);
      }
      values = next;
      start += (inputs + 1) * units;
    }
    return values.getFirst();
  }

  /// Everything three times, forward and by either operand, but for what is by the points.
  long flops() {
    long first = 2L * hidden;
    long rest = (long) hidden * hidden + hidden;
    return 2L * count * (2 * first + 3 * rest);
  }

  @Override
  public Job start(Settings settings) {
    return problem().start(settings, flops());
  }
}
