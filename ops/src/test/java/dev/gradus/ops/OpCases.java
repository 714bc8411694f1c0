package dev.gradus.ops;

import dev.gradus.graph.Node;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Uses of every op, in every kind of shape: scalars, sizes 0 and 1, broadcasting on both sides, repeated operands,
/// negative axes, axes that stay. Values keep away from kinks, ties and jumps.
final class OpCases {
  private static final List<int[]> SHAPES = List.of(shape(), shape(1), shape(2, 3), shape(0, 3));

  private static final List<int[][]> PAIRS =
      List.of(
          pair(shape(2, 3), shape(2, 3)),
          pair(shape(2, 3), shape(3)),
          pair(shape(2, 1), shape(1, 3)),
          pair(shape(), shape(2, 2)),
          pair(shape(3, 1), shape()),
          pair(shape(0, 2), shape(2)),
          pair(shape(1), shape(0)));

  private final List<OpCase> all = new ArrayList<>();

  private OpCases() {
    arithmetic();
    exponentialsAndTrigonometry();
    activations();
    comparisons();
    reductions();
    statistics();
    softmax();
    linearAlgebra();
    products();
    shapes();
    indexing();
    convolutions();
    layers();
    losses();
  }

  static List<OpCase> all() {
    return List.copyOf(new OpCases().all);
  }

  static int[] shape(int... dims) {
    return dims;
  }

  private static int[][] pair(int[] first, int[] second) {
    return new int[][] {first, second};
  }

  /// Numbers from `low` to `high`, multiples of one half; they stay at least 0.09 away from all multiples of one half,
  /// from those of other slots and, if less, from each other.
  static Tensor sample(int slot, double low, double high, int... dims) {
    Shape shape = Shape.of(dims);
    int cells = (int) Math.round((high - low) * 2);
    double[] all = new double[shape.size()];
    Arrays.setAll(
        all, i -> low + 0.5 * ((7 * i + 3 * slot + 1) % cells) + 0.1 + 0.1 * slot + 0.05 * ((0.618 * (i + 1)) % 1));
    return Tensor.of(shape, all);
  }

  private static Tensor x(int... dims) {
    return sample(0, -2, 2, dims);
  }

  private static Tensor y(int... dims) {
    return sample(1, -2, 2, dims);
  }

  private static Tensor bools(int... dims) {
    return Tensor.of(Shape.of(dims), IntStream.range(0, Shape.of(dims).size()).mapToDouble(i -> i % 3 == 1 ? 0 : 1).toArray())
        .cast(DType.BOOL);
  }

  private static Tensor indices(int bound, int... dims) {
    return Tensor.of(Shape.of(dims), IntStream.range(0, Shape.of(dims).size()).mapToLong(i -> (2L * i + 1) % bound).toArray());
  }

  private void add(String op, Function<List<Node>, Object> java, Map<String, Object> settings, Tensor... operands) {
    all.add(new OpCase(op, settings, List.of(operands), false, java));
  }

  private void unary(String op, double low, double high, UnaryOperator<Node> java) {
    unary(op, low, high, Map.of(), java);
  }

  private void unary(String op, double low, double high, Map<String, Object> settings, UnaryOperator<Node> java) {
    for (int[] dims : SHAPES) {
      add(op, x -> java.apply(x.getFirst()), settings, sample(0, low, high, dims));
    }
  }

  private void binary(String op, double low, double high, BinaryOperator<Node> java) {
    binary(op, low, high, low, high, java);
  }

  private void binary(String op, double low, double high, double lowY, double highY, BinaryOperator<Node> java) {
    Function<List<Node>, Object> call = x -> java.apply(x.get(0), x.get(1));
    for (int[][] dims : PAIRS) {
      add(op, call, Map.of(), sample(0, low, high, dims[0]), sample(1, lowY, highY, dims[1]));
    }
    Tensor one = sample(0, Math.max(low, lowY), Math.min(high, highY), 2, 2);
    all.add(new OpCase(op, Map.of(), List.of(one, one), true, call));
  }

  private void arithmetic() {
    binary("add", -2, 2, Ops::add);
    binary("subtract", -2, 2, Ops::subtract);
    binary("multiply", -2, 2, Ops::multiply);
    binary("divide", -2, 2, Ops::divide);
    unary("negative", -2, 2, Ops::negative);
    unary("reciprocal", -2, 2, Ops::reciprocal);
    unary("square", -2, 2, Ops::square);
    binary("squared_difference", -2, 2, Ops::squaredDifference);
    unary("sqrt", 0, 3, Ops::sqrt);
    unary("rsqrt", 0, 3, Ops::rsqrt);
    unary("cbrt", -2, 2, Ops::cbrt);
    binary("pow", 0, 3, -2, 2, (x, y) -> Ops.pow(x, y));
    unary("abs", -2, 2, Ops::abs);
    unary("sign", -2, 2, Ops::sign);
    binary("hypot", -2, 2, Ops::hypot);
    binary("maximum", -2, 2, (x, y) -> Ops.maximum(x, y));
    binary("minimum", -2, 2, (x, y) -> Ops.minimum(x, y));
    unary("clip", -2, 2, Map.of("min", -1.0, "max", 0.5), x -> Ops.clip(x, -1, 0.5));
    unary("clip", -2, 2, Map.of("max", 0.5), x -> Ops.clip(x, Double.NEGATIVE_INFINITY, 0.5));
    Function<List<Node>, Object> where = x -> Ops.where(x.get(0), x.get(1), x.get(2));
    add("where", where, Map.of(), bools(2, 3), x(2, 3), y(2, 3));
    add("where", where, Map.of(), bools(2, 3), x(3), y(2, 1));
    add("where", where, Map.of(), bools(3), x(), y(2, 3));
    add("where", where, Map.of(), bools(0, 3), x(3), y());
    unary("stop_gradient", -2, 2, Ops::stopGradient);
    unary("cast", -2, 2, Map.of("dtype", "f64"), x -> Ops.cast(x, DType.F64));
  }

  private void exponentialsAndTrigonometry() {
    unary("exp", -2, 2, Ops::exp);
    unary("exp2", -2, 2, Ops::exp2);
    unary("expm1", -2, 2, Ops::expm1);
    unary("log", 0, 3, Ops::log);
    unary("log2", 0, 3, Ops::log2);
    unary("log10", 0, 3, Ops::log10);
    unary("log1p", -1, 2, Ops::log1p);
    unary("sin", -2, 2, Ops::sin);
    unary("cos", -2, 2, Ops::cos);
    unary("tan", -1, 1, Ops::tan);
    unary("asin", -1, 1, Ops::asin);
    unary("acos", -1, 1, Ops::acos);
    unary("atan", -2, 2, Ops::atan);
    binary("atan2", -2, 2, Ops::atan2);
    unary("sinh", -2, 2, Ops::sinh);
    unary("cosh", -2, 2, Ops::cosh);
    unary("tanh", -2, 2, Ops::tanh);
    unary("asinh", -2, 2, Ops::asinh);
    unary("acosh", 1, 4, Ops::acosh);
    unary("atanh", -1, 1, Ops::atanh);
  }

  private void activations() {
    unary("sigmoid", -3, 3, Ops::sigmoid);
    unary("log_sigmoid", -3, 3, Ops::logSigmoid);
    unary("relu", -2, 2, Ops::relu);
    unary("leaky_relu", -2, 2, x -> Ops.leakyRelu(x));
    unary("leaky_relu", -2, 2, Map.of("negative_slope", 0.3), x -> Ops.leakyRelu(x, 0.3));
    unary("elu", -2, 2, x -> Ops.elu(x));
    unary("elu", -2, 2, Map.of("alpha", 2.5), x -> Ops.elu(x, 2.5));
    unary("softplus", -3, 3, Ops::softplus);
    unary("softsign", -3, 3, Ops::softsign);
    unary("silu", -3, 3, Ops::silu);
    unary("mish", -3, 3, Ops::mish);
    unary("gelu", -3, 3, Ops::gelu);
    unary("gelu", -3, 3, Map.of("approximate", "tanh"), Ops::geluTanh);
    unary("heaviside", -2, 2, Ops::heaviside);
  }

  private void comparisons() {
    unary("floor", -3, 3, Ops::floor);
    unary("ceil", -3, 3, Ops::ceil);
    unary("round", -3, 3, Ops::round);
    binary("remainder", -3, 3, 1, 2, Ops::remainder);
    binary("equal", -2, 2, (x, y) -> Ops.equal(x, y));
    binary("not_equal", -2, 2, (x, y) -> Ops.notEqual(x, y));
    binary("less", -2, 2, (x, y) -> Ops.less(x, y));
    binary("less_equal", -2, 2, (x, y) -> Ops.lessEqual(x, y));
    binary("greater", -2, 2, (x, y) -> Ops.greater(x, y));
    binary("greater_equal", -2, 2, (x, y) -> Ops.greaterEqual(x, y));
    add("logical_and", x -> Ops.logicalAnd(x.get(0), x.get(1)), Map.of(), bools(2, 3), bools(3));
    add("logical_or", x -> Ops.logicalOr(x.get(0), x.get(1)), Map.of(), bools(2, 3), bools(2, 1));
    add("logical_xor", x -> Ops.logicalXor(x.get(0), x.get(1)), Map.of(), bools(2, 3), bools());
    add("logical_not", x -> Ops.logicalNot(x.getFirst()), Map.of(), bools(2, 3));
    unary("isnan", -2, 2, Ops::isnan);
    unary("isinf", -2, 2, Ops::isinf);
    unary("isfinite", -2, 2, Ops::isfinite);
  }

  /// A Java method that reduces axes.
  private interface Reducer {
    Node over(Node x, boolean keepDims, int... axes);
  }

  private void reduction(String op, Reducer java) {
    reduction(op, Map.of(), java);
    add(op, x -> java.over(x.getFirst(), false, 1), Map.of("axis", 1), x(0, 3));
  }

  private void reduction(String op, Map<String, Object> settings, Reducer java) {
    add(op, x -> java.over(x.getFirst(), false), settings, x(2, 3));
    add(op, x -> java.over(x.getFirst(), false), settings, x());
    add(op, x -> java.over(x.getFirst(), true), with(settings, "keepdims", true), x());
    add(op, x -> java.over(x.getFirst(), true), with(settings, "keepdims", true), x(3));
    add(op, x -> java.over(x.getFirst(), false, 1), with(settings, "axis", 1), x(2, 3));
    add(op, x -> java.over(x.getFirst(), false, 0), with(settings, "axis", List.of(0)), x(1));
    add(op, x -> java.over(x.getFirst(), false, -1), with(settings, "axis", -1), x(3, 1));
    add(op, x -> java.over(x.getFirst(), true, -2), with(with(settings, "axis", -2), "keepdims", true), x(3, 2));
    add(op, x -> java.over(x.getFirst(), false, 0, -1), with(settings, "axis", List.of(0, -1)), x(2, 3, 2));
    add(op, x -> java.over(x.getFirst(), true, 2, 0), with(with(settings, "axis", List.of(2, 0)), "keepdims", true), x(2, 2, 3));
  }

  private static Map<String, Object> with(Map<String, Object> settings, String key, Object value) {
    Map<String, Object> all = new java.util.TreeMap<>(settings);
    all.put(key, value);
    return all;
  }

  private void reductions() {
    reduction("sum", (x, keep, axes) -> keep ? Ops.sum(x, true, axes) : Ops.sum(x, axes));
    reduction("prod", (x, keep, axes) -> keep ? Ops.prod(x, true, axes) : Ops.prod(x, axes));
    reduction("max", (x, keep, axes) -> keep ? Ops.max(x, true, axes) : Ops.max(x, axes));
    reduction("min", (x, keep, axes) -> keep ? Ops.min(x, true, axes) : Ops.min(x, axes));
    add(
        "prod",
        x -> Ops.prod(x.getFirst(), 1),
        Map.of("axis", 1),
        Tensor.of(new double[][] {{0, 1.5, -2.5}, {0.5, 2, 3}}));
    add("sum", x -> Ops.sum(x.getFirst(), 0), Map.of("axis", 0), x(0, 2));
    add("prod", x -> Ops.prod(x.getFirst(), 0), Map.of("axis", 0), x(0, 2));
    add("argmax", x -> Ops.argmax(x.getFirst()), Map.of(), x(2, 3));
    add("argmax", x -> Ops.argmax(x.getFirst(), -1), Map.of("axis", -1), x(2, 3));
    add("argmax", x -> Ops.argmax(x.getFirst(), 0, true), Map.of("axis", 0, "keepdims", true), x(2, 3));
    add("argmin", x -> Ops.argmin(x.getFirst()), Map.of(), x(2, 3));
    add("argmin", x -> Ops.argmin(x.getFirst(), 1), Map.of("axis", 1), x(2, 3, 2));
    add("argmin", x -> Ops.argmin(x.getFirst(), -2, true), Map.of("axis", -2, "keepdims", true), x(2, 3));
  }

  private void statistics() {
    reduction("mean", (x, keep, axes) -> keep ? Ops.mean(x, true, axes) : Ops.mean(x, axes));
    reduction("var", (x, keep, axes) -> keep ? Ops.var(x, 0, true, axes) : Ops.var(x, axes));
    add("var", x -> Ops.var(x.getFirst(), 1, false, 1), Map.of("ddof", 1, "axis", 1), x(2, 3));
    reduction("std", (x, keep, axes) -> keep ? Ops.std(x, 0, true, axes) : Ops.std(x, axes));
    add("std", x -> Ops.std(x.getFirst(), 1, true, -1), Map.of("ddof", 1, "axis", -1, "keepdims", true), x(2, 3));
    reduction("norm", (x, keep, axes) -> keep ? Ops.norm(x, 2, true, axes) : Ops.norm(x, axes));
    for (double ord : new double[] {1, 3, 2.5, 0.5, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      reduction("norm", Map.of("ord", ord), (x, keep, axes) -> Ops.norm(x, ord, keep, axes));
    }
    add("norm", x -> Ops.norm(x.getFirst(), 3, false, 0), Map.of("ord", 3, "axis", 0), x(0, 2));
  }

  private void softmax() {
    List.of(shape(3), shape(2, 3), shape(1, 3), shape(2, 1), shape(2, 0), shape(0, 3)).forEach(dims -> {
      add("softmax", x -> Ops.softmax(x.getFirst()), Map.of(), x(dims));
      add("log_softmax", x -> Ops.logSoftmax(x.getFirst()), Map.of(), x(dims));
    });
    add("softmax", x -> Ops.softmax(x.getFirst(), 0), Map.of("axis", 0), x(3, 2));
    add("softmax", x -> Ops.softmax(x.getFirst(), -2), Map.of("axis", -2), x(2, 3, 2));
    add("log_softmax", x -> Ops.logSoftmax(x.getFirst(), 0), Map.of("axis", 0), x(3, 2));
    add("log_softmax", x -> Ops.logSoftmax(x.getFirst(), -2), Map.of("axis", -2), x(2, 3, 2));
    reduction("logsumexp", (x, keep, axes) -> keep ? Ops.logsumexp(x, true, axes) : Ops.logsumexp(x, axes));
  }

  private void linearAlgebra() {
    Function<List<Node>, Object> matmul = x -> Ops.matmul(x.get(0), x.get(1));
    List.of(
            pair(shape(3), shape(3)),
            pair(shape(2, 3), shape(3)),
            pair(shape(3), shape(3, 2)),
            pair(shape(2, 3), shape(3, 4)),
            pair(shape(1, 1), shape(1, 2)),
            pair(shape(2, 2, 3), shape(3, 2)),
            pair(shape(2, 3), shape(2, 3, 2)),
            pair(shape(3), shape(2, 3, 2)),
            pair(shape(2, 2, 3), shape(3)),
            pair(shape(2, 1, 1, 3), shape(2, 3, 1)),
            pair(shape(1, 2, 2), shape(3, 2, 1)),
            pair(shape(0, 3), shape(3, 2)),
            pair(shape(2, 0), shape(0, 3)),
            pair(shape(0), shape(0)),
            pair(shape(0, 2, 3), shape(3, 1)))
        .forEach(dims -> add("matmul", matmul, Map.of(), x(dims[0]), y(dims[1])));
    all.add(new OpCase("matmul", Map.of(), List.of(x(2, 2), x(2, 2)), true, matmul));
    Function<List<Node>, Object> dot = x -> Ops.dot(x.get(0), x.get(1));
    add("dot", dot, Map.of(), x(3), y(3));
    add("dot", dot, Map.of(), x(1), y(1));
    add("dot", dot, Map.of(), x(0), y(0));
    all.add(new OpCase("dot", Map.of(), List.of(x(3), x(3)), true, dot));
    Function<List<Node>, Object> outer = x -> Ops.outer(x.get(0), x.get(1));
    add("outer", outer, Map.of(), x(3), y(2));
    add("outer", outer, Map.of(), x(), y(2, 2));
    add("outer", outer, Map.of(), x(0), y(2));
    all.add(new OpCase("outer", Map.of(), List.of(x(2), x(2)), true, outer));
    add("transpose", x -> Ops.transpose(x.getFirst()), Map.of(), x(2, 3));
    add("transpose", x -> Ops.transpose(x.getFirst()), Map.of(), x());
    add("transpose", x -> Ops.transpose(x.getFirst()), Map.of(), x(2, 0, 3));
    add("transpose", x -> Ops.transpose(x.getFirst(), 1, -1, 0), Map.of("axes", List.of(1, -1, 0)), x(2, 1, 3));
  }

  private void products() {
    einsum("ij,jk->ik", x(2, 3), y(3, 2));
    einsum("ii->i", x(3, 3));
    einsum("iji->j", x(2, 3, 2));
    einsum("ii", x(2, 2));
    einsum("ba", x(2, 3));
    einsum("ij->", x(2, 3));
    einsum("i,i,i->i", x(3), y(3), x(3));
    einsum("i,ij,j->", x(2), y(2, 3), x(3));
    einsum("ij,kl->il", x(2, 3), y(2, 2));
    einsum("...i,...i->...", x(2, 1, 3), y(3, 3));
    einsum("...,i...", x(2), y(3, 1));
    einsum("ij,j->i", x(0, 3), y(3));
    einsum("->", x());
    all.add(
        new OpCase(
            "einsum", Map.of("equation", "ij,jk->ik"), List.of(x(2, 2), x(2, 2)), true, x -> Ops.einsum("ij,jk->ik", x)));
    add("tensordot", x -> Ops.tensordot(x.get(0), x.get(1), 1), Map.of("axes", 1), x(2, 3), y(3, 2));
    add("tensordot", x -> Ops.tensordot(x.get(0), x.get(1), 2), Map.of(), x(2, 3), y(2, 3));
    add("tensordot", x -> Ops.tensordot(x.get(0), x.get(1), 0), Map.of("axes", 0), x(2), y(3));
    add(
        "tensordot",
        x -> Ops.tensordot(x.get(0), x.get(1), List.of(1, 0), List.of(0, -1)),
        Map.of("axes", List.of(List.of(1, 0), List.of(0, -1))),
        x(2, 3, 2),
        y(3, 2));
  }

  private void einsum(String equation, Tensor... operands) {
    add("einsum", x -> Ops.einsum(equation, x.toArray(Node[]::new)), Map.of("equation", equation), operands);
  }

  private void shapes() {
    add("reshape", x -> Ops.reshape(x.getFirst(), 3, 2), Map.of("shape", List.of(3, 2)), x(2, 3));
    add("reshape", x -> Ops.reshape(x.getFirst(), -1, 3), Map.of("shape", List.of(-1, 3)), x(2, 3));
    add("reshape", x -> Ops.reshape(x.getFirst(), -1), Map.of("shape", -1), x());
    add("reshape", x -> Ops.reshape(x.getFirst()), Map.of("shape", List.of()), x(1, 1));
    add("reshape", x -> Ops.reshape(x.getFirst(), 0, 2), Map.of("shape", List.of(0, 2)), x(3, 0));
    add("broadcast_to", x -> Ops.broadcastTo(x.getFirst(), 2, 3), Map.of("shape", List.of(2, 3)), x(3));
    add("broadcast_to", x -> Ops.broadcastTo(x.getFirst(), 2, 2, 3), Map.of("shape", List.of(2, 2, 3)), x(2, 1));
    add("broadcast_to", x -> Ops.broadcastTo(x.getFirst(), 2), Map.of("shape", 2), x());
    add("broadcast_to", x -> Ops.broadcastTo(x.getFirst(), 0, 3), Map.of("shape", List.of(0, 3)), x(1, 3));
    add("expand_dims", x -> Ops.expandDims(x.getFirst(), 0), Map.of("axis", 0), x(2));
    add("expand_dims", x -> Ops.expandDims(x.getFirst(), -1), Map.of("axis", -1), x());
    add("expand_dims", x -> Ops.expandDims(x.getFirst(), 0, -1), Map.of("axis", List.of(0, -1)), x(2, 3));
    add("squeeze", x -> Ops.squeeze(x.getFirst()), Map.of(), x(1, 3, 1));
    add("squeeze", x -> Ops.squeeze(x.getFirst(), -1), Map.of("axis", -1), x(1, 3, 1));
    add("squeeze", x -> Ops.squeeze(x.getFirst(), 0), Map.of("axis", 0), x(1, 0));
    add("concat", x -> Ops.concat(0, x), Map.of(), x(2, 2), y(1, 2));
    add("concat", x -> Ops.concat(-1, x.get(0), x.get(1), x.get(2)), Map.of("axis", -1), x(2, 1), y(2, 0), x(2, 3));
    add("concat", x -> Ops.concat(0, x.getFirst()), Map.of(), x(2));
    all.add(new OpCase("concat", Map.of(), List.of(x(2), x(2)), true, x -> Ops.concat(0, x)));
    add("stack", x -> Ops.stack(0, x), Map.of(), x(3), y(3));
    add("stack", x -> Ops.stack(-1, x.get(0), x.get(1)), Map.of("axis", -1), x(2, 2), y(2, 2));
    add("stack", x -> Ops.stack(0, x), Map.of(), x(), y());
    all.add(new OpCase("stack", Map.of("axis", 1), List.of(x(2), x(2)), true, x -> Ops.stack(1, x)));
    add("split", x -> Ops.split(x.getFirst(), 0, 2), Map.of("sections", 2), x(4, 2));
    add("split", x -> Ops.split(x.getFirst(), -1, 3), Map.of("sections", 3, "axis", -1), x(2, 3));
    add("split", x -> Ops.split(x.getFirst(), 0, 2), Map.of("sections", 2), x(0, 2));
    add("split", x -> Ops.splitAt(x.getFirst(), 0, 1, -1), Map.of("sections", List.of(1, -1)), x(4));
    add("split", x -> Ops.splitAt(x.getFirst(), 1, 2, 9), Map.of("sections", List.of(2, 9), "axis", 1), x(2, 3));
    add(
        "slice",
        x -> Ops.slice(x.getFirst(), List.of(1), List.of(3)),
        Map.of("starts", List.of(1), "ends", List.of(3)),
        x(4, 2));
    add(
        "slice",
        x -> Ops.slice(x.getFirst(), Arrays.asList(null, -2), Arrays.asList(null, 9), List.of(-2, 1)),
        Map.of("starts", Arrays.asList(null, -2), "ends", Arrays.asList(null, 9), "steps", List.of(-2, 1)),
        x(4, 3));
    add(
        "slice",
        x -> Ops.slice(x.getFirst(), List.of(2), List.of(1), List.of(1)),
        Map.of("starts", 2, "ends", 1, "steps", 1),
        x(3, 2));
    add("flip", x -> Ops.flip(x.getFirst()), Map.of(), x(2, 3));
    add("flip", x -> Ops.flip(x.getFirst(), -1), Map.of("axis", -1), x(2, 3));
    add("flip", x -> Ops.flip(x.getFirst()), Map.of(), x());
    add("flip", x -> Ops.flip(x.getFirst(), 0, 1), Map.of("axis", List.of(0, 1)), x(0, 2));
    add("tril", x -> Ops.tril(x.getFirst()), Map.of(), x(3, 3));
    add("tril", x -> Ops.tril(x.getFirst(), -1), Map.of("k", -1), x(2, 3, 2));
    add("tril", x -> Ops.tril(x.getFirst(), 1), Map.of("k", 1), x(0, 2));
    add("triu", x -> Ops.triu(x.getFirst()), Map.of(), x(3, 3));
    add("triu", x -> Ops.triu(x.getFirst(), 1), Map.of("k", 1), x(2, 2, 3));
    add("triu", x -> Ops.triu(x.getFirst(), -9), Map.of("k", -9), x(2, 2));
  }

  private void indexing() {
    add("take", x -> Ops.take(x.get(0), x.get(1)), Map.of(), x(2, 3), indices(6, 4));
    add("take", x -> Ops.take(x.get(0), x.get(1), 0), Map.of("axis", 0), x(3, 2), indices(3, 2, 2));
    add("take", x -> Ops.take(x.get(0), x.get(1), -1), Map.of("axis", -1), x(2, 3), Tensor.of(Shape.of(3), -1L, 0L, -1L));
    add("take", x -> Ops.take(x.get(0), x.get(1), 0), Map.of("axis", 0), x(3, 2), indices(3));
    add("take", x -> Ops.take(x.get(0), x.get(1), 1), Map.of("axis", 1), x(2, 3), indices(3, 0));
    add("embedding", x -> Ops.embedding(x.get(0), x.get(1)), Map.of(), indices(4, 3), x(4, 2));
    add("embedding", x -> Ops.embedding(x.get(0), x.get(1)), Map.of(), indices(2, 2, 3), x(2));
    add("embedding", x -> Ops.embedding(x.get(0), x.get(1)), Map.of(), Tensor.scalar(-1L), x(2, 3));
    add("masked_fill", x -> Ops.maskedFill(x.get(0), x.get(1), -3), Map.of("value", -3), x(2, 3), bools(2, 3));
    add("masked_fill", x -> Ops.maskedFill(x.get(0), x.get(1), 0), Map.of("value", 0), x(2, 3), bools(3));
    add("masked_fill", x -> Ops.maskedFill(x.get(0), x.get(1), 2), Map.of("value", 2), x(3), bools(2, 1));
    add("one_hot", x -> Ops.oneHot(x.getFirst(), 3), Map.of("depth", 3), indices(3, 4));
    add("one_hot", x -> Ops.oneHot(x.getFirst(), 2), Map.of("depth", 2), indices(2));
  }

  private void convolutions() {
    add("conv1d", x -> Ops.conv1d(x.get(0), x.get(1)), Map.of(), x(2, 2, 4), y(3, 2, 3));
    add("conv1d", x -> Ops.conv1d(x.get(0), x.get(1), x.get(2)), Map.of(), x(1, 1, 3), y(2, 1, 1), x(2));
    add("conv1d", x -> Ops.conv1d(x.get(0), x.get(1), null, 2, 1), Map.of("stride", 2, "padding", 1), x(1, 2, 5), y(1, 2, 2));
    add("conv1d", x -> Ops.conv1d(x.get(0), x.get(1)), Map.of(), x(0, 1, 3), y(1, 1, 2));
    all.add(new OpCase("conv1d", Map.of(), List.of(x(2, 2, 2), x(2, 2, 2)), true, x -> Ops.conv1d(x.get(0), x.get(1))));
    add("conv2d", x -> Ops.conv2d(x.get(0), x.get(1)), Map.of(), x(1, 2, 3, 3), y(2, 2, 2, 2));
    add("conv2d", x -> Ops.conv2d(x.get(0), x.get(1), x.get(2), 2, 1), Map.of("stride", 2, "padding", List.of(1, 1)), x(1, 1, 3, 2), y(1, 1, 3, 3), x(1));
    add(
        "conv2d",
        x -> Ops.conv2d(x.get(0), x.get(1), null, new int[] {2, 1}, new int[] {0, 1}, new int[] {1, 2}, 2),
        Map.of("stride", List.of(2, 1), "padding", List.of(0, 1), "dilation", List.of(1, 2), "groups", 2),
        x(1, 2, 4, 3),
        y(2, 1, 2, 2));
    add("conv3d", x -> Ops.conv3d(x.get(0), x.get(1)), Map.of(), x(1, 1, 2, 3, 2), y(1, 1, 2, 2, 1));
    add("conv3d", x -> Ops.conv3d(x.get(0), x.get(1), x.get(2)), Map.of(), x(1, 1, 1, 2, 2), y(2, 1, 1, 1, 1), x(2));
    add(
        "conv3d",
        x -> Ops.conv3d(x.get(0), x.get(1), null, 2, 1),
        Map.of("stride", 2, "padding", 1),
        x(1, 1, 2, 1, 2),
        y(1, 1, 2, 2, 2));
    add(
        "conv3d",
        x -> Ops.conv3d(x.get(0), x.get(1), null, new int[] {1}, new int[] {0}, new int[] {1, 1, 2}, 2),
        Map.of("dilation", List.of(1, 1, 2), "groups", 2),
        x(1, 2, 2, 1, 3),
        y(2, 1, 2, 1, 2));
    add("conv_transpose1d", x -> Ops.convTranspose1d(x.get(0), x.get(1)), Map.of(), x(1, 2, 3), y(2, 1, 2));
    add(
        "conv_transpose1d",
        x -> Ops.convTranspose1d(x.get(0), x.get(1), x.get(2), new int[] {3}, new int[] {1}, new int[] {2}, new int[] {2}, 2),
        Map.of("stride", 3, "padding", 1, "output_padding", 2, "dilation", 2, "groups", 2),
        x(1, 2, 2),
        y(2, 1, 2),
        x(2));
    add("conv_transpose2d", x -> Ops.convTranspose2d(x.get(0), x.get(1)), Map.of(), x(1, 1, 2, 2), y(1, 2, 2, 2));
    add(
        "conv_transpose2d",
        x -> Ops.convTranspose2d(x.get(0), x.get(1), null, new int[] {2}, new int[] {1, 0}, new int[] {1, 0}, new int[] {1}, 1),
        Map.of("stride", 2, "padding", List.of(1, 0), "output_padding", List.of(1, 0)),
        x(2, 1, 2, 1),
        y(1, 1, 3, 2));
    pools();
  }

  private void pools() {
    add("max_pool1d", x -> Ops.maxPool1d(x.getFirst(), 2), Map.of("kernel", 2), x(1, 2, 5));
    add(
        "max_pool1d",
        x -> Ops.maxPool1d(x.getFirst(), new int[] {3}, new int[] {1}, new int[] {1}, new int[] {2}),
        Map.of("kernel", 3, "stride", 1, "padding", 1, "dilation", 2),
        x(1, 1, 6));
    add("max_pool1d", x -> Ops.maxPool1d(x.getFirst(), 1), Map.of("kernel", 1), x(0, 2));
    add("max_pool2d", x -> Ops.maxPool2d(x.getFirst(), 2), Map.of("kernel", 2), x(1, 1, 4, 4));
    add(
        "max_pool2d",
        x -> Ops.maxPool2d(x.getFirst(), new int[] {3, 2}, new int[] {2, 1}, new int[] {1, 0}, new int[] {1, 2}),
        Map.of("kernel", List.of(3, 2), "stride", List.of(2, 1), "padding", List.of(1, 0), "dilation", List.of(1, 2)),
        x(2, 4, 4));
    add("avg_pool1d", x -> Ops.avgPool1d(x.getFirst(), 2), Map.of("kernel", 2), x(1, 2, 5));
    add(
        "avg_pool1d",
        x -> Ops.avgPool1d(x.getFirst(), new int[] {3}, new int[] {1}, new int[] {1}, true),
        Map.of("kernel", 3, "stride", 1, "padding", 1),
        x(1, 1, 4));
    add("avg_pool2d", x -> Ops.avgPool2d(x.getFirst(), 2), Map.of("kernel", 2), x(1, 1, 4, 4));
    add(
        "avg_pool2d",
        x -> Ops.avgPool2d(x.getFirst(), new int[] {3, 2}, new int[] {2, 1}, new int[] {1}, false),
        Map.of("kernel", List.of(3, 2), "stride", List.of(2, 1), "padding", 1, "count_include_pad", false),
        x(2, 3, 3));
  }

  private void layers() {
    add("linear", x -> Ops.linear(x.get(0), x.get(1), x.get(2)), Map.of(), x(2, 3), y(2, 3), x(2));
    add("linear", x -> Ops.linear(x.get(0), x.get(1)), Map.of(), x(2, 2, 3), y(1, 3));
    add("linear", x -> Ops.linear(x.get(0), x.get(1)), Map.of(), x(3), y(2, 3));
    all.add(new OpCase("linear", Map.of(), List.of(x(2, 2), x(2, 2)), true, x -> Ops.linear(x.get(0), x.get(1))));
    add("layer_norm", x -> Ops.layerNorm(x.get(0), x.get(1), x.get(2)), Map.of(), x(2, 4), y(4), x(4));
    add(
        "layer_norm",
        x -> Ops.layerNorm(x.get(0), x.get(1), x.get(2), 0.1),
        Map.of("eps", 0.1, "axes", 2),
        x(2, 2, 3),
        y(2, 3),
        x(2, 3));
    add("layer_norm", x -> Ops.layerNorm(x.get(0), x.get(1), x.get(2)), Map.of("axes", 1), x(3), y(3), x(3));
    add("rms_norm", x -> Ops.rmsNorm(x.get(0), x.get(1)), Map.of(), x(2, 4), y(4));
    add("rms_norm", x -> Ops.rmsNorm(x.get(0), x.get(1), 0.1), Map.of("eps", 0.1, "axes", 2), x(2, 2, 3), y(2, 3));
    add("group_norm", x -> Ops.groupNorm(x.get(0), x.get(1), x.get(2), 2), Map.of("groups", 2), x(2, 4), y(4), x(4));
    add(
        "group_norm",
        x -> Ops.groupNorm(x.get(0), x.get(1), x.get(2), 1, 0.1),
        Map.of("groups", 1, "eps", 0.1),
        x(1, 2, 2, 2),
        y(2),
        x(2));
    add("instance_norm", x -> Ops.instanceNorm(x.get(0), x.get(1), x.get(2)), Map.of(), x(2, 2, 3), y(2), x(2));
    add("instance_norm", x -> Ops.instanceNorm(x.get(0), x.get(1), x.get(2), 0.1), Map.of("eps", 0.1), x(1, 2, 2, 2), y(2), x(2));
    add("batch_norm", x -> Ops.batchNorm(x.get(0), x.get(1), x.get(2)), Map.of(), x(3, 2), y(2), x(2));
    add("batch_norm", x -> Ops.batchNorm(x.get(0), x.get(1), x.get(2), 0.1), Map.of("eps", 0.1), x(2, 2, 2), y(2), x(2));
    add(
        "batch_norm",
        x -> Ops.batchNorm(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4), 0.1),
        Map.of("training", false, "eps", 0.1),
        x(2, 2, 2),
        y(2),
        x(2),
        y(2),
        sample(3, 0, 2, 2));
    add("dropout", x -> Ops.dropout(x.get(0), x.get(1), 0.5, 0), Map.of(), x(2, 3), Tensor.scalar(7L));
    add("dropout", x -> Ops.dropout(x.get(0), x.get(1), 0.25, 3), Map.of("rate", 0.25, "seed", 3), x(4), Tensor.scalar(1L));
    Function<List<Node>, Object> attention = x -> Ops.attention(x.get(0), x.get(1), x.get(2));
    add("scaled_dot_product_attention", attention, Map.of(), x(2, 3), y(3, 3), x(3, 2));
    add("scaled_dot_product_attention", attention, Map.of(), x(2, 1, 2, 2), y(2, 3, 2), x(3, 1));
    all.add(new OpCase("scaled_dot_product_attention", Map.of(), List.of(x(2, 2), x(2, 2), x(2, 2)), true, attention));
    add(
        "scaled_dot_product_attention",
        x -> Ops.attention(x.get(0), x.get(1), x.get(2), x.get(3)),
        Map.of(),
        x(2, 2),
        y(3, 2),
        x(3, 2),
        y(2, 3));
    add(
        "scaled_dot_product_attention",
        x -> Ops.attention(x.get(0), x.get(1), x.get(2), x.get(3), true, 0.7),
        Map.of("causal", true, "scale", 0.7),
        x(2, 3, 2),
        y(2, 3, 2),
        x(2, 3, 2),
        bools(3, 3));
    add(
        "scaled_dot_product_attention",
        x -> Ops.attention(x.get(0), x.get(1), x.get(2), null, true, null),
        Map.of("causal", true),
        x(2, 2),
        y(3, 2),
        x(3, 2));
  }

  /// A Java method of a loss.
  private interface Loss {
    Node of(Node x, Node target, Reduction reduction);
  }

  private void loss(String op, double low, double high, double lowTarget, double highTarget, Loss java) {
    for (Reduction reduction : Reduction.values()) {
      for (int[] dims : SHAPES) {
        if (reduction != Reduction.MEAN || Shape.of(dims).size() > 0) {
          add(
              op,
              x -> java.of(x.get(0), x.get(1), reduction),
              Map.of("reduction", reduction.toString()),
              sample(0, low, high, dims),
              sample(1, lowTarget, highTarget, dims));
        }
      }
    }
  }

  private void losses() {
    loss("mse_loss", -2, 2, -2, 2, Ops::mse);
    loss("l1_loss", -2, 2, -2, 2, Ops::mae);
    loss("huber_loss", -2, 2, -2, 2, (x, y, reduction) -> Ops.huber(x, y, 1, reduction));
    loss("binary_cross_entropy", 0, 1, 0, 1, Ops::binaryCrossEntropy);
    loss("binary_cross_entropy_with_logits", -3, 3, 0, 1, Ops::binaryCrossEntropyWithLogits);
    add("mse_loss", x -> Ops.mse(x.get(0), x.get(1)), Map.of(), x(3), y(3));
    add("l1_loss", x -> Ops.mae(x.get(0), x.get(1)), Map.of(), x(3), y(3));
    add("huber_loss", x -> Ops.huber(x.get(0), x.get(1)), Map.of(), x(3), y(3));
    add(
        "huber_loss",
        x -> Ops.huber(x.get(0), x.get(1), 0.7, Reduction.SUM),
        Map.of("delta", 0.7, "reduction", "sum"),
        x(2, 3),
        y(2, 3));
    add("binary_cross_entropy", x -> Ops.binaryCrossEntropy(x.get(0), x.get(1)), Map.of(), sample(0, 0, 1, 3), sample(1, 0, 1, 3));
    add("binary_cross_entropy_with_logits", x -> Ops.binaryCrossEntropyWithLogits(x.get(0), x.get(1)), Map.of(), x(3), sample(1, 0, 1, 3));
    all.add(new OpCase("mse_loss", Map.of(), List.of(x(3), x(3)), true, x -> Ops.mse(x.get(0), x.get(1))));
    classes("cross_entropy");
    classes("nll_loss");
    Tensor distributions = Tensor.of(new double[][] {{0.2, 0.5, 0.3}, {0.6, 0.1, 0.3}});
    add("cross_entropy", x -> Ops.crossEntropy(x.get(0), x.get(1)), Map.of(), x(2, 3), distributions);
    add(
        "cross_entropy",
        x -> Ops.crossEntropy(x.get(0), x.get(1), 0.2, -100, Reduction.NONE),
        Map.of("label_smoothing", 0.2, "reduction", "none"),
        x(2, 3),
        distributions);
    add(
        "cross_entropy",
        x -> Ops.crossEntropy(x.get(0), x.get(1), 0.1, 1, Reduction.MEAN),
        Map.of("label_smoothing", 0.1, "ignore_index", 1),
        x(3, 4),
        Tensor.of(Shape.of(3), 0L, 1L, 3L));
    add(
        "nll_loss",
        x -> Ops.nll(x.get(0), x.get(1), 0, Reduction.SUM),
        Map.of("ignore_index", 0, "reduction", "sum"),
        x(3, 2),
        Tensor.of(Shape.of(3), 0L, 1L, 1L));
  }

  private void classes(String op) {
    boolean logits = op.equals("cross_entropy");
    Function<List<Node>, Object> mean =
        x -> logits ? Ops.crossEntropy(x.get(0), x.get(1)) : Ops.nll(x.get(0), x.get(1));
    add(op, mean, Map.of(), x(2, 3), indices(3, 2));
    add(op, mean, Map.of(), x(1, 1), indices(1, 1));
    add(op, mean, Map.of(), x(3), indices(3));
    add(op, mean, Map.of(), x(2, 3, 2), indices(3, 2, 2));
    add(
        op,
        x -> logits ? Ops.crossEntropy(x.get(0), x.get(1), 0, -100, Reduction.NONE) : Ops.nll(x.get(0), x.get(1), -100, Reduction.NONE),
        Map.of("reduction", "none"),
        x(0, 3),
        indices(3, 0));
  }
}
