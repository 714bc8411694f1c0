package dev.gradus.teach.layout;

import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.relu;
import static dev.gradus.ops.Ops.sigmoid;
import static dev.gradus.ops.Ops.tanh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Graph;
import dev.gradus.graph.NameScope;
import dev.gradus.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class OutlineTest {
  private static Node number(String name) {
    return parameter(name, 0.5);
  }

  @Test
  void smallGraphsAreShownAsTheyAre() {
    Node x = number("x");
    Node square;
    try (var _ = NameScope.open("scope")) {
      square = x.times(x).times(number("w").named("w")).named("square");
    }
    Graph graph = Graph.of(square.plus(1));
    Outline outline = Outline.of(graph);
    assertEquals(1, outline.groups().size());
    assertEquals(graph.nodes(), outline.root().members().stream().map(OutlineTest::node).toList());
    assertEquals(GroupKind.ROOT, outline.root().kind());
    assertEquals(new MemberLink(0, 1, 2), outline.root().links().getFirst());
    assertSame(graph, outline.graph());
  }

  private static Node node(Member member) {
    return ((Member.Single) member).node();
  }

  @Test
  void scopesAreGroups() {
    Node h = number("x");
    List<Node> inFirst = new ArrayList<>();
    for (int layer = 1; layer <= 8; layer++) {
      try (var _ = NameScope.open("encoder"); var _ = NameScope.open("layer" + layer)) {
        Node product = h.times(number("w").named("w"));
        h = sigmoid(product.plus(number("b").named("b"))).named("h");
        if (layer == 1) {
          inFirst.addAll(List.of(product, h));
        }
      }
    }
    Node loss = h.minus(2).times(h).named("loss");
    Outline outline = Outline.of(Graph.of(loss));
    Group root = outline.root();
    // What has no name and uses the encoder alone belongs to it.
    assertEquals(List.of("x: parameter f64[]", "encoder", "loss: multiply f64[]"), names(root));
    Group encoder = outline.path(inFirst.getFirst()).get(1);
    assertEquals(8, encoder.members().size());
    assertEquals("layer1", names(encoder).getFirst());
    assertEquals(GroupKind.SCOPE, encoder.kind());
    // Nameless nodes between nodes of the scope belong to it.
    inFirst.forEach(node -> assertEquals("layer1", outline.group(node).label().name()));
    assertEquals(5, outline.group(inFirst.getFirst()).members().size());
    assertEquals(new MemberLink(0, 1, 1), encoder.links().getFirst());
  }

  private static List<String> names(Group group) {
    return group.members().stream()
        .map(member -> switch (member) {
          case Member.Single single -> single.node().toString();
          case Group inner -> inner.label().name();
        })
        .toList();
  }

  /// A scope that holds everything, or nothing but another scope, would only be one more click.
  @Test
  void scopesThatDivideNothingAreNoGroups() {
    Node h;
    try (var _ = NameScope.open("model"); var _ = NameScope.open("body")) {
      h = number("w").named("w");
      for (int i = 0; i < 30; i++) {
        h = tanh(h);
      }
      h = h.named("h");
    }
    assertEquals(1, Outline.of(Graph.of(h)).groups().size());
    Outline outline = Outline.of(Graph.of(h.plus(number("x")).named("sum")));
    assertEquals(List.of("model/body"), names(outline.root()).stream().filter(name -> name.contains("/")).toList());
  }

  /// A uses B, which uses A.
  @Test
  void scopesMayUseEachOtherInCircles() {
    Node h = number("x");
    for (int i = 0; i < 20; i++) {
      try (var _ = NameScope.open(i % 2 == 0 ? "a" : "b")) {
        h = tanh(h).named("h" + i);
      }
    }
    Node out = h;
    for (int i = 0; i < 5; i++) {
      out = out.plus(h).named("out" + i);
    }
    Outline outline = Outline.of(Graph.of(out));
    Group root = outline.root();
    int b = outline.place(root, h).orElseThrow();
    int a = outline.place(root, h.operands().getFirst()).orElseThrow();
    assertTrue(root.links().contains(new MemberLink(a, b, 10)));
    assertTrue(root.links().contains(new MemberLink(b, a, 9)));
    List<Link> links = root.links().stream().map(link -> new Link(link.from(), link.to())).toList();
    List<Size> sizes = root.members().stream().map(_ -> new Size(60, 30)).toList();
    assertEquals(sizes.size(), Layout.of(sizes, links, Direction.RESULT_ON_TOP).boxes().size());
  }

  @Test
  void layersAreBlocks() {
    Node h = number("x");
    for (int layer = 0; layer < 60; layer++) {
      h = relu(h.times(number("w" + layer)).plus(number("b" + layer)));
    }
    Group root = Outline.of(Graph.of(h)).root();
    List<Group> blocks = blocks(root);
    assertEquals(60, blocks.size());
    assertEquals(5, blocks.get(7).members().size());
    assertEquals(8, blocks.get(7).label().number());
    assertEquals(60, blocks.get(7).label().pieces());
    assertEquals(1, blocks.get(7).label().repetitions());
    assertEquals(new Label.KindCount("parameter", 2), blocks.get(7).label().kinds().getFirst());
  }

  private static List<Group> blocks(Group group) {
    return group.members().stream()
        .filter(Group.class::isInstance)
        .map(Group.class::cast)
        .filter(inner -> inner.kind() == GroupKind.BLOCK)
        .toList();
  }

  /// The weights that all steps share stand beside them.
  @Test
  void stepsOfARecurrenceAreBlocks() {
    Node h = number("h0");
    Node w = number("w");
    Node u = number("u");
    for (int step = 0; step < 50; step++) {
      h = tanh(u.times(number("x" + step)).plus(w.times(h)));
    }
    Outline outline = Outline.of(Graph.of(h));
    assertEquals(50, blocks(outline.root()).size());
    assertSame(outline.root(), outline.group(w));
    assertSame(outline.root(), outline.group(u));
    assertEquals(GroupKind.BLOCK, outline.group(h).kind());
    assertEquals(52, outline.root().members().size());
  }

  @Test
  void chainsAreCutIntoPieces() {
    Node h = number("x");
    for (int i = 0; i < 100_000; i++) {
      h = tanh(h);
    }
    Outline outline = Outline.of(Graph.of(h));
    assertTrue(outline.groups().stream().allMatch(group -> group.depth() <= 2));
    assertTrue(outline.groups().stream().skip(1).allMatch(group -> group.kind() == GroupKind.CHAIN));
  }

  @Test
  void aFanOutIsGroupsOfNodesThatAreAlike() {
    Node x = number("x");
    Node sum = x.times(0.5);
    for (int i = 1; i < 5_000; i++) {
      sum = sum.plus(x.times(i));
    }
    Outline outline = Outline.of(Graph.of(sum));
    assertTrue(outline.root().members().size() <= Outline.USUAL_MOST);
    assertSame(outline.root(), outline.group(x));
    List<Group> path = outline.path(((Apply) sum).operand(1));
    assertTrue(path.stream().skip(1).allMatch(group -> group.kind() == GroupKind.ALIKE), path.toString());
    assertTrue(path.size() <= 4);
  }

  @Test
  void placesAreFound() {
    Node h = number("x");
    Node first = tanh(h);
    h = first;
    for (int i = 0; i < 500; i++) {
      h = tanh(h);
    }
    Outline outline = Outline.of(Graph.of(h), 10);
    List<Group> path = outline.path(first);
    assertSame(outline.root(), path.getFirst());
    assertSame(outline.group(first), path.getLast());
    for (int i = 0; i + 1 < path.size(); i++) {
      assertSame(path.get(i + 1), outline.member(path.get(i), first));
      assertSame(path.get(i), path.get(i + 1).parent());
    }
    assertEquals(new Member.Single(first), outline.member(path.getLast(), first));
    assertEquals(OptionalInt.of(0), outline.place(outline.root(), first));
    assertEquals(OptionalInt.empty(), outline.place(path.getLast(), h));
    assertNull(outline.member(path.getLast(), h));
    assertFalse(outline.root().toString().isEmpty());
  }

  @Test
  void tooNarrowIsRefused() {
    assertEquals(
        "outline: groups may have at least 4 members, but got 3; allow more",
        assertThrows(GradusException.class, () -> Outline.of(Graph.of(number("x")), 3)).getMessage());
  }
}
