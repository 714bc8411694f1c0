package dev.gradus.teach.layout;

import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sigmoid;
import static dev.gradus.ops.Ops.tanh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.graph.Graph;
import dev.gradus.graph.NameScope;
import dev.gradus.graph.Node;
import dev.gradus.graph.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class OutlineLawsTest {
  /// Sums, products and functions of what was made lately, with repetitions; in scopes if wanted.
  private static Graph random(long seed, boolean scopes) {
    Random random = new Random(seed);
    int size = random.nextInt(400);
    int reach = 1 + random.nextInt(20);
    int period = 1 + random.nextInt(12);
    int[] choices = random.ints(period * 3L, 0, 1000).toArray();
    List<Node> made = new ArrayList<>(List.of(parameter("x", 1), parameter("y", 2)));
    for (int i = 0; i < size; i++) {
      boolean repeats = random.nextInt(20) > 0;
      int choice = repeats ? choices[i % period * 3] : random.nextInt(1000);
      Node one = recent(made, choices[i % period * 3 + 1] % reach);
      Node other = recent(made, choices[i % period * 3 + 2] % reach);
      Node next =
          switch (choice % 5) {
            case 0 -> one.plus(other);
            case 1 -> one.times(other);
            case 2 -> tanh(one);
            case 3 -> sigmoid(one.times(parameter("w" + i, 1)));
            default -> one.plus(i);
          };
      if (scopes && random.nextInt(3) == 0) {
        try (var _ = NameScope.open("s" + random.nextInt(3)); var _ = NameScope.open("t" + random.nextInt(3))) {
          next = next.named("n" + i);
        }
      }
      made.add(next);
    }
    return Graph.of(made.subList(Math.max(0, made.size() - 3), made.size()));
  }

  private static Node recent(List<Node> made, int back) {
    return made.get(Math.max(0, made.size() - 1 - back));
  }

  @Property(seed = "4721", tries = 200)
  void everyNodeHasOnePlaceAndNoGroupIsTooLarge(
      @ForAll long seed, @ForAll boolean scopes, @ForAll @IntRange(min = 4, max = 60) int most) {
    Graph graph = random(seed, scopes);
    Outline outline = Outline.of(graph, most);
    int nodes = 0;
    for (Group group : outline.groups()) {
      assertTrue(group.members().size() <= most, group.toString());
      assertTrue(group == outline.root() || group.members().size() >= 2, group.toString());
      for (int i = 0; i < group.members().size(); i++) {
        switch (group.members().get(i)) {
          case Member.Single single -> {
            nodes++;
            assertSame(group, outline.group(single.node()));
            assertEquals(i, outline.place(group, single.node()).orElseThrow());
          }
          case Group inner -> {
            assertSame(group, inner.parent());
            assertTrue(inner.id() > group.id());
          }
        }
      }
    }
    assertEquals(graph.size(), nodes);
    assertEquals(graph.size(), outline.root().label().nodes());
  }

  /// Every use is a link of the innermost group around both ends.
  @Property(seed = "4722", tries = 100)
  void usesAddUp(@ForAll long seed, @ForAll boolean scopes, @ForAll @IntRange(min = 4, max = 60) int most) {
    Graph graph = random(seed, scopes);
    Outline outline = Outline.of(graph, most);
    for (Group group : outline.groups()) {
      int size = group.members().size();
      int[][] expected = new int[size + 1][size + 1];
      for (Node node : graph.nodes()) {
        int from = outline.place(group, node).orElse(size);
        for (Use use : graph.uses(node)) {
          expected[from][outline.place(group, use.user()).orElse(size)]++;
        }
      }
      int links = 0;
      for (MemberLink link : group.links()) {
        assertEquals(expected[link.from()][link.to()], link.uses());
        links += link.uses();
      }
      int between = 0;
      for (int i = 0; i < size; i++) {
        for (int k = 0; k < size; k++) {
          between += i == k ? 0 : expected[i][k];
        }
      }
      assertEquals(between, links);
    }
  }

  @Property(seed = "4723", tries = 200)
  void operandsComeFirstWhereThereAreNoScopes(@ForAll long seed, @ForAll @IntRange(min = 4, max = 60) int most) {
    for (Group group : Outline.of(random(seed, false), most).groups()) {
      for (MemberLink link : group.links()) {
        assertTrue(link.from() < link.to(), () -> group + " " + link);
      }
    }
  }

  @Property(seed = "4724", tries = 50)
  void theSameStructureGivesTheSameOutline(@ForAll long seed, @ForAll boolean scopes) {
    Outline one = Outline.of(random(seed, scopes), 12);
    Outline other = Outline.of(random(seed, scopes), 12);
    assertEquals(one.groups().size(), other.groups().size());
    for (int i = 0; i < one.groups().size(); i++) {
      assertEquals(one.groups().get(i).label(), other.groups().get(i).label());
      assertEquals(one.groups().get(i).links(), other.groups().get(i).links());
      assertEquals(one.groups().get(i).toString(), other.groups().get(i).toString());
    }
  }
}
