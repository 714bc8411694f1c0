package dev.gradus.compiled;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.GradusException;
import dev.gradus.compile.Program;
import dev.gradus.compile.Settings;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.laws.Vectors;
import dev.gradus.ops.Ops;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Whole numbers and truth: compiled programs give the interpreter's bits.
class IntegersTest {
  private static final double[] SPECIAL = {
    0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 1e9, -1e9, 3e9, -3e9, 1e18, 1e19, -1e19, 1e300, -1e300, Double.NaN,
    Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 2147483647.0, 2147483648.0, -2147483648.0, -2147483649.0, Double.MIN_VALUE,
    9007199254740992.0, 16777217, 1e-40, 3.4e38, 1e39
  };

  private static final long[] WHOLE = {
    0, 1, -1, 2, 7, -7, 2147483647L, -2147483648L, 2147483648L, 4294967296L, Long.MAX_VALUE, Long.MIN_VALUE, 9007199254740993L,
    -9007199254740993L, 16777217, 3037000500L, 123456789012345678L, 4611686018427387905L
  };

  private static Tensor sample(DType dtype, int size, Random random) {
    if (dtype.isFloating()) {
      double[] all = new double[size];
      Arrays.setAll(all, i -> random.nextInt(4) == 0 ? 20 * random.nextGaussian() : SPECIAL[random.nextInt(SPECIAL.length)]);
      return Tensor.of(Shape.of(size), all).cast(dtype);
    }
    long[] all = new long[size];
    Arrays.setAll(all, i -> random.nextInt(3) == 0 ? random.nextInt(20) - 10 : WHOLE[random.nextInt(WHOLE.length)]);
    Tensor whole = Tensor.of(Shape.of(size), all);
    return dtype == DType.BOOL ? odd(all) : whole.cast(dtype);
  }

  private static Tensor odd(long[] all) {
    boolean[] truth = new boolean[all.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = (all[i] & 1) != 0;
    }
    return Tensor.of(Shape.of(truth.length), truth);
  }

  private static void assertBits(List<Node> outputs, Map<Node, Tensor> feeds) {
    Values run = Interpreter.run(outputs, feeds);
    for (Settings settings : List.of(Settings.standard(), Settings.standard().withoutVectors())) {
      List<Tensor> got = Vectors.atOnce(() -> Program.of(outputs, settings).run(feeds));
      for (int i = 0; i < outputs.size(); i++) {
        assertEquals(run.of(outputs.get(i)), got.get(i), outputs.get(i) + " of " + outputs.get(i).operands());
      }
    }
  }

  /// From every dtype to every other: saturation, truncation, NaN, low bits.
  @Test
  void casts() {
    for (DType from : DType.values()) {
      for (int size : new int[] {1, 5, 200}) {
        Node x = Input.of("x", from, Shape.of(size));
        Tensor value = sample(from, size, new Random(size));
        List<Node> outputs = new ArrayList<>();
        for (DType to : DType.values()) {
          outputs.add(Ops.cast(x, to));
          for (DType last : DType.values()) {
            outputs.add(Ops.cast(Ops.cast(x, to), last));
          }
        }
        assertBits(outputs, Map.of(x, value));
        for (Node output : outputs) {
          assertBits(List.of(output), Map.of(x, value));
        }
      }
    }
  }

  /// The same of constants, which are worked out when compiling.
  @Test
  void castsOfConstants() {
    for (DType from : DType.values()) {
      Node values = Ops.constant(sample(from, 50, new Random(3)));
      for (double special : SPECIAL) {
        Node x = Ops.constant(Tensor.scalar(special).cast(from));
        Node wide = Ops.broadcastTo(x, 20_000);
        List<Node> outputs = new ArrayList<>();
        for (DType to : DType.values()) {
          outputs.add(Ops.cast(x, to));
          outputs.add(Ops.cast(values, to));
          outputs.add(Ops.slice(Ops.cast(wide, to), List.of(0), List.of(2), List.of(1)));
        }
        assertBits(outputs, Map.of());
      }
    }
  }

  /// Constants wrap around when compiling as they do when running, and keep all digits of i64.
  @Test
  void constantsWrapAround() {
    Node large = Ops.constant(Tensor.of(Shape.of(2), 2_000_000_000, -2_000_000_000));
    Node one = Ops.constant(Tensor.scalar(2_000_000_000));
    Node wide = Ops.constant(Tensor.scalar(3_037_000_501L));
    Node same = Ops.constant(Tensor.full(Shape.of(3), DType.I32, 2_000_000_000));
    Node x = Input.of("x", DType.I32, Shape.of(2));
    assertBits(
        List.of(
            large.plus(large), one.plus(one), one.times(one), same.plus(same), Ops.square(wide), wide.times(wide).plus(1),
            Ops.broadcastTo(one, 5000).times(Ops.broadcastTo(one, 5000)), x.times(one).plus(one), x.times(0).plus(one),
            Ops.remainder(wide.times(wide), Ops.constant(Tensor.scalar(1000L)))),
        Map.of(x, Tensor.of(Shape.of(2), 7, -9)));
  }

  /// Programs over integers, bools, and what is cast to and from them.
  @Property(tries = 500, seed = "20261125", edgeCases = EdgeCasesMode.NONE)
  void integerProgramsGiveTheSameBits(@ForAll @IntRange(max = 1_000_000) int seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    int size = List.of(1, 3, 40).get(random.nextInt(3));
    List<Node> nodes = new ArrayList<>();
    Map<Node, Tensor> feeds = new HashMap<>();
    for (DType dtype : DType.values()) {
      Tensor value = sample(dtype, size, random);
      if (random.nextInt(4) == 0) {
        nodes.add(Ops.constant(value));
      } else if (random.nextInt(4) == 0) {
        nodes.add(Ops.constant(Tensor.full(Shape.of(size), dtype, value.toDoubles()[0])));
      } else {
        Node x = dtype.isFloating() ? Parameter.of("x", value) : Input.of("x", dtype, Shape.of(size));
        feeds.put(x, value);
        nodes.add(x);
      }
    }
    for (int step = 0; step < 14; step++) {
      Node x = nodes.get(random.nextInt(nodes.size()));
      Node y = nodes.get(random.nextInt(nodes.size()));
      Node z = nodes.get(random.nextInt(nodes.size()));
      try {
        Node made = step(random.nextInt(31), x, y.dtype() == x.dtype() ? y : Ops.cast(y, x.dtype()), z);
        Interpreter.run(List.of(made), feeds);
        nodes.add(made);
      } catch (GradusException e) {
        // not of this dtype, or an integer remainder by 0
      }
    }
    List<Node> made = nodes.stream().filter(node -> !node.operands().isEmpty()).toList();
    Map<Node, Tensor> fed = new HashMap<>(feeds);
    assertBits(made, fed);
    if (!made.isEmpty()) {
      assertBits(List.of(made.getLast()), fed);
    }
  }

  private static Node step(int choice, Node x, Node y, Node z) {
    return switch (choice) {
      case 0 -> x.plus(y);
      case 1 -> x.minus(y);
      case 2, 3 -> x.times(y);
      case 4 -> x.negated();
      case 5 -> Ops.remainder(x, y);
      case 6 -> Ops.maximum(x, y);
      case 7 -> Ops.minimum(x, y);
      case 8 -> Ops.abs(x);
      case 9 -> Ops.sign(x);
      case 10 -> Ops.equal(x, y);
      case 11 -> Ops.less(x, y);
      case 12 -> Ops.lessEqual(x, y);
      case 13 -> Ops.greater(x, y);
      case 14 -> Ops.notEqual(x, y);
      case 15 -> Ops.greaterEqual(x, 2);
      case 16 -> Ops.logicalAnd(Ops.cast(x, DType.BOOL), Ops.cast(y, DType.BOOL));
      case 17 -> Ops.logicalXor(Ops.cast(x, DType.BOOL), Ops.cast(z, DType.BOOL));
      case 18 -> Ops.logicalNot(Ops.logicalOr(Ops.cast(x, DType.BOOL), Ops.cast(z, DType.BOOL)));
      case 19 -> Ops.where(Ops.cast(z, DType.BOOL), x, y);
      case 20 -> x.dtype().isFloating() ? x : Ops.broadcastTo(Ops.sum(x, true, 0), y.shape().dims());
      case 21 -> Ops.broadcastTo(Ops.max(x, true, 0), y.shape().dims());
      case 22 -> x.dtype().isFloating() ? x : Ops.broadcastTo(Ops.prod(x, true, 0), y.shape().dims());
      case 23 -> Ops.flip(x, 0);
      case 24 -> x.times(3);
      case 25 -> x.plus(-2);
      case 26 -> Ops.square(x);
      case 27 -> Ops.floor(x);
      case 28 -> Ops.cast(x, z.dtype());
      case 29 -> x.dtype().isFloating() ? Ops.isnan(x) : Ops.clip(x, -5, 100);
      default -> Ops.argmax(x, 0, true).plus(Ops.cast(z, DType.I64));
    };
  }
}
