package dev.gradus.teach.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class LayoutLawsTest {
  private static final double SLACK = 1e-6;

  @Property(seed = "4711", tries = 300)
  void boxesKeepTheirDistance(@ForAll long seed, @ForAll boolean circles, @ForAll Direction direction) {
    Sketch sketch = Sketch.random(seed, circles);
    Layout layout = sketch.layout(direction);
    double gap = Math.min(Spacing.USUAL.boxes(), Spacing.USUAL.layers()) - SLACK;
    List<Box> boxes = layout.boxes();
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.get(i);
      assertEquals(sketch.sizes().get(i), new Size(box.width(), box.height()));
      assertTrue(box.x() > -SLACK && box.right() < layout.width() + SLACK, "inside of the picture");
      assertTrue(box.y() > -SLACK && box.bottom() < layout.height() + SLACK, "inside of the picture");
      for (Box other : boxes.subList(0, i)) {
        boolean apart = box.x() - other.right() > gap
            || other.x() - box.right() > gap
            || box.y() - other.bottom() > gap
            || other.y() - box.bottom() > gap;
        assertTrue(apart, () -> box + " and " + other);
      }
    }
  }

  @Property(seed = "4712", tries = 300)
  void linksLeadUpwards(@ForAll long seed) {
    Sketch sketch = Sketch.random(seed, false);
    Layout layout = sketch.onTop();
    for (Link link : sketch.links()) {
      assertTrue(layout.ranks().get(link.from()) > layout.ranks().get(link.to()));
      double gap = layout.boxes().get(link.from()).y() - layout.boxes().get(link.to()).bottom();
      assertTrue(gap > Spacing.USUAL.layers() - SLACK);
    }
    for (int box = 0; box < sketch.sizes().size(); box++) {
      int from = box;
      int rank = sketch.links().stream()
          .filter(link -> link.from() == from)
          .mapToInt(link -> layout.ranks().get(link.to()) + 1)
          .max()
          .orElse(0);
      assertEquals(rank, layout.ranks().get(box), "right below the lowest user");
    }
  }

  @Property(seed = "4713", tries = 300)
  void routesJoinTheirBoxesAndTouchNoOther(@ForAll long seed, @ForAll boolean circles) {
    Sketch sketch = Sketch.random(seed, circles);
    Layout layout = sketch.onTop();
    Set<Point> ends = new HashSet<>();
    for (int i = 0; i < sketch.links().size(); i++) {
      Link link = sketch.links().get(i);
      List<Point> route = layout.routes().get(i);
      boolean upwards = layout.ranks().get(link.from()) > layout.ranks().get(link.to());
      assertOnEdge(route.getFirst(), layout.boxes().get(link.from()), upwards);
      assertOnEdge(route.getLast(), layout.boxes().get(link.to()), !upwards);
      assertTrue(ends.add(route.getFirst()) && ends.add(route.getLast()), "every end has its own place");
      for (int k = 1; k < route.size(); k++) {
        for (Box box : layout.boxes()) {
          assertTrue(isOutside(route.get(k - 1), route.get(k), box), () -> route + " and " + box);
        }
      }
    }
  }

  private static void assertOnEdge(Point point, Box box, boolean top) {
    assertEquals(top ? box.y() : box.bottom(), point.y(), SLACK);
    assertTrue(point.x() > box.x() - SLACK && point.x() < box.right() + SLACK, () -> point + " and " + box);
  }

  /// Whether a line passes no inner point of a box: what is left of it between top and bottom lies on one side.
  private static boolean isOutside(Point from, Point to, Box box) {
    double top = Math.max(Math.min(from.y(), to.y()), box.y() + SLACK);
    double bottom = Math.min(Math.max(from.y(), to.y()), box.bottom() - SLACK);
    if (top >= bottom) {
      return true;
    }
    double slope = (to.x() - from.x()) / (to.y() - from.y());
    double one = from.x() + slope * (top - from.y());
    double other = from.x() + slope * (bottom - from.y());
    return Math.max(one, other) < box.x() + SLACK || Math.min(one, other) > box.right() - SLACK;
  }

  @Property(seed = "4714", tries = 100)
  void theSameSketchGivesTheSameNumbers(@ForAll long seed, @ForAll boolean circles, @ForAll Direction direction) {
    Layout one = Sketch.random(seed, circles).layout(direction);
    Layout other = Sketch.random(seed, circles).layout(direction);
    assertEquals(one.boxes(), other.boxes());
    assertEquals(one.routes(), other.routes());
  }

  /// Lying pictures are upright ones of boxes that are turned too.
  @Property(seed = "4715", tries = 100)
  void directionsAreTheSamePictureTurned(@ForAll long seed) {
    Sketch sketch = Sketch.tree(seed, true);
    Layout lying = sketch.layout(Direction.RESULT_ON_RIGHT);
    List<Size> turned = sketch.sizes().stream().map(size -> new Size(/* width= */ size.height(), /* height= */ size.width())).toList();
    Layout upright = new Sketch(turned, sketch.links()).onTop();
    assertEquals(upright.width(), lying.height(), SLACK);
    assertEquals(upright.height(), lying.width(), SLACK);
    for (int i = 0; i < turned.size(); i++) {
      assertEquals(upright.boxes().get(i).centerX(), lying.boxes().get(i).centerY(), SLACK);
      assertEquals(upright.height() - upright.boxes().get(i).centerY(), lying.boxes().get(i).centerX(), SLACK);
    }
  }

  @Property(seed = "4716", tries = 300)
  void treesHaveNoCrossings(@ForAll long seed, @ForAll boolean oneUser) {
    assertEquals(0, Sketch.tree(seed, oneUser).onTop().crossings());
  }

  @Property(seed = "4717", tries = 200)
  void crossingsAreCountedRightAndSweepsAddNone(@ForAll long seed) {
    Sketch sketch = Sketch.random(seed, false);
    LayeredGraph graph = layered(sketch);
    Order walked = Order.walked(graph, true);
    Order best = Sweeps.best(graph);
    Crossings crossings = new Crossings(graph);
    assertEquals(counted(graph, walked), crossings.count(walked));
    assertEquals(counted(graph, best), crossings.count(best));
    assertTrue(crossings.count(best) <= crossings.count(walked));
  }

  private static LayeredGraph layered(Sketch sketch) {
    int boxes = sketch.sizes().size();
    Ranks ranks = Ranks.of(boxes, sketch.links());
    Bundles bundles = new Bundles(boxes, sketch.links().size(), ranks::upper, ranks::lower);
    int[] layers = new int[boxes];
    int[] upper = new int[bundles.count()];
    int[] lower = new int[bundles.count()];
    for (int box = 0; box < boxes; box++) {
      layers[box] = ranks.rank(box);
    }
    for (int i = 0; i < upper.length; i++) {
      upper[i] = ranks.upper(bundles.first(i));
      lower[i] = ranks.lower(bundles.first(i));
    }
    return new LayeredGraph(new double[boxes], new double[boxes], layers, bundles, upper, lower, Spacing.USUAL);
  }

  /// Pair by pair.
  private static long counted(LayeredGraph graph, Order order) {
    long count = 0;
    for (int i = 0; i < graph.segments(); i++) {
      for (int k = 0; k < i; k++) {
        boolean sameLayers = graph.layer[graph.upper[i]] == graph.layer[graph.upper[k]];
        int above = order.place[graph.upper[i]] - order.place[graph.upper[k]];
        int below = order.place[graph.lower[i]] - order.place[graph.lower[k]];
        count += sameLayers && (long) above * below < 0 ? (long) graph.strands[i] * graph.strands[k] : 0;
      }
    }
    return count;
  }
}
