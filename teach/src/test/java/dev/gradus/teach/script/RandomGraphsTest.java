package dev.gradus.teach.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.run.Interpreter;
import dev.gradus.teach.Installed;
import dev.gradus.teach.RandomGraph;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/// Random graphs of small tensors with all their gradients: the page computes what Java did, before and after a leaf was changed.
class RandomGraphsTest {
  private static final int GRAPHS = 20;

  @Provide
  Arbitrary<List<RandomGraph>> graphs() {
    return RandomGraph.upTo(25).list().ofSize(GRAPHS);
  }

  @AddLifecycleHook(Installed.ForChromium.class)
  @Property(tries = 5, seed = "7")
  void thePageComputesWhatJavaDid(@ForAll("graphs") List<RandomGraph> graphs, @ForAll long seed) {
    Random random = new Random(seed);
    List<Instructions> before = new ArrayList<>();
    List<Instructions> after = new ArrayList<>();
    StringBuilder changes = new StringBuilder();
    for (int i = 0; i < GRAPHS; i++) {
      RandomGraph graph = graphs.get(i);
      Node result = graph.result();
      List<Parameter> leaves = graph.leaves();
      Gradients gradients = Backward.from(result);
      List<Node> wanted = new ArrayList<>(List.of(result));
      gradients.graph().nodes().stream().filter(node -> !node.isTuple()).forEach(node -> wanted.add(gradients.of(node)));
      Parameter leaf = leaves.get(random.nextInt(leaves.size()));
      Tensor value = Tensor.normal(leaf.shape(), random.nextInt(1000));
      before.add(Instructions.of(wanted, Interpreter.run(wanted, Map.of())));
      after.add(Instructions.of(wanted, Interpreter.run(wanted, Map.of(leaf, value))));
      changes.append("decode('").append(EnginePage.encode(value.toDoubles())).append("').forEach((x,k)=>e[").append(i).append("].set(")
          .append(before.get(i).of(leaf)).append(",k,x));");
    }
    try (EnginePage page = new EnginePage(before)) {
      assertEquals("[]", page.evaluate("JSON.stringify(e.flatMap(one => one.compare()))"));
      List<?> values = (List<?>) page.evaluate("(()=>{" + changes + "return e.map(values)})()");
      for (int i = 0; i < GRAPHS; i++) {
        double[] want = EnginePage.recorded(after.get(i));
        double[] got = EnginePage.decode((String) Objects.requireNonNull(values.get(i)));
        for (int k = 0; k < want.length; k++) {
          assertEquals(want[k], got[k], 1e-9 * (1 + Math.abs(want[k])), "graph " + i);
        }
      }
    }
  }
}
