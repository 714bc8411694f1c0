package dev.gradus.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Flow;
import dev.gradus.formula.Formula;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Broadcasting;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The gradient rules that users read are right: where a rule is a formula over `x`, `y`, `z`, `out` and `g`, it is read as
/// one and gives what is sent.
class RuleTest {
  private static final String SUMMED = " summed over the stack";

  /// Ops whose rule is told in words, or uses a function that is no op.
  private static final Set<String> IN_WORDS =
      new TreeSet<>(
          Set.of(
              "sum", "prod", "max", "min", "mean", "transpose", "reshape", "broadcast_to", "expand_dims", "squeeze",
              "concat", "stack", "split", "slice", "flip", "take", "cast", "nll_loss", "gelu", "einsum", "tensordot", "tril", "triu",
              "embedding", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d",
              "max_pool1d", "max_pool2d", "avg_pool1d", "avg_pool2d", "linear",
              "layer_norm", "rms_norm", "group_norm", "instance_norm", "batch_norm", "dropout", "scaled_dot_product_attention"));

  /// Uses whose rule is a formula.
  static Stream<OpCase> withFormulas() {
    return OpCases.all().stream()
        .filter(use -> use.entry().gradient() == Flow.FLOWS && !use.repeated())
        .filter(use -> !IN_WORDS.contains(use.op()) && use.operands().getFirst().size() > 0)
        .filter(use -> switch (use.op()) {
          case "matmul" -> isWithoutStack(use) || use.operands().stream().noneMatch(x -> x.rank() == 1);
          case "outer", "softmax", "log_softmax" -> use.operands().getFirst().rank() == 1;
          case "norm" -> reducesAll(use) && !String.valueOf(use.settings().get("ord")).contains("Infinity");
          case "std" -> reducesAll(use) && use.operands().getFirst().size() > 1;
          case "logsumexp", "var" -> reducesAll(use);
          case "cross_entropy" -> use.operands().getFirst().rank() == 2 && use.settings().isEmpty();
          default -> true;
        });
  }

  private static boolean isWithoutStack(OpCase use) {
    return use.operands().stream().allMatch(x -> x.rank() <= 2);
  }

  private static boolean reducesAll(OpCase use) {
    return !use.settings().containsKey("axis");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withFormulas")
  void saysWhatIsSent(OpCase use) {
    List<Node> leaves = use.leaves();
    Apply out = (Apply) use.byName(leaves).getFirst();
    Node g = Constant.of("g", OpCases.sample(3, -1, 1, out.shape().dims()));
    for (int slot = 0; slot < leaves.size(); slot++) {
      if (leaves.get(slot).dtype().isFloating()) {
        Tensor want = run(Backward.from(out, g).of(leaves.get(slot)));
        String rule = out.op().rule(out, slot);
        boolean summed = rule.endsWith(SUMMED);
        Node read = read(summed ? rule.substring(0, rule.length() - SUMMED.length()) : rule, leaves, out, g);
        Tensor got = run(Broadcasting.sumTo(Broadcasting.broadcastTo(read, full(read, out)), want.shape()));
        assertTrue(got.closeTo(want, 1e-12, 1e-13), () -> rule + " gives " + got + ", sent is " + want);
      }
    }
  }

  /// A rule without `g` as a factor at every element is meant element by element.
  private static Shape full(Node read, Apply out) {
    boolean elementwise = out.op() instanceof Elementwise;
    return elementwise ? out.shape() : read.shape();
  }

  /// The rule as nodes.
  private static Node read(String rule, List<Node> x, Node out, Node g) {
    Formula formula =
        Formula.parse(
            rule.replace("onehot(y)", "hot").replaceAll("sech\\((\\w+(\\(\\w+\\))?)\\)", "(1 / cosh($1))")
                .replaceAll("\\(([^()]*)\\) and \\(([^()]*)\\)", "logical_and($1, $2)"));
    Map<String, Node> leaves = new HashMap<>();
    for (String name : formula.names()) {
      leaves.put(
          name,
          switch (name) {
            case "x" -> x.get(0);
            case "y" -> x.get(1);
            case "z" -> x.get(2);
            case "xᵀ" -> transposed(x.get(0));
            case "yᵀ" -> transposed(x.get(1));
            case "hot" -> Ops.cast(Ops.oneHot(x.get(1), x.get(0).shape().dim(1)), out.dtype());
            case "n" -> Ops.constant(x.get(0).shape().dim(0));
            case "g" -> g;
            case "out" -> out;
            default -> throw new GradusException("rule", "names must be x, y, z, g or out", name, rule);
          });
    }
    return formula.bind(leaves).result();
  }

  /// Each matrix of a stack transposed.
  private static Node transposed(Node x) {
    int rank = x.shape().rank();
    int[] axes = IntStream.range(0, rank).toArray();
    axes[rank - 2] = rank - 1;
    axes[rank - 1] = rank - 2;
    return Ops.transpose(x, axes);
  }

  private static Tensor run(Node node) {
    return Interpreter.run(node).of(node);
  }

  @Test
  void everyOtherOpIsRead() {
    Set<String> without = new TreeSet<>();
    Vocabulary.all().stream().filter(entry -> entry.gradient() == Flow.FLOWS).forEach(entry -> without.add(entry.name()));
    withFormulas().forEach(use -> without.remove(use.op()));
    assertEquals(IN_WORDS, without);
  }
}
