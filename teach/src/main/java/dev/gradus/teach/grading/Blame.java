package dev.gradus.teach.grading;

import dev.gradus.diff.Flow;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.show.Numbers;
import dev.gradus.teach.replay.Mistakes;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Share;
import dev.gradus.teach.replay.Writing;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is wrong with one number.
final class Blame {
  private static final double ROUNDING = 1e-6;
  private static final int DIGITS = 4;

  private final Replay replay;
  private final Carried carried;
  private final double tolerance;

  Blame(Replay replay, Carried carried, double tolerance) {
    this.replay = replay;
    this.carried = carried;
    this.tolerance = tolerance;
  }

  /// Whether a number can be taken for another. What is next to nothing beside the largest element is as good as 0.
  boolean close(Tensor own, Tensor right) {
    double largest = Arrays.stream(right.toDoubles()).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    return own.closeTo(right, tolerance, 1e-12 + ROUNDING * tolerance * largest);
  }

  /// How a number compares.
  ///
  /// @param own the student's
  /// @param right the right one
  /// @param expected the right one given the student's other numbers
  /// @param follows whether one of those is wrong
  Verdict verdict(Tensor own, Tensor right, Tensor expected, boolean follows) {
    if (!own.shape().equals(right.shape())) {
      return Verdict.SHAPE;
    }
    if (close(own, right)) {
      return Verdict.RIGHT;
    }
    return !close(own, expected) ? Verdict.WRONG : follows ? Verdict.FOLLOWS : Verdict.RIGHT;
  }

  /// The known mistake that gives a wrong ∂L/∂u, or null.
  @Nullable Finding finding(Node u, Tensor own) {
    if (u == replay.result()) {
      return own.shape().equals(u.shape()) ? finding("seed", u, null) : null;
    }
    if (replay.gradients().flow(u) != Flow.FLOWS) {
      return finding("no.gradient", u, null);
    }
    List<Mistakes.Wrong> wrongs = Mistakes.gradients(carried.shares(u));
    Values run = run(wrongs);
    Mistakes.Wrong best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Mistakes.Wrong wrong : wrongs) {
      Tensor number = run.of(wrong.node());
      if (own.shape().equals(number.shape()) && close(own, number)) {
        double distance = Math.max(ROUNDING, distance(own, number));
        // Numbers are rounded: of mistakes that fit about equally well the more usual one is meant.
        if (distance < least / 4) {
          best = wrong;
          least = distance;
        }
      }
    }
    return best == null ? null : finding(best, u);
  }

  /// The largest difference of elements, as a part of the largest element.
  private static double distance(Tensor own, Tensor number) {
    double[] x = own.toDoubles();
    double[] y = number.toDoubles();
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      difference = Math.max(difference, Math.abs(x[i] - y[i]));
      largest = Math.max(largest, Math.abs(y[i]));
    }
    return difference == 0 ? 0 : difference / largest;
  }

  static Values run(List<Mistakes.Wrong> wrongs) {
    return Interpreter.run(wrongs.stream().map(Mistakes.Wrong::node).toList(), Map.of());
  }

  /// The finding of a mistake that was made with ∂L/∂u.
  Finding finding(Mistakes.Wrong wrong, Node u) {
    int at = wrong.share() == null ? -1 : carried.shares(u).indexOf(wrong.share());
    List<Share> shares = replay.shares(u);
    return finding(wrong.key(), u, at >= 0 && at < shares.size() ? shares.get(at).term().use().user() : null);
  }

  private Finding finding(String key, Node u, @Nullable Node v) {
    Map<String, String> places = new HashMap<>();
    String l = replay.labels().of(replay.result());
    String label = replay.labels().of(u);
    places.put("L", l);
    places.put("u", label);
    places.put("gradient", Numbers.text(carried.right(u), DIGITS).replaceAll("\\s+", " "));
    places.put("dLdu", Writing.TEXT.partial(l, label));
    if (v != null) {
      String user = replay.labels().of(v);
      places.put("v", user);
      places.put("dLdv", Writing.TEXT.partial(l, user));
      places.put("dvdu", Writing.TEXT.partial(user, label));
    }
    return Finding.of(key, places);
  }
}
