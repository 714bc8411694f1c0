package dev.gradus.teach.layout;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import java.util.ArrayList;
import java.util.List;

/// A picture of boxes and the links between them in layers (Sugiyama, Tagawa, Toda 1981): every box stands beyond all it
/// uses, results at the end, few links cross, and boxes are centred over what they use. Parts that nothing joins stand side by
/// side.
///
/// It is a function of its arguments: the same ones give the same numbers. Links round a cycle are allowed: one of each cycle is
/// drawn backwards. Time grows with boxes and with the layers that links pass, times a number of sweeps; links over very many
/// layers are drawn straight in pictures that would need too many bends.
///
/// ```java
/// Layout layout = Layout.of(sizes, List.of(new Link(0, 2), new Link(1, 2)), Direction.RESULT_ON_TOP);
/// Box box = layout.boxes().get(2);
/// ```
public final class Layout {
  private final ImmutableList<Box> boxes;
  private final ImmutableList<ImmutableList<Point>> routes;
  private final ImmutableList<Integer> ranks;
  private final double width;
  private final double height;
  private final long crossings;

  private Layout(
      ImmutableList<Box> boxes,
      ImmutableList<ImmutableList<Point>> routes,
      ImmutableList<Integer> ranks,
      Packing packing,
      long crossings) {
    this.boxes = boxes;
    this.routes = routes;
    this.ranks = ranks;
    this.width = packing.width();
    this.height = packing.height();
    this.crossings = crossings;
  }

  /// The picture with the usual distances.
  ///
  /// @param boxes the sizes of the boxes
  /// @param links who uses whom; the links to a box stand in the order of its operands
  /// @param direction which way the picture reads
  /// @throws GradusException for a link to a box that does not exist, or from a box to itself
  public static Layout of(List<Size> boxes, List<Link> links, Direction direction) {
    return of(boxes, links, direction, Spacing.USUAL);
  }

  /// The picture with given distances.
  ///
  /// @param boxes the sizes of the boxes
  /// @param links who uses whom; the links to a box stand in the order of its operands
  /// @param direction which way the picture reads
  /// @param spacing the least distances
  /// @throws GradusException for a link to a box that does not exist, or from a box to itself
  public static Layout of(List<Size> boxes, List<Link> links, Direction direction, Spacing spacing) {
    for (Link link : links) {
      check(link, boxes.size());
    }
    Ranks ranks = Ranks.of(boxes.size(), links);
    int[] member = new int[boxes.size()];
    int count = Components.number(member, links);
    Incidence boxesOf = Incidence.of(count, boxes.size(), box -> member[box]);
    Incidence linksOf = Incidence.of(count, links.size(), link -> member[links.get(link).from()]);
    int[] index = new int[boxes.size()];
    List<Part> parts = new ArrayList<>(count);
    long crossings = 0;
    for (int part = 0; part < count; part++) {
      parts.add(part(boxes, boxesOf, linksOf, part, ranks, index, direction, spacing));
      crossings += parts.getLast().crossings();
    }
    Packing packing = Packing.of(parts.stream().map(Part::size).toList(), spacing.boxes());
    ImmutableList.Builder<Box> placed = ImmutableList.builder();
    ImmutableList.Builder<Integer> ranked = ImmutableList.builder();
    for (int box = 0; box < boxes.size(); box++) {
      placed.add(parts.get(member[box]).box(index[box], packing.corner(member[box])));
      ranked.add(ranks.rank(box));
    }
    return new Layout(
        placed.build(), routes(links, linksOf, parts, ranks, index, packing), ranked.build(), packing, crossings);
  }

  private static void check(Link link, int boxes) {
    if (Math.min(link.from(), link.to()) < 0 || Math.max(link.from(), link.to()) >= boxes) {
      throw new GradusException("layout", "links join boxes 0 to " + (boxes - 1), link, "give the size of every box");
    }
    if (link.from() == link.to()) {
      throw new GradusException("layout", "no box uses itself", link, "leave the link out");
    }
  }

  private static Part part(
      List<Size> boxes,
      Incidence boxesOf,
      Incidence linksOf,
      int part,
      Ranks ranks,
      int[] index,
      Direction direction,
      Spacing spacing) {
    int count = boxesOf.count(part);
    double[] across = new double[count];
    double[] along = new double[count];
    int[] layers = new int[count];
    for (int i = 0; i < count; i++) {
      int box = boxesOf.get(part, i);
      Size size = boxes.get(box);
      boolean upright = direction == Direction.RESULT_ON_TOP;
      across[i] = upright ? size.width() : size.height();
      along[i] = upright ? size.height() : size.width();
      layers[i] = ranks.rank(box);
      index[box] = i;
    }
    Bundles bundles = new Bundles(
        count,
        linksOf.count(part),
        i -> index[ranks.upper(linksOf.get(part, i))],
        i -> index[ranks.lower(linksOf.get(part, i))]);
    int[] upper = new int[bundles.count()];
    int[] lower = new int[bundles.count()];
    for (int i = 0; i < upper.length; i++) {
      int link = linksOf.get(part, bundles.first(i));
      upper[i] = index[ranks.upper(link)];
      lower[i] = index[ranks.lower(link)];
    }
    LayeredGraph graph = new LayeredGraph(across, along, layers, bundles, upper, lower, spacing);
    return new Part(bundles, graph, direction, spacing);
  }

  private static ImmutableList<ImmutableList<Point>> routes(
      List<Link> links, Incidence linksOf, List<Part> parts, Ranks ranks, int[] index, Packing packing) {
    List<ImmutableList<Point>> routes = new ArrayList<>();
    links.forEach(_ -> routes.add(ImmutableList.of()));
    for (int part = 0; part < parts.size(); part++) {
      for (int i = 0; i < linksOf.count(part); i++) {
        int link = linksOf.get(part, i);
        int lower = index[ranks.lower(link)];
        int upper = index[ranks.upper(link)];
        List<Point> way = parts.get(part).route(i, lower, upper, packing.corner(part));
        routes.set(link, ImmutableList.copyOf(ranks.isTurned(link) ? way.reversed() : way));
      }
    }
    return ImmutableList.copyOf(routes);
  }

  /// The boxes at their places, in the order in which their sizes were given. They do not overlap.
  public ImmutableList<Box> boxes() {
    return boxes;
  }

  /// The way of each link, in the order in which they were given: from the edge of the operand through the points where it
  /// bends to the edge of the user, at least two points. It touches no other box, unless it was too long to be led round them.
  public ImmutableList<ImmutableList<Point>> routes() {
    return routes;
  }

  /// The layer of each box, from 0 for results.
  public ImmutableList<Integer> ranks() {
    return ranks;
  }

  /// How wide the picture is; it begins at 0.
  public double width() {
    return width;
  }

  /// How high the picture is; it begins at 0.
  public double height() {
    return height;
  }

  /// How many pairs of links cross between layers.
  public long crossings() {
    return crossings;
  }
}
