package dev.gradus.teach.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// Finds nodes that are alike: of one kind, and with the same users, or with the same operands but for leaves that they alone
/// use; and leaves of one kind that the same groups use. None of them leads to another one.
final class Siblings {
  private static final int FEWEST = 4;

  private final Quotient quotient;
  private final Portion portion;
  private final Pieces pieces;

  private Siblings(Quotient quotient, Portion portion) {
    this.quotient = quotient;
    this.portion = portion;
    this.pieces = new Pieces(quotient, GroupKind.ALIKE);
  }

  static Pieces of(Quotient quotient, Portion portion) {
    Siblings siblings = new Siblings(quotient, portion);
    siblings.find(place -> siblings.users(place, false));
    siblings.find(siblings::operands);
    siblings.find(place -> quotient.isLeaf(place) ? siblings.users(place, true) : List.of());
    return siblings.pieces.withLeaves();
  }

  private void find(IntFunction<List<Integer>> likeness) {
    Map<List<Integer>, List<Integer>> alike = new LinkedHashMap<>();
    for (int place = 0; place < quotient.size(); place++) {
      if (!quotient.isGroup(place) && pieces.isFree(place)) {
        List<Integer> key = likeness.apply(place);
        if (key.size() > 1) {
          alike.computeIfAbsent(key, _ -> new ArrayList<>()).add(place);
        }
      }
    }
    for (List<Integer> places : alike.values()) {
      if (places.size() >= FEWEST) {
        cut(places);
      }
    }
  }

  private void cut(List<Integer> places) {
    int count = portion.pieces(places.size());
    for (int piece = 0; piece < count; piece++) {
      pieces.begin(1);
      int end = (int) ((long) (piece + 1) * places.size() / count);
      for (int i = (int) ((long) piece * places.size() / count); i < end; i++) {
        pieces.add(places.get(i));
      }
    }
  }

  private List<Integer> users(int place, boolean groupsOnly) {
    List<Integer> key = new ArrayList<>(List.of(quotient.kind(place)));
    for (int i = 0; i < quotient.users(place); i++) {
      if (!groupsOnly || quotient.isGroup(quotient.user(place, i))) {
        key.add(quotient.user(place, i));
      }
    }
    return key;
  }

  private List<Integer> operands(int place) {
    List<Integer> key = new ArrayList<>(List.of(quotient.kind(place)));
    for (int i = 0; i < quotient.operands(place); i++) {
      int operand = quotient.operand(place, i);
      if (!quotient.isLeaf(operand) || quotient.users(operand) > 1) {
        key.add(operand);
      }
    }
    return key;
  }
}
