package dev.gradus.teach.layout;

/// How layers lie below each other: each is as high as its highest box, and boxes stand in the middle of theirs. Where links go
/// far sideways layers are further apart, so that they do not become flat.
final class Bands {
  private static final double LEAST_SLOPE = 0.16;
  private static final double MOST_GAP = 2;

  private final LayeredGraph graph;
  private final double[] top;
  private final double[] height;

  Bands(LayeredGraph graph, double[] places, Spacing spacing) {
    this.graph = graph;
    this.top = new double[graph.layers];
    this.height = new double[graph.layers];
    for (int box = 0; box < graph.boxes; box++) {
      height[graph.layer[box]] = Math.max(height[graph.layer[box]], graph.along(box));
    }
    double[] sideways = new double[graph.layers];
    for (int segment = 0; segment < graph.segments(); segment++) {
      int upper = graph.upper[segment];
      double way = Math.abs(places[upper] - places[graph.lower[segment]]);
      sideways[graph.layer[upper]] = Math.max(sideways[graph.layer[upper]], way);
    }
    for (int layer = 1; layer < top.length; layer++) {
      double gap = Math.clamp(LEAST_SLOPE * sideways[layer - 1], spacing.layers(), MOST_GAP * spacing.layers());
      top[layer] = top[layer - 1] + height[layer - 1] + gap;
    }
  }

  /// Where the layer of a vertex begins.
  double top(int vertex) {
    return top[graph.layer[vertex]];
  }

  /// Where the layer of a vertex ends.
  double bottom(int vertex) {
    return top[graph.layer[vertex]] + height[graph.layer[vertex]];
  }

  /// The middle of the layer of a vertex.
  double middle(int vertex) {
    return top[graph.layer[vertex]] + height[graph.layer[vertex]] / 2;
  }

  /// The upper edge of a box.
  double boxTop(int box) {
    return middle(box) - graph.along(box) / 2;
  }

  /// The lower edge of a box.
  double boxBottom(int box) {
    return middle(box) + graph.along(box) / 2;
  }

  /// From the first layer to the last one.
  double total() {
    return top.length == 0 ? 0 : top[top.length - 1] + height[height.length - 1];
  }
}
