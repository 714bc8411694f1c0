package dev.gradus.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import dev.gradus.compile.Call;
import dev.gradus.compile.Settings;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.laws.Movement.Verdict;
import dev.gradus.laws.Program.Built;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/// Compiled programs against the interpreter on random graphs over the whole vocabulary: values, gradients and updates, in
/// f64 and f32, with and without vectors and natives.
class CompiledGraphTest {
  private static final int TRIES = 2000;
  private static final int STEPS = 3;

  private static final ConcurrentMap<String, Integer> SEEN = new ConcurrentHashMap<>();

  @Provide
  Arbitrary<Program> programs() {
    return Programs.arbitrary();
  }

  @Property(tries = TRIES, seed = "20261125", edgeCases = EdgeCasesMode.NONE)
  void compiledIsInterpreted(@ForAll("programs") Program program) {
    check(program, DType.F64);
    check(program, DType.F32);
    count("graphs");
  }

  private static void check(Program program, DType dtype) {
    List<Node> nodes;
    Node result;
    Gradients gradients;
    List<Node> leaves;
    try {
      Built built = program.build(Tampering.NONE);
      nodes = in(built, dtype);
      result = nodes.get(built.nodes().indexOf(built.result()));
      gradients = Backward.from(result, Constant.of(Comparison.numbers(result.shape(), 1).cast(result.dtype())));
      Gradients by = gradients;
      leaves = nodes.stream().filter(node -> node instanceof Parameter && by.graph().contains(node)).toList();
      leaves.forEach(by::of);
    } catch (GradusException e) {
      count("refused " + dtype);
      return;
    }
    int choice = Math.floorMod(program.hashCode(), 4);
    Settings settings = choice < 2 ? Settings.standard() : Settings.standard().withoutNatives();
    values(result, gradients, leaves, nodes, settings, dtype);
    if (!leaves.isEmpty()) {
      updates(result, gradients, leaves, choice % 2 == 0 ? settings : settings.withoutVectors(), dtype);
    }
  }

  /// The lines of a program over leaves of a dtype.
  private static List<Node> in(Built built, DType dtype) {
    List<Node> made = new ArrayList<>();
    for (Line line : built.lines()) {
      List<Node> results = line.make().apply(line.operands().stream().map(made::get).toList());
      for (Node node : results) {
        made.add(node instanceof Parameter leaf ? Parameter.of("x" + made.size(), leaf.initial().cast(dtype)) : node);
      }
    }
    return made;
  }

  /// The result, all gradients, and some nodes on the way.
  private static void values(
      Node result, Gradients gradients, List<Node> leaves, List<Node> nodes, Settings settings, DType dtype) {
    List<Node> outputs = new ArrayList<>(List.of(result));
    leaves.forEach(leaf -> outputs.add(gradients.of(leaf)));
    outputs.add(nodes.get(nodes.size() / 2));
    Movement movement = Movement.of(outputs, Map.of());
    Supplier<List<Tensor>> run = () -> dev.gradus.compile.Program.of(outputs, settings).run(Map.of());
    List<Tensor> got = dtype == DType.F32 ? Vectors.atOnce(run) : run.get();
    boolean unclear = false;
    for (int k = 0; k < outputs.size(); k++) {
      unclear |= verdict(movement, k, got.get(k), outputs.get(k), settings) == Verdict.UNCLEAR;
    }
    count((unclear ? "unclear " : "clear ") + dtype);
    if (dtype == DType.F32) {
      List<Tensor> scalar = dev.gradus.compile.Program.of(outputs, settings.withoutVectors()).run(Map.of());
      assertEquals(got, scalar, "with and without vectors");
    }
  }

  private static Verdict verdict(Movement movement, int k, Tensor got, Node output, Settings settings) {
    Verdict verdict = movement.compare(k, got);
    assertNotEquals(
        Verdict.DIFFERS, verdict, () -> k + ": " + output + " is " + movement.value(k) + ", but compiled " + got + " " + settings);
    return verdict;
  }

  /// Several steps of gradient descent, each against one of the interpreter from the leaves as they are.
  private static void updates(Node result, Gradients gradients, List<Node> leaves, Settings settings, DType dtype) {
    Map<Node, Node> updates = new LinkedHashMap<>();
    leaves.forEach(leaf -> updates.put(leaf, leaf.minus(gradients.of(leaf).times(0.1))));
    List<Node> nodes = new ArrayList<>(List.of(result));
    nodes.addAll(updates.values());
    Call call = dev.gradus.compile.Program.of(List.of(result), updates, settings).call();
    for (int step = 0; step < STEPS; step++) {
      Map<Node, Tensor> before = new HashMap<>();
      leaves.forEach(leaf -> before.put(leaf, call.leaf(leaf)));
      Movement movement = Movement.of(nodes, before);
      call.run();
      boolean unclear = verdict(movement, 0, call.value(result), result, settings) == Verdict.UNCLEAR;
      for (int k = 0; k < leaves.size(); k++) {
        unclear |= verdict(movement, k + 1, call.leaf(leaves.get(k)), nodes.get(k + 1), settings) == Verdict.UNCLEAR;
      }
      count((unclear ? "unclear step " : "clear step ") + dtype);
    }
  }

  private static void count(String what) {
    SEEN.merge(what, 1, Integer::sum);
  }

  @AfterContainer
  static void enoughWasSeen() {
    System.out.println("compiled graphs: " + SEEN);
    if (SEEN.getOrDefault("graphs", 0) < TRIES) {
      return; // a difference was found: that is reported already
    }
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      assertTrue(SEEN.getOrDefault("clear " + dtype, 0) >= 0.97 * TRIES, SEEN::toString);
    }
  }
}
