package dev.gradus.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.compile.Call;
import dev.gradus.compile.Settings;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Node;
import dev.gradus.laws.Movement.Verdict;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/// Compiled programs on tensors long enough for vectors and threads: against the interpreter, and bit by bit against
/// themselves with other settings.
class WideGraphTest {
  private static final int TRIES = 250;

  private static final Map<String, Integer> SEEN = new HashMap<>();

  private static final List<Integer> ROWS = List.of(1, 2, 3, 5, 8, 9);
  private static final List<Integer> COLUMNS = List.of(1, 7, 16, 17, 33, 40, 64, 70);

  @Property(tries = TRIES, seed = "20261125", edgeCases = EdgeCasesMode.NONE)
  void compiledIsInterpreted(@ForAll @IntRange(max = 1_000_000) int seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    DType dtype = random.nextBoolean() ? DType.F64 : DType.F32;
    WideGraph graph = new WideGraph(
        seed, dtype, 1 + random.nextInt(3), ROWS.get(random.nextInt(6)), COLUMNS.get(random.nextInt(8)),
        4 + random.nextInt(9), dtype == DType.F64);
    Gradients gradients = Backward.from(graph.loss());
    List<Node> outputs = new ArrayList<>(graph.results());
    graph.leaves().stream().filter(leaf -> gradients.graph().contains(leaf)).forEach(leaf -> outputs.add(gradients.of(leaf)));
    Movement movement = Movement.of(outputs, Map.of());
    Settings settings = Settings.standard();
    List<Tensor> got = Vectors.atOnce(() -> dev.gradus.compile.Program.of(outputs, settings).run(Map.of()));
    boolean unclear = false;
    for (int k = 0; k < outputs.size(); k++) {
      int at = k;
      Verdict verdict = movement.compare(k, got.get(k));
      unclear |= verdict == Verdict.UNCLEAR;
      assertNotEquals(
          Verdict.DIFFERS, verdict, () -> outputs.get(at) + " is " + movement.value(at) + ", but compiled " + got.get(at));
    }
    SEEN.merge((unclear ? "unclear " : "clear ") + dtype, 1, Integer::sum);
    Settings plain = settings.withoutVectors();
    assertEquals(got, dev.gradus.compile.Program.of(outputs, plain.withoutNatives()).run(Map.of()), "without vectors");
    List<Tensor> byOpenBlas = dev.gradus.compile.Program.of(outputs, plain).run(Map.of());
    for (int k = 0; k < outputs.size(); k++) {
      int at = k;
      assertNotEquals(
          Verdict.DIFFERS, movement.compare(k, byOpenBlas.get(k)), () -> outputs.get(at) + " with OpenBLAS " + byOpenBlas.get(at));
    }
    assertEquals(got, updated(graph, gradients, outputs, settings), "beside updates");
  }

  /// The outputs of a program that also updates the leaves: they must be those of before.
  private static List<Tensor> updated(WideGraph graph, Gradients gradients, List<Node> outputs, Settings settings) {
    Map<Node, Node> updates = new LinkedHashMap<>();
    graph.leaves().stream()
        .filter(leaf -> gradients.graph().contains(leaf))
        .forEach(leaf -> updates.put(leaf, leaf.minus(gradients.of(leaf).times(0.1))));
    Call call = dev.gradus.compile.Program.of(outputs, updates, settings).call();
    call.run();
    List<Tensor> next = dev.gradus.compile.Program.of(List.copyOf(updates.values()), settings).run(Map.of());
    int k = 0;
    for (Node leaf : updates.keySet()) {
      assertTrue(call.leaf(leaf).closeTo(next.get(k++), 1e-6, 1e-6), () -> "update of " + leaf);
    }
    return outputs.stream().map(call::value).toList();
  }

  @Property(tries = 12, seed = "20261125", edgeCases = EdgeCasesMode.NONE)
  void bitsDoNotDependOnThreads(@ForAll @IntRange(max = 1_000_000) int seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    DType dtype = random.nextBoolean() ? DType.F64 : DType.F32;
    WideGraph graph = new WideGraph(
        seed, dtype, 1 + random.nextInt(2), 100 + random.nextInt(400), 200 + random.nextInt(300), 8, true);
    Gradients gradients = Backward.from(graph.loss());
    List<Node> outputs = new ArrayList<>(graph.results());
    graph.leaves().stream().filter(leaf -> gradients.graph().contains(leaf)).forEach(leaf -> outputs.add(gradients.of(leaf)));
    Settings settings = seed % 3 == 0 ? Settings.standard().withoutNatives() : Settings.standard();
    List<Tensor> got = Vectors.atOnce(() -> dev.gradus.compile.Program.of(outputs, settings.withThreads(1)).run(Map.of()));
    for (int threads : new int[] {2, 3, 4, 8}) {
      dev.gradus.compile.Program program = dev.gradus.compile.Program.of(outputs, settings.withThreads(threads));
      assertEquals(got, program.run(Map.of()), threads + " threads");
      assertEquals(got, program.run(Map.of()), threads + " threads, again");
    }
    assertEquals(
        got, dev.gradus.compile.Program.of(outputs, settings.withThreads(2).withoutVectors()).run(Map.of()), "without vectors");
  }

  @AfterContainer
  static void enoughWasSeen() {
    System.out.println("wide graphs: " + SEEN);
    int unclear = SEEN.getOrDefault("unclear f64", 0) + SEEN.getOrDefault("unclear f32", 0);
    assertTrue(unclear <= 0.03 * TRIES, SEEN::toString);
  }
}
