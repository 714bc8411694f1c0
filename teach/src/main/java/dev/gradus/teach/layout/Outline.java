package dev.gradus.teach.layout;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A graph in groups of groups, none of them with more than so many members, so that each can be shown at once. Every node is a
/// member of one group.
///
/// Name scopes are groups, but in small graphs. What is too large after that is divided: into the repetitions of a structure,
/// into pieces of chains, into nodes that are alike, and else into stretches of the topological order. Groups use each other in
/// circles only where scopes do.
///
/// It is a function of the graph's structure and names. Time and memory are linear in nodes and uses, times the depth, which is
/// logarithmic but for nested scopes.
///
/// ```java
/// Outline outline = Outline.of(Graph.of(loss));
/// List<Member> shown = outline.root().members();
/// ```
public final class Outline {
  /// How many members a group has at most, if nothing else is said.
  public static final int USUAL_MOST = 100;

  private static final int LEAST_MOST = 4;

  private final Graph graph;
  private final ImmutableList<Group> groups;
  private final int[] groupOf;
  private final int[] placeOf;
  private final int[] placeOfGroup;

  Outline(Graph graph, ImmutableList<Group> groups, int[] groupOf, int[] placeOf, int[] placeOfGroup) {
    this.graph = graph;
    this.groups = groups;
    this.groupOf = groupOf;
    this.placeOf = placeOf;
    this.placeOfGroup = placeOfGroup;
  }

  /// The outline of a graph in groups of at most [#USUAL_MOST] members.
  public static Outline of(Graph graph) {
    return of(graph, USUAL_MOST);
  }

  /// The outline of a graph.
  ///
  /// @param most how many members a group may have
  /// @throws GradusException when that is less than 4
  public static Outline of(Graph graph, int most) {
    if (most < LEAST_MOST) {
      throw new GradusException("outline", "groups may have at least " + LEAST_MOST + " members", most, "allow more");
    }
    return OutlineBuilder.build(graph, most);
  }

  /// The graph that this is the outline of.
  public Graph graph() {
    return graph;
  }

  /// The group of everything.
  public Group root() {
    return groups.getFirst();
  }

  /// All groups by their numbers: each after the one around it.
  public ImmutableList<Group> groups() {
    return groups;
  }

  /// The name scope of each node, by its place in the graph: `encoder/layer1` for one called `encoder/layer1/W`, empty outside of
  /// all scopes. Nodes without a name belong to that of what they are used by or computed from.
  public ImmutableList<String> scopes() {
    Scopes scopes = new Scopes(new Wiring(graph));
    ImmutableList.Builder<String> all = ImmutableList.builder();
    for (int node = 0; node < graph.size(); node++) {
      all.add(scopes.name(scopes.of(node), 0));
    }
    return all.build();
  }

  /// The group that a node is a member of.
  ///
  /// @throws GradusException when the node does not belong to the graph
  public Group group(Node node) {
    return groups.get(groupOf[graph.indexOf(node)]);
  }

  /// The groups around a node, from the root to the one that it is a member of.
  ///
  /// @throws GradusException when the node does not belong to the graph
  public ImmutableList<Group> path(Node node) {
    List<Group> path = new ArrayList<>();
    for (@Nullable Group group = group(node); group != null; group = group.parent()) {
      path.add(group);
    }
    return ImmutableList.copyOf(path.reversed());
  }

  /// The place, among the members of a group, of the one that is or contains a node; empty when the node is not in the group.
  ///
  /// @throws GradusException when the node does not belong to the graph
  public OptionalInt place(Group group, Node node) {
    int index = graph.indexOf(node);
    Group inner = groups.get(groupOf[index]);
    if (inner == group) {
      return OptionalInt.of(placeOf[index]);
    }
    while (inner.parent() != null && inner.parent() != group) {
      inner = inner.parent();
    }
    return inner.parent() == group ? OptionalInt.of(placeOfGroup[inner.id()]) : OptionalInt.empty();
  }

  /// The member of a group that is or contains a node, or null when the node is not in the group.
  ///
  /// @throws GradusException when the node does not belong to the graph
  public @Nullable Member member(Group group, Node node) {
    OptionalInt place = place(group, node);
    return place.isPresent() ? group.members().get(place.getAsInt()) : null;
  }
}
