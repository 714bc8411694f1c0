package dev.gradus.laws;

import dev.gradus.diff.Backward;
import dev.gradus.diff.Forward;
import dev.gradus.diff.Gradients;
import dev.gradus.diff.Term;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.StopGradient;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The derivative of ⟨weight, result⟩ along a direction of the leaves, three times: by reverse mode, by forward mode and by
/// differences.
///
/// How close they must be depends on the *condition*: the largest sum of |term · movement| over the elements of any node,
/// which is the size of what the chain rule adds up there, however much of it cancels.
final class Comparison {
  /// What came of it.
  enum Verdict {
    AGREES,
    DIFFERS,
    /// The differences are too rough to tell, or every step leads across a kink.
    UNCLEAR
  }

  private static final double STEP = 1 / 32.0;

  private final Node result;
  private final Tensor weight;
  private final Graph graph;
  private final List<Watch> watches;
  private final Gradients gradients;
  private final Values here;
  private final List<Node> observed = new ArrayList<>();
  private final List<double[]> pulls = new ArrayList<>();
  /// What no derivative passes stands still in differences too.
  private final Map<Node, Tensor> stopped = new HashMap<>();

  private String report = "nothing compared";

  Comparison(Node result, List<Watch> watches) {
    this.result = result;
    this.weight = numbers(result.shape(), 1);
    this.graph = Graph.of(result);
    this.watches = watches;
    this.gradients = Backward.from(result, Constant.of(weight));
    this.here = Interpreter.run(result);
    for (Node u : graph.nodes()) {
      if (u instanceof Apply apply && apply.op() instanceof StopGradient) {
        stopped.put(u, here.of(u));
      }
      if (!u.isTuple() && u.dtype().isFloating()) {
        observed.add(u);
        pulls.add(pull(u));
      }
    }
  }

  Gradients gradients() {
    return gradients;
  }

  /// Numbers between -1.5 and 1.5, none of them 0, different for different seeds.
  static Tensor numbers(Shape shape, int seed) {
    double[] all = new double[shape.size()];
    for (int i = 0; i < all.length; i++) {
      double at = (0.31 + 0.7548776662466927 * (i + 17L * seed)) % 1;
      all[i] = (i + seed) % 2 == 0 ? 0.3 + 1.2 * at : -0.3 - 1.2 * at;
    }
    return Tensor.of(shape, all);
  }

  /// The sum of the sizes of the chain rule's terms at every element of `u`.
  private double[] pull(Node u) {
    double[] sum = new double[u.shape().size()];
    List<Tensor> terms = new ArrayList<>();
    if (u == result) {
      terms.add(weight);
    }
    for (Term term : gradients.terms(u)) {
      terms.add(here.of(term.product()));
    }
    for (Tensor term : terms) {
      double[] elements = term.toDoubles();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += Math.abs(elements[i]);
      }
    }
    return sum;
  }

  /// Compares along one direction, a tensor for each leaf that moves.
  Verdict along(Map<Parameter, Tensor> direction) {
    double reverse = 0;
    Map<Node, Node> tangents = new HashMap<>();
    for (Map.Entry<Parameter, Tensor> move : direction.entrySet()) {
      reverse += dot(here.of(gradients.of(move.getKey())), move.getValue());
      tangents.put(move.getKey(), Constant.of(move.getValue()));
    }
    Node moved = Forward.derivative(result, tangents);
    double forward = dot(here.of(moved), weight);
    double step = STEP;
    Optional<Ridders> sameSide = differences(direction, step);
    while (sameSide.isEmpty() && step > 1e-4) {
      step /= 8;
      sameSide = differences(direction, step);
    }
    if (sameSide.isEmpty()) {
      return Verdict.UNCLEAR;
    }
    Ridders differences = sameSide.get();
    double condition = condition(direction, step / 16);
    double size = Math.abs(dot(here.of(result), weight));
    report =
        "reverse %.12g, forward %.12g, differences %.12g ± %.2g, condition %.3g"
            .formatted(reverse, forward, differences.value(), differences.error(), condition);
    if (!(Math.abs(reverse - forward) <= 1e-9 * condition + 1e-12)) {
      return Verdict.DIFFERS;
    }
    if (differences.error() > 1e-5 * condition + 1e-7) {
      return Verdict.UNCLEAR;
    }
    double tolerance = 1e-6 * condition + 10 * differences.error() + 1e-9 * (1 + size);
    return Math.abs(differences.value() - forward) <= tolerance ? Verdict.AGREES : Verdict.DIFFERS;
  }

  /// The derivative by differences, or nothing where a step leads across a kink.
  private Optional<Ridders> differences(Map<Parameter, Tensor> direction, double step) {
    boolean[] crossed = new boolean[1];
    Ridders found =
        Ridders.of(
            t -> {
              Values there = at(direction, t);
              crossed[0] |= watches.stream().anyMatch(watch -> !watch.agrees(here, there));
              return crossed[0] ? 0 : dot(there.of(result), weight);
            },
            step);
    return crossed[0] ? Optional.empty() : Optional.of(found);
  }

  /// The numbers last compared.
  String report() {
    return report;
  }

  private Values at(Map<Parameter, Tensor> direction, double t) {
    Map<Node, Tensor> feeds = new HashMap<>(stopped);
    direction.forEach((leaf, move) -> feeds.put(leaf, moved(leaf.initial(), move, t)));
    return Interpreter.run(List.of(result), feeds);
  }

  private static Tensor moved(Tensor from, Tensor move, double t) {
    double[] all = from.toDoubles();
    double[] by = move.toDoubles();
    for (int i = 0; i < all.length; i++) {
      all[i] += t * by[i];
    }
    return Tensor.of(from.shape(), all);
  }

  private double condition(Map<Parameter, Tensor> direction, double step) {
    Values forth = at(direction, step);
    Values back = at(direction, -step);
    double largest = 0;
    for (int k = 0; k < observed.size(); k++) {
      double[] up = forth.of(observed.get(k)).toDoubles();
      double[] down = back.of(observed.get(k)).toDoubles();
      double sum = 0;
      for (int i = 0; i < up.length; i++) {
        // a masked score is -infinity and stays so
        sum += up[i] == down[i] ? 0 : pulls.get(k)[i] * Math.abs(up[i] - down[i]) / (2 * step);
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  static double dot(Tensor a, Tensor b) {
    double sum = 0;
    double[] x = a.toDoubles();
    double[] y = b.toDoubles();
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
