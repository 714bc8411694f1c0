package dev.gradus.show;

import static dev.gradus.ops.Ops.parameter;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class NodeLabelsTest {
  private static List<String> labels(List<String> names) {
    Node sum = names.stream().<Node>map(name -> parameter(name, 1)).reduce(Node::plus).orElseThrow();
    Graph graph = Graph.of(List.of(sum));
    NodeLabels labels = NodeLabels.of(graph, sum);
    return graph.nodes().stream().map(labels::of).toList();
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("x", "x#1", "x#2", "L", "L#1", "v1", "v2", "#1", "v", "v#1");
  }

  @Property(tries = 200, seed = "61")
  void labelsAreUnique(@ForAll @Size(min = 2, max = 8) List<@From("names") String> names) {
    List<String> labels = labels(names);
    assertEquals(labels.size(), new HashSet<>(labels).size(), labels::toString);
    assertEquals(labels, labels(names));
  }

  @Test
  void aNumberThatIsANameIsLeftOut() {
    assertEquals(List.of("x#2", "x#3", "v1", "x#1", "L"), labels(List.of("x", "x", "x#1")));
  }
}
