package dev.gradus.teach.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Splitter;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Flow;
import dev.gradus.diff.Gradients;
import dev.gradus.diff.Term;
import dev.gradus.formula.Formula;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Projection;
import dev.gradus.ops.Entry;
import dev.gradus.ops.Vocabulary;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every op of the vocabulary, forward, with its gradients and the terms of these: what the page computes is what Java did.
class VocabularyTest {
  /// Uses of all ops, over x and y of shape [2, 3] and leaves of other shapes: see [#leaves].
  private static final String USES =
      """
      x + y; x - v; c * x; x / y; -x; reciprocal(x); square(x); squared_difference(x, v); sqrt(p); rsqrt(p); cbrt(x); p ^ x;
      pow(p, v); abs(x); sign(x); hypot(x, y); maximum(x, v); minimum(x, v); clip(x, min=-1, max=0.5); where(b, x, v);
      where(b, s, c); stop_gradient(x) * x; cast(x, dtype="f32"); cast(x, dtype="i64"); cast(x * 3, dtype="i32"); cast(b, dtype="f64");
      exp(x); exp2(x); expm1(x); log(p); log2(p); log10(p); log1p(p); sin(x); cos(x); tan(x); asin(u); acos(u); atan(x);
      atan2(x, y); sinh(x); cosh(x); tanh(x); asinh(x); acosh(p + 1); atanh(u);
      sigmoid(x); log_sigmoid(x); relu(x); leaky_relu(x); leaky_relu(x, negative_slope=0.3); elu(x); elu(x, alpha=2.5); softplus(x);
      softsign(x); silu(x); mish(x); gelu(x); gelu(x, approximate="tanh"); heaviside(x);
      floor(x); ceil(x); round(x * 3); remainder(x, p); equal(x, x); not_equal(x, y); less(x, y); less_equal(x, v); greater(x, s);
      greater_equal(x, y); logical_and(b, x < y); logical_or(b, x < y); logical_xor(b, x < y); logical_not(b); isnan(log(x));
      isinf(x / 0); isfinite(log(x));
      sum(x); sum(x, axis=0); sum(t, axis=[0, 2], keepdims=true); prod(x); prod(t, axis=1); max(x); max(t, axis=[0, 1]); min(x, axis=-1);
      sum(b); prod(i); max(b, axis=0); min(i);
      argmax(x, axis=1); argmin(x);
      mean(x, axis=0); var(x, axis=1); var(t, ddof=1); std(x, axis=1, keepdims=true); norm(x); norm(x, ord=1, axis=1); norm(x, ord=inf); norm(x, ord=3);
      softmax(x); softmax(t, axis=1); log_softmax(x, axis=0); logsumexp(x); logsumexp(t, axis=1);
      x @ w; v @ w; x @ v; t @ w; matmul(t, q); dot(v, v); outer(v, v); transpose(x); transpose(t, axes=[2, 0, 1]);
      einsum(x, w, equation="ij,jk->ik"); einsum(t, equation="ijk->kj"); einsum(t, x, v, equation="aij,ij,j->ai"); tensordot(x, w, axes=1);
      reshape(x, shape=[3, 2]); broadcast_to(v, shape=[2, 2, 3]); broadcast_to(c, shape=[2, 4]); expand_dims(x, axis=1); squeeze(c);
      concat(x, y); concat(x, y, c, axis=1); stack(x, y, axis=1); split(t, sections=2)[1]; split(x, sections=[1, 2], axis=1)[2];
      slice(t, starts=[0, 1], ends=[2, 2]); t[1, ::-1, 0:2]; x[0, 1]; flip(x); flip(t, axis=[0, -1]); tril(x); triu(x, k=1);
      take(x, i, axis=1); take(x, k); embedding(k, w); masked_fill(x, b, value=-3); one_hot(k, depth=4);
      conv1d(t, f1); conv1d(t, f1, n, stride=2, padding=1); conv2d(m, f2); conv2d(m, f2, n, stride=2, padding=1); conv3d(m3, f3);
      conv_transpose1d(t, h1); conv_transpose2d(m, f2t, stride=2, padding=[1, 0], output_padding=[1, 0]);
      max_pool1d(t, kernel=2); max_pool2d(m, kernel=[3, 2], stride=[2, 1], padding=[1, 0], dilation=[1, 2]); avg_pool1d(t, kernel=2);
      avg_pool2d(m, kernel=2, padding=1, count_include_pad=false);
      linear(x, y); linear(x, w4, n4); layer_norm(x, v, v); rms_norm(x, v); group_norm(m, n, n, groups=2); instance_norm(m, n, n);
      batch_norm(m, n, n); batch_norm(m, n, n, n, exp(n), training=false); dropout(x, k0, rate=0.4);
      scaled_dot_product_attention(x, y, x); scaled_dot_product_attention(x, x, y, b2, causal=true);
      mse_loss(x, y); l1_loss(x, y); huber_loss(x, y); binary_cross_entropy(p / 4, sigmoid(y)); binary_cross_entropy_with_logits(x, p / 4);
      cross_entropy(x, k); cross_entropy(x, k, label_smoothing=0.1, reduction="sum"); cross_entropy(x, softmax(y)); nll_loss(log_softmax(x), k)""";

  private static Map<String, Tensor> leaves() {
    Map<String, Tensor> leaves = new HashMap<>();
    Map<String, int[]> shapes =
        Map.ofEntries(
            Map.entry("x", new int[] {2, 3}), Map.entry("y", new int[] {2, 3}), Map.entry("v", new int[] {3}),
            Map.entry("c", new int[] {2, 1}), Map.entry("s", new int[] {}), Map.entry("t", new int[] {2, 2, 3}),
            Map.entry("w", new int[] {3, 4}), Map.entry("q", new int[] {2, 3, 2}), Map.entry("f1", new int[] {2, 2, 2}),
            Map.entry("n", new int[] {2}), Map.entry("m", new int[] {2, 2, 4, 3}), Map.entry("f2", new int[] {2, 2, 2, 2}),
            Map.entry("m3", new int[] {1, 1, 2, 3, 2}), Map.entry("f3", new int[] {1, 1, 2, 2, 1}), Map.entry("h1", new int[] {2, 1, 2}),
            Map.entry("f2t", new int[] {2, 1, 3, 2}), Map.entry("w4", new int[] {4, 3}), Map.entry("n4", new int[] {4}));
    int seed = 1;
    for (Map.Entry<String, int[]> shape : new TreeMap<>(shapes).entrySet()) {
      leaves.put(shape.getKey(), Tensor.normal(Shape.of(shape.getValue()), seed++));
    }
    leaves.put("p", Tensor.uniform(Shape.of(2, 3), 7));
    leaves.put("u", Tensor.uniform(Shape.of(3), 8));
    leaves.put("b", Tensor.of(new boolean[][] {{true, false, true}, {false, false, true}}));
    leaves.put("b2", Tensor.of(new boolean[][] {{true, true}, {true, false}}));
    leaves.put("i", Tensor.of(new long[][] {{2, 0}, {-1, 2}}));
    leaves.put("k", Tensor.of(new long[] {2, 0}));
    leaves.put("k0", Tensor.scalar(5L));
    return leaves;
  }

  /// One use in one floating dtype, and what is asked of it.
  private record Use(String text, DType dtype, Node result, List<Node> wanted) {
    static Use of(String text, DType dtype) {
      Formula formula = Formula.parse(text);
      Map<String, Tensor> values = leaves();
      Map<String, Node> leaves = new HashMap<>();
      for (String name : formula.names()) {
        Tensor value = Objects.requireNonNull(values.get(name), name);
        leaves.put(name, Parameter.of(name, value.dtype().isFloating() ? value.cast(dtype) : value));
      }
      Node made = formula.bind(leaves).result();
      List<Node> wanted = new ArrayList<>(made.results());
      for (Node result : made.results()) {
        if (result.dtype().isFloating()) {
          Gradients gradients = Backward.from(result, Constant.of(Tensor.normal(result.shape(), 3).cast(result.dtype())));
          wanted.addAll(gradients(gradients));
        }
      }
      return new Use(text, dtype, made, wanted);
    }

    private static List<Node> gradients(Gradients gradients) {
      List<Node> all = new ArrayList<>();
      for (Node node : gradients.graph().nodes()) {
        if (!node.isTuple() && !(node instanceof Projection) && gradients.flow(node) == Flow.FLOWS) {
          all.add(gradients.of(node));
          for (Term term : gradients.terms(node)) {
            all.add(term.product());
            if (term.local() != null) {
              all.add(term.local());
            }
          }
        }
      }
      return all;
    }

    Instructions instructions() {
      return Instructions.of(wanted, Interpreter.run(wanted, Map.of()));
    }
  }

  private static List<Use> uses() {
    List<Use> uses = new ArrayList<>();
    for (String text : Splitter.on(';').trimResults().split(USES)) {
      uses.add(Use.of(text, DType.F64));
      if (!text.contains("dtype")) {
        uses.add(Use.of(text, DType.F32));
      }
    }
    return uses;
  }

  @Test
  void everyOpIsUsed() {
    Set<String> used = new HashSet<>(List.of("add", "subtract", "multiply", "divide", "negative", "pow", "matmul"));
    Matcher call = Pattern.compile("([a-z_0-9]+)\\(").matcher(USES);
    while (call.find()) {
      used.add(call.group(1));
    }
    assertEquals(List.of(), Vocabulary.all().stream().map(Entry::name).filter(name -> !used.contains(name)).toList());
  }

  @Test
  void thePageComputesWhatJavaDid() {
    List<Use> uses = uses();
    List<Instructions> instructions = uses.stream().map(Use::instructions).toList();
    try (EnginePage page = new EnginePage(instructions)) {
      List<?> differences = (List<?>) page.evaluate("e.map(one => one.compare().map(d => JSON.stringify([d, one.shape(d.instruction)])))");
      for (int i = 0; i < uses.size(); i++) {
        assertEquals(List.of(), differences.get(i), uses.get(i).text() + " " + uses.get(i).dtype() + " " + instructions.get(i).json());
      }
    }
  }

  /// The list can only grow shorter on purpose.
  @Test
  void fewOpsHaveNoTwin() {
    Set<String> played = new TreeSet<>();
    uses().forEach(use -> played.addAll(use.instructions().playedBack()));
    assertEquals(Set.of("argmax", "argmin", "cross_entropy", "nll_loss", "one_hot", "random_uniform"), played);
  }
}
