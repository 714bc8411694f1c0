package dev.gradus.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.graph.Graph;
import dev.gradus.laws.Comparison.Verdict;
import dev.gradus.laws.Program.Built;
import dev.gradus.ops.Entry;
import dev.gradus.ops.Vocabulary;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/// The laws of differentiation on random graphs over the whole vocabulary.
class RandomGraphTest {
  /// What has no derivative, and what stands in a graph under another name.
  private static final Set<String> NOT_COUNTED =
      Set.of(
          "equal", "not_equal", "less_equal", "greater_equal", "logical_and", "logical_or", "logical_xor", "logical_not",
          "isnan", "isinf", "isfinite", "argmin", "one_hot", "expand_dims", "squeeze", "stack");

  private static final int TRIES = 5000;

  /// How often each op, and each verdict, came up.
  private static final ConcurrentMap<String, Integer> SEEN = new ConcurrentHashMap<>();

  @Provide
  Arbitrary<Program> programs() {
    return Programs.arbitrary();
  }

  @Property(tries = TRIES, seed = "20260101", edgeCases = EdgeCasesMode.NONE)
  void lawsOfDifferentiation(@ForAll("programs") Program program) {
    Built built = program.build(Tampering.NONE);
    Laws laws = new Laws(built);
    Verdict verdict = laws.derivativesAgree();
    assertNotEquals(Verdict.DIFFERS, verdict, laws::report);
    laws.orderOfConstructionDoesNotMatter(program.hashCode());
    laws.askingTwiceGivesTheSame();
    laws.termsSumToTheGradient();
    if (program.hashCode() % 4 == 0) {
      Verdict second = laws.secondDerivativesAgree();
      assertNotEquals(Verdict.DIFFERS, second, laws::report);
      count("second order " + second);
    }
    Graph.of(built.result()).nodes().forEach(node -> count(node.kind()));
    count("first order " + verdict);
    count("graphs");
  }

  private static void count(String what) {
    SEEN.merge(what, 1, Integer::sum);
  }

  /// The laws were tried on enough graphs, few verdicts were unclear, and no op was missed.
  @AfterContainer
  static void enoughWasSeen() {
    if (SEEN.getOrDefault("graphs", 0) < TRIES) {
      return; // a law was broken: that is reported already
    }
    assertTrue(SEEN.getOrDefault("first order AGREES", 0) >= 0.97 * TRIES, SEEN::toString);
    assertTrue(SEEN.getOrDefault("second order AGREES", 0) >= 0.2 * TRIES, SEEN::toString);
    Set<String> rare = new TreeSet<>();
    for (Entry entry : Vocabulary.all()) {
      if (!NOT_COUNTED.contains(entry.name()) && SEEN.getOrDefault(entry.name(), 0) < 10) {
        rare.add(entry.name() + " " + SEEN.getOrDefault(entry.name(), 0));
      }
    }
    assertEquals(List.of(), List.copyOf(rare));
  }
}
