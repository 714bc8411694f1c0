package dev.gradus.teach.layout;

/// One of four places for every vertex along its layer (Brandes, Köpf, *Fast and simple horizontal coordinate assignment*,
/// 2002): vertices are aligned in *blocks* with the median of their neighbours, ties to the left, and blocks are packed to the
/// left. The other three come from turning the picture round. Linear time.
final class Alignment {
  private final LayeredGraph graph;
  private final Order order;
  private final Spacing spacing;
  private final boolean[] ignored;

  /// The first vertex of each vertex's block, and the next one in it, round in a circle.
  private final int[] root;

  private final int[] next;

  /// The places of the blocks, at their roots.
  private final double[] place;

  private Alignment(LayeredGraph graph, Order order, Spacing spacing, boolean[] ignored) {
    this.graph = graph;
    this.order = order;
    this.spacing = spacing;
    this.ignored = ignored;
    this.root = new int[graph.vertices()];
    this.next = new int[graph.vertices()];
    this.place = new double[graph.vertices()];
  }

  /// The middle of each vertex along its layer.
  ///
  /// @param ignored the segments that nothing is aligned with
  /// @param downwards whether vertices are aligned with those above them, and not below
  static double[] of(LayeredGraph graph, Order order, Spacing spacing, boolean[] ignored, boolean downwards) {
    Alignment alignment = new Alignment(graph, order, spacing, ignored);
    alignment.align(downwards);
    alignment.pack();
    double[] places = new double[graph.vertices()];
    for (int vertex = 0; vertex < places.length; vertex++) {
      places[vertex] = alignment.place[alignment.root[vertex]];
    }
    return places;
  }

  private void align(boolean downwards) {
    Incidence segments = downwards ? graph.above : graph.below;
    int[] end = downwards ? graph.upper : graph.lower;
    for (int vertex = 0; vertex < root.length; vertex++) {
      root[vertex] = vertex;
      next[vertex] = vertex;
    }
    int[] sorted = new int[graph.segments()];
    for (int i = 0; i < graph.layers; i++) {
      int taken = -1;
      for (int vertex : order.layers[downwards ? i : graph.layers - 1 - i]) {
        int count = sort(segments, vertex, end, sorted);
        for (int median = (count - 1) / 2; median <= count / 2 && median < count && next[vertex] == vertex; median++) {
          int segment = sorted[median];
          int neighbour = end[segment];
          if (!ignored[segment] && taken < order.place[neighbour]) {
            next[vertex] = root[neighbour];
            root[vertex] = root[neighbour];
            next[neighbour] = vertex;
            taken = order.place[neighbour];
          }
        }
      }
    }
  }

  /// Lists the segments of a vertex that count, by the place of their other end.
  private int sort(Incidence segments, int vertex, int[] end, int[] sorted) {
    int count = 0;
    for (int i = 0; i < segments.count(vertex); i++) {
      int segment = segments.get(vertex, i);
      if (!ignored[segment]) {
        sorted[count++] = segment;
      }
    }
    if (count > 1) {
      Sorting.by(sorted, count, segment -> order.place[end[segment]]);
    }
    return count;
  }

  /// Every block as far to the left as those to the left of it allow, and then as far to the right as those to the right of it
  /// allow, which closes gaps.
  private void pack() {
    int[] waiting = new int[root.length];
    for (int[] layer : order.layers) {
      for (int i = 1; i < layer.length; i++) {
        waiting[root[layer[i]]]++;
      }
    }
    int[] queue = new int[root.length];
    int filled = 0;
    for (int vertex = 0; vertex < root.length; vertex++) {
      if (root[vertex] == vertex && waiting[vertex] == 0) {
        queue[filled++] = vertex;
      }
    }
    for (int at = 0; at < filled; at++) {
      int block = queue[at];
      int vertex = block;
      do {
        int right = right(vertex);
        if (right >= 0) {
          int other = root[right];
          place[other] = Math.max(place[other], place[block] + distance(vertex, right));
          if (--waiting[other] == 0) {
            queue[filled++] = other;
          }
        }
        vertex = next[vertex];
      } while (vertex != block);
    }
    for (int at = filled - 1; at >= 0; at--) {
      pullRight(queue[at]);
    }
  }

  private void pullRight(int block) {
    double limit = Double.POSITIVE_INFINITY;
    int vertex = block;
    do {
      int right = right(vertex);
      if (right >= 0) {
        limit = Math.min(limit, place[root[right]] - distance(vertex, right));
      }
      vertex = next[vertex];
    } while (vertex != block);
    if (limit < Double.POSITIVE_INFINITY) {
      place[block] = Math.max(place[block], limit);
    }
  }

  private int right(int vertex) {
    int[] layer = order.layers[graph.layer[vertex]];
    int at = order.place[vertex] + 1;
    return at < layer.length ? layer[at] : -1;
  }

  /// The least distance between the middles of two vertices side by side.
  private double distance(int left, int right) {
    double halves = (graph.across[left] + graph.across[right]) / 2;
    int points = (graph.isPoint(left) ? 1 : 0) + (graph.isPoint(right) ? 1 : 0);
    return halves + ((2 - points) * spacing.boxes() + points * spacing.links()) / 2;
  }
}
