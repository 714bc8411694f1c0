package dev.gradus.graph.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeIndexTest {
  @Test
  void remembersANumberForEachNode() {
    NodeIndex index = new NodeIndex();
    Node a = Constant.of(1);
    Node b = Constant.of(2);
    assertTrue(index.add(a, 7));
    assertFalse(index.add(a, 8));
    assertEquals(7, index.get(a));
    assertEquals(NodeIndex.NONE, index.get(b));
    index.change(a, 9);
    assertEquals(9, index.get(a));
    assertTrue(index.contains(a));
    assertFalse(index.contains(b));
    assertEquals(Set.of(a), index);
    assertEquals(1, index.size());
  }

  /// Among nodes made in one go and nodes picked far apart, in any order, it says what a map says.
  @Test
  void agreesWithAMap() {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      nodes.add(Constant.of(i));
    }
    for (int seed = 0; seed < 4; seed++) {
      List<Node> some = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i += 1 + seed * 37) {
        some.add(nodes.get(i));
      }
      if (seed % 2 == 1) {
        Collections.shuffle(some, new Random(seed));
      }
      Map<Node, Integer> map = new HashMap<>();
      NodeIndex index = new NodeIndex();
      for (Node node : some) {
        map.put(node, map.size());
        assertTrue(index.add(node, index.size()));
      }
      for (Node node : nodes) {
        assertEquals(map.getOrDefault(node, NodeIndex.NONE), index.get(node));
      }
      assertEquals(map.keySet(), index);
    }
  }
}
