package dev.gradus.teach.layout;

/// Cuts members into stretches of their topological order. Groups stay by themselves as long as they are few.
final class Stretches {
  private final Quotient quotient;
  private final GroupKind kind;

  private Stretches(Quotient quotient, GroupKind kind) {
    this.quotient = quotient;
    this.kind = kind;
  }

  /// @param kind what to call the pieces
  static Pieces of(Quotient quotient, GroupKind kind, int most) {
    Stretches stretches = new Stretches(quotient, kind);
    int size = Portion.of(quotient.size(), most).size();
    for (int longer = size; longer < 2 * quotient.size(); longer *= 2) {
      Pieces pieces = stretches.cut(longer, true);
      if (pieces.remaining() <= most) {
        return pieces;
      }
    }
    return stretches.cut(size, false);
  }

  private Pieces cut(int size, boolean groupsStay) {
    Pieces pieces = new Pieces(quotient, kind);
    int from = 0;
    while (from < quotient.size()) {
      int end = from;
      while (end < quotient.size() && end < from + size && !(groupsStay && quotient.isGroup(end))) {
        end++;
      }
      end = beforeLeaves(from, end, size);
      if (end - from > 1) {
        pieces.begin(1);
        for (int place = from; place < end; place++) {
          pieces.add(place);
        }
      }
      from = Math.max(end, from + 1);
    }
    return pieces;
  }

  /// Leaves go with what uses them, which comes next.
  private int beforeLeaves(int from, int end, int size) {
    int cut = end;
    while (end == from + size && cut > from + size - size / 4 && quotient.isLeaf(cut - 1)) {
      cut--;
    }
    return cut;
  }
}
