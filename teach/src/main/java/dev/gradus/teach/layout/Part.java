package dev.gradus.teach.layout;

import java.util.List;

/// A connected part of a picture, laid out by itself and turned the way the picture reads.
final class Part {
  private final Bundles bundles;
  private final LayeredGraph graph;
  private final Direction direction;
  private final double[] places;
  private final Bands bands;
  private final Routes routes;
  private final long crossings;
  private final double across;

  Part(Bundles bundles, LayeredGraph graph, Direction direction, Spacing spacing) {
    this.bundles = bundles;
    this.graph = graph;
    this.direction = direction;
    Order order = Sweeps.best(graph);
    this.crossings = new Crossings(graph).count(order);
    this.places = Coordinates.of(graph, order, spacing);
    this.bands = new Bands(graph, places, spacing);
    this.routes = new Routes(graph, places, bands, new Ports(graph, order, places, bands, spacing), spacing);
    double right = 0;
    for (int vertex = 0; vertex < places.length; vertex++) {
      right = Math.max(right, places[vertex] + graph.across[vertex] / 2);
    }
    this.across = right;
  }

  /// How many pairs of links cross between layers.
  long crossings() {
    return crossings;
  }

  Size size() {
    return direction == Direction.RESULT_ON_TOP ? new Size(across, bands.total()) : new Size(bands.total(), across);
  }

  /// A box at its place in a picture in which this part begins at `corner`.
  Box box(int box, Point corner) {
    double half = graph.across[box] / 2;
    if (direction == Direction.RESULT_ON_TOP) {
      return new Box(
          corner.x() + places[box] - half, corner.y() + bands.boxTop(box), graph.across[box], graph.along(box));
    }
    return new Box(
        corner.x() + bands.total() - bands.boxBottom(box),
        corner.y() + places[box] - half,
        graph.along(box),
        graph.across[box]);
  }

  /// The way of a link from its lower box to its upper one.
  List<Point> route(int link, int lower, int upper, Point corner) {
    int bundle = bundles.of(link);
    List<Point> way =
        graph.segments(bundle) > 0 ? routes.of(bundle, bundles.strand(link)) : routes.straight(lower, upper);
    return way.stream().map(point -> turned(point, corner)).toList();
  }

  private Point turned(Point point, Point corner) {
    return direction == Direction.RESULT_ON_TOP
        ? new Point(corner.x() + point.x(), corner.y() + point.y())
        : new Point(corner.x() + bands.total() - point.y(), corner.y() + point.x());
  }
}
