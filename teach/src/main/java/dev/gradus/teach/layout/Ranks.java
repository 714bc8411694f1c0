package dev.gradus.teach.layout;

import java.util.List;

/// The layer of every box: 0 for those that nobody uses, and one more than that of its lowest user for every other, by the
/// longest path. Links that would close a cycle are turned round. Time and memory are linear in boxes and links.
final class Ranks {
  private final int boxes;
  private final List<Link> links;
  private final boolean[] turned;
  private final int[] ranks;

  private Ranks(int boxes, List<Link> links) {
    this.boxes = boxes;
    this.links = links;
    this.turned = new boolean[links.size()];
    this.ranks = new int[boxes];
  }

  static Ranks of(int boxes, List<Link> links) {
    Ranks ranks = new Ranks(boxes, links);
    ranks.turnBackLinks();
    ranks.rank();
    return ranks;
  }

  int rank(int box) {
    return ranks[box];
  }

  /// Whether a link runs downwards, against the others.
  boolean isTurned(int link) {
    return turned[link];
  }

  /// The box at the upper end of a link: its user, unless it is turned.
  int upper(int link) {
    return turned[link] ? links.get(link).from() : links.get(link).to();
  }

  /// The box at the lower end of a link.
  int lower(int link) {
    return turned[link] ? links.get(link).to() : links.get(link).from();
  }

  /// A depth-first walk from operands to users turns the links that lead back to a box on its path.
  private void turnBackLinks() {
    Incidence uses = Incidence.of(boxes, links.size(), link -> links.get(link).from());
    boolean[] entered = new boolean[boxes];
    boolean[] left = new boolean[boxes];
    int[] next = new int[boxes];
    int[] path = new int[boxes];
    for (int start = 0; start < boxes; start++) {
      int depth = 0;
      if (!entered[start]) {
        entered[start] = true;
        path[depth++] = start;
      }
      while (depth > 0) {
        int box = path[depth - 1];
        if (next[box] == uses.count(box)) {
          left[box] = true;
          depth--;
          continue;
        }
        int link = uses.get(box, next[box]++);
        int user = links.get(link).to();
        if (!entered[user]) {
          entered[user] = true;
          path[depth++] = user;
        } else {
          turned[link] = !left[user];
        }
      }
    }
  }

  /// Visits every box after all that stand above it.
  private void rank() {
    Incidence above = Incidence.of(boxes, links.size(), this::lower);
    Incidence below = Incidence.of(boxes, links.size(), this::upper);
    int[] waiting = new int[boxes];
    int[] queue = new int[boxes];
    int filled = 0;
    for (int box = 0; box < boxes; box++) {
      waiting[box] = above.count(box);
      if (waiting[box] == 0) {
        queue[filled++] = box;
      }
    }
    for (int at = 0; at < filled; at++) {
      int box = queue[at];
      for (int i = 0; i < below.count(box); i++) {
        int operand = lower(below.get(box, i));
        ranks[operand] = Math.max(ranks[operand], ranks[box] + 1);
        if (--waiting[operand] == 0) {
          queue[filled++] = operand;
        }
      }
    }
  }
}
