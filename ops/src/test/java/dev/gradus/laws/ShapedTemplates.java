package dev.gradus.laws;

import static dev.gradus.laws.Domain.ANY;
import static dev.gradus.laws.Domain.within;

import dev.gradus.graph.Node;
import dev.gradus.ops.Ops;
import dev.gradus.ops.Reduction;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reductions, views, products, indices and losses as templates.
final class ShapedTemplates {
  private ShapedTemplates() {}

  private static boolean hasAxes(Shape shape) {
    return shape.rank() > 0;
  }

  static boolean hasElements(Shape shape) {
    return shape.rank() > 0 && shape.size() > 0;
  }

  /// No kinks to watch.
  static List<Watch> smooth(List<Node> x) {
    return List.of();
  }

  /// An op of one operand and axes.
  private interface Along {
    Node apply(Node x, boolean keepDims, int... axes);
  }

  static void addTo(List<Template> table) {
    reductions(table);
    views(table);
    joins(table);
    products(table);
    indices(table);
    LayerTemplates.addTo(table);
    losses(table);
  }

  private static void reductions(List<Template> table) {
    table.add(along("sum", ShapedTemplates::hasAxes, Ops::sum, ShapedTemplates::smooth));
    table.add(along("mean", ShapedTemplates::hasElements, Ops::mean, ShapedTemplates::smooth));
    table.add(along("prod", ShapedTemplates::hasAxes, Ops::prod, ShapedTemplates::smooth));
    table.add(along("var", ShapedTemplates::hasElements, (x, keep, axes) -> Ops.var(x, 0, keep, axes), ShapedTemplates::smooth));
    table.add(along("logsumexp", ShapedTemplates::hasElements, Ops::logsumexp, ShapedTemplates::smooth));
    table.add(watched("std", (x, keep, axes) -> Ops.std(x, 0, keep, axes)));
    table.add(watched("norm", (x, keep, axes) -> Ops.norm(x, 2, keep, axes)));
    table.add(extremum("max", Ops::max));
    table.add(extremum("min", Ops::min));
    table.add(along("norm 1", ShapedTemplates::hasAxes, (x, keep, axes) -> Ops.norm(x, 1, keep, axes), x -> List.of(new Watch(x.getFirst()))));
    table.add(along("softmax", ShapedTemplates::hasElements, (x, keep, axes) -> Ops.softmax(x, last(axes)), ShapedTemplates::smooth));
    table.add(along("log_softmax", ShapedTemplates::hasElements, (x, keep, axes) -> Ops.logSoftmax(x, last(axes)), ShapedTemplates::smooth));
  }

  private static int last(int... axes) {
    return axes.length == 0 ? -1 : axes[axes.length - 1];
  }

  /// Some axes of a shape; none stand for all.
  private static int[] axes(Instruction in, Shape shape) {
    int bits = in.choose(1, 1 << shape.rank());
    return IntStream.range(0, shape.rank()).filter(axis -> (bits & 1 << axis) != 0).toArray();
  }

  private static boolean keepDims(Instruction in) {
    return in.choose(2, 2) == 1;
  }

  static Shape shaped(Instruction in) {
    Shape shape = Templates.shape(in, 0);
    return shape.rank() == 0 || shape.size() == 0 ? Shape.of(3) : shape;
  }

  private static Template along(
      String name, Predicate<Shape> fits, Along op, Function<List<Node>, List<Watch>> watch) {
    return (pool, in) -> {
      int x = pool.pick(in.first(), ANY, fits, shaped(in), in.setting());
      int[] axes = axes(in, pool.shape(x));
      pool.add(name, List.of(x), nodes -> List.of(op.apply(nodes.getFirst(), keepDims(in), axes)), watch);
    };
  }

  /// A reduction whose value must stay away from 0.
  private static Template watched(String name, Along op) {
    return (pool, in) -> {
      int x = pool.pick(in.first(), ANY, ShapedTemplates::hasElements, shaped(in), in.setting());
      int[] axes = axes(in, pool.shape(x));
      pool.add(
          name,
          List.of(x),
          nodes -> List.of(op.apply(nodes.getFirst(), keepDims(in), axes)),
          nodes -> List.of(new Watch(op.apply(nodes.getFirst(), false, axes))));
    };
  }

  /// A maximum or minimum, which must be taken at one element only.
  private static Template extremum(String name, Along op) {
    return (pool, in) -> {
      int x = pool.pick(in.first(), ANY, ShapedTemplates::hasElements, shaped(in), in.setting());
      int[] axes = axes(in, pool.shape(x));
      pool.add(
          name,
          List.of(x),
          nodes -> List.of(op.apply(nodes.getFirst(), keepDims(in), axes)),
          nodes -> {
            Node extremes = op.apply(nodes.getFirst(), true, axes);
            return List.of(new Watch(nodes.getFirst().minus(extremes), extremes.shape().size()));
          });
    };
  }

  private static Template view(String name, Predicate<Shape> fits, Function<Instruction, UnaryOperator<Node>> op) {
    return (pool, in) -> {
      int x = pool.pick(in.first(), ANY, fits, shaped(in), in.setting());
      pool.add(name, List.of(x), nodes -> List.of(op.apply(in).apply(nodes.getFirst())), ShapedTemplates::smooth);
    };
  }

  private static void views(List<Template> table) {
    table.add(view("reshape", shape -> shape.size() > 0, in -> x -> Ops.reshape(x, keepDims(in) ? new int[] {-1} : new int[] {1, -1})));
    table.add(view("transpose", ShapedTemplates::hasAxes, in -> x -> Ops.transpose(x)));
    table.add(view("flip", ShapedTemplates::hasAxes, in -> x -> Ops.flip(x, axes(in, x.shape()))));
    table.add(view("expand_dims", shape -> shape.rank() < 3, in -> x -> Ops.expandDims(x, in.choose(1, x.shape().rank() + 1))));
    table.add(view("squeeze", ShapedTemplates::hasAxes, in -> x -> Ops.squeeze(x)));
    table.add(view("broadcast_to", shape -> shape.rank() < 3, in -> x -> Ops.broadcastTo(x, widened(x.shape()))));
    table.add(
        view(
            "slice",
            ShapedTemplates::hasElements,
            in -> x -> Ops.slice(x, List.of(in.choose(1, 2) - 1), nullable(), List.of(in.choose(2, 2) == 0 ? 1 : -1))));
    table.add(view("slice by 2", ShapedTemplates::hasElements, in -> x -> Ops.slice(x, List.of(in.choose(1, 2)), nullable(), List.of(2))));
  }

  private static List<@Nullable Integer> nullable() {
    return Collections.singletonList(null);
  }

  /// One more axis, and axes of size 1 repeated.
  private static int[] widened(Shape shape) {
    int[] dims = new int[shape.rank() + 1];
    dims[0] = 2;
    for (int axis = 0; axis < shape.rank(); axis++) {
      dims[axis + 1] = shape.dim(axis) == 1 ? 2 : shape.dim(axis);
    }
    return dims;
  }

  private static void joins(List<Template> table) {
    table.add(join("concat", x -> Ops.concat(0, x)));
    table.add(join("concat last", x -> Ops.concat(-1, x)));
    table.add(join("stack", x -> Ops.stack(0, x.toArray(Node[]::new))));
    table.add((pool, in) -> {
      int x = pool.pick(in.first(), ANY, shape -> shape.rank() > 0 && shape.dim(-1) > 1, Shape.of(3), in.setting());
      pool.add("split", List.of(x), nodes -> Ops.splitAt(nodes.getFirst(), -1, 1), ShapedTemplates::smooth);
    });
  }

  /// Three operands of one shape.
  private static Template join(String name, Function<List<Node>, Node> op) {
    return (pool, in) -> {
      int x = pool.pick(in.first(), ANY, ShapedTemplates::hasAxes, shaped(in), in.setting());
      Shape shape = pool.shape(x);
      int y = pool.pick(in.second(), ANY, shape::equals, shape, in.setting());
      int z = pool.pick(in.third(), ANY, shape::equals, shape, in.setting());
      pool.add(name, List.of(x, y, z), nodes -> List.of(op.apply(nodes)), ShapedTemplates::smooth);
    };
  }

  private static void products(List<Template> table) {
    for (int repeat = 0; repeat < 3; repeat++) {
      table.add((pool, in) -> {
        int x = pool.pick(in.first(), ANY, ShapedTemplates::hasAxes, shaped(in), in.setting());
        Shape left = pool.shape(x);
        int inner = left.dim(-1);
        Shape otherwise =
            switch (in.choose(1, 4)) {
              case 0 -> Shape.of(inner, inner);
              case 1 -> Shape.of(inner);
              case 2 -> Shape.of(inner, 3);
              default -> left.rank() > 2 ? Shape.of(inner, 1) : Shape.of(2, inner, 1);
            };
        int y = pool.pick(in.second(), ANY, right -> multiplies(left, right), otherwise, in.setting());
        pool.add("matmul", List.of(x, y), nodes -> List.of(Ops.matmul(nodes.get(0), nodes.get(1))), ShapedTemplates::smooth);
      });
    }
    table.add((pool, in) -> {
      int x = pool.pick(in.first(), ANY, shape -> shape.rank() == 1, Shape.of(3), in.setting());
      int y = pool.pick(in.second(), ANY, pool.shape(x)::equals, pool.shape(x), in.setting());
      pool.add("dot", List.of(x, y), nodes -> List.of(Ops.dot(nodes.get(0), nodes.get(1))), ShapedTemplates::smooth);
    });
    table.add((pool, in) -> {
      int x = pool.pick(in.first(), ANY, shape -> shape.size() < 5, Shape.of(3), in.setting());
      int y = pool.pick(in.second(), ANY, shape -> shape.size() < 5, Shape.of(2), in.setting());
      pool.add("outer", List.of(x, y), nodes -> List.of(Ops.outer(nodes.get(0), nodes.get(1))), ShapedTemplates::smooth);
    });
    table.add(ofOneShape("einsum", (x, y) -> Ops.einsum("...i,...i->...", x, y)));
    table.add(ofOneShape("tensordot", (x, y) -> Ops.tensordot(x, y, List.of(-1), List.of(-1))));
  }

  /// Two operands of one shape.
  private static Template ofOneShape(String name, BinaryOperator<Node> op) {
    return (pool, in) -> {
      int x = pool.pick(in.first(), ANY, ShapedTemplates::hasElements, shaped(in), in.setting());
      int y = pool.pick(in.second(), ANY, pool.shape(x)::equals, pool.shape(x), in.setting());
      pool.add(name, List.of(x, y), nodes -> List.of(op.apply(nodes.get(0), nodes.get(1))), ShapedTemplates::smooth);
    };
  }

  private static boolean multiplies(Shape left, Shape right) {
    if (right.rank() == 0 || left.dim(-1) != (right.rank() == 1 ? right.dim(0) : right.dim(-2))) {
      return false;
    }
    return Templates.broadcasts(stack(left), stack(right));
  }

  private static Shape stack(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.dims(), Math.max(0, shape.rank() - 2)));
  }

  private static void indices(List<Template> table) {
    table.add((pool, in) -> {
      int x = pool.pick(in.first(), ANY, ShapedTemplates::hasElements, shaped(in), in.setting());
      int axis = in.choose(1, pool.shape(x).rank());
      int length = pool.shape(x).dim(axis);
      Tensor chosen = Tensor.of(Shape.of(3), in.choose(2, length), -1L, in.choose(3, length));
      pool.add("take", List.of(x), nodes -> List.of(Ops.take(nodes.getFirst(), Ops.constant(chosen), axis)), ShapedTemplates::smooth);
    });
    table.add((pool, in) -> {
      int x = pool.pick(in.first(), ANY, ShapedTemplates::hasElements, shaped(in), in.setting());
      Tensor chosen = Tensor.of(Shape.of(2), in.choose(2, pool.shape(x).dim(0)), -1L);
      pool.add("embedding", List.of(x), nodes -> List.of(Ops.embedding(Ops.constant(chosen), nodes.getFirst())), ShapedTemplates::smooth);
    });
    table.add((pool, in) -> {
      int x = pool.pick(in.first(), ANY, ShapedTemplates::hasElements, shaped(in), in.setting());
      pool.add(
          "argmax",
          List.of(x),
          nodes -> List.of(Ops.take(nodes.getFirst(), Ops.argmax(nodes.getFirst()))),
          nodes -> List.of(new Watch(nodes.getFirst().minus(Ops.max(nodes.getFirst())), 1)));
    });
  }

  private static void losses(List<Template> table) {
    table.add(loss("mse_loss", ANY, ANY, Ops::mse, (x, y) -> List.of()));
    table.add(loss("l1_loss", ANY, ANY, Ops::mae, (x, y) -> List.of(new Watch(x.minus(y)))));
    table.add(
        loss(
            "huber_loss",
            ANY,
            ANY,
            (x, y) -> Ops.huber(x, y, 0.7, Reduction.SUM),
            (x, y) -> List.of(new Watch(Ops.square(x.minus(y)).minus(0.49)))));
    table.add(
        loss("binary_cross_entropy", within(0.1, 0.9), within(0, 1), Ops::binaryCrossEntropy, (x, y) -> List.of()));
    table.add(
        loss(
            "binary_cross_entropy_with_logits",
            ANY,
            ANY,
            (x, y) -> Ops.binaryCrossEntropyWithLogits(x, y, Reduction.NONE),
            (x, y) -> List.of()));
    table.add((pool, in) -> {
      int x = pool.pick(in.first(), ANY, shape -> shape.rank() == 2 && shape.size() > 0, Shape.of(2, 3), in.setting());
      Tensor classes = classes(in, pool.shape(x));
      pool.add("cross_entropy", List.of(x), nodes -> List.of(Ops.crossEntropy(nodes.getFirst(), Ops.constant(classes))), ShapedTemplates::smooth);
    });
    table.add((pool, in) -> {
      int x = pool.pick(in.first(), ANY, shape -> shape.rank() == 2 && shape.size() > 0, Shape.of(2, 3), in.setting());
      Tensor classes = classes(in, pool.shape(x));
      pool.add(
          "nll_loss",
          List.of(x),
          nodes -> List.of(Ops.nll(nodes.getFirst(), Ops.constant(classes), -100, Reduction.NONE)),
          ShapedTemplates::smooth);
    });
  }

  private static Tensor classes(Instruction in, Shape shape) {
    long[] all = new long[shape.dim(0)];
    Arrays.setAll(all, i -> in.choose(1 + i, shape.dim(1)));
    return Tensor.of(Shape.of(all.length), all);
  }

  private static Template loss(
      String name, Domain left, Domain right, BinaryOperator<Node> op, BiFunction<Node, Node, List<Watch>> watch) {
    return (pool, in) -> {
      int x = pool.pick(in.first(), left, ShapedTemplates::hasElements, shaped(in), in.setting());
      int y = pool.pick(in.second(), right, pool.shape(x)::equals, pool.shape(x), in.setting());
      pool.add(
          name,
          List.of(x, y),
          nodes -> List.of(op.apply(nodes.get(0), nodes.get(1))),
          nodes -> watch.apply(nodes.get(0), nodes.get(1)));
    };
  }
}
