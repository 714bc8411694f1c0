package dev.gradus.teach.layout;

import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The nodes of a graph as numbers, in topological order: who uses whom, and of what kind they are.
final class Wiring {
  private final Graph graph;
  private final int[] start;
  private final int[] operands;
  private final int[] users;
  private final Incidence uses;
  private final int[] kinds;
  private final List<String> kindNames = new ArrayList<>();

  Wiring(Graph graph) {
    this.graph = graph;
    int size = graph.size();
    this.start = new int[size + 1];
    this.kinds = new int[size];
    Map<String, Integer> known = new HashMap<>();
    for (int node = 0; node < size; node++) {
      start[node + 1] = start[node] + operandsOf(node).size();
      kinds[node] = known.computeIfAbsent(graph.nodes().get(node).kind(), kind -> {
        kindNames.add(kind);
        return kindNames.size() - 1;
      });
    }
    this.operands = new int[start[size]];
    this.users = new int[start[size]];
    for (int node = 0; node < size; node++) {
      int at = start[node];
      for (Node operand : operandsOf(node)) {
        users[at] = node;
        operands[at++] = graph.indexOf(operand);
      }
    }
    this.uses = Incidence.of(size, operands.length, use -> operands[use]);
  }

  private List<Node> operandsOf(int node) {
    Node one = graph.nodes().get(node);
    return graph.isLeaf(one) ? List.of() : one.operands();
  }

  int size() {
    return kinds.length;
  }

  Node node(int node) {
    return graph.nodes().get(node);
  }

  /// The number of a node's kind.
  int kind(int node) {
    return kinds[node];
  }

  String kindName(int kind) {
    return kindNames.get(kind);
  }

  int kinds() {
    return kindNames.size();
  }

  int operands(int node) {
    return start[node + 1] - start[node];
  }

  int operand(int node, int slot) {
    return operands[start[node] + slot];
  }

  boolean isLeaf(int node) {
    return operands(node) == 0;
  }

  int users(int node) {
    return uses.count(node);
  }

  int user(int node, int i) {
    return users[uses.get(node, i)];
  }

  /// How many uses there are in all. They are numbered by user and slot.
  int uses() {
    return operands.length;
  }

  /// The node that is used in a use.
  int usedIn(int use) {
    return operands[use];
  }

  /// The node that uses another in a use.
  int userIn(int use) {
    return users[use];
  }
}
