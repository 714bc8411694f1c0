package dev.gradus.teach.layout;

import java.util.Arrays;

/// A connected part of a picture in layers: boxes, and a point ("dummy") for every layer that a bundle of links passes, so that
/// every *segment* runs from a layer to the next one. Layer 0 is on top; `across` runs along a layer, `along` from layer to
/// layer.
///
/// Points are limited: the longest bundles of a part that would need too many are left out and drawn straight.
final class LayeredGraph {
  private static final int MOST_POINTS = 20_000;

  /// How many of the vertices are boxes; they come first.
  final int boxes;

  /// How many layers there are.
  final int layers;

  /// The layer of each vertex.
  final int[] layer;

  /// The size of each vertex along its layer.
  final double[] across;

  private final double[] along;

  /// The vertex at the upper end of each segment.
  final int[] upper;

  /// The vertex at the lower end of each segment.
  final int[] lower;

  /// How many links each segment is.
  final int[] strands;

  /// Segments by the vertex at their lower end, in the order of links.
  final Incidence above;

  /// Segments by the vertex at their upper end, in the order of links.
  final Incidence below;

  /// Where the segments of each bundle begin, from its upper end downwards; none for one drawn straight.
  private final int[] chain;

  /// @param across the size of each box along its layer
  /// @param along the size of each box from layer to layer
  /// @param ranks the layer of each box
  /// @param bundles the links
  /// @param upperBox the box at the upper end of each bundle
  /// @param lowerBox the box at the lower end of each bundle
  /// @param spacing the least distances
  LayeredGraph(
      double[] across, double[] along, int[] ranks, Bundles bundles, int[] upperBox, int[] lowerBox, Spacing spacing) {
    this.boxes = ranks.length;
    this.layers = Arrays.stream(ranks).max().orElse(-1) + 1;
    this.along = along;
    int count = bundles.count();
    this.chain = new int[count + 1];
    int longest = longest(ranks, upperBox, lowerBox);
    int points = 0;
    for (int bundle = 0; bundle < count; bundle++) {
      int span = ranks[lowerBox[bundle]] - ranks[upperBox[bundle]];
      chain[bundle + 1] = chain[bundle] + (span <= longest ? span : 0);
      points += span <= longest ? span - 1 : 0;
    }
    this.layer = Arrays.copyOf(ranks, boxes + points);
    this.across = Arrays.copyOf(across, boxes + points);
    this.upper = new int[chain[count]];
    this.lower = new int[chain[count]];
    this.strands = new int[chain[count]];
    int point = boxes;
    for (int bundle = 0; bundle < count; bundle++) {
      int at = upperBox[bundle];
      for (int segment = chain[bundle]; segment < chain[bundle + 1]; segment++) {
        upper[segment] = at;
        strands[segment] = bundles.strands(bundle);
        if (segment + 1 == chain[bundle + 1]) {
          lower[segment] = lowerBox[bundle];
        } else {
          layer[point] = layer[at] + 1;
          this.across[point] = (bundles.strands(bundle) - 1) * spacing.links();
          lower[segment] = point;
          at = point++;
        }
      }
    }
    this.above = Incidence.of(vertices(), segments(), segment -> lower[segment]);
    this.below = Incidence.of(vertices(), segments(), segment -> upper[segment]);
  }

  /// How many layers a bundle may span: as many as the limit of points allows.
  private int longest(int[] ranks, int[] upperBox, int[] lowerBox) {
    int[] spans = new int[layers + 1];
    for (int bundle = 0; bundle < upperBox.length; bundle++) {
      spans[ranks[lowerBox[bundle]] - ranks[upperBox[bundle]]]++;
    }
    long points = 0;
    for (int span = 1; span <= layers; span++) {
      points += (span - 1L) * spans[span];
      if (points > MOST_POINTS) {
        return span - 1;
      }
    }
    return layers;
  }

  int vertices() {
    return layer.length;
  }

  int segments() {
    return upper.length;
  }

  /// The size of a vertex from layer to layer; 0 for a point.
  double along(int vertex) {
    return isPoint(vertex) ? 0 : along[vertex];
  }

  boolean isPoint(int vertex) {
    return vertex >= boxes;
  }

  /// Whether a segment joins two points.
  boolean isInner(int segment) {
    return isPoint(upper[segment]) && isPoint(lower[segment]);
  }

  /// The first segment of a bundle, from its upper end.
  int firstSegment(int bundle) {
    return chain[bundle];
  }

  /// How many segments a bundle has; 0 for one drawn straight.
  int segments(int bundle) {
    return chain[bundle + 1] - chain[bundle];
  }
}
