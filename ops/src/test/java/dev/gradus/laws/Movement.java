package dev.gradus.laws;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Concat;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Gather;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Projection;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.StopGradient;
import dev.gradus.graph.View;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What some nodes are worth, and how far rounding may move that: the interpreter runs them once as they are, and a few
/// times with noise on every value on the way, much larger than rounding. What another engine computes must stay within the
/// movement seen. Where noise moves a result by a good part of itself, by a kink or by cancellation, nothing can be told.
final class Movement {
  /// What came of a comparison.
  enum Verdict {
    AGREES,
    DIFFERS,
    UNCLEAR
  }

  private static final int DRAWS = 3;

  /// What noise may be multiplied with on its way to a result, whose size counts as at least 1.
  private static final double LARGEST_GAIN = 3000;

  /// Roundings that are always granted, of the largest element.
  private static final double ULPS = 16;

  private final List<Tensor> values = new ArrayList<>();
  private final List<double[]> movements = new ArrayList<>();

  private Movement() {}

  /// The size of the noise on numbers of a dtype.
  private static double noise(DType dtype) {
    return dtype == DType.F32 ? 1e-5 : 1e-12;
  }

  /// The values of `outputs` for `feeds`.
  static Movement of(List<Node> outputs, Map<? extends Node, Tensor> feeds) {
    Movement movement = new Movement();
    Values exact = Interpreter.run(outputs, feeds);
    for (Node output : outputs) {
      movement.values.add(exact.of(output));
      movement.movements.add(new double[output.shape().size()]);
    }
    Graph graph = Graph.of(outputs);
    for (int draw = 0; draw < DRAWS; draw++) {
      Map<Node, Tensor> moved = moved(graph, feeds, new Random(draw));
      for (int k = 0; k < outputs.size(); k++) {
        movement.see(k, moved.get(outputs.get(k)));
      }
    }
    return movement;
  }

  private static Map<Node, Tensor> moved(Graph graph, Map<? extends Node, Tensor> feeds, Random random) {
    Map<Node, Tensor> known = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.isTuple()) {
        continue;
      }
      Tensor fed = feeds.get(node);
      if (fed != null) {
        known.put(node, noisy(fed, random));
      } else if (node instanceof Constant constant) {
        known.put(node, constant.value());
      } else if (node instanceof Parameter || node instanceof Input) {
        known.put(node, noisy(Interpreter.run(node).of(node), random));
      } else {
        Map<Node, Tensor> operands = new HashMap<>();
        for (Node operand : node instanceof Projection projection ? projection.tuple().operands() : node.operands()) {
          operands.put(operand, known.get(operand));
        }
        Tensor value = Interpreter.run(List.of(node), operands).of(node);
        known.put(node, isExact(node) ? value : noisy(value, random));
      }
    }
    return known;
  }

  /// Whether a node only chooses among numbers, and rounds none.
  private static boolean isExact(Node node) {
    return node instanceof Apply apply
        && switch (apply.op()) {
          case Reduce reduce -> reduce.reduction() == Reduce.Kind.MAX || reduce.reduction() == Reduce.Kind.MIN;
          case View view -> !(view instanceof View.Fold);
          case Concat concat -> true;
          case Gather gather -> true;
          case StopGradient stop -> true;
          default -> false;
        };
  }

  private static Tensor noisy(Tensor value, Random random) {
    if (!value.dtype().isFloating()) {
      return value;
    }
    double[] all = value.toDoubles();
    for (int i = 0; i < all.length; i++) {
      all[i] *= 1 + noise(value.dtype()) * (2 * random.nextDouble() - 1);
    }
    return Tensor.of(value.shape(), all).cast(value.dtype());
  }

  private void see(int k, @Nullable Tensor moved) {
    if (moved == null) {
      throw new IllegalStateException("not computed: output " + k);
    }
    double[] there = moved.toDoubles();
    double[] here = values.get(k).toDoubles();
    double[] movement = movements.get(k);
    for (int i = 0; i < here.length; i++) {
      double by = Double.compare(here[i], there[i]) == 0 ? 0 : Math.abs(there[i] - here[i]);
      movement[i] = Double.isNaN(by) ? Double.POSITIVE_INFINITY : Math.max(movement[i], by);
    }
  }

  Tensor value(int k) {
    return values.get(k);
  }

  /// Whether `got` may be the value of output `k`.
  Verdict compare(int k, Tensor got) {
    Tensor value = values.get(k);
    if (!value.shape().equals(got.shape()) || value.dtype() != got.dtype()) {
      return Verdict.DIFFERS;
    }
    double[] want = value.toDoubles();
    double[] have = got.toDoubles();
    double largest = 0;
    double most = 0;
    for (int i = 0; i < want.length; i++) {
      largest = Double.isFinite(want[i]) ? Math.max(largest, Math.abs(want[i])) : largest;
      most = Math.max(most, movements.get(k)[i]);
    }
    if (most > LARGEST_GAIN * noise(value.dtype()) * Math.max(1, largest)) {
      return Verdict.UNCLEAR;
    }
    double rounding = value.dtype() == DType.F32 ? Math.ulp(1f) : value.dtype() == DType.F64 ? Math.ulp(1.0) : 0;
    for (int i = 0; i < want.length; i++) {
      boolean same = Double.compare(want[i], have[i]) == 0 || want[i] == have[i];
      if (!same && !(Math.abs(want[i] - have[i]) <= movements.get(k)[i] + ULPS * rounding * largest)) {
        return Verdict.DIFFERS;
      }
    }
    return Verdict.AGREES;
  }
}
