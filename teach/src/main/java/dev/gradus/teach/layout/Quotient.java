package dev.gradus.teach.layout;

import java.util.Arrays;

/// The members of a group as a graph of its own, in topological order: places 0, 1, ... stand for members, and a member uses
/// another where one of its nodes uses one of the other's. What is outside of the group does not count. Members that use each
/// other in a circle stand in the order of a walk.
final class Quotient {
  private final int[] items;
  private final boolean[] leaf;
  private final int[] kind;
  private final boolean[] group;
  private final Edges operands;
  private final Incidence users;

  /// Distinct operands, one list after the other.
  private static final class Edges {
    /// Where the list of each member begins.
    final int[] start;

    final int[] ends;

    Edges(int[] start, int[] ends) {
      this.start = start;
      this.ends = ends;
    }

    int count(int at) {
      return start[at + 1] - start[at];
    }

    int get(int at, int i) {
      return ends[start[at] + i];
    }

    Edges permuted(int[] order) {
      int[] place = new int[order.length];
      for (int i = 0; i < order.length; i++) {
        place[order[i]] = i;
      }
      int[] starts = new int[order.length + 1];
      int[] sorted = new int[ends.length];
      for (int i = 0; i < order.length; i++) {
        starts[i + 1] = starts[i];
        for (int k = 0; k < count(order[i]); k++) {
          sorted[starts[i + 1]++] = place[get(order[i], k)];
        }
      }
      return new Edges(starts, sorted);
    }
  }

  /// @param wiring the nodes
  /// @param drafts the groups
  /// @param members nodes and groups
  /// @param place an array for each node with nothing but -1, lent
  /// @param deepest whether the walk goes to the deepest operand first, so that what belongs together stands together; else it goes
  ///     by slots
  Quotient(Wiring wiring, Drafts drafts, int[] members, int[] place, boolean deepest) {
    Edges edges = edges(wiring, drafts, members, place);
    int[] order = new MemberWalk(edges.start, edges.ends).order(deepest);
    this.operands = edges.permuted(order);
    this.items = new int[order.length];
    this.leaf = new boolean[order.length];
    this.kind = new int[order.length];
    this.group = new boolean[order.length];
    for (int i = 0; i < order.length; i++) {
      items[i] = members[order[i]];
      group[i] = drafts.isGroup(items[i]);
      leaf[i] = !group[i] && wiring.isLeaf(items[i]);
      kind[i] = group[i] ? wiring.kinds() + items[i] : wiring.kind(items[i]);
    }
    int[] user = new int[operands.ends.length];
    for (int i = 0; i < order.length; i++) {
      Arrays.fill(user, operands.start[i], operands.start[i + 1], i);
    }
    Incidence edgesByOperand = Incidence.of(order.length, user.length, edge -> operands.ends[edge]);
    this.users = edgesByOperand.mapped(edge -> user[edge]);
  }

  private static Edges edges(Wiring wiring, Drafts drafts, int[] members, int[] place) {
    int[][] nodes = new int[members.length][];
    int most = 0;
    for (int i = 0; i < members.length; i++) {
      nodes[i] = drafts.isGroup(members[i]) ? drafts.get(members[i]).nodes : new int[] {members[i]};
      for (int node : nodes[i]) {
        place[node] = i;
        most += wiring.operands(node);
      }
    }
    int[] start = new int[members.length + 1];
    int[] ends = new int[most];
    int[] seen = new int[members.length];
    Arrays.fill(seen, -1);
    int filled = 0;
    for (int i = 0; i < members.length; i++) {
      for (int node : nodes[i]) {
        for (int slot = 0; slot < wiring.operands(node); slot++) {
          int operand = place[wiring.operand(node, slot)];
          if (operand >= 0 && operand != i && seen[operand] != i) {
            seen[operand] = i;
            ends[filled++] = operand;
          }
        }
      }
      start[i + 1] = filled;
    }
    for (int[] some : nodes) {
      for (int node : some) {
        place[node] = -1;
      }
    }
    return new Edges(start, Arrays.copyOf(ends, filled));
  }

  int size() {
    return items.length;
  }

  /// The number of a member.
  int item(int at) {
    return items[at];
  }

  /// All members in order.
  int[] items() {
    return items.clone();
  }

  /// Whether a member is a node without operands.
  boolean isLeaf(int at) {
    return leaf[at];
  }

  boolean isGroup(int at) {
    return group[at];
  }

  /// What kind of node a member is; a group is of a kind of its own.
  int kind(int at) {
    return kind[at];
  }

  int operands(int at) {
    return operands.count(at);
  }

  int operand(int at, int i) {
    return operands.get(at, i);
  }

  int users(int at) {
    return users.count(at);
  }

  int user(int at, int i) {
    return users.get(at, i);
  }
}
