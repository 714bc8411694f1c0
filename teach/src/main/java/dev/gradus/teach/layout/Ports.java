package dev.gradus.teach.layout;

/// Where links touch boxes: each at a place of its own, in the order of their other ends, and those of parallel links in the
/// order of links. Links are upright where their ends lie about above each other; others meet the edge of a box on their way
/// to its middle.
final class Ports {
  /// How firmly an upright link keeps to its place.
  private static final double FIRM = 1e4;

  /// Ends of links keep this share of a box away from its corners.
  private static final double CORNER = 0.14;

  /// Links are upright that would have to meet boxes within this share of their size from their middles.
  private static final double REACH = 0.25;

  private final LayeredGraph graph;
  private final Order order;
  private final double[] places;
  private final Bands bands;
  private final Spacing spacing;
  private final Ends uppers;
  private final Ends lowers;

  /// The ends of all segments on one side.
  private static final class Ends {
    /// Where the first link of each segment ends.
    final double[] first;

    /// How far the next link of the segment is away.
    final double[] distance;

    Ends(int segments) {
      first = new double[segments];
      distance = new double[segments];
    }
  }

  Ports(LayeredGraph graph, Order order, double[] places, Bands bands, Spacing spacing) {
    this.graph = graph;
    this.order = order;
    this.places = places;
    this.bands = bands;
    this.spacing = spacing;
    this.uppers = new Ends(graph.segments());
    this.lowers = new Ends(graph.segments());
    for (int vertex = 0; vertex < graph.vertices(); vertex++) {
      spread(vertex, graph.below, graph.lower, uppers);
      spread(vertex, graph.above, graph.upper, lowers);
    }
  }

  /// Where the upper end of a link lies along the layer.
  double upper(int segment, int strand) {
    return uppers.first[segment] + strand * uppers.distance[segment];
  }

  /// Where the lower end of a link lies along the layer.
  double lower(int segment, int strand) {
    return lowers.first[segment] + strand * lowers.distance[segment];
  }

  private void spread(int vertex, Incidence segments, int[] end, Ends ends) {
    int[] sorted = segments.list(vertex);
    Sorting.by(sorted, sorted.length, segment -> order.place[end[segment]]);
    int links = 0;
    for (int segment : sorted) {
      links += graph.strands[segment];
    }
    double half = graph.isPoint(vertex) ? graph.across[vertex] / 2 : graph.across[vertex] * (0.5 - CORNER);
    double distance = graph.isPoint(vertex) ? spacing.links() : Math.min(spacing.links(), 2 * half / links);
    double[] wanted = new double[links];
    double[] weights = new double[links];
    int at = 0;
    for (int segment : sorted) {
      double middle = wanted(vertex, end[segment], half);
      double weight = isUpright(vertex, end[segment]) ? FIRM : 1;
      for (int strand = 0; strand < graph.strands[segment]; strand++) {
        wanted[at] = middle + (strand - (graph.strands[segment] - 1) / 2.0) * distance;
        weights[at++] = weight;
      }
    }
    double[] apart = Spread.apart(wanted, weights, distance);
    at = 0;
    for (int segment : sorted) {
      double least = at * distance - half;
      double most = half - (links - 1 - at) * distance;
      ends.first[segment] = places[vertex] + Math.max(least, Math.min(most, apart[at]));
      ends.distance[segment] = distance;
      at += graph.strands[segment];
    }
  }

  /// Where a link to `other` would best meet a vertex, from its middle.
  private double wanted(int vertex, int other, double half) {
    double sideways = places[other] - places[vertex];
    if (isUpright(vertex, other)) {
      return graph.isPoint(vertex) ? 0 : graph.isPoint(other) ? sideways : sideways / 2;
    }
    double share = graph.along(vertex) / 2 / Math.abs(bands.middle(other) - bands.middle(vertex));
    return Math.clamp(sideways * share, -half, half);
  }

  private boolean isUpright(int vertex, int other) {
    return Math.abs(places[other] - places[vertex]) <= Math.min(reach(vertex), reach(other));
  }

  /// How far to the side of its middle a vertex lets a link be upright.
  private double reach(int vertex) {
    return graph.isPoint(vertex) ? Double.POSITIVE_INFINITY : REACH * graph.across[vertex];
  }
}
