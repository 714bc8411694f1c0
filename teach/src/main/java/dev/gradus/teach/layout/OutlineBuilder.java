package dev.gradus.teach.layout;

import com.google.common.collect.ImmutableList;
import dev.gradus.graph.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Makes an outline of the drafts of groups: numbers them, orders their members and counts the uses between them.
final class OutlineBuilder {
  private final Wiring wiring;
  private final Drafts drafts;
  private final List<Group> groups = new ArrayList<>();

  /// The members of each group. From here on groups are numbered from the root downwards, after all nodes.
  private final List<int[]> members = new ArrayList<>();

  /// The number of the group around each member.
  private final int[] around;

  /// The place of each member in its group.
  private final int[] place;

  /// The members of one group that each use leads from and to.
  private final int[] from;

  private final int[] to;

  private OutlineBuilder(Graph graph, int most) {
    this.wiring = new Wiring(graph);
    this.drafts = Folding.of(wiring, most);
    int items = wiring.size() + drafts.count();
    this.around = new int[items];
    this.place = new int[items];
    this.from = new int[wiring.uses()];
    this.to = new int[wiring.uses()];
  }

  static Outline build(Graph graph, int most) {
    OutlineBuilder builder = new OutlineBuilder(graph, most);
    builder.number();
    builder.findEnds();
    builder.fill();
    int nodes = builder.wiring.size();
    return new Outline(
        graph,
        ImmutableList.copyOf(builder.groups),
        Arrays.copyOf(builder.around, nodes),
        Arrays.copyOf(builder.place, nodes),
        Arrays.copyOfRange(builder.place, nodes, builder.place.length));
  }

  /// Makes the groups, each after the one around it.
  private void number() {
    int[] lent = new int[wiring.size()];
    Arrays.fill(lent, -1);
    List<Drafts.Draft> ordered = new ArrayList<>();
    Drafts.Draft root = drafts.root();
    ordered.add(root);
    groups.add(new Group(0, root.kind, label(root), null));
    for (int id = 0; id < ordered.size(); id++) {
      int[] items = new Quotient(wiring, drafts, ordered.get(id).items, lent, false).items();
      for (int i = 0; i < items.length; i++) {
        if (drafts.isGroup(items[i])) {
          Drafts.Draft draft = drafts.get(items[i]);
          items[i] = drafts.item(ordered.size());
          ordered.add(draft);
          groups.add(new Group(groups.size(), draft.kind, label(draft), groups.get(id)));
        }
        around[items[i]] = id;
        place[items[i]] = i;
      }
      members.add(items);
    }
  }

  private Label label(Drafts.Draft draft) {
    int[] counts = new int[wiring.kinds()];
    for (int node : draft.nodes) {
      counts[wiring.kind(node)]++;
    }
    List<Label.KindCount> kinds = new ArrayList<>();
    for (int kind = 0; kind < counts.length; kind++) {
      if (counts[kind] > 0) {
        kinds.add(new Label.KindCount(wiring.kindName(kind), counts[kind]));
      }
    }
    kinds.sort(Comparator.comparingInt((Label.KindCount one) -> -one.count()).thenComparing(Label.KindCount::kind));
    return new Label(
        draft.name, draft.number, draft.pieces, draft.repetitions, draft.nodes.length, ImmutableList.copyOf(kinds));
  }

  /// Climbs from both ends of every use to the group that they have in common.
  private void findEnds() {
    for (int use = 0; use < from.length; use++) {
      int operand = wiring.usedIn(use);
      int user = wiring.userIn(use);
      while (around[operand] != around[user]) {
        if (groups.get(around[operand]).depth() >= groups.get(around[user]).depth()) {
          operand = drafts.item(around[operand]);
        } else {
          user = drafts.item(around[user]);
        }
      }
      from[use] = operand;
      to[use] = user;
    }
  }

  private void fill() {
    Incidence uses = Incidence.of(around.length, to.length, use -> to[use]);
    int[] counts = new int[around.length];
    int[] seen = new int[around.length];
    for (int id = 0; id < groups.size(); id++) {
      ImmutableList.Builder<Member> all = ImmutableList.builder();
      ImmutableList.Builder<MemberLink> links = ImmutableList.builder();
      int[] items = members.get(id);
      for (int item : items) {
        all.add(drafts.isGroup(item) ? groups.get(item - drafts.item(0)) : new Member.Single(wiring.node(item)));
        int distinct = 0;
        for (int i = 0; i < uses.count(item); i++) {
          int operand = from[uses.get(item, i)];
          if (counts[operand]++ == 0) {
            seen[distinct++] = operand;
          }
        }
        for (int i = 0; i < distinct; i++) {
          links.add(new MemberLink(place[seen[i]], place[item], counts[seen[i]]));
          counts[seen[i]] = 0;
        }
      }
      groups.get(id).fill(all.build(), links.build());
    }
  }
}
