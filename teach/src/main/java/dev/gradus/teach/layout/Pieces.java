package dev.gradus.teach.layout;

import java.util.Arrays;

/// Groups of some of the members of a [Quotient], by place.
final class Pieces {
  private static final int NONE = -1;

  private final Quotient quotient;
  private final GroupKind kind;
  private final int[] piece;
  private int[] repetitions = new int[8];
  private int count;

  Pieces(Quotient quotient, GroupKind kind) {
    this.quotient = quotient;
    this.kind = kind;
    this.piece = new int[quotient.size()];
    Arrays.fill(piece, NONE);
  }

  GroupKind kind() {
    return kind;
  }

  /// Begins a piece.
  ///
  /// @param repeated how often a structure occurs in it
  void begin(int repeated) {
    if (count == repetitions.length) {
      repetitions = Arrays.copyOf(repetitions, 2 * count);
    }
    repetitions[count++] = repeated;
  }

  /// Puts a member into the piece that was begun last.
  void add(int place) {
    piece[place] = count - 1;
  }

  /// Whether a member is in no piece.
  boolean isFree(int place) {
    return piece[place] == NONE;
  }

  /// Puts leaves into the piece that all their users are in.
  Pieces withLeaves() {
    for (int place = 0; place < piece.length; place++) {
      if (quotient.isLeaf(place) && isFree(place) && quotient.users(place) > 0) {
        int only = piece[quotient.user(place, 0)];
        for (int i = 1; i < quotient.users(place); i++) {
          only = piece[quotient.user(place, i)] == only ? only : NONE;
        }
        piece[place] = only;
      }
    }
    return this;
  }

  /// How many members there are when the pieces are groups.
  int remaining() {
    return count + (int) Arrays.stream(piece).filter(of -> of == NONE).count();
  }

  /// Makes groups of the pieces.
  ///
  /// @return the members that there are then; the old ones if nothing is gained
  int[] fold(Drafts drafts) {
    Incidence members = Incidence.of(count, piece.length, place -> piece[place]);
    if (remaining() <= 1 || remaining() == piece.length) {
      return quotient.items();
    }
    int[] folded = new int[remaining()];
    int[] group = new int[count];
    int filled = 0;
    for (int place = 0; place < piece.length; place++) {
      int of = piece[place];
      if (of == NONE) {
        folded[filled++] = quotient.item(place);
      } else if (group[of] == 0) {
        int[] items = Arrays.stream(members.list(of)).map(quotient::item).toArray();
        group[of] = drafts.add(kind, "", of + 1, count, repetitions[of], items);
        folded[filled++] = group[of];
      }
    }
    return folded;
  }
}
