package dev.gradus.teach.layout;

import java.util.Arrays;

/// Finds chains: runs of members that each use one other member besides leaves, and that the next one alone uses.
final class Chains {
  private static final int SHORTEST = 8;
  private static final int NONE = -1;

  private final Quotient quotient;
  private final Portion portion;

  /// The next member of each one's chain.
  private final int[] next;

  private Chains(Quotient quotient, Portion portion) {
    this.quotient = quotient;
    this.portion = portion;
    this.next = new int[quotient.size()];
  }

  static Pieces of(Quotient quotient, Portion portion) {
    return new Chains(quotient, portion).find();
  }

  private Pieces find() {
    boolean[] isNext = new boolean[next.length];
    Arrays.fill(next, NONE);
    for (int place = 0; place < next.length; place++) {
      if (!quotient.isLeaf(place) && quotient.users(place) == 1 && usesOne(quotient.user(place, 0))) {
        next[place] = quotient.user(place, 0);
        isNext[next[place]] = true;
      }
    }
    Pieces pieces = new Pieces(quotient, GroupKind.CHAIN);
    for (int place = 0; place < next.length; place++) {
      if (!isNext[place] && next[place] != NONE) {
        cut(place, pieces);
      }
    }
    return pieces.withLeaves();
  }

  private boolean usesOne(int place) {
    int count = 0;
    for (int i = 0; i < quotient.operands(place); i++) {
      count += quotient.isLeaf(quotient.operand(place, i)) ? 0 : 1;
    }
    return count == 1 && !quotient.isGroup(place);
  }

  private void cut(int first, Pieces pieces) {
    int length = 0;
    int weight = 0;
    for (int place = first; place != NONE; place = next[place]) {
      length++;
      weight += weight(place);
    }
    if (length < SHORTEST) {
      return;
    }
    int count = portion.pieces(weight);
    int piece = 0;
    long done = 0;
    for (int place = first; place != NONE; place = next[place]) {
      if (done * count >= (long) piece * weight) {
        pieces.begin(1);
        piece++;
      }
      pieces.add(place);
      done += weight(place);
    }
  }

  /// A member and the leaves that it alone uses.
  private int weight(int place) {
    int weight = 1;
    for (int i = 0; i < quotient.operands(place); i++) {
      int operand = quotient.operand(place, i);
      weight += quotient.isLeaf(operand) && quotient.users(operand) == 1 ? 1 : 0;
    }
    return weight;
  }
}
