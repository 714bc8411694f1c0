package dev.gradus.ops;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.gradus.GradusException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All ops by name, family by family in the order in which a newcomer meets them.
public final class Vocabulary {
  private static final ImmutableMap<String, List<Entry>> FAMILIES =
      ImmutableMap.<String, List<Entry>>builder()
          .put("arithmetic", Arithmetics.ENTRIES)
          .put("exponentials and logarithms", Exponentials.ENTRIES)
          .put("trigonometry", Trigonometry.ENTRIES)
          .put("rounding and comparison", Comparisons.ENTRIES)
          .put("activations", Activations.ENTRIES)
          .put("reductions", Reductions.ENTRIES)
          .put("statistics", Statistics.ENTRIES)
          .put("softmax", Softmaxes.ENTRIES)
          .put("linear algebra", LinearAlgebra.ENTRIES)
          .put("shapes", Shapes.ENTRIES)
          .put("indexing", Indexing.ENTRIES)
          .put("convolutions", Convolutions.ENTRIES)
          .put("pooling", Pools.ENTRIES)
          .put("layers", Layers.ENTRIES)
          .put("losses", Losses.ENTRIES)
          .buildOrThrow();

  private static final ImmutableList<Entry> ALL =
      FAMILIES.values().stream().flatMap(List::stream).collect(ImmutableList.toImmutableList());

  private static final ImmutableMap<String, Entry> BY_NAME = byName();

  private Vocabulary() {}

  private static ImmutableMap<String, Entry> byName() {
    ImmutableMap.Builder<String, Entry> all = ImmutableMap.builder();
    for (Entry entry : ALL) {
      all.put(entry.name(), entry);
      entry.aliases().forEach(alias -> all.put(alias, entry));
    }
    return all.buildOrThrow();
  }

  /// The names of the families, and their entries.
  public static ImmutableMap<String, List<Entry>> families() {
    return FAMILIES;
  }

  /// Every entry.
  public static List<Entry> all() {
    return ALL;
  }

  /// Every name under which an entry is found, aliases included.
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /// The entry of that name or alias, or null.
  public static @Nullable Entry find(String name) {
    return BY_NAME.get(name);
  }

  /// The entry of that name or alias.
  ///
  /// @throws GradusException when there is none; the message names one that may be meant, or says which there are
  public static Entry get(String name) {
    Entry entry = BY_NAME.get(name);
    if (entry == null) {
      throw new GradusException(
          "ops", "there must be an op of this name", name, suggestion(name, names(), "'gradus ops' lists all"));
    }
    return entry;
  }

  /// The candidate that differs from `word` in the fewest letters.
  public static String nearest(String word, Collection<String> candidates) {
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int distance = editDistance(word, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  /// The candidate that may be meant by a mistyped `word`, or null where none is that much like it.
  public static @Nullable String meant(String word, Collection<String> candidates) {
    String best = nearest(word, candidates);
    return editDistance(word, best) <= (Math.max(word.length(), best.length()) + 1) / 3 ? best : null;
  }

  /// Asks whether a candidate is meant by a mistyped `word`, and says something else where none is much like it.
  public static String suggestion(String word, Collection<String> candidates, String otherwise) {
    String meant = meant(word, candidates);
    return meant == null ? otherwise : "did you mean " + meant + "?";
  }

  /// Insertions, deletions, replacements and swaps of neighbours that lead from `a` to `b` (optimal string
  /// alignment).
  private static int editDistance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
