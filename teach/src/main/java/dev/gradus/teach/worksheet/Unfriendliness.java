package dev.gradus.teach.worksheet;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Use;
import dev.gradus.show.Numbers;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Share;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How much work the numbers of a graph are by hand, and how easily mistakes with them go unnoticed.
final class Unfriendliness {
  private static final double INEXACT = 12;
  private static final double ZERO = 100;

  /// More than all else together.
  static final double NOT_FINITE = 1e12;

  private static final double HARMLESS_ZERO = 3;
  private static final double COINCIDENCE = 60;
  private static final double HIDDEN_FACTOR = 5;
  private static final double REPEAT = 3;
  private static final double LARGE = 1000;
  private static final double TINY = 0.001;

  private Unfriendliness() {}

  static double of(Replay replay) {
    double sum = 0;
    for (Node u : replay.order()) {
      if (u.isTuple()) {
        continue;
      }
      sum += of(replay, u, isOnlyMapped(replay, u) ? HARMLESS_ZERO : ZERO);
      Node gradient = replay.gradient(u);
      if (gradient != null && u != replay.result() && !(u instanceof Constant)) {
        sum += gradient(replay, u, gradient);
      }
    }
    return sum;
  }

  private static double gradient(Replay replay, Node u, Node gradient) {
    double sum = 0;
    List<Share> shares = replay.shares(u);
    for (Share share : shares) {
      Node local = share.term().local();
      sum += of(replay, share.term().product());
      // A factor of 1 that need not be one hides whether it was forgotten.
      sum += local == null ? 0 : of(replay, local) + (local instanceof Constant ? 0 : HIDDEN_FACTOR * ones(replay, local));
    }
    sum += HIDDEN_FACTOR * ones(replay, gradient);
    return shares.size() < 2 ? sum : sum + of(replay, gradient) + coincidences(replay, shares, gradient);
  }

  private static double ones(Replay replay, Node node) {
    double count = 0;
    for (double x : replay.values().of(node).toDoubles()) {
      count += Math.abs(x) == 1 ? 1 : 0;
    }
    return count;
  }

  /// Terms that are alike, or whose product is their sum, cannot be told apart by what is done with them.
  private static double coincidences(Replay replay, List<Share> shares, Node gradient) {
    double[] sums = replay.values().of(gradient).toDoubles();
    List<double[]> terms = new ArrayList<>();
    shares.forEach(share -> terms.add(replay.values().of(share.term().product()).toDoubles()));
    double sum = 0;
    for (int e = 0; e < sums.length; e++) {
      Set<Double> seen = new HashSet<>();
      double product = 1;
      for (double[] term : terms) {
        sum += seen.add(term[e]) ? 0 : COINCIDENCE;
        product *= term[e];
      }
      sum += product == sums[e] ? COINCIDENCE : 0;
    }
    return sum;
  }

  /// Whether only functions of one operand use u: no product with it becomes 0 because it is.
  private static boolean isOnlyMapped(Replay replay, Node u) {
    List<Use> uses = replay.graph().uses(u);
    return !uses.isEmpty()
        && uses.stream().allMatch(use -> use.user() instanceof Apply v && v.op() instanceof Elementwise && v.operands().size() == 1);
  }

  private static double of(Replay replay, Node node) {
    return of(replay, node, ZERO);
  }

  private static double of(Replay replay, Node node, double zero) {
    double sum = 0;
    Set<Double> seen = new HashSet<>();
    for (double x : replay.values().of(node).toDoubles()) {
      sum += (x == 0 ? zero : of(x)) + (seen.add(x) ? 0 : REPEAT);
    }
    return sum;
  }

  private static double of(double x) {
    if (!Double.isFinite(x)) {
      return NOT_FINITE;
    }
    // What is next to nothing comes from a function far out, where it is as good as constant.
    double extreme = Math.abs(x) >= LARGE ? INEXACT : Math.abs(x) < TINY ? ZERO : 0;
    return (Figures.isExact(x) ? Numbers.text(Math.abs(x), 6).length() : INEXACT) + extreme;
  }

  /// Of the numbers chosen: repeats, signs, and ones, with which a product goes unnoticed.
  static double ofChoice(Collection<Tensor> chosen) {
    Set<Double> seen = new HashSet<>();
    double sum = 0;
    for (Tensor tensor : chosen) {
      for (double x : tensor.toDoubles()) {
        sum += seen.add(Math.abs(x)) ? 0 : REPEAT;
        sum += (x < 0 ? 1 : 0) + (Math.abs(x) == 1 ? 2 : 0);
      }
    }
    return sum;
  }
}
