package dev.gradus.teach.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/// Folds a graph into groups: first by name scopes, then whatever is too large by repetition, chains, likeness and order.
final class Folding {
  /// Graphs up to this size are shown as they are.
  private static final int SMALL = 25;

  private static final int SMALLEST_SCOPE = 3;
  private static final int MOST_ROUNDS = 3;

  private final Wiring wiring;
  private final int most;
  private final Drafts drafts;

  /// Lent to quotients.
  private final int[] places;

  private Folding(Wiring wiring, int most) {
    this.wiring = wiring;
    this.most = most;
    this.drafts = new Drafts(wiring.size());
    this.places = new int[wiring.size()];
    Arrays.fill(places, -1);
  }

  /// The groups.
  static Drafts of(Wiring wiring, int most) {
    Folding folding = new Folding(wiring, most);
    folding.addScopes();
    for (int group = 0; group < folding.drafts.count(); group++) {
      folding.shrink(folding.drafts.get(folding.drafts.item(group)));
    }
    return folding.drafts;
  }

  /// Makes the groups of scopes, inner ones first, and the root at last.
  private void addScopes() {
    Scopes scopes = new Scopes(wiring);
    int[] outer = outerScopes(scopes);
    List<List<Integer>> members = new ArrayList<>();
    for (int scope = 0; scope < scopes.count(); scope++) {
      members.add(new ArrayList<>());
    }
    for (int node = 0; node < wiring.size(); node++) {
      members.get(outer[scopes.of(node)]).add(node);
    }
    for (int scope = scopes.count() - 1; scope > 0; scope--) {
      if (outer[scope] == scope) {
        int around = outer[scopes.parent(scope)];
        int group = drafts.add(
            GroupKind.SCOPE, scopes.name(scope, around), 1, 1, 1, members.get(scope).stream().mapToInt(i -> i).toArray());
        members.get(around).add(group);
      }
    }
    drafts.add(GroupKind.ROOT, "", 1, 1, 1, members.getFirst().stream().mapToInt(i -> i).toArray());
  }

  /// For each scope the innermost one around it that is a group: itself if it is one.
  private int[] outerScopes(Scopes scopes) {
    int[] nodes = new int[scopes.count()];
    for (int node = 0; node < wiring.size(); node++) {
      nodes[scopes.of(node)]++;
    }
    for (int scope = scopes.count() - 1; scope > 0; scope--) {
      nodes[scopes.parent(scope)] += nodes[scope];
    }
    boolean[] isGroup = new boolean[scopes.count()];
    for (int scope = 1; scope < scopes.count(); scope++) {
      isGroup[scope] = wiring.size() > SMALL && nodes[scope] >= SMALLEST_SCOPE && nodes[scope] < wiring.size();
      // A scope that holds nothing but another one is no group of its own.
      int parent = scopes.parent(scope);
      isGroup[parent] &= nodes[parent] > nodes[scope];
    }
    int[] outer = new int[scopes.count()];
    for (int scope = 1; scope < scopes.count(); scope++) {
      outer[scope] = isGroup[scope] ? scope : outer[scopes.parent(scope)];
    }
    return outer;
  }

  private void shrink(Drafts.Draft draft) {
    boolean alike = draft.kind == GroupKind.ALIKE;
    if (!alike) {
      shrinkByStructure(draft);
    }
    while (draft.items.length > most) {
      GroupKind kind = alike ? GroupKind.ALIKE : GroupKind.STRETCH;
      draft.items = Stretches.of(quotient(draft), kind, most).fold(drafts);
    }
  }

  private void shrinkByStructure(Drafts.Draft draft) {
    shrink(draft, Blocks::of);
    shrink(draft, Chains::of);
    shrink(draft, Siblings::of);
  }

  /// Folds as long as that helps and is needed: what was folded may show more to fold.
  private void shrink(Drafts.Draft draft, BiFunction<Quotient, Portion, Pieces> way) {
    int before = Integer.MAX_VALUE;
    for (int round = 0; round < MOST_ROUNDS && draft.items.length > most && draft.items.length < before; round++) {
      before = draft.items.length;
      draft.items = way.apply(quotient(draft), Portion.of(before, most)).fold(drafts);
    }
  }

  private Quotient quotient(Drafts.Draft draft) {
    return new Quotient(wiring, drafts, draft.items, places, true);
  }
}
