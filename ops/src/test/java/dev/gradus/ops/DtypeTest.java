package dev.gradus.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of dtypes (the package page of ops prints it), for every op: what operands of one dtype give, or that they
/// are refused.
class DtypeTest {
  /// The results for operands of f64, f32, i64, i32 and bool; - where these are refused.
  private enum Row {
    NUMBERS("f64", "f32", "i64", "i32", "-"),
    FLOATS("f64", "f32", "-", "-", "-"),
    ANYTHING("f64", "f32", "i64", "i32", "bool"),
    TO_BOOL("bool", "bool", "bool", "bool", "bool"),
    FLOATS_TO_BOOL("bool", "bool", "-", "-", "-"),
    BOOLS("-", "-", "-", "-", "bool"),
    SUMS("f64", "f32", "i64", "i64", "i64"),
    STATISTICS("f64", "f32", "f64", "f64", "f64"),
    TO_INDEX("i64", "i64", "i64", "i64", "i64"),
    INDICES("-", "-", "i64", "i64", "-"),
    TO_F64("f64", "f64", "f64", "f64", "f64");

    private final ImmutableList<String> results;

    Row(String... results) {
      this.results = ImmutableList.copyOf(results);
    }

    String of(DType dtype) {
      return results.get(List.of(DType.F64, DType.F32, DType.I64, DType.I32, DType.BOOL).indexOf(dtype));
    }
  }

  private static final Map<String, Row> ROWS = rows();

  private static Map<String, Row> rows() {
    ImmutableMap.Builder<String, Row> rows = ImmutableMap.builder();
    put(rows, Row.NUMBERS, "add subtract multiply negative square squared_difference abs sign maximum minimum clip relu");
    put(rows, Row.NUMBERS, "floor ceil round remainder matmul dot outer linear tensordot einsum conv1d conv2d conv3d conv_transpose1d");
    put(rows, Row.NUMBERS, "conv_transpose2d");
    put(rows, Row.FLOATS, "divide reciprocal sqrt rsqrt cbrt pow hypot exp exp2 expm1 log log2 log10 log1p");
    put(rows, Row.FLOATS, "sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh");
    put(rows, Row.FLOATS, "sigmoid log_sigmoid leaky_relu elu softplus softsign silu mish gelu heaviside");
    put(rows, Row.FLOATS, "norm softmax log_softmax logsumexp");
    put(rows, Row.FLOATS, "mse_loss l1_loss huber_loss binary_cross_entropy binary_cross_entropy_with_logits");
    put(rows, Row.FLOATS, "cross_entropy nll_loss");
    put(rows, Row.FLOATS, "max_pool1d max_pool2d avg_pool1d avg_pool2d layer_norm rms_norm group_norm instance_norm batch_norm");
    put(rows, Row.FLOATS, "dropout scaled_dot_product_attention");
    put(rows, Row.ANYTHING, "where stop_gradient max min transpose reshape broadcast_to expand_dims squeeze concat stack");
    put(rows, Row.ANYTHING, "split slice flip tril triu take embedding masked_fill");
    put(rows, Row.TO_BOOL, "equal not_equal less less_equal greater greater_equal");
    put(rows, Row.FLOATS_TO_BOOL, "isnan isinf isfinite");
    put(rows, Row.BOOLS, "logical_and logical_or logical_xor logical_not");
    put(rows, Row.SUMS, "sum prod");
    put(rows, Row.STATISTICS, "mean var std");
    put(rows, Row.TO_INDEX, "argmax argmin");
    put(rows, Row.INDICES, "one_hot");
    put(rows, Row.TO_F64, "cast");
    return rows.buildOrThrow();
  }

  private static void put(ImmutableMap.Builder<String, Row> rows, Row row, String ops) {
    for (String op : Splitter.on(' ').split(ops)) {
      rows.put(op, row);
    }
  }

  static Stream<Arguments> everyOpInEveryDtype() {
    Map<String, OpCase> first = new HashMap<>();
    for (OpCase use : OpCases.all()) {
      first.merge(use.op(), use, (a, b) -> a.operands().getFirst().size() > 1 ? a : b);
    }
    Tensor x = OpCases.sample(0, -2, 2, 2, 3);
    first.put("clip", new OpCase("clip", Map.of("max", 1), List.of(x), false, operand -> Ops.clip(operand.getFirst(), Double.NEGATIVE_INFINITY, 1)));
    return first.values().stream().sorted((a, b) -> a.op().compareTo(b.op()))
        .flatMap(use -> Arrays.stream(DType.values()).map(dtype -> Arguments.of(use, dtype)));
  }

  @Test
  void everyOpStandsInTheTable() {
    assertEquals(Vocabulary.all().stream().map(Entry::name).sorted().toList(), ROWS.keySet().stream().sorted().toList());
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("everyOpInEveryDtype")
  void givesTheDtypeOfTheTable(OpCase use, DType dtype) {
    String want = Objects.requireNonNull(ROWS.get(use.op())).of(dtype);
    List<Node> x = operands(use, dtype);
    if (want.equals("-")) {
      String message = Refusal.of(() -> use.byName(x));
      assertTrue(message.startsWith(use.op() + ": "), message);
      assertTrue(message.contains("cast"), message);
      assertTrue(message.contains("but got " + dtype), message);
    } else {
      for (Node result : use.byName(x)) {
        assertEquals(want, result.dtype().toString());
        assertEquals(result.dtype(), Interpreter.run(result).of(result).dtype());
      }
    }
  }

  /// The operands in this dtype, but conditions, and indices where they are not what is asked about (as by one_hot).
  private static List<Node> operands(OpCase use, DType dtype) {
    List<Node> all = new ArrayList<>();
    for (int slot = 0; slot < use.operands().size(); slot++) {
      Tensor value = use.operands().get(slot);
      boolean isIndex = use.entry().indexSlots().contains(slot) && !use.op().equals("one_hot");
      boolean fixed = isIndex || (value.dtype() == DType.BOOL && !use.op().startsWith("logical"));
      all.add(Ops.constant(fixed ? value : value.cast(dtype)));
    }
    return all;
  }

  static Stream<OpCase> ofTwoOrMore() {
    return Stream.of(
        "add", "subtract", "multiply", "divide", "squared_difference", "pow", "hypot", "maximum", "minimum", "atan2", "remainder",
        "equal", "not_equal", "less", "less_equal", "greater", "greater_equal", "matmul", "dot", "outer", "concat", "stack", "einsum", "tensordot",
        "mse_loss", "l1_loss", "huber_loss", "binary_cross_entropy", "binary_cross_entropy_with_logits")
        .map(op -> OpCases.all().stream().filter(use -> use.op().equals(op)).findFirst().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("ofTwoOrMore")
  void dtypesAreNotMixed(OpCase use) {
    Node first = Ops.constant(use.operands().get(0));
    Node second = Ops.constant(use.operands().get(1).cast(DType.F32));
    String message = Refusal.of(() -> use.byName(List.of(first, second)));
    assertTrue(message.startsWith(use.op() + ": "), message);
    assertTrue(message.contains("one") && message.contains("dtype") && message.contains("cast"), message);
  }

  /// A Java number takes the dtype of the node it meets.
  @Test
  void numbersTakeTheNodesDtype() {
    Node ints = Ops.constant(Tensor.of(new int[] {1, 5, -3}));
    assertEquals(Tensor.of(new int[] {2, 5, 2}), run(Ops.maximum(ints, 2)));
    assertEquals(Tensor.of(new int[] {1, 2, -3}), run(Ops.minimum(ints, 2)));
    assertEquals(Tensor.of(new int[] {1, 2, 0}), run(Ops.clip(ints, 0, 2)));
    assertEquals(Tensor.of(new int[] {1, 5, 0}), run(Ops.clip(ints, 0, Double.POSITIVE_INFINITY)));
    assertEquals(Tensor.of(new boolean[] {false, true, false}), run(Ops.greater(ints, 1)));
    assertEquals(Tensor.of(new boolean[] {true, true, false}), run(Ops.greaterEqual(ints, 1)));
    assertEquals(Tensor.of(new boolean[] {false, false, true}), run(Ops.less(ints, 1)));
    assertEquals(Tensor.of(new boolean[] {true, false, true}), run(Ops.lessEqual(ints, 1)));
    assertEquals(Tensor.of(new boolean[] {true, false, false}), run(Ops.equal(ints, 1)));
    assertEquals(Tensor.of(new boolean[] {false, true, true}), run(Ops.notEqual(ints, 1)));
    assertEquals(Tensor.of(new int[] {1, 5, 7}), run(Ops.where(Ops.greater(ints, 0), ints, 7)));
    Node floats = Ops.constant(Tensor.of(new float[] {1, 4}));
    assertEquals(Tensor.of(new float[] {2.5f, 4}), run(Ops.maximum(floats, 2.5)));
    assertEquals(Tensor.of(new float[] {1, 16}), run(Ops.pow(floats, 2)));
    assertEquals(
        "clip: a number that meets i32 must be whole, but got 0.5; cast to f64 first",
        Refusal.of(() -> Ops.clip(ints, 0.5, 2)).replaceAll(" \\(.*\\)$", ""));
    assertEquals(
        "maximum: a number that meets i32 must be whole, but got 2.5; cast to f64 first",
        Refusal.of(() -> Ops.maximum(ints, 2.5)).replaceAll(" \\(.*\\)$", ""));
  }

  /// Indices of integers that a double cannot tell apart.
  @Test
  void largeIntegersAreCompared() {
    Node x = Ops.constant(Tensor.of(new long[] {1L << 53, (1L << 53) + 1, 1L << 53}));
    assertEquals(1, run(Ops.argmax(x)).getLong());
    assertEquals((1L << 53) + 1, run(Ops.max(x)).getLong());
    assertEquals(1, run(Ops.argmin(Ops.negative(x))).getLong());
  }

  private static Tensor run(Node node) {
    return Interpreter.run(node).of(node);
  }
}
