package dev.gradus.teach.worksheet;

import com.google.common.collect.ImmutableMap;
import dev.gradus.GradusException;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.teach.replay.Replay;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Numbers for leaves that make the others of a graph short: small whole numbers and simple fractions, of which a search keeps
/// those with the fewest digits everywhere, no accidental zeros, and terms that differ. The same seed gives the same numbers.
///
/// @param leaves the numbers of all leaves that were asked about
/// @param score how unfriendly the numbers are; 0 would be best
/// @param firstScore how unfriendly those were that the search began with
public record FriendlyNumbers(ImmutableMap<Node, Tensor> leaves, double score, double firstScore) {
  private static final double[] CANDIDATES = {1, 2, 3, -1, -2, 4, 0.5, -3, 5, -0.5, 1.5, 0.25, -4, 0.2, -1.5, 2.5, 0.1, 10, -0.25};
  private static final int RESTARTS = 6;
  private static final int MOST_TRIES = 4000;
  private static final int MOST_FREE = 32;

  /// Searches.
  ///
  /// @param loss what is differentiated
  /// @param leaves values of leaves, in which NaN stands for a number to be chosen
  /// @param seed where the search begins
  /// @throws GradusException where nothing is to be chosen, or very much, or every choice makes NaN or infinity
  public static FriendlyNumbers search(Node loss, Map<Node, Tensor> leaves, long seed) {
    Search search = new Search(loss, leaves, new Random(seed));
    if (search.free == 0 || search.free > MOST_FREE) {
      throw new GradusException(
          "friendly numbers", "1 to " + MOST_FREE + " numbers can be chosen", search.free, "write ? for the numbers that are free, as in x=? or x='[1, ?]'");
    }
    return search.run();
  }

  /// One search, coordinate by coordinate.
  private static final class Search {
    private final Node loss;
    private final Map<Node, Tensor> leaves;
    private final Random random;
    private final Gradients gradients;
    private final int free;
    private int tries;

    Search(Node loss, Map<Node, Tensor> leaves, Random random) {
      this.loss = loss;
      this.leaves = new LinkedHashMap<>(leaves);
      this.random = random;
      this.gradients = Backward.from(loss);
      this.free = (int) leaves.values().stream().mapToLong(tensor -> Arrays.stream(tensor.toDoubles()).filter(Double::isNaN).count()).sum();
    }

    FriendlyNumbers run() {
      double[] best = new double[0];
      double least = Double.POSITIVE_INFINITY;
      double first = Double.NaN;
      for (int restart = 0; restart < RESTARTS && tries < MOST_TRIES; restart++) {
        double[] at = random.doubles(free).map(x -> CANDIDATES[(int) (x * CANDIDATES.length)]).toArray();
        double score = score(at);
        first = restart == 0 ? score : first;
        score = improved(at, score);
        if (score < least) {
          least = score;
          best = at;
        }
      }
      if (least >= Unfriendliness.NOT_FINITE) {
        throw new GradusException(
            "friendly numbers", "every value and gradient must be finite", "none such in " + tries + " tries", "write other numbers for the names that have one, or for some that have none");
      }
      return new FriendlyNumbers(ImmutableMap.copyOf(fill(best)), least, first);
    }

    /// Changes one number after the other while that helps.
    private double improved(double[] at, double score) {
      double least = score;
      boolean isBetter = true;
      while (isBetter) {
        isBetter = false;
        for (int i = 0; i < at.length && tries < MOST_TRIES; i++) {
          double kept = at[i];
          for (double candidate : CANDIDATES) {
            at[i] = candidate;
            double tried = candidate == kept ? least : score(at);
            if (tried < least) {
              least = tried;
              kept = candidate;
              isBetter = true;
            }
          }
          at[i] = kept;
        }
      }
      return least;
    }

    private Map<Node, Tensor> fill(double[] numbers) {
      Map<Node, Tensor> all = new LinkedHashMap<>();
      int next = 0;
      for (Map.Entry<Node, Tensor> leaf : leaves.entrySet()) {
        double[] elements = leaf.getValue().toDoubles();
        for (int i = 0; i < elements.length; i++) {
          elements[i] = Double.isNaN(elements[i]) ? numbers[next++] : elements[i];
        }
        all.put(leaf.getKey(), Tensor.of(leaf.getValue().shape(), elements).cast(leaf.getKey().dtype()));
      }
      return all;
    }

    private double score(double[] numbers) {
      tries++;
      try {
        Map<Node, Tensor> filled = fill(numbers);
        Values values = Interpreter.run(List.of(loss), filled);
        Replay replay = Replay.of(loss, gradients, values);
        replay.evaluate();
        return Unfriendliness.of(replay) + Unfriendliness.ofChoice(filled.values());
      } catch (GradusException e) {
        // Numbers that an op refuses are no candidates.
        return Double.MAX_VALUE;
      }
    }
  }
}
