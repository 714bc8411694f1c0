package dev.gradus.teach.layout;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/// Where vertices stand along their layers: the mean of the two middle ones of four alignments (Brandes, Köpf 2002), so that
/// symmetrical orders give symmetrical pictures, what is above something stands in the middle of it, and links are straight
/// where they pass layers.
///
/// A long sum would drift sideways with every term that its steps are centred over. Where that makes a picture much wider,
/// steps stand straight above their deepest operand instead.
final class Coordinates {
  private static final int FOUR = 4;

  /// How much wider than with straight spines a centred picture may be.
  private static final double MOST_DRIFT = 1.6;

  private final LayeredGraph graph;
  private final Order order;
  private final Order mirror;
  private final Spacing spacing;

  private Coordinates(LayeredGraph graph, Order order, Spacing spacing) {
    this.graph = graph;
    this.order = order;
    this.mirror = order.mirrored();
    this.spacing = spacing;
  }

  /// The middle of each vertex along its layer; the leftmost edge is at 0.
  static double[] of(LayeredGraph graph, Order order, Spacing spacing) {
    Coordinates coordinates = new Coordinates(graph, order, spacing);
    boolean[] crossing = coordinates.crossingInner();
    double[] centred = coordinates.balanced(crossing);
    double[] straight = coordinates.balanced(coordinates.sideways(crossing));
    boolean drifts = coordinates.width(centred) > MOST_DRIFT * coordinates.width(straight);
    return coordinates.fromZero(drifts ? straight : centred);
  }

  private double[] balanced(boolean[] ignored) {
    double[][] four = new double[FOUR][];
    int narrowest = 0;
    for (int i = 0; i < FOUR; i++) {
      boolean leftwards = i % 2 == 0;
      four[i] = Alignment.of(graph, leftwards ? order : mirror, spacing, ignored, i < 2);
      if (!leftwards) {
        Arrays.setAll(four[i], negated(four[i]));
      }
      narrowest = width(four[i]) < width(four[narrowest]) ? i : narrowest;
    }
    double left = left(four[narrowest]);
    double right = right(four[narrowest]);
    for (int i = 0; i < FOUR; i++) {
      double shift = i % 2 == 0 ? left - left(four[i]) : right - right(four[i]);
      double[] places = four[i];
      Arrays.setAll(places, vertex -> places[vertex] + shift);
    }
    double[] balanced = new double[graph.vertices()];
    double[] sorted = new double[FOUR];
    for (int vertex = 0; vertex < balanced.length; vertex++) {
      for (int i = 0; i < FOUR; i++) {
        sorted[i] = four[i][vertex];
      }
      Arrays.sort(sorted);
      balanced[vertex] = (sorted[1] + sorted[2]) / 2;
    }
    return balanced;
  }

  private static IntToDoubleFunction negated(double[] places) {
    return vertex -> -places[vertex];
  }

  private double left(double[] places) {
    double left = Double.POSITIVE_INFINITY;
    for (int vertex = 0; vertex < places.length; vertex++) {
      left = Math.min(left, places[vertex] - graph.across[vertex] / 2);
    }
    return left;
  }

  private double right(double[] places) {
    double right = Double.NEGATIVE_INFINITY;
    for (int vertex = 0; vertex < places.length; vertex++) {
      right = Math.max(right, places[vertex] + graph.across[vertex] / 2);
    }
    return right;
  }

  private double width(double[] places) {
    return right(places) - left(places);
  }

  private double[] fromZero(double[] places) {
    double left = left(places);
    Arrays.setAll(places, vertex -> places[vertex] - left);
    return places;
  }

  /// The segments that cross an inner one, which shall be straight.
  private boolean[] crossingInner() {
    boolean[] crossing = new boolean[graph.segments()];
    for (int layer = 1; layer < graph.layers; layer++) {
      int[] vertices = order.layers[layer];
      int from = 0;
      int left = 0;
      for (int i = 0; i < vertices.length; i++) {
        int inner = innerAbove(vertices[i]);
        if (inner >= 0 || i == vertices.length - 1) {
          int right = inner >= 0 ? order.place[graph.upper[inner]] : Integer.MAX_VALUE;
          for (; from <= i; from++) {
            for (int k = 0; k < graph.above.count(vertices[from]); k++) {
              int segment = graph.above.get(vertices[from], k);
              int at = order.place[graph.upper[segment]];
              crossing[segment] |= !graph.isInner(segment) && (at < left || at > right);
            }
          }
          left = inner >= 0 ? right : left;
        }
      }
    }
    return crossing;
  }

  /// The inner segment that ends at a vertex, or -1.
  private int innerAbove(int vertex) {
    if (!graph.isPoint(vertex)) {
      return -1;
    }
    int segment = graph.above.get(vertex, 0);
    return graph.isInner(segment) ? segment : -1;
  }

  /// Those of `ignored`, and the segments from operands that are less deep by two layers than another one of the same user.
  private boolean[] sideways(boolean[] ignored) {
    int[] depth = new int[graph.vertices()];
    for (int layer = graph.layers - 2; layer >= 0; layer--) {
      for (int vertex : order.layers[layer]) {
        for (int i = 0; i < graph.below.count(vertex); i++) {
          int operand = graph.lower[graph.below.get(vertex, i)];
          int step = graph.isPoint(operand) ? 0 : 1;
          depth[vertex] = Math.max(depth[vertex], depth[operand] + step);
        }
      }
    }
    boolean[] sideways = ignored.clone();
    for (int segment = 0; segment < sideways.length; segment++) {
      int operand = graph.lower[segment];
      int step = graph.isPoint(operand) ? 0 : 1;
      sideways[segment] |= !graph.isPoint(graph.upper[segment]) && depth[graph.upper[segment]] > depth[operand] + step + 1;
    }
    return sideways;
  }
}
