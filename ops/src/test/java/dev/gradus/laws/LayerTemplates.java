package dev.gradus.laws;

import static dev.gradus.laws.Domain.ANY;

import dev.gradus.graph.Node;
import dev.gradus.graph.View;
import dev.gradus.ops.Ops;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Triangles, convolutions, pools and layers as templates: what takes shapes of its own.
final class LayerTemplates {
  private LayerTemplates() {}

  static void addTo(List<Template> table) {
    table.add(view("tril", ofRankFrom(2), x -> Ops.tril(x)));
    table.add(view("triu", ofRankFrom(2), x -> Ops.triu(x, 1)));
    convolutions(table);
    transposedConvolutions(table);
    pools(table);
    layers(table);
  }

  private static Predicate<Shape> ofRank(int rank) {
    return shape -> shape.rank() == rank && shape.size() > 0;
  }

  private static Predicate<Shape> ofRankFrom(int rank) {
    return shape -> shape.rank() >= rank && shape.size() > 0;
  }

  /// A new operand where none of such a shape exists.
  private static Shape cube() {
    return Shape.of(2, 1, 3);
  }

  /// An op of an operand and others, whose shapes follow from it.
  private static Template with(
      String name, Predicate<Shape> fits, Shape otherwise, Function<Shape, List<Shape>> others, Function<List<Node>, Node> op) {
    return (pool, in) -> {
      List<Integer> operands = new ArrayList<>();
      operands.add(pool.pick(in.first(), ANY, fits, otherwise, in.setting()));
      for (Shape shape : others.apply(pool.shape(operands.getFirst()))) {
        int back = operands.size() == 1 ? in.second() : in.third();
        operands.add(pool.pick(back, ANY, shape::equals, shape, in.setting()));
      }
      pool.add(name, operands, nodes -> List.of(op.apply(nodes)), ShapedTemplates::smooth);
    };
  }

  private static void convolutions(List<Template> table) {
    table.add(
        with(
            "conv1d",
            ofRank(3),
            cube(),
            x -> List.of(Shape.of(2, x.dim(1), 1), Shape.of(2)),
            x -> Ops.conv1d(x.get(0), x.get(1), x.get(2))));
    table.add(
        with(
            "conv2d",
            ofRank(2),
            Shape.of(2, 3),
            _ -> List.of(Shape.of(2, 2)),
            x -> Ops.conv2d(Ops.expandDims(x.get(0), 0, 1), Ops.expandDims(x.get(1), 0, 1), null, 2, 1)));
    table.add(
        with(
            "conv3d",
            ofRank(3),
            cube(),
            x -> List.of(Shape.of(1, x.dim(1), 1)),
            x -> Ops.conv3d(Ops.expandDims(x.get(0), 0, 1), Ops.expandDims(x.get(1), 0, 1))));
  }

  private static void transposedConvolutions(List<Template> table) {
    table.add(
        with(
            "conv_transpose1d",
            ofRank(3),
            cube(),
            x -> List.of(Shape.of(x.dim(1), 1, 2), Shape.of(1)),
            x -> Ops.convTranspose1d(x.get(0), x.get(1), x.get(2), new int[] {1}, new int[] {0}, new int[] {0}, new int[] {2}, 1)));
    table.add(
        with(
            "conv_transpose2d",
            ofRank(2),
            Shape.of(2, 3),
            _ -> List.of(Shape.of(2, 2)),
            x -> Ops.convTranspose2d(Ops.expandDims(x.get(0), 0, 1), Ops.expandDims(x.get(1), 0, 1))));
  }

  private static Template view(String name, Predicate<Shape> fits, UnaryOperator<Node> op) {
    return with(name, fits, Shape.of(2, 3), _ -> List.of(), x -> op.apply(x.getFirst()));
  }

  private static void pools(List<Template> table) {
    Predicate<Shape> ofTwo = shape -> shape.rank() > 0 && shape.size() > 0 && shape.dim(-1) > 1;
    Predicate<Shape> ofTwoByTwo = shape -> shape.rank() > 1 && ofTwo.test(shape) && shape.dim(-2) > 1;
    table.add(view("avg_pool1d", ofTwo, x -> Ops.avgPool1d(x, new int[] {2}, new int[] {1}, new int[] {1}, false)));
    table.add(view("avg_pool2d", ofTwoByTwo, x -> Ops.avgPool2d(x, new int[] {2}, new int[] {1}, new int[] {0}, true)));
    table.add(maxPool("max_pool1d", 1, ofTwo, x -> Ops.maxPool1d(x, new int[] {2}, new int[] {1}, new int[] {0}, new int[] {1})));
    table.add(
        maxPool("max_pool2d", 2, ofTwoByTwo, x -> Ops.maxPool2d(x, new int[] {2}, new int[] {1}, new int[] {0}, new int[] {1})));
  }

  /// The maximum of windows of size 2, which must each be taken at one element only.
  private static Template maxPool(String name, int axes, Predicate<Shape> fits, UnaryOperator<Node> op) {
    List<Integer> ones = Collections.nCopies(axes, 1);
    View.Windows windows = new View.Windows(Collections.nCopies(axes, 2), ones, ones);
    return (pool, in) -> {
      int x = pool.pick(in.first(), ANY, fits, Shape.of(2, 3), in.setting());
      pool.add(
          name,
          List.of(x),
          nodes -> List.of(op.apply(nodes.getFirst())),
          nodes -> {
            Node all = windows.of(nodes.getFirst());
            int lead = nodes.getFirst().shape().rank() - axes;
            Node largest = axes == 1 ? Ops.max(all, true, lead) : Ops.max(all, true, lead, lead + 1);
            return List.of(new Watch(all.minus(largest), largest.shape().size()));
          });
    };
  }

  /// A number for each channel, twice.
  private static List<Shape> byChannel(Shape x) {
    return List.of(Shape.of(x.dim(1)), Shape.of(x.dim(1)));
  }

  private static List<Shape> last(Shape x) {
    return List.of(Shape.of(x.dim(-1)), Shape.of(x.dim(-1)));
  }

  private static void layers(List<Template> table) {
    table.add(
        with(
            "linear",
            ofRankFrom(1),
            Shape.of(3),
            x -> List.of(Shape.of(2, x.dim(-1)), Shape.of(2)),
            x -> Ops.linear(x.get(0), x.get(1), x.get(2))));
    table.add(with("layer_norm", ofRankFrom(1), Shape.of(3), LayerTemplates::last, x -> Ops.layerNorm(x.get(0), x.get(1), x.get(2), 0.1)));
    table.add(
        with("rms_norm", ofRankFrom(1), Shape.of(3), x -> last(x).subList(0, 1), x -> Ops.rmsNorm(x.get(0), x.get(1), 0.1)));
    table.add(
        with("group_norm", ofRankFrom(2), cube(), LayerTemplates::byChannel, x -> Ops.groupNorm(x.get(0), x.get(1), x.get(2), 1, 0.1)));
    table.add(
        with("instance_norm", ofRankFrom(3), cube(), LayerTemplates::byChannel, x -> Ops.instanceNorm(x.get(0), x.get(1), x.get(2), 0.1)));
    table.add(
        with("batch_norm", ofRankFrom(2), cube(), LayerTemplates::byChannel, x -> Ops.batchNorm(x.get(0), x.get(1), x.get(2), 0.1)));
    table.add(
        with(
            "scaled_dot_product_attention",
            ofRankFrom(2),
            Shape.of(2, 3),
            x -> List.of(x, x),
            x -> Ops.attention(x.get(0), x.get(1), x.get(2), null, x.get(0).shape().rank() > 2, null)));
    table.add((pool, in) -> {
      int x = pool.pick(in.first(), ANY, ShapedTemplates::hasElements, ShapedTemplates.shaped(in), in.setting());
      Node step = Ops.constant(Tensor.scalar((long) in.choose(1, 100)));
      pool.add("dropout", List.of(x), nodes -> List.of(Ops.dropout(nodes.getFirst(), step, 0.3, 1)), ShapedTemplates::smooth);
    });
  }
}
