package dev.gradus.teach.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.graph.Cast;
import dev.gradus.graph.Concat;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Gather;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.ScatterAdd;
import dev.gradus.graph.StopGradient;
import dev.gradus.graph.Typing;
import dev.gradus.graph.View;
import dev.gradus.ops.Ops;
import dev.gradus.run.Interpreter;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.scalar.Expression;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The primitives in every dtype that they take: what the page computes has the same bits, where nothing but sums, products and
/// moves are computed.
class PrimitivesTest {
  private static void assertSameBits(List<Node> nodes) {
    Instructions instructions = Instructions.of(nodes, Interpreter.run(nodes, Map.of()));
    assertEquals(List.of(), instructions.playedBack());
    try (EnginePage page = new EnginePage(List.of(instructions))) {
      double[] got = page.values(0);
      double[] want = EnginePage.recorded(instructions);
      if (!Arrays.equals(want, got)) {
        nodes.forEach(node -> {
          int place = instructions.of(node);
          double[] value = page.doubles("encode(e[0].value(" + place + "))");
          assertEquals(Tensor.of(node.shape(), Interpreter.run(node).of(node).toDoubles()), Tensor.of(node.shape(), value), node.toString());
        });
      }
      assertEquals(Arrays.toString(want), Arrays.toString(got));
    }
  }

  private static Node leaf(DType dtype, int seed, int... dims) {
    Tensor numbers = Tensor.normal(Shape.of(dims), seed);
    Tensor wide = dtype.isFloating() ? numbers : Tensor.of(numbers.shape(), Arrays.stream(numbers.toDoubles()).map(x -> 3 * x).toArray());
    return Parameter.of("x" + seed, wide.cast(dtype));
  }

  @Test
  void reductions() {
    List<Node> all = new ArrayList<>();
    for (DType dtype : DType.values()) {
      Node x = leaf(dtype, 1, 2, 3, 4);
      for (Reduce.Kind kind : Reduce.Kind.values()) {
        for (List<Integer> axes : List.of(List.of(0, 1, 2), List.of(1), List.of(0, 2), List.<Integer>of())) {
          all.add(new Reduce(kind, axes, axes.size() == 2).of(x));
        }
      }
    }
    all.add(Ops.sum(Constant.of(Tensor.zeros(Shape.of(0, 3))), 0));
    all.add(Ops.prod(Constant.of(Tensor.zeros(Shape.of(0, 3), DType.I32)), 0));
    all.add(Ops.max(Constant.of(Tensor.vector(1, Double.NaN, 3))));
    assertSameBits(all);
  }

  @Test
  void contractions() {
    List<Node> all = new ArrayList<>();
    for (DType dtype : List.of(DType.F64, DType.F32, DType.I64, DType.I32)) {
      Node a = leaf(dtype, 1, 2, 3);
      Node b = leaf(dtype, 2, 3, 4);
      Node c = leaf(dtype, 3, 5, 2, 3);
      Node d = leaf(dtype, 4, 5, 3, 2);
      Node v = leaf(dtype, 5, 3);
      all.add(new Contract("ij,jk->ik").of(a, b));
      all.add(new Contract("ij,jk->ki").of(a, b));
      all.add(new Contract("bij,bjk->bik").of(c, d));
      all.add(new Contract("bij,bkl->bijkl").of(c, d));
      all.add(new Contract("bij,bji->").of(c, d));
      all.add(new Contract("i,j->ij").of(v, v));
      all.add(new Contract("i,i->").of(v, v));
      all.add(new Contract("i,i->i").of(v, v));
      all.add(new Contract("kj,ij->ik").of(a, a));
      all.add(new Contract("ij,j->ji").of(a, v));
    }
    Node empty = Constant.of(Tensor.zeros(Shape.of(2, 0)));
    all.add(new Contract("ij,jk->ik").of(empty, Constant.of(Tensor.zeros(Shape.of(0, 3)))));
    Node large = Constant.of(Tensor.of(new int[][] {{2_000_000_000, 3}, {123_456_789, -987_654_321}}));
    all.add(new Contract("ij,jk->ik").of(large, large));
    assertSameBits(all);
  }

  @Test
  void views() {
    List<Node> all = new ArrayList<>();
    for (DType dtype : DType.values()) {
      Node x = leaf(dtype, 1, 2, 3, 4);
      all.add(View.reshape(x, Shape.of(4, 6)));
      all.add(View.permute(x, 2, 0, 1));
      all.add(View.broadcast(leaf(dtype, 2, 3, 1), Shape.of(2, 3, 4)));
      all.add(View.broadcast(leaf(dtype, 3), Shape.of(2, 2)));
      all.add(View.slice(x, new int[] {0, 1, 1}, new int[] {2, 2, 2}, new int[] {1, 1, 2}));
      all.add(new View.Pad(List.of(1, 0, 2), List.of(0, 1, 1), List.of(2, 1, 3)).of(x));
      all.add(new View.Flip(List.of(0, 2)).of(x));
      Node windows = new View.Windows(List.of(2, 2), List.of(1, 1), List.of(1, 2)).of(x);
      all.add(windows);
      all.add(new View.Fold(List.of(3, 4), List.of(1, 1), List.of(1, 2)).of(windows));
      all.add(new Concat(1).of(x, x, View.slice(x, new int[] {0, 0, 0}, new int[] {2, 1, 4}, new int[] {1, 1, 1})));
      all.add(new Concat(2).of(x));
      all.add(new StopGradient().of(x));
      all.add(View.reshape(Constant.of(Tensor.zeros(Shape.of(0, 2), dtype)), Shape.of(2, 0)));
    }
    assertSameBits(all);
  }

  @Test
  void indices() {
    List<Node> all = new ArrayList<>();
    for (DType dtype : DType.values()) {
      Node x = leaf(dtype, 1, 2, 3, 4);
      Node i = Constant.of(Tensor.of(new int[][] {{2, -1}, {0, 2}}));
      Node j = Constant.of(Tensor.of(new long[] {0, 0, -2}));
      all.add(new Gather(1).of(x, i));
      all.add(new Gather(0).of(x, Constant.of(Tensor.scalar(1L))));
      all.add(new ScatterAdd(0).of(x, j, leaf(dtype, 2, 3, 3, 4)));
      all.add(new ScatterAdd(2).of(x, j, leaf(dtype, 3, 2, 3, 3)));
    }
    Node big = Constant.of(Tensor.of(new int[] {2_000_000_000, 0}));
    all.add(new ScatterAdd(0).of(big, Constant.of(Tensor.of(new int[] {0, 0})), big));
    assertSameBits(all);
  }

  @Test
  void casts() {
    List<Node> all = new ArrayList<>();
    Tensor numbers =
        Tensor.vector(0, -0.0, 0.5, -0.5, 1.9, -1.9, 0.1, 3e9, -3e9, 123456789.7, Double.NaN, 1e-320, 16777217, 1e15);
    for (DType from : DType.values()) {
      for (DType to : DType.values()) {
        all.add(new Cast(to).of(Constant.of(numbers.cast(from))));
      }
    }
    for (DType to : List.of(DType.F64, DType.F32, DType.I32, DType.BOOL)) {
      all.add(new Cast(to).of(Constant.of(Tensor.vector(1e300, -1e300, 1e30, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))));
    }
    assertSameBits(all);
  }

  @Test
  void formulas() {
    List<Node> all = new ArrayList<>();
    for (DType dtype : List.of(DType.F64, DType.F32, DType.I64, DType.I32)) {
      Node x = leaf(dtype, 1, 2, 3);
      Node row = leaf(dtype, 2, 3);
      Node column = leaf(dtype, 3, 2, 1);
      Node one = leaf(dtype, 4);
      all.addAll(List.of(x.plus(row), column.minus(row), x.times(one), one.times(one), x.negated(), x.times(3).plus(7)));
      all.addAll(List.of(Ops.abs(x), Ops.sign(x), Ops.maximum(x, column), Ops.minimum(x, row), Ops.relu(x), Ops.square(x)));
      all.addAll(List.of(Ops.floor(x), Ops.ceil(x), Ops.round(x), Ops.remainder(x, Ops.abs(row).plus(1)), Ops.clip(x, -1, 2)));
      all.addAll(List.of(Ops.less(x, row), Ops.lessEqual(x, row), Ops.greater(x, row), Ops.equal(x, x), Ops.notEqual(x, row)));
      all.add(Ops.where(Ops.less(x, row), x, one));
      all.add(Elementwise.product(x, row));
      DefinedFunction four = DefinedFunction.of(
          "four", Expression.variable(0).times(Expression.variable(1)).minus(Expression.variable(3).times(Expression.variable(2))));
      all.add(Elementwise.of("four", four, Typing.Rule.NUMERIC).of(x, row, column, one));
      all.add(Elementwise.of("four", four, Typing.Rule.NUMERIC).of(one, one, one, one));
    }
    Node b = leaf(DType.BOOL, 6, 2, 3);
    Node c = leaf(DType.BOOL, 7, 3);
    all.addAll(List.of(Ops.logicalAnd(b, c), Ops.logicalOr(b, c), Ops.logicalXor(b, c), Ops.logicalNot(b), Ops.equal(b, c)));
    all.add(Ops.where(b, leaf(DType.F64, 8, 3), leaf(DType.F64, 9)));
    assertSameBits(all);
  }

  @Test
  void integersWrapAsInJava() {
    Node ints = Constant.of(Tensor.of(new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, 2_000_000_001, -7}));
    Node longs = Constant.of(Tensor.of(new long[] {1L << 52, -(1L << 40), 3}));
    assertSameBits(
        List.of(
            ints.plus(ints), ints.times(ints), ints.negated(), Ops.abs(ints), Ops.square(ints).plus(5), Ops.remainder(ints, ints.times(0).plus(-4)),
            Ops.sum(ints), Ops.maximum(ints.times(3), ints), longs.plus(longs.negated()), longs.minus(1), Ops.sum(longs)));
  }
}
