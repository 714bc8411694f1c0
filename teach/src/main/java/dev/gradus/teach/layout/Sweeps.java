package dev.gradus.teach.layout;

import java.util.Arrays;

/// Finds an order of few crossings: layer by layer, down and up again, vertices are sorted by the mean place of their
/// neighbours in the layer before, and neighbours exchanged where that removes crossings (Sugiyama, Tagawa, Toda, *Methods for
/// visual understanding of hierarchical system structures*, 1981; Gansner, Koutsofios, North, Vo, *A technique for drawing
/// directed graphs*, 1993). The best order met is kept: the fewest crossings, and of these the fewest operands that stand left
/// of one with a lower slot.
final class Sweeps {
  private static final int MOST_SWEEPS = 24;
  private static final int MOST_IN_VAIN = 6;
  private static final int MOST_EXCHANGES = 8;

  /// Pairs of vertices with more pairs of segments than this are not compared.
  private static final int MOST_COMPARED = 400;

  private final LayeredGraph graph;
  private final Crossings crossings;
  private Order best;
  private long fewest;
  private long fewestInversions;

  private Sweeps(LayeredGraph graph) {
    this.graph = graph;
    this.crossings = new Crossings(graph);
    this.best = Order.walked(graph, true);
    this.fewest = crossings.count(best);
    this.fewestInversions = inversions(best);
  }

  /// The best order found. It has no more crossings than that of a walk.
  static Order best(LayeredGraph graph) {
    Sweeps sweeps = new Sweeps(graph);
    if (sweeps.fewest > 0) {
      sweeps.from(sweeps.best.copy());
    }
    if (sweeps.fewest > 0) {
      sweeps.from(Order.walked(graph, false));
    }
    sweeps.keep(sweeps.best.mirrored());
    return sweeps.best;
  }

  private void from(Order order) {
    keep(order);
    int inVain = 0;
    for (int sweep = 0; sweep < MOST_SWEEPS && inVain < MOST_IN_VAIN && fewest > 0; sweep++) {
      boolean ties = sweep / 2 % 2 == 1;
      if (sweep % 2 == 0) {
        for (int layer = 1; layer < graph.layers; layer++) {
          sort(order, layer, graph.above, graph.upper, ties);
        }
      } else {
        for (int layer = graph.layers - 2; layer >= 0; layer--) {
          sort(order, layer, graph.below, graph.lower, ties);
        }
      }
      exchange(order);
      inVain = keep(order) ? 0 : inVain + 1;
    }
  }

  private boolean keep(Order order) {
    long count = crossings.count(order);
    if (count > fewest) {
      return false;
    }
    long inversions = inversions(order);
    if (count == fewest && inversions >= fewestInversions) {
      return false;
    }
    boolean fewer = count < fewest;
    best = order.copy();
    fewest = count;
    fewestInversions = inversions;
    return fewer;
  }

  /// How many neighbouring operands stand in another order than their slots.
  private long inversions(Order order) {
    long inversions = 0;
    for (int vertex = 0; vertex < graph.boxes; vertex++) {
      for (int i = 1; i < graph.below.count(vertex); i++) {
        int before = graph.lower[graph.below.get(vertex, i - 1)];
        int after = graph.lower[graph.below.get(vertex, i)];
        inversions += order.place[before] > order.place[after] ? 1 : 0;
      }
    }
    return inversions;
  }

  /// Sorts a layer by the mean place of neighbours; vertices without any stay where they are.
  private void sort(Order order, int layer, Incidence segments, int[] end, boolean tiesBackwards) {
    int[] vertices = order.layers[layer];
    long[] keys = new long[vertices.length];
    int[] slots = new int[vertices.length];
    int count = 0;
    for (int i = 0; i < vertices.length; i++) {
      int neighbours = segments.count(vertices[i]);
      if (neighbours > 0) {
        long sum = 0;
        long strands = 0;
        for (int k = 0; k < neighbours; k++) {
          int segment = segments.get(vertices[i], k);
          sum += (long) graph.strands[segment] * order.place[end[segment]];
          strands += graph.strands[segment];
        }
        // Floats from 0 up have the order of their bits.
        long mean = Float.floatToIntBits((float) ((double) sum / strands));
        keys[count] = mean << Integer.SIZE | (tiesBackwards ? vertices.length - 1 - i : i);
        slots[count++] = i;
      }
    }
    Arrays.sort(keys, 0, count);
    int[] before = vertices.clone();
    for (int i = 0; i < count; i++) {
      int at = (int) keys[i];
      vertices[slots[i]] = before[tiesBackwards ? vertices.length - 1 - at : at];
    }
    order.number(layer);
  }

  /// Exchanges neighbours as long as that removes crossings.
  private void exchange(Order order) {
    boolean better = true;
    for (int round = 0; better && round < MOST_EXCHANGES; round++) {
      better = false;
      for (int layer = 0; layer < graph.layers; layer++) {
        int[] vertices = order.layers[layer];
        for (int i = 0; i + 1 < vertices.length; i++) {
          if (gain(order, vertices[i], vertices[i + 1]) > 0) {
            order.exchange(layer, i);
            better = true;
          }
        }
      }
    }
  }

  private int gain(Order order, int left, int right) {
    return gain(order, left, right, graph.above, graph.upper) + gain(order, left, right, graph.below, graph.lower);
  }

  private int gain(Order order, int left, int right, Incidence segments, int[] end) {
    int a = segments.count(left);
    int b = segments.count(right);
    if ((long) a * b > MOST_COMPARED) {
      return 0;
    }
    int gain = 0;
    for (int i = 0; i < a; i++) {
      int first = segments.get(left, i);
      for (int k = 0; k < b; k++) {
        int second = segments.get(right, k);
        gain += graph.strands[first]
            * graph.strands[second]
            * Integer.compare(order.place[end[first]], order.place[end[second]]);
      }
    }
    return gain;
  }
}
