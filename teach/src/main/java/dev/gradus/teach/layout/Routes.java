package dev.gradus.teach.layout;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/// The ways of links, from their lower end to their upper one: straight through the layers they pass and slanted between
/// layers, so that none touches a box that is not its own. x runs along layers here, y from layer to layer.
final class Routes {
  private final LayeredGraph graph;
  private final double[] places;
  private final Bands bands;
  private final Ports ports;
  private final double margin;

  Routes(LayeredGraph graph, double[] places, Bands bands, Ports ports, Spacing spacing) {
    this.graph = graph;
    this.places = places;
    this.bands = bands;
    this.ports = ports;
    this.margin = spacing.boxes() / 2;
  }

  /// The way of a link of a bundle that has segments.
  List<Point> of(int bundle, int strand) {
    int first = graph.firstSegment(bundle);
    List<Point> way = new ArrayList<>();
    for (int segment = first + graph.segments(bundle) - 1; segment >= first; segment--) {
      int lower = graph.lower[segment];
      int upper = graph.upper[segment];
      Point start = new Point(ports.lower(segment, strand), graph.isPoint(lower) ? bands.top(lower) : bands.boxTop(lower));
      Point end = new Point(ports.upper(segment, strand), graph.isPoint(upper) ? bands.bottom(upper) : bands.boxBottom(upper));
      way.add(start);
      turn(lower, start, end, bands.top(lower), way);
      turn(upper, end, start, bands.bottom(upper), way);
      way.add(end);
    }
    return bends(way);
  }

  /// The way of a link that has none, because it is too long.
  List<Point> straight(int lower, int upper) {
    return ImmutableList.of(
        new Point(places[lower], bands.boxTop(lower)), new Point(places[upper], bands.boxBottom(upper)));
  }

  /// Where a link would touch a neighbour of its box inside the layer, it turns only at the layer's edge.
  private void turn(int vertex, Point at, Point other, double edge, List<Point> way) {
    if (graph.isPoint(vertex) || at.y() == edge) {
      return;
    }
    double share = (edge - at.y()) / (other.y() - at.y());
    double x = at.x() + share * (other.x() - at.x());
    if (Math.abs(x - places[vertex]) > graph.across[vertex] / 2 + margin) {
      way.add(new Point(at.x(), edge));
    }
  }

  /// Without the points that a line passes anyhow.
  private static List<Point> bends(List<Point> way) {
    List<Point> bends = new ArrayList<>();
    for (Point point : way) {
      while (bends.size() > 1 && isBetween(bends.get(bends.size() - 2), bends.getLast(), point)) {
        bends.removeLast();
      }
      if (bends.isEmpty() || !bends.getLast().equals(point)) {
        bends.add(point);
      }
    }
    return bends;
  }

  private static boolean isBetween(Point before, Point point, Point after) {
    return before.x() == point.x() && point.x() == after.x();
  }
}
