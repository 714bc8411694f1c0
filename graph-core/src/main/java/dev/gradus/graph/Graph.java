package dev.gradus.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.graph.ImmutableNetwork;
import com.google.common.graph.NetworkBuilder;
import dev.gradus.GradusException;
import dev.gradus.graph.index.NodeIndex;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The nodes that some outputs are computed from, sorted once: every node stands after its operands. The order is
/// that of a depth-first walk from the outputs, operands left to right, so it depends on the shape of the graph
/// alone and not on the order in which the nodes were built.
///
/// Building takes time and memory linear in nodes and edges; nothing here recurses.
public final class Graph {
  private final ImmutableList<Node> outputs;
  private final List<Node> nodes;
  private final NodeIndex indices;
  private final Set<Node> leaves;
  private @Nullable Uses uses;

  private Graph(
      ImmutableList<Node> outputs, List<Node> nodes, NodeIndex indices, Set<Node> leaves) {
    this.outputs = outputs;
    this.nodes = Collections.unmodifiableList(nodes);
    this.indices = indices;
    this.leaves = leaves;
  }

  /// The graph of everything the outputs need.
  public static Graph of(Node... outputs) {
    return of(List.of(outputs));
  }

  /// The graph of everything the outputs need.
  public static Graph of(List<? extends Node> outputs) {
    return of(outputs, Set.of());
  }

  /// The graph of what the outputs need, not looking below the nodes of `leaves`, which belong to it themselves.
  public static Graph of(List<? extends Node> outputs, Set<Node> leaves) {
    Walk walk = new Walk(leaves);
    outputs.forEach(walk::from);
    return new Graph(ImmutableList.copyOf(outputs), walk.order, walk.indices, walk.stops);
  }

  /// A depth-first walk that lists every node after its operands. The path is kept in two parallel arrays: a chain of
  /// a million nodes is a path of a million.
  private static final class Walk {
    final List<Node> order = new ArrayList<>();
    final NodeIndex indices = new NodeIndex();
    final Set<Node> stops = new HashSet<>();
    private final Set<Node> leaves;
    private Node[] path = new Node[64];
    private int[] next = new int[64];
    private int depth;

    Walk(Set<Node> leaves) {
      this.leaves = leaves;
    }

    void from(Node output) {
      enter(output);
      while (depth > 0) {
        Node node = path[depth - 1];
        int slot = next[depth - 1]++;
        List<Node> operands = !stops.isEmpty() && stops.contains(node) ? List.of() : node.operands();
        if (slot < operands.size()) {
          enter(operands.get(slot));
        } else {
          depth--;
          indices.change(node, order.size());
          order.add(node);
        }
      }
    }

    private void enter(Node node) {
      if (!indices.add(node, 0)) {
        return;
      }
      if (leaves.contains(node)) {
        stops.add(node);
      }
      if (depth == path.length) {
        path = Arrays.copyOf(path, 2 * depth);
        next = Arrays.copyOf(next, 2 * depth);
      }
      path[depth] = node;
      next[depth++] = 0;
    }
  }

  /// The nodes this graph was made for.
  public List<Node> outputs() {
    return outputs;
  }

  /// All nodes in topological order: operands first.
  public List<Node> nodes() {
    return nodes;
  }

  /// The number of nodes.
  public int size() {
    return nodes.size();
  }

  /// Whether `node` belongs to this graph.
  public boolean contains(Node node) {
    return indices.contains(node);
  }

  /// The place of `node` in [#nodes].
  ///
  /// @throws GradusException when it does not belong to this graph
  public int indexOf(Node node) {
    int index = indices.get(node);
    if (index == NodeIndex.NONE) {
      throw new GradusException("graph", "the node must belong to it", node, "make the graph from an output that uses it");
    }
    return index;
  }

  /// Whether the walk stopped at `node`, so that its operands do not belong to this graph through it.
  public boolean isLeaf(Node node) {
    return !leaves.isEmpty() && leaves.contains(node);
  }

  /// Γ(u): who in this graph uses `node`, and in which slot, ordered by user and slot. A node that takes it twice
  /// stands here twice.
  public List<Use> uses(Node node) {
    int index = indexOf(node);
    Uses table = uses();
    int from = table.starts[index];
    return new AbstractList<>() {
      @Override
      public Use get(int i) {
        if (i < 0 || i >= size()) {
          throw new IndexOutOfBoundsException(i);
        }
        return new Use(node, nodes.get(table.users[from + i]), table.slots[from + i]);
      }

      @Override
      public int size() {
        return table.starts[index + 1] - from;
      }
    };
  }

  /// All uses, grouped by the node used: those of node i stand at `starts[i]` to `starts[i + 1]`.
  private static final class Uses {
    final int[] starts;
    final int[] users;
    final int[] slots;

    Uses(int[] starts, int uses) {
      this.starts = starts;
      this.users = new int[uses];
      this.slots = new int[uses];
    }
  }

  private Uses uses() {
    Uses known = uses;
    if (known == null) {
      known = countUses();
      uses = known;
    }
    return known;
  }

  private Uses countUses() {
    int[] starts = new int[nodes.size() + 1];
    for (Node node : nodes) {
      for (Node operand : operandsOf(node)) {
        starts[indexOf(operand) + 1]++;
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      starts[i + 1] += starts[i];
    }
    int[] next = starts.clone();
    Uses table = new Uses(starts, starts[nodes.size()]);
    for (int user = 0; user < nodes.size(); user++) {
      List<Node> operands = operandsOf(nodes.get(user));
      for (int slot = 0; slot < operands.size(); slot++) {
        int at = next[indexOf(operands.get(slot))]++;
        table.users[at] = user;
        table.slots[at] = slot;
      }
    }
    return table;
  }

  /// The operands that belong to this graph: none for a node the walk stopped at.
  private List<Node> operandsOf(Node node) {
    return isLeaf(node) ? List.of() : node.operands();
  }

  /// The graph as a Guava network: an edge for every [Use], from the operand to its user, parallel edges where a
  /// node is used twice.
  public ImmutableNetwork<Node, Use> network() {
    ImmutableNetwork.Builder<Node, Use> network =
        NetworkBuilder.directed().allowsParallelEdges(true).<Node, Use>immutable();
    nodes.forEach(network::addNode);
    for (Node node : nodes) {
      for (Use use : uses(node)) {
        network.addEdge(use.operand(), use.user(), use);
      }
    }
    return network.build();
  }

  /// One line a node: its place, name, op, operands, type and number of uses; long graphs are abbreviated in the
  /// middle.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    int shown = 24;
    IntStream.range(0, size()).forEach(i -> {
      if (i < shown || i >= size() - shown) {
        line(text, i);
      } else if (i == shown) {
        text.append("  ... ").append(size() - 2 * shown).append(" more nodes ...\n");
      }
    });
    return text.toString();
  }

  private void line(StringBuilder text, int index) {
    Node node = nodes.get(index);
    List<Node> all = operandsOf(node);
    String operands = String.join(
        ", ", all.stream().limit(6).map(operand -> String.valueOf(indexOf(operand))).toList());
    text.append("%4d  %-14s %-16s (%s)  %s  used %d×%n".formatted(
        index,
        node.name() == null ? "" : node.name(),
        node.kind(),
        all.size() > 6 ? operands + ", ... " + all.size() + " in all" : operands,
        node.typeText(),
        uses(node).size()));
  }
}
