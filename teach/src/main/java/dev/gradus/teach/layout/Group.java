package dev.gradus.teach.layout;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/// A part of a graph that is shown at once: nodes and smaller groups. Groups are equal only to themselves.
public final class Group implements Member {
  private final int id;
  private final GroupKind kind;
  private final Label label;
  private final @Nullable Group parent;
  private final int depth;
  private ImmutableList<Member> members = ImmutableList.of();
  private ImmutableList<MemberLink> links = ImmutableList.of();

  Group(int id, GroupKind kind, Label label, @Nullable Group parent) {
    this.id = id;
    this.kind = kind;
    this.label = label;
    this.parent = parent;
    this.depth = parent == null ? 0 : parent.depth + 1;
  }

  /// Completes a group: its members can be made only after itself.
  void fill(ImmutableList<Member> all, ImmutableList<MemberLink> between) {
    members = all;
    links = between;
  }

  /// The number of this group in its outline; the root is 0, and a group has a higher number than the one around it.
  public int id() {
    return id;
  }

  /// Why its members belong together.
  public GroupKind kind() {
    return kind;
  }

  /// What there is to say about it.
  public Label label() {
    return label;
  }

  /// The group around it; null for the root.
  public @Nullable Group parent() {
    return parent;
  }

  /// How many groups are around it.
  public int depth() {
    return depth;
  }

  /// Nodes and groups, operands before what uses them. Only scopes can use each other in a circle; then the order is that of a
  /// walk.
  public ImmutableList<Member> members() {
    return members;
  }

  /// Which members use which, each pair once; by the member that uses, and by the slot in which it first does.
  public ImmutableList<MemberLink> links() {
    return links;
  }

  @Override
  public String toString() {
    return "group %d: %s, %d members, %d nodes".formatted(id, kind, members.size(), label.nodes());
  }
}
