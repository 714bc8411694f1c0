package dev.gradus.check;

import dev.gradus.check.Row.Step;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Flow;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The gradients of one f64 result next to its differences.
final class Comparison {
  private static final int CURVE_DECADES = 15;

  private final Settings settings;
  private final double[] weights;
  private final Gradients gradients;
  private final Values run;
  private final OpenStops opened;
  private final Graph numeric;
  private final Values numericRun;
  private final Slopes.Size size;

  /// @param upstream the gradient of something by the result, with which the result's elements are weighed
  Comparison(Node result, Tensor upstream, Settings settings) {
    this.settings = settings;
    this.weights = upstream.toDoubles();
    this.gradients = Backward.from(result, Constant.of(upstream));
    this.run = Interpreter.run(List.of(result), Map.of());
    this.opened = OpenStops.below(result);
    this.numeric = Graph.of(opened.of(result));
    this.numericRun = Interpreter.run(numeric.outputs(), Map.of());
    Gradients moving = opened.of(result).equals(result) ? gradients : Backward.from(opened.of(result), Constant.of(upstream));
    this.size = new Slopes.Size(size(weights, run.of(result).toDoubles()), rounding(moving, numericRun));
  }

  /// How large a number is whose rounding would move the result as much as the rounding of all the nodes' values does:
  /// each value counts times its gradient, and they add up like random errors. Where a large intermediate value cancels
  /// out, this is far more than the result.
  ///
  /// @param gradients those of the graph in which something is moved
  private static double rounding(Gradients gradients, Values run) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : gradients.graph().nodes()) {
      if (!node.isTuple() && gradients.flow(node) == Flow.FLOWS) {
        nodes.add(node);
      }
    }
    run.evaluate(nodes.stream().map(gradients::of).toList());
    double squares = 0;
    for (Node node : nodes) {
      double moved = size(run.of(gradients.of(node)).toDoubles(), run.of(node).toDoubles());
      squares += moved * moved;
    }
    return Math.sqrt(squares);
  }

  /// The sum of the sizes of the products, as far as they are finite.
  private static double size(double[] weights, double[] values) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double term = Math.abs(weights[i] * values[i]);
      sum += Double.isFinite(term) ? term : 0;
    }
    return sum;
  }

  /// The values that the gradients belong to.
  Values run() {
    return run;
  }

  Gradients gradients() {
    return gradients;
  }

  /// Whether no gradient arrives at `moved` and none should: everything between is stopped.
  boolean isStopped(Node moved) {
    return gradients.flow(moved) != Flow.FLOWS && !moving(moved).reachesResult();
  }

  private Moving moving(Node moved) {
    return new Moving(numeric, weights, opened.of(moved), numericRun);
  }

  /// Compares, element by element or along directions, as `moved` moves; the rows name the node `shown`.
  List<Row> rows(Node moved, Node shown) {
    Moving moving = moving(moved);
    double[] gradient = run.of(gradients.of(moved)).toDoubles();
    return gradient.length <= settings.coordinates()
        ? elements(moving, gradient, shown)
        : directions(moving, gradient, shown);
  }

  private List<Row> elements(Moving moving, double[] gradient, Node shown) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < gradient.length; i++) {
      rows.add(row(shown, index(shown.shape(), i), -1, gradient[i], moving.element(i), moving.start()[i]));
    }
    return rows;
  }

  static List<Integer> index(Shape shape, int at) {
    int[] strides = shape.strides();
    List<Integer> index = new ArrayList<>();
    for (int axis = 0; axis < strides.length; axis++) {
      index.add(at / strides[axis] % shape.dim(axis));
    }
    return index;
  }

  /// Along each direction an element moves relative to its size, so that elements of different sizes all count.
  private List<Row> directions(Moving moving, double[] gradient, Node shown) {
    double[] start = moving.start();
    double rms = Math.sqrt(Arrays.stream(start).map(x -> x * x / start.length).sum());
    double least = rms > 0 && Double.isFinite(rms) ? 0.01 * rms : 0.01;
    double[] random = Tensor.uniform(Shape.of(settings.directions() * start.length), settings.seed()).toDoubles();
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < settings.directions(); k++) {
      double[] direction = new double[start.length];
      double slope = 0;
      for (int i = 0; i < direction.length; i++) {
        double signed = 2 * random[k * start.length + i] - 1;
        direction[i] = (signed + Math.copySign(0.5, signed)) * Math.max(Math.abs(start[i]), least);
        slope += gradient[i] == 0 ? 0 : gradient[i] * direction[i];
      }
      rows.add(row(shown, List.of(), k, slope, moving.along(direction), 1));
    }
    return rows;
  }

  private Row row(Node shown, List<Integer> index, int direction, double analytic, Slopes.Path path, double x) {
    double[] scales = scales(x);
    Slopes slopes = Slopes.of(path, size, scales, analytic, settings.tolerance());
    Verdict verdict = slopes.judge(analytic, settings.tolerance());
    return new Row(
        shown,
        index,
        direction,
        analytic,
        slopes.value(),
        slopes.error(),
        slopes.left(),
        slopes.right(),
        verdict,
        settings.curve() ? curve(path, scales[0], analytic) : List.of());
  }

  /// The sizes of step at which a function of a number as large as `x` may change: its own and 1, the larger first.
  private static double[] scales(double x) {
    double own = Math.abs(x);
    if (!(own > 0 && own < Double.POSITIVE_INFINITY)) {
      return new double[] {1};
    }
    double large = Math.max(own, 1);
    double small = Math.min(own, 1);
    return small < 0.01 * large ? new double[] {large, small} : new double[] {large};
  }

  private static List<Step> curve(Slopes.Path path, double scale, double analytic) {
    List<Step> steps = new ArrayList<>();
    for (int decade = 1; decade <= CURVE_DECADES; decade++) {
      double h = scale * Math.pow(10, -decade);
      double difference = (path.rise(h) - path.rise(-h)) / (path.taken(h) - path.taken(-h));
      steps.add(new Step(h, difference, Math.abs(difference - analytic)));
    }
    return steps;
  }
}
