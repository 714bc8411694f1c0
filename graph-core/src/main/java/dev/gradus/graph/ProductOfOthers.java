package dev.gradus.graph;

import dev.gradus.tensor.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// For every element the product of all the *others* along some axes: the local derivative of a product, built
/// without division (zeros are fine) from a tree of pairwise products, so that it can be differentiated again.
final class ProductOfOthers {
  private ProductOfOthers() {}

  /// The pairs of one level of the tree: `left[i] * right[i]` is element i of the level above.
  private record Level(Node left, Node right, int size) {}

  static Node of(Node x, List<Integer> axes) {
    int rank = x.shape().rank();
    int[] order = Reduce.reducedFirst(axes, rank);
    Node front = View.permute(x, order);
    int count = 1;
    for (int axis : axes) {
      count *= x.shape().dim(axis);
    }
    int rest = 1;
    for (int axis = axes.size(); axis < rank; axis++) {
      rest *= front.shape().dim(axis);
    }
    if (count == 0 || rest == 0) {
      return Constant.filled(x.type(), 1);
    }
    Node others = exclusive(View.reshape(front, Shape.of(count, rest)), count, rest);
    return View.permute(View.reshape(others, front.shape()), View.inverse(order));
  }

  private static Node exclusive(Node rows, int count, int rest) {
    Deque<Level> levels = new ArrayDeque<>();
    Node level = rows;
    for (int size = count; size > 1; size = (size + 1) / 2) {
      Node left = View.rows(level, 0, size, 2);
      Node right = View.rows(level, 1, size, 2);
      if (size % 2 == 1) {
        right = new Concat(0).of(right, ones(level, rest));
      }
      levels.push(new Level(left, right, size));
      level = left.times(right);
    }
    Node others = ones(rows, rest);
    for (Level pairs : levels) {
      Node forLeft = View.expandDims(others.times(pairs.right), 1);
      Node forRight = View.expandDims(others.times(pairs.left), 1);
      int half = (pairs.size + 1) / 2;
      Node interleaved = View.reshape(new Concat(1).of(forLeft, forRight), Shape.of(2 * half, rest));
      others = View.rows(interleaved, 0, pairs.size, 1);
    }
    return others;
  }

  private static Node ones(Node like, int rest) {
    return Constant.filled(new TensorType(Shape.of(1, rest), like.dtype()), 1);
  }
}
