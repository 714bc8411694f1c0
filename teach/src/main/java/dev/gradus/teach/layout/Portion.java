package dev.gradus.teach.layout;

/// How a number of members is shared out, so that groups of groups have about the same size on every level.
///
/// @param members how many there are
/// @param most how many a group may have
/// @param size how many a piece should have
record Portion(int members, int most, int size) {
  static Portion of(int members, int most) {
    // Pieces do not always end where they should, and others may stand beside them.
    int comfortable = Math.max(2, most / 4 * 3);
    int levels = 1;
    for (long room = comfortable; room < members; room *= comfortable) {
      levels++;
    }
    int pieces = Math.clamp((long) Math.ceil(Math.pow(members, 1.0 / levels)), 2, comfortable);
    return new Portion(members, most, Math.ceilDiv(members, pieces));
  }

  /// Whether so many make one group: there is room, and others are left beside it.
  boolean isOneGroup(int some) {
    return some <= most && some <= members / 4 * 3;
  }

  /// Into how many pieces so many are cut.
  int pieces(int some) {
    return isOneGroup(some) ? 1 : Math.ceilDiv(some, size);
  }
}
