package dev.gradus.teach.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.diff.Flow;
import dev.gradus.graph.Node;
import dev.gradus.graph.Use;
import dev.gradus.run.Values;
import dev.gradus.teach.RandomGraph;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What holds for the steps of every graph.
class ReplayLawTest {
  private static final int TRIES = 400;

  @Provide
  Arbitrary<Replay> replays() {
    return RandomGraph.upTo(14).map(graph -> Lessons.replay(graph.result()));
  }

  private static List<Integer> stepsOf(Replay replay, Step.Kind kind, Node u) {
    return IntStream.range(0, replay.steps().size())
        .filter(k -> replay.steps().get(k).kind() == kind && replay.steps().get(k).u() == u)
        .boxed()
        .toList();
  }

  @Property(tries = TRIES, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
  void everyNodeHasOneValueStepAfterItsOperands(@ForAll("replays") Replay replay) {
    assertEquals(Set.copyOf(replay.graph().nodes()), Set.copyOf(replay.order()));
    for (Node u : replay.order()) {
      assertEquals(List.of(replay.valueStep(u)), stepsOf(replay, Step.Kind.FORWARD, u));
      u.operands().forEach(operand -> assertTrue(replay.valueStep(operand) < replay.valueStep(u)));
    }
  }

  @Property(tries = TRIES, seed = "20261129", edgeCases = EdgeCasesMode.NONE)
  void theSeedIsSetOnceBetweenThePasses(@ForAll("replays") Replay replay) {
    List<Step> steps = replay.steps();
    int seed = replay.graph().size();
    assertEquals(new Step(Step.Kind.SEED, replay.result(), null), steps.get(seed));
    assertEquals(1, steps.stream().filter(step -> step.kind() == Step.Kind.SEED).count());
    assertEquals(1, steps.stream().filter(step -> step.kind() == Step.Kind.PARAMETERS).count());
    assertEquals(Step.Kind.PARAMETERS, steps.getLast().kind());
    assertTrue(steps.subList(seed, steps.size()).stream().noneMatch(step -> step.kind() == Step.Kind.FORWARD));
  }

  /// OPEN, a TERM for each term in order, CLOSE, without anything in between.
  @Property(tries = TRIES, seed = "20261130", edgeCases = EdgeCasesMode.NONE)
  void aSumIsOneRunOfSteps(@ForAll("replays") Replay replay) {
    for (Node u : replay.order()) {
      List<Integer> open = stepsOf(replay, Step.Kind.OPEN, u);
      if (u == replay.result() || u.isTuple()) {
        assertEquals(List.of(), open);
        continue;
      }
      int terms = replay.gradients().terms(u).size();
      int at = open.getFirst();
      assertEquals(1, open.size());
      assertEquals(terms, replay.shares(u).size());
      assertEquals(IntStream.rangeClosed(at + 1, at + terms).boxed().toList(), stepsOf(replay, Step.Kind.TERM, u));
      for (int i = 0; i < terms; i++) {
        assertEquals(replay.shares(u).get(i), replay.steps().get(at + 1 + i).share());
        assertEquals(i, replay.shares(u).get(i).index());
      }
      assertEquals(List.of(at + 1 + terms), stepsOf(replay, Step.Kind.CLOSE, u));
      boolean flows = replay.gradients().flow(u) == Flow.FLOWS;
      assertEquals(flows, terms > 0);
      assertEquals(flows ? at + 1 + terms : Integer.MAX_VALUE, replay.gradientStep(u));
    }
  }

  @Property(tries = TRIES, seed = "20261131", edgeCases = EdgeCasesMode.NONE)
  void whatATermNeedsIsKnownBefore(@ForAll("replays") Replay replay) {
    for (Node u : replay.order()) {
      for (Share share : replay.shares(u)) {
        int open = stepsOf(replay, Step.Kind.OPEN, u).getFirst();
        Node v = share.term().use().user();
        List<Node> needed = v.isTuple() ? replay.graph().uses(v).stream().map(Use::user).toList() : List.of(v);
        needed.stream()
            .filter(node -> replay.gradients().flow(node) == Flow.FLOWS)
            .forEach(node -> assertTrue(replay.gradientStep(node) < open));
        assertTrue(v.isTuple() || replay.gradients().flow(v) == Flow.FLOWS);
      }
    }
  }

  @Property(tries = TRIES, seed = "20261132", edgeCases = EdgeCasesMode.NONE)
  void eachSumIsTheOneBeforeAndTheTerm(@ForAll("replays") Replay replay) {
    Values values = replay.values();
    for (Node u : replay.order()) {
      List<Share> shares = replay.shares(u);
      double[] sum = new double[0];
      for (Share share : shares) {
        double[] product = values.of(share.term().product()).toDoubles();
        double[] before = sum;
        sum = share.index() == 0 ? product : IntStream.range(0, product.length).mapToDouble(i -> before[i] + product[i]).toArray();
        assertArrayEquals(sum, values.of(share.sum()).toDoubles());
        assertEquals(u.shape(), share.sum().shape());
      }
      if (!shares.isEmpty()) {
        assertSame(replay.gradient(u), shares.getLast().sum());
      }
    }
  }

  /// Whatever the graph, every step can be told, with every place filled.
  @Property(tries = TRIES, seed = "20261133", edgeCases = EdgeCasesMode.NONE)
  void everyStepIsToldInFull(@ForAll("replays") Replay replay) {
    Narration narration = new Narration(replay, Sentences.english());
    Set<String> told = new HashSet<>();
    for (Step step : replay.steps()) {
      String sentence = narration.sentence(step);
      assertFalse(sentence.matches(".*\\{\\w+}.*"), sentence);
      told.add(sentence);
      Share share = step.share();
      if (share != null) {
        Equation product = narration.product(share);
        assertFalse(narration.rule(share).isEmpty());
        for (Writing writing : Writing.values()) {
          assertTrue(product == null || !narration.print(product, share, writing).isEmpty());
        }
      }
    }
    assertTrue(told.size() > 2);
  }
}
