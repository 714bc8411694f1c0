package dev.gradus.graph;

import dev.gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// Broadcasting and its reverse, as nodes.
public final class Broadcasting {
  private Broadcasting() {}

  /// `x` broadcast to `shape`; `x` itself where it has that shape already.
  public static Node broadcastTo(Node x, Shape shape) {
    return x.shape().equals(shape) ? x : View.broadcast(x, shape);
  }

  /// `g` summed over what `shape` was broadcast along, so that the result has that shape: the gradient of an
  /// operand that was broadcast. Where `g` is the smaller one it is broadcast instead.
  public static Node sumTo(Node g, Shape shape) {
    Shape from = g.shape();
    if (from.equals(shape)) {
      return g;
    }
    Shape full = Shape.broadcast("sum_to", from, shape);
    Node wide = broadcastTo(g, full);
    int lead = full.rank() - shape.rank();
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < full.rank(); axis++) {
      if (axis < lead || shape.dim(axis - lead) != full.dim(axis)) {
        axes.add(axis);
      }
    }
    Node summed = axes.isEmpty() ? wide : new Reduce(Reduce.Kind.SUM, axes, false).of(wide);
    return summed.shape().equals(shape) ? summed : View.reshape(summed, shape);
  }
}
