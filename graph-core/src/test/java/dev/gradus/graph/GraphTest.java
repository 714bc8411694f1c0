package dev.gradus.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Iterables;
import com.google.common.graph.ImmutableNetwork;
import com.google.common.graph.Traverser;
import dev.gradus.Refusal;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphTest {
  private final Parameter x = Parameter.of("x", 1);
  private final Parameter y = Parameter.of("y", 2);

  @Test
  void operandsComeFirst() {
    Node sum = x.plus(y);
    Node product = sum.times(x);
    Graph graph = Graph.of(product);
    assertEquals(List.of(x, y, sum, product), graph.nodes());
    assertEquals(List.of(product), graph.outputs());
    assertEquals(4, graph.size());
    assertEquals(2, graph.indexOf(sum));
    assertTrue(graph.contains(y));
    assertFalse(graph.contains(product.negated()));
    assertThrows(UnsupportedOperationException.class, () -> graph.nodes().clear());
  }

  /// The order is that of the graph's shape; it does not matter what was built first.
  @Test
  void theOrderDoesNotDependOnTheOrderOfConstruction() {
    for (int seed = 0; seed < 20; seed++) {
      List<String> kinds = new ArrayList<>();
      // Two halves, built in one order or the other.
      List<Integer> halves = new ArrayList<>(List.of(0, 1));
      Collections.shuffle(halves, new Random(seed));
      Node[] built = new Node[2];
      for (int half : halves) {
        built[half] = half == 0 ? x.times(y).negated() : y.plus(x).pow(2);
      }
      Graph.of(built[0].minus(built[1])).nodes().forEach(node -> kinds.add(node.kind()));
      assertEquals(List.of("parameter", "parameter", "multiply", "negative", "add", "pow", "subtract"), kinds);
    }
  }

  @Test
  void everyUseHasItsSlot() {
    Node square = x.times(x);
    Node out = square.minus(x);
    Graph graph = Graph.of(out);
    assertEquals(List.of(new Use(x, square, 0), new Use(x, square, 1), new Use(x, out, 1)), graph.uses(x));
    assertEquals(List.of(new Use(square, out, 0)), graph.uses(square));
    assertEquals(List.of(), graph.uses(out));
    assertThrows(IndexOutOfBoundsException.class, () -> graph.uses(x).get(3));
    assertThrows(IndexOutOfBoundsException.class, () -> graph.uses(square).get(-1));
  }

  @Test
  void usesOutsideOfTheGraphDoNotCount() {
    Node inside = x.plus(1);
    Node outside = x.times(3);
    assertEquals(List.of(new Use(x, inside, 0)), Graph.of(inside).uses(x));
    assertEquals(
        "graph: the node must belong to it, but got multiply f64[]; make the graph from an output that uses it",
        Refusal.of(() -> Graph.of(inside).uses(outside)));
  }

  @Test
  void severalOutputsMakeOneGraph() {
    Node sum = x.plus(y);
    Node twice = sum.plus(sum);
    assertEquals(List.of(x, y, sum, twice), Graph.of(sum, twice, x).nodes());
    assertEquals(List.of(sum, twice, x), Graph.of(sum, twice, x).outputs());
    assertEquals(List.of(), Graph.of().nodes());
  }

  @Test
  void theWalkStopsAtLeaves() {
    Node sum = x.plus(y);
    Node out = sum.times(sum);
    Graph graph = Graph.of(List.of(out), Set.of(sum, x));
    assertEquals(List.of(sum, out), graph.nodes());
    assertTrue(graph.isLeaf(sum));
    assertFalse(graph.isLeaf(x));
    assertEquals(2, graph.uses(sum).size());
    // x is reached on another way: its use below the leaf does not count
    Node around = sum.plus(x);
    assertEquals(List.of(new Use(x, around, 1)), Graph.of(List.of(around), Set.of(sum)).uses(x));
  }

  @Test
  void asAGuavaNetwork() {
    Node square = x.times(x);
    Node out = square.plus(y);
    ImmutableNetwork<Node, Use> network = Graph.of(out).network();
    assertEquals(Set.of(x, y, square, out), network.nodes());
    assertEquals(4, network.edges().size());
    assertEquals(2, network.edgesConnecting(x, square).size());
    assertEquals(2, network.inDegree(square));
    assertEquals(0, network.outDegree(out));
    assertEquals(Set.of(x, y), Set.copyOf(network.nodes().stream().filter(node -> network.inDegree(node) == 0).toList()));
    assertEquals(4, Iterables.size(Traverser.forGraph(network::predecessors).breadthFirst(out)));
  }

  @Test
  void printsALineForEachNode() {
    Node h = x.times(x).named("h");
    assertEquals(
        """
           0  x              parameter        ()  f64[]  used 2×
           1  h              multiply         (0, 0)  f64[]  used 1×
           2                 add              (1)  f64[]  used 0×
        """,
        Graph.of(h.plus(1)).toString());
  }

  @Test
  void longTablesAndLongLinesAreAbbreviated() {
    Node chain = x;
    for (int i = 0; i < 99; i++) {
      chain = chain.negated();
    }
    String text = Graph.of(chain).toString();
    assertEquals(49, text.lines().count());
    assertTrue(text.contains("  ... 52 more nodes ...\n"), text);
    Node vector = Constant.of(Tensor.vector(1));
    Node wide = Apply.of(new Concat(0), Collections.nCopies(100, vector));
    assertTrue(Graph.of(wide).toString().contains("(0, 0, 0, 0, 0, 0, ... 100 in all)  f64[100]"));
    assertTrue(Graph.of(wide).toString().contains("used 100×"));
  }

  @Test
  void aBroadcastSumsBackToItsOperand() {
    Node g = Constant.of(Tensor.ones(Shape.of(2, 3)));
    assertEquals(Shape.of(3), Broadcasting.sumTo(g, Shape.of(3)).shape());
    assertEquals(Shape.of(2, 1), Broadcasting.sumTo(g, Shape.of(2, 1)).shape());
    assertEquals(Shape.SCALAR, Broadcasting.sumTo(g, Shape.SCALAR).shape());
    assertEquals(Shape.of(2, 3), Broadcasting.sumTo(Constant.of(1), Shape.of(2, 3)).shape());
    assertSame(g, Broadcasting.broadcastTo(g, Shape.of(2, 3)));
  }
}
