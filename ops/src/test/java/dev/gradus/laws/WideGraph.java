package dev.gradus.laws;

import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// A random graph of tensors whose axes are long enough for vectors, or, if asked for, for threads. Everything is of
/// moderate size: functions are bounded, sums are means.
final class WideGraph {
  private final Random random;
  private final DType dtype;
  private final int batch;
  private final int rows;
  private final int columns;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Node> leaves = new ArrayList<>();
  private final boolean kinks;

  /// @param kinks whether there may be some: between many numbers, f32 noise leads across them
  WideGraph(long seed, DType dtype, int batch, int rows, int columns, int steps, boolean kinks) {
    this.random = new Random(seed);
    this.dtype = dtype;
    this.batch = batch;
    this.rows = rows;
    this.columns = columns;
    this.kinks = kinks;
    leaf(Shape.of(rows, columns));
    leaf(shape());
    for (int i = 0; i < steps; i++) {
      step();
    }
  }

  List<Node> leaves() {
    return leaves;
  }

  /// The newest floating-point result, and a few others.
  List<Node> results() {
    List<Node> results = new ArrayList<>();
    for (Node node : nodes.reversed()) {
      if (!(node instanceof Parameter) && results.size() < 3) {
        results.add(node);
      }
    }
    return results;
  }

  /// A number made of all results.
  Node loss() {
    Node sum = Constant.scalar(dtype, 0.5);
    for (Node result : results()) {
      sum = sum.plus(Ops.mean(result.times(Constant.of(Comparison.numbers(result.shape(), 3).cast(dtype)))));
    }
    return sum;
  }

  private Shape shape() {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> Shape.of(rows, columns);
      case 3 -> Shape.of(columns);
      case 4 -> Shape.of(rows, 1);
      case 5 -> Shape.of(batch, rows, columns);
      case 6 -> Shape.of(batch, 1, columns);
      case 7 -> Shape.of(batch, rows, 1);
      case 8 -> Shape.of(batch, 1, 1);
      default -> Shape.SCALAR;
    };
  }

  private Node leaf(Shape shape) {
    Tensor value = Tensor.normal(shape, random.nextInt(1000)).cast(dtype);
    Node leaf = Parameter.of("x" + leaves.size(), value);
    leaves.add(leaf);
    nodes.add(leaf);
    return leaf;
  }

  private Node any() {
    return random.nextInt(8) == 0 ? leaf(shape()) : nodes.get(nodes.size() - 1 - random.nextInt(Math.min(5, nodes.size())));
  }

  private Node anyOf(int rank) {
    for (Node node : nodes.reversed()) {
      if (node.shape().rank() == rank && node.shape().dim(-1) > 1 && random.nextInt(3) > 0) {
        return node;
      }
    }
    return leaf(rank == 1 ? Shape.of(columns) : rank == 2 ? Shape.of(rows, columns) : Shape.of(batch, rows, columns));
  }

  /// An operand that can be broadcast against `x` without growing much.
  private Node meets(Node x) {
    for (Node node : nodes.reversed()) {
      if (node != x && Templates.broadcasts(node.shape(), x.shape()) && random.nextInt(3) > 0) {
        return node;
      }
    }
    return leaf(random.nextBoolean() || x.shape().rank() == 0 ? x.shape() : Shape.of(x.shape().dim(-1)));
  }

  private void step() {
    Node x = any();
    int choice = random.nextInt(kinks ? 42 : 34);
    if (choice < 10) {
      nodes.add(unary(x, random.nextInt(14)));
    } else if (choice < 17) {
      nodes.add(binary(x, meets(x), random.nextInt(7)));
    } else if (choice < 34) {
      nodes.add(shaped(choice));
    } else {
      nodes.add(kinked(x, choice - 34));
    }
    if (nodes.getLast().shape().size() > 4 * batch * rows * columns + 64) {
      nodes.removeLast();
    }
  }

  private static Node unary(Node x, int choice) {
    return switch (choice) {
      case 0 -> Ops.sin(x);
      case 1 -> Ops.tanh(x);
      case 2 -> Ops.sigmoid(x);
      case 3 -> Ops.exp(Ops.tanh(x));
      case 4 -> Ops.log(Ops.square(x).plus(0.5));
      case 5 -> Ops.gelu(Ops.tanh(x));
      case 6 -> Ops.silu(Ops.sin(x));
      case 7 -> Ops.cos(x);
      case 8 -> Ops.softplus(Ops.tanh(x));
      case 9 -> Ops.sqrt(Ops.square(x).plus(1));
      case 10 -> x.times(-0.75);
      case 11 -> Ops.rsqrt(Ops.square(x).plus(1));
      case 12 -> Ops.log1p(Ops.exp(Ops.sin(x)));
      default -> Ops.atan(x).pow(3);
    };
  }

  private static Node binary(Node x, Node y, int choice) {
    return switch (choice) {
      case 0, 1 -> x.plus(y).times(0.5);
      case 2 -> x.minus(y);
      case 3, 4 -> Ops.tanh(x).times(Ops.sin(y));
      case 5 -> Ops.tanh(x).dividedBy(Ops.square(y).plus(1));
      default -> Ops.squaredDifference(Ops.tanh(x), Ops.sin(y));
    };
  }

  private Node shaped(int choice) {
    Node x = anyOf(random.nextInt(3) == 0 ? 3 : random.nextInt(4) == 0 ? 1 : 2);
    int rank = x.shape().rank();
    int axis = random.nextInt(rank);
    boolean keep = random.nextInt(3) > 0;
    return switch (choice) {
      case 17 -> Ops.mean(x, keep, axis);
      case 18 -> Ops.sum(x, keep, -1).times(1.0 / x.shape().dim(-1));
      case 19 -> Ops.mean(x);
      case 20 -> Ops.softmax(x, axis);
      case 21 -> Ops.logsumexp(x, keep, axis);
      case 22 -> Ops.var(x, 0, keep, -1);
      case 23 -> Ops.layerNorm(x, leaf(Shape.of(x.shape().dim(-1))), leaf(Shape.of(x.shape().dim(-1))));
      case 24, 25 -> {
        Node w = leaf(Shape.of(x.shape().dim(-1), random.nextBoolean() ? columns : 1 + random.nextInt(20)));
        yield Ops.matmul(x, w).times(1 / Math.sqrt(x.shape().dim(-1)));
      }
      case 26 -> rank == 1 ? Ops.flip(x, 0) : Ops.transpose(x);
      case 27 -> Ops.flip(x, axis);
      case 28 -> slice(x, axis);
      case 29 -> Ops.concat(axis, x, Ops.sin(x));
      case 30 -> Ops.reshape(x, -1);
      case 31 -> rank == 1 ? Ops.outer(slice(x, 0), slice(x, 0)) : Ops.matmul(x, Ops.transpose(x, swapped(rank))).times(1.0 / columns);
      case 32 -> Ops.take(x, Constant.of(indices(x.shape().dim(axis))), axis);
      default -> Ops.logSoftmax(x, -1);
    };
  }

  private static int[] swapped(int rank) {
    return rank == 2 ? new int[] {1, 0} : new int[] {0, 2, 1};
  }

  private Node slice(Node x, int axis) {
    int length = x.shape().dim(axis);
    List<Integer> starts = new ArrayList<>(Collections.nCopies(x.shape().rank(), 0));
    List<Integer> steps = new ArrayList<>(Collections.nCopies(x.shape().rank(), 1));
    starts.set(axis, random.nextInt(Math.max(1, length / 2)));
    steps.set(axis, 1 + random.nextInt(2));
    return Ops.slice(x, starts, Collections.nCopies(x.shape().rank(), null), steps);
  }

  private Tensor indices(int length) {
    long[] all = new long[1 + random.nextInt(5)];
    Arrays.setAll(all, i -> random.nextInt(length));
    return Tensor.of(Shape.of(all.length), all);
  }

  private Node kinked(Node x, int choice) {
    return switch (choice) {
      case 0 -> Ops.relu(x);
      case 1 -> Ops.max(anyOf(2), true, random.nextInt(2));
      case 2 -> Ops.where(Ops.less(x, Ops.sin(x)), x.times(0.5), Ops.cos(x));
      case 3 -> Ops.maximum(x, meets(x));
      case 4 -> Ops.min(anyOf(3), false, random.nextInt(3));
      case 5 -> Ops.clip(x, -0.5, 0.75);
      case 6 -> Ops.cast(Ops.greater(x, meets(x)), x.dtype()).times(0.5);
      default -> Ops.abs(x);
    };
  }
}
