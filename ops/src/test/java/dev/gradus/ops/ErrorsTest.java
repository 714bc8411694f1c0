package dev.gradus.ops;

import static dev.gradus.ops.Ops.constant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What wrong calls are told: `<op>: <rule>, but got <actual>; <remedy>`.
class ErrorsTest {
  private static Node zeros(int... dims) {
    return constant(Tensor.zeros(Shape.of(dims)));
  }

  private static Node indices(long... all) {
    return constant(Tensor.of(Shape.of(all.length), all));
  }

  private static Node make(String op, Map<String, Object> settings, Node... x) {
    return Vocabulary.get(op).make(List.of(x), settings);
  }

  /// Without the place, which is a line of the test library here.
  private static void assertRefused(String message, Executable call) {
    assertEquals(message, Refusal.of(call).replaceAll(" \\(\\w+\\.java:\\d+\\)$", ""));
  }

  @Test
  void shapesThatDoNotBroadcast() {
    assertRefused(
        "add: shapes must agree or broadcast, but got [2, 3] and [2]; axes are matched from the last; reshape one of them",
        () -> Ops.add(zeros(2, 3), zeros(2)));
    assertRefused(
        "where: shapes must agree or broadcast, but got [2] and [3]; axes are matched from the last; reshape one of them",
        () -> Ops.where(Ops.cast(zeros(2), DType.BOOL), zeros(2), zeros(3)));
  }

  @Test
  void products() {
    assertRefused(
        "matmul: inner sizes must agree, but got [3] times [2]; transpose one of them?", () -> Ops.matmul(zeros(3), zeros(2)));
    assertRefused(
        "matmul: operands must have at least one axis, but got [] times [2]; multiply by a scalar with *",
        () -> Ops.matmul(zeros(), zeros(2)));
    assertRefused(
        "matmul: stacks must agree or broadcast, but got [2, 3, 4] times [3, 4, 5]; reshape one of them",
        () -> Ops.matmul(zeros(2, 3, 4), zeros(3, 4, 5)));
    assertRefused(
        "dot: operands must be vectors of one length, but got [2, 2] and [2, 2]; use matmul for matrices",
        () -> Ops.dot(zeros(2, 2), zeros(2, 2)));
    assertRefused(
        "transpose: axes must name each axis of [2, 3] once, but got [0, 0]; list 0 to 1",
        () -> Ops.transpose(zeros(2, 3), 0, 0));
  }

  /// Ops whose `axes` is a number of axes, or pairs of them.
  private static final Set<String> COUNTED = Set.of("layer_norm", "rms_norm", "tensordot");

  /// Every op with an axis refuses one that is not there, and one named twice.
  static Stream<String> overAxes() {
    return Vocabulary.all().stream()
        .filter(entry -> entry.defaults().containsKey("axis") || entry.defaults().containsKey("axes"))
        .map(Entry::name)
        .filter(op -> !COUNTED.contains(op));
  }

  @ParameterizedTest
  @MethodSource("overAxes")
  void axesMustBeThere(String op) {
    Entry entry = Vocabulary.get(op);
    boolean several = entry.defaults().containsKey("axes");
    Map<String, Object> settings = new HashMap<>();
    settings.put(several ? "axes" : "axis", several ? List.of(0, 7) : 7);
    if (op.equals("split")) {
      settings.put("sections", 1);
    }
    Node[] x = entry.operands().size() == 1 ? new Node[] {zeros(2, 3)} : new Node[] {zeros(2, 3), indices(0)};
    String message = Refusal.of(() -> make(op, settings, x));
    assertTrue(message.startsWith(op + ": "), message);
    assertTrue(message.contains("axis must lie in [-"), message);
    assertTrue(message.contains("but got 7; "), message);
    settings.put(several ? "axes" : "axis", "first");
    String word = Refusal.of(() -> make(op, settings, x));
    assertTrue(word.startsWith(op + ": " + (several ? "axes" : "axis") + " must be a number, but got first"), word);
  }

  @Test
  void axes() {
    assertRefused("sum: axes must differ, but got [0, -2]; name each axis once", () -> Ops.sum(zeros(2, 3), 0, -2));
    assertRefused("expand_dims: axes must differ, but got [0, -3]; name each axis once", () -> Ops.expandDims(zeros(2), 0, -3));
    assertRefused("softmax: a scalar has no axes, but got -1; the shape is []", () -> Ops.softmax(zeros()));
    assertRefused(
        "squeeze: an axis must have size 1, but got [2, 1] at axis 0; leave it out", () -> Ops.squeeze(zeros(2, 1), 0));
    assertRefused(
        "sum: axis must be an axis or several, but got none; see ./gradus ops sum",
        () -> make("sum", Map.of("axis", List.of()), zeros(2)));
  }

  @Test
  void nothingToTake() {
    assertRefused("max: there must be an element to take, but got shape [0]; leave out empty axes", () -> Ops.max(zeros(0)));
    assertRefused(
        "argmin: there must be an element to take, but got shape [2, 0]; leave out empty axes", () -> Ops.argmin(zeros(2, 0), 1));
    assertRefused(
        "norm: there must be an element to take, but got shape [0]; leave out empty axes",
        () -> Ops.norm(zeros(0), Double.POSITIVE_INFINITY, false));
    assertRefused("concat: there must be an operand, but got none; pass at least one", () -> Ops.concat(0, List.of()));
    assertRefused("stack: there must be an operand, but got none; pass at least one", () -> Ops.stack(0, List.of()));
  }

  @Test
  void shapes() {
    assertRefused(
        "reshape: the number of elements must stay, but got [2, 3] to [4]; choose a shape of 6", () -> Ops.reshape(zeros(2, 3), 4));
    assertRefused(
        "reshape: at most one size may be -1 and the others must divide the number of elements, but got [6] to [-1, -1]; "
            + "choose sizes that divide 6",
        () -> Ops.reshape(zeros(6), -1, -1));
    assertRefused(
        "broadcast_to: each axis must be 1 or stay, but got [2] to [3]; axes are matched from the last",
        () -> Ops.broadcastTo(zeros(2), 3));
    assertRefused("shape: sizes must be at least 0, but got [-3]; check the axes", () -> Ops.broadcastTo(zeros(1), -3));
    assertRefused("concat: operands must have an axis, but got scalars; use stack", () -> Ops.concat(0, zeros(), zeros()));
    assertRefused(
        "concat: sizes must agree except along axis 0, but got [2, 3] and [2, 2]; reshape one of them",
        () -> Ops.concat(0, zeros(2, 3), zeros(2, 2)));
    assertRefused(
        "stack: operands must have one shape and dtype, but got f64[2] and f64[3]; reshape or cast one of them",
        () -> Ops.stack(0, zeros(2), zeros(3)));
    assertRefused(
        "split: the parts must divide the axis, but got 5 elements into 2; give split points as a list",
        () -> Ops.split(zeros(5), 0, 2));
    assertRefused(
        "slice: a step must not be 0, but got 0; use a positive or negative step",
        () -> Ops.slice(zeros(5), List.of(0), List.of(5), List.of(0)));
    assertRefused(
        "slice: starts, ends and steps must be equally many, at most one for each axis of [5], but got [0, 1], [null, 2], null; "
            + "use null for an open bound",
        () -> Ops.slice(zeros(5), List.of(0, 1), Arrays.asList(null, 2)));
  }

  @Test
  void indices() {
    assertRefused("take: indices must be integers, but got f64; cast them to i64", () -> Ops.take(zeros(3), zeros(2)));
    Node outside = Ops.take(zeros(3), indices(3), 0);
    assertRefused(
        "take: an index must lie in [-3, 3), but got 3; the axis has 3 elements", () -> Interpreter.run(outside));
    assertRefused("one_hot: indices must be integers, but got f64; cast them to i64", () -> Ops.oneHot(zeros(2), 2));
    assertRefused("one_hot: depth must be at least 0, but got -1; pass the number of classes", () -> Ops.oneHot(indices(0), -1));
    Node hot = Ops.oneHot(indices(0, 2), 2);
    assertRefused("one_hot: a class must lie in [0, 2), but got 2 at place 1; check the labels", () -> Interpreter.run(hot));
  }

  @Test
  void losses() {
    assertRefused(
        "mse_loss: prediction and target must have one shape and dtype, but got f64[3, 1] and f64[3]; reshape or cast one",
        () -> Ops.mse(zeros(3, 1), zeros(3)));
    assertRefused(
        "huber_loss: delta must be positive, but got 0.0; 1 is usual", () -> Ops.huber(zeros(1), zeros(1), 0, Reduction.SUM));
    assertRefused(
        "l1_loss: reduction must be mean, sum or none, but got all; choose one of them",
        () -> make("mae", Map.of("reduction", "all"), zeros(1), zeros(1)));
    assertRefused(
        "cross_entropy: targets must be integer classes of shape [2], but got f64[2]; cast or reshape them",
        () -> Ops.crossEntropy(zeros(2, 3), zeros(2)));
    assertRefused(
        "nll_loss: targets must be integer classes of shape [2], but got f64[2, 3]; cast or reshape them",
        () -> Ops.nll(zeros(2, 3), zeros(2, 3)));
    assertRefused(
        "cross_entropy: label_smoothing must lie in [0, 1], but got 1.5; 0.1 is usual",
        () -> Ops.crossEntropy(zeros(2, 3), indices(0, 1), 1.5, -100, Reduction.MEAN));
    Node wrong = Ops.crossEntropy(zeros(2, 3), indices(0, 3));
    assertRefused("cross_entropy: a class must lie in [0, 3), but got 3 at place 1; check the labels", () -> Interpreter.run(wrong));
  }

  @Test
  void settings() {
    assertRefused("reshape: shape must be given, but got none; write reshape(x, shape=...)", () -> make("reshape", Map.of(), zeros(1)));
    assertRefused(
        "sum: its settings are axis, keepdims, but got axes; write sum(x, axis=null, keepdims=false)",
        () -> make("sum", Map.of("axes", 0), zeros(1)));
    assertRefused("exp: has no settings, but got base; write exp(x)", () -> make("exp", Map.of("base", 2), zeros(1)));
    assertRefused(
        "sum: keepdims must be true or false, but got 1; see ./gradus ops sum", () -> make("sum", Map.of("keepdims", 1), zeros(1)));
    assertRefused(
        "softmax: axis must be a whole number, but got 0.5; see ./gradus ops softmax",
        () -> make("softmax", Map.of("axis", 0.5), zeros(1)));
    assertRefused(
        "gelu: approximate must be none or tanh, but got erf; choose one", () -> make("gelu", Map.of("approximate", "erf"), zeros(1)));
    assertRefused(
        "norm: ord must not be 0, but got 0.0; count nonzero elements with not_equal and sum",
        () -> Ops.norm(zeros(1), 0, false));
    assertRefused(
        "dtype: must be f64, f32, i64, i32 or bool, but got float; choose one of them",
        () -> make("cast", Map.of("dtype", "float"), zeros(1)));
    assertRefused("concat: takes at least 1 operand, but got 0; write concat(x, ..., axis=0)", () -> make("concat", Map.of()));
  }

  @Test
  void integersDividedByZero() {
    Node remainder = Ops.remainder(indices(5), indices(0));
    assertRefused(
        "remainder: an integer divisor must not be 0, but got 5 by 0; cast to f64 for NaN", () -> Interpreter.run(remainder));
  }

  @Test
  void convolutionsAndPools() {
    assertRefused(
        "conv2d: x and w must have 4 axes, [n, in, ...] and [out, in / groups, ...], but got [1, 3, 3] and [1, 1, 2, 2]; reshape them",
        () -> Ops.conv2d(zeros(1, 3, 3), zeros(1, 1, 2, 2)));
    assertRefused(
        "conv1d: each group of w must have the channels of a group of x, but got [1, 3, 4] and [2, 2, 2] in 1 groups; "
            + "w is [out, in / groups, ...]",
        () -> Ops.conv1d(zeros(1, 3, 4), zeros(2, 2, 2)));
    assertRefused(
        "conv1d: a window must fit into the padded operand, but got kernel [3] stride [1] padding [0] dilation [1] over [1, 1, 2]; "
            + "use a smaller window or more padding",
        () -> Ops.conv1d(zeros(1, 1, 2), zeros(1, 1, 3)));
    assertRefused(
        "conv1d: the bias must have one number for each output channel, but got [3] for 2; reshape it",
        () -> Ops.conv1d(zeros(1, 1, 2), zeros(2, 1, 1), zeros(3)));
    assertRefused(
        "conv2d: stride must be a number or one for each of 2 axes, but got [1, 2, 3]; see ./gradus ops conv2d",
        () -> make("conv2d", Map.of("stride", List.of(1, 2, 3)), zeros(1, 1, 2, 2), zeros(1, 1, 1, 1)));
    assertRefused(
        "conv_transpose1d: stride and dilation must be at least 1, output_padding less than one of them, and padding leave something, "
            + "but got stride [2] padding [0] output_padding [2] dilation [1] for [1, 1, 2]; check the settings",
        () -> make("conv_transpose1d", Map.of("stride", 2, "output_padding", 2), zeros(1, 1, 2), zeros(1, 1, 1)));
    assertRefused(
        "max_pool1d: padding must be at most half a window, but got kernel [2] stride [2] padding [2] dilation [1]; use less padding",
        () -> make("max_pool1d", Map.of("kernel", 2, "padding", 2), zeros(4)));
    assertRefused(
        "avg_pool2d: the operand must have 2 axes to slide over, but got [4]; reshape it", () -> Ops.avgPool2d(zeros(4), 2));
    assertRefused(
        "max_pool2d: kernel, stride and dilation must be at least 1 and padding at least 0, "
            + "but got kernel [0, 0] stride [0, 0] padding [0, 0] dilation [1, 1]; check the settings",
        () -> Ops.maxPool2d(zeros(2, 2), 0));
  }

  @Test
  void layers() {
    assertRefused(
        "linear: operands must be x[..., in] and w[out, in], but got [2, 3] and [3, 2]; transpose the weights?",
        () -> Ops.linear(zeros(2, 3), zeros(3, 2)));
    assertRefused(
        "layer_norm: scale must have the last axes of x, but got [2, 3] and [2]; reshape it",
        () -> Ops.layerNorm(zeros(2, 3), zeros(2), zeros(2)));
    assertRefused(
        "rms_norm: axes must be as many as scale has, but got 2 for [3]; leave it out",
        () -> make("rms_norm", Map.of("axes", 2), zeros(2, 3), zeros(3)));
    assertRefused(
        "group_norm: groups must divide the channels, but got 2 of [1, 3]; choose a divisor of 3",
        () -> Ops.groupNorm(zeros(1, 3), zeros(3), zeros(3), 2));
    assertRefused(
        "batch_norm: without training mean and variance must be given, but got 3 operands; pass five operands",
        () -> make("batch_norm", Map.of("training", false), zeros(2, 3), zeros(3), zeros(3)));
    assertRefused("dropout: rate must lie in [0, 1), but got 1.0; 0.5 is usual", () -> Ops.dropout(zeros(2), constant(Tensor.scalar(0L)), 1, 0));
    assertRefused(
        "scaled_dot_product_attention: operands must be q[..., n, d], k[..., m, d] and v[..., m, e], but got [2, 3], [2, 4] and [2, 4]; "
            + "transpose one of them?",
        () -> Ops.attention(zeros(2, 3), zeros(2, 4), zeros(2, 4)));
    assertRefused(
        "scaled_dot_product_attention: the mask must broadcast to the scores, but got [3, 2] to [2, 2]; reshape it",
        () -> Ops.attention(zeros(2, 3), zeros(2, 3), zeros(2, 3), zeros(3, 2)));
    assertRefused(
        "scaled_dot_product_attention: takes 4 operands, or up to 1 less, but got 2; "
            + "write scaled_dot_product_attention(q, k, v, mask?, causal=false, scale=null)",
        () -> make("attention", Map.of(), zeros(2, 2), zeros(2, 2)));
    assertRefused("masked_fill: the mask must be bool, but got f64; cast the mask", () -> Ops.maskedFill(zeros(2), zeros(2), 0));
    assertRefused("tril: the operand must be a matrix or a stack of them, but got [2]; reshape it", () -> Ops.tril(zeros(2)));
    assertRefused("embedding: indices must be integers, but got f64; cast them to i64", () -> Ops.embedding(zeros(2), zeros(2, 2)));
  }

  @Test
  void sumsOfProducts() {
    assertRefused(
        "einsum: there must be one word for each of 2 operands, but got \"ij->i\"; write it as in ij,jk->ik",
        () -> Ops.einsum("ij->i", zeros(2, 2), zeros(2, 2)));
    assertRefused(
        "einsum: a word must be letters and at most one ..., but got \"i1->i\"; write it as in ij,jk->ik",
        () -> Ops.einsum("i1->i", zeros(2, 2)));
    assertRefused(
        "einsum: an operand has one letter for each axis, but got [2, 2] for \"i\"; check the equation",
        () -> Ops.einsum("i->i", zeros(2, 2)));
    assertRefused(
        "einsum: axes of one letter must have one size, but got 3 and 2 for j; check the shapes",
        () -> Ops.einsum("ij,jk->ik", zeros(2, 3), zeros(2, 3)));
    assertRefused(
        "einsum: each letter of the result must stand in an operand, and once in the result, but got \"ij->ii\"; "
            + "write it as in ij,jk->ik",
        () -> Ops.einsum("ij->ii", zeros(2, 3)));
    assertRefused(
        "tensordot: axes must come in pairs of one size, but got [1] of [2, 3] with [0] of [2, 3]; name each axis once",
        () -> Ops.tensordot(zeros(2, 3), zeros(2, 3), 1));
    assertRefused(
        "tensordot: both operands must have the axes to sum over, but got 2 of [2] and [2, 3]; use less",
        () -> Ops.tensordot(zeros(2), zeros(2, 3), 2));
    assertRefused(
        "tensordot: axes must be a number or 2 lists, but got [1]; see ./gradus ops tensordot",
        () -> make("tensordot", Map.of("axes", List.of(1)), zeros(2, 3), zeros(3, 2)));
  }
}
