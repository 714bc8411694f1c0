package dev.gradus.teach.layout;

import java.util.Arrays;

/// Counts how many pairs of links cross, in time O(E log V): the inversions of the lower ends when segments are sorted by
/// their upper ends (Barth, Jünger, Mutzel, *Simple and efficient bilayer cross counting*, 2002), with a Fenwick tree.
final class Crossings {
  private final LayeredGraph graph;
  private final int[] tree;

  /// The places of lower ends by upper end, sorted, in the lists of `graph.below`.
  private final int[] sorted;

  /// How many links each of them is.
  private final int[] strands;

  private final int[] start;
  private final int[] filled;

  Crossings(LayeredGraph graph) {
    this.graph = graph;
    this.tree = new int[graph.vertices() + 1];
    this.sorted = new int[graph.segments()];
    this.strands = new int[graph.segments()];
    this.start = new int[graph.vertices() + 1];
    this.filled = new int[graph.vertices()];
    for (int vertex = 0; vertex < graph.vertices(); vertex++) {
      start[vertex + 1] = start[vertex] + graph.below.count(vertex);
    }
  }

  /// How many pairs of links cross in all.
  long count(Order order) {
    // From left to right, so that the places below each vertex come out sorted.
    Arrays.fill(filled, 0);
    for (int[] layer : order.layers) {
      for (int vertex : layer) {
        for (int i = 0; i < graph.above.count(vertex); i++) {
          int segment = graph.above.get(vertex, i);
          int upper = graph.upper[segment];
          int at = start[upper] + filled[upper]++;
          sorted[at] = order.place[vertex];
          strands[at] = graph.strands[segment];
        }
      }
    }
    long crossings = 0;
    for (int layer = 0; layer + 1 < order.layers.length; layer++) {
      crossings += between(order.layers[layer], order.layers[layer + 1].length);
    }
    return crossings;
  }

  private long between(int[] upperLayer, int size) {
    Arrays.fill(tree, 0, size + 1, 0);
    long crossings = 0;
    int seen = 0;
    for (int vertex : upperLayer) {
      for (int i = start[vertex]; i < start[vertex + 1]; i++) {
        crossings += (long) strands[i] * (seen - atMost(sorted[i]));
      }
      for (int i = start[vertex]; i < start[vertex + 1]; i++) {
        add(sorted[i], strands[i], size);
        seen += strands[i];
      }
    }
    return crossings;
  }

  private int atMost(int place) {
    int sum = 0;
    for (int i = place + 1; i > 0; i -= i & -i) {
      sum += tree[i];
    }
    return sum;
  }

  private void add(int place, int count, int size) {
    for (int i = place + 1; i <= size; i += i & -i) {
      tree[i] += count;
    }
  }
}
