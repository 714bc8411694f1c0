package dev.gradus.teach.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The groups of an outline while it is made. Members are numbers: a node's own, or that of a group after those of all nodes.
final class Drafts {
  private final int nodes;
  private final List<Draft> all = new ArrayList<>();

  /// A group.
  static final class Draft {
    final GroupKind kind;
    final String name;
    final int number;
    final int pieces;
    final int repetitions;

    /// All nodes in it and in the groups in it.
    final int[] nodes;

    /// Its members.
    int[] items;

    private Draft(GroupKind kind, String name, int number, int pieces, int repetitions, int[] nodes, int[] items) {
      this.kind = kind;
      this.name = name;
      this.number = number;
      this.pieces = pieces;
      this.repetitions = repetitions;
      this.nodes = nodes;
      this.items = items;
    }
  }

  /// @param nodes how many nodes there are
  Drafts(int nodes) {
    this.nodes = nodes;
  }

  /// Makes a group of members; the number is that of the group.
  int add(GroupKind kind, String name, int number, int pieces, int repetitions, int[] items) {
    int size = 0;
    for (int item : items) {
      size += isGroup(item) ? get(item).nodes.length : 1;
    }
    int[] below = new int[size];
    int filled = 0;
    for (int item : items) {
      if (isGroup(item)) {
        int[] inner = get(item).nodes;
        System.arraycopy(inner, 0, below, filled, inner.length);
        filled += inner.length;
      } else {
        below[filled++] = item;
      }
    }
    Arrays.sort(below);
    all.add(new Draft(kind, name, number, pieces, repetitions, below, items));
    return nodes + all.size() - 1;
  }

  boolean isGroup(int item) {
    return item >= nodes;
  }

  Draft get(int item) {
    return all.get(item - nodes);
  }

  /// The group of everything.
  Draft root() {
    return all.stream().filter(draft -> draft.kind == GroupKind.ROOT).findFirst().orElseThrow();
  }

  /// How many groups there are.
  int count() {
    return all.size();
  }

  /// The number of a group by the order in which they were made.
  int item(int group) {
    return nodes + group;
  }
}
