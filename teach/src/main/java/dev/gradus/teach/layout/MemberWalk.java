package dev.gradus.teach.layout;

/// A depth-first walk over members and their operands.
final class MemberWalk {
  private final int[] start;
  private final int[] operands;

  /// @param start where the operands of each member begin
  /// @param operands the operands
  MemberWalk(int[] start, int[] operands) {
    this.start = start;
    this.operands = operands;
  }

  /// The members, each after its operands, as far as there are no circles. The walk begins at those that nobody uses.
  int[] order(boolean deepest) {
    int[] order = walk(operands);
    return deepest ? walk(deepestFirst(order)) : order;
  }

  private int size() {
    return start.length - 1;
  }

  private int[] walk(int[] sorted) {
    boolean[] used = new boolean[size()];
    for (int operand : operands) {
      used[operand] = true;
    }
    int[] order = new int[size()];
    int filled = 0;
    boolean[] met = new boolean[size()];
    int[] next = new int[size()];
    int[] path = new int[size()];
    for (int i = 0; i < 2 * size(); i++) {
      // Once round for those that nobody uses, and once for what circles alone lead to.
      int begin = i % size();
      int depth = 0;
      if (!met[begin] && (i >= size() || !used[begin])) {
        met[begin] = true;
        next[begin] = start[begin];
        path[depth++] = begin;
      }
      while (depth > 0) {
        int member = path[depth - 1];
        if (next[member] == start[member + 1]) {
          order[filled++] = member;
          depth--;
          continue;
        }
        int operand = sorted[next[member]++];
        if (!met[operand]) {
          met[operand] = true;
          next[operand] = start[operand];
          path[depth++] = operand;
        }
      }
    }
    return order;
  }

  /// The operands of each member with those first that most members lie below.
  private int[] deepestFirst(int[] order) {
    int[] height = new int[size()];
    for (int member : order) {
      for (int i = start[member]; i < start[member + 1]; i++) {
        height[member] = Math.max(height[member], height[operands[i]] + 1);
      }
    }
    int[] sorted = operands.clone();
    int[] some = new int[sorted.length];
    for (int member = 0; member < size(); member++) {
      int count = start[member + 1] - start[member];
      System.arraycopy(operands, start[member], some, 0, count);
      Sorting.by(some, count, operand -> size() - height[operand]);
      System.arraycopy(some, 0, sorted, start[member], count);
    }
    return sorted;
  }
}
