package dev.gradus.teach.layout;

/// The order of the vertices within each layer.
final class Order {
  /// The vertices of each layer from left to right.
  final int[][] layers;

  /// Where each vertex stands in its layer.
  final int[] place;

  private Order(int[][] layers, int[] place) {
    this.layers = layers;
    this.place = place;
  }

  /// The vertices as a depth-first walk meets them: from results down to their operands, or from leaves up to their users. A
  /// tree has no crossings then, and operands stand in the order of their slots.
  static Order walked(LayeredGraph graph, boolean downwards) {
    Incidence forward = downwards ? graph.below : graph.above;
    Incidence back = downwards ? graph.above : graph.below;
    int[] end = downwards ? graph.lower : graph.upper;
    int[][] layers = new int[graph.layers][];
    int[] sizes = new int[graph.layers];
    for (int layer : graph.layer) {
      sizes[layer]++;
    }
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new int[sizes[layer]];
      sizes[layer] = 0;
    }
    int[] place = new int[graph.vertices()];
    boolean[] met = new boolean[graph.vertices()];
    int[] stack = new int[graph.segments() + 1];
    for (int start = 0; start < graph.vertices(); start++) {
      if (back.count(start) > 0) {
        continue;
      }
      int depth = 0;
      stack[depth++] = start;
      while (depth > 0) {
        int vertex = stack[--depth];
        if (met[vertex]) {
          continue;
        }
        met[vertex] = true;
        int layer = graph.layer[vertex];
        place[vertex] = sizes[layer];
        layers[layer][sizes[layer]++] = vertex;
        for (int i = forward.count(vertex) - 1; i >= 0; i--) {
          stack[depth++] = end[forward.get(vertex, i)];
        }
      }
    }
    return new Order(layers, place);
  }

  Order copy() {
    int[][] copies = new int[layers.length][];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = layers[i].clone();
    }
    return new Order(copies, place.clone());
  }

  /// Makes `place` agree with a layer that was changed.
  void number(int layer) {
    int[] vertices = layers[layer];
    for (int i = 0; i < vertices.length; i++) {
      place[vertices[i]] = i;
    }
  }

  /// Exchanges a vertex of a layer with the one to the right of it.
  void exchange(int layer, int at) {
    int[] vertices = layers[layer];
    int left = vertices[at];
    vertices[at] = vertices[at + 1];
    vertices[at + 1] = left;
    place[vertices[at]] = at;
    place[left] = at + 1;
  }

  /// Reads all layers from right to left.
  Order mirrored() {
    Order mirror = copy();
    for (int layer = 0; layer < layers.length; layer++) {
      int size = layers[layer].length;
      for (int i = 0; i < size; i++) {
        mirror.layers[layer][i] = layers[layer][size - 1 - i];
      }
      mirror.number(layer);
    }
    return mirror;
  }
}
