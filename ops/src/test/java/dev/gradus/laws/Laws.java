package dev.gradus.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.diff.Backward;
import dev.gradus.diff.Flow;
import dev.gradus.diff.Gradients;
import dev.gradus.diff.Term;
import dev.gradus.graph.Broadcasting;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Projection;
import dev.gradus.laws.Comparison.Verdict;
import dev.gradus.laws.Program.Built;
import dev.gradus.ops.Ops;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What must hold of every graph.
final class Laws {
  private final Built built;
  private final Node result;
  private final Node upstream;
  private final Gradients gradients;
  private final Values run;
  private @Nullable Comparison last;

  Laws(Built built) {
    this.built = built;
    this.result = built.result();
    this.upstream = upstream(result);
    this.gradients = Backward.from(result, upstream);
    this.run = Interpreter.run(result);
  }

  private static Node upstream(Node result) {
    return Constant.of(Comparison.numbers(result.shape(), 1));
  }

  /// The leaves that the result depends on.
  private List<Parameter> leaves() {
    return built.leaves().stream()
        .filter(leaf -> gradients.graph().contains(leaf) && leaf.shape().size() > 0)
        .toList();
  }

  /// Reverse mode, forward mode and differences agree, leaf by leaf.
  Verdict derivativesAgree() {
    Comparison comparison = new Comparison(result, built.watches());
    last = comparison;
    Verdict verdict = Verdict.AGREES;
    List<Parameter> leaves = leaves();
    for (int i = 0; i < leaves.size() && verdict == Verdict.AGREES; i++) {
      verdict = comparison.along(Map.of(leaves.get(i), Comparison.numbers(leaves.get(i).shape(), i + 2)));
    }
    return verdict;
  }

  /// So do they for the function ⟨gradient, some numbers⟩: second derivatives, along a direction in which all leaves move.
  Verdict secondDerivativesAgree() {
    Map<Parameter, Tensor> direction = new HashMap<>();
    Node sum = Constant.of(0);
    List<Parameter> leaves = leaves();
    for (int i = 0; i < leaves.size(); i++) {
      Node gradient = gradients.of(leaves.get(i));
      direction.put(leaves.get(i), Comparison.numbers(leaves.get(i).shape(), i + 2));
      sum = sum.plus(Ops.sum(Elementwise.product(gradient, Constant.of(Comparison.numbers(gradient.shape(), i + 3)))));
    }
    Comparison comparison = new Comparison(sum, built.watches());
    last = comparison;
    return comparison.along(direction);
  }

  /// The numbers of the last comparison.
  String report() {
    return last == null ? "nothing compared" : last.report();
  }

  /// The same lines in another order make a graph of the same values and gradients, bit by bit.
  void orderOfConstructionDoesNotMatter(long seed) {
    List<Node> others = built.rebuilt(seed);
    Node other = others.get(built.nodes().indexOf(result));
    Gradients otherGradients = Backward.from(other, upstream(other));
    Values otherRun = Interpreter.run(other);
    assertEquals(gradients.graph().size(), otherGradients.graph().size());
    for (int i = 0; i < others.size(); i++) {
      Node node = built.nodes().get(i);
      assertEquals(gradients.flow(node), otherGradients.flow(others.get(i)), "flow at " + i);
      assertEquals(run.of(node), otherRun.of(others.get(i)), "value of " + i);
      assertEquals(run.of(gradients.of(node)), otherRun.of(otherGradients.of(others.get(i))), "gradient of " + i);
    }
  }

  /// Asking twice gives the same answer: the same node, the same tensor, the same bits from a second run.
  void askingTwiceGivesTheSame() {
    Gradients again = Backward.from(result, upstream);
    Values fresh = Interpreter.run(result);
    for (Node node : built.nodes()) {
      if (gradients.flow(node) == Flow.FLOWS) {
        assertSame(gradients.of(node), gradients.of(node));
      }
      Tensor gradient = run.of(gradients.of(node));
      assertEquals(gradient, run.of(gradients.of(node)));
      assertEquals(gradient, run.of(again.of(node)));
      assertEquals(gradient, fresh.of(again.of(node)));
      assertEquals(run.of(node), fresh.of(node));
    }
  }

  /// ∂L/∂u is the sum of its terms, in the order of Γ(u), and a term of an elementwise op is the product of the upstream
  /// gradient and the local factor.
  void termsSumToTheGradient() {
    for (Node u : gradients.graph().nodes()) {
      if (u.isTuple() || u instanceof Projection || gradients.flow(u) != Flow.FLOWS) {
        continue;
      }
      Node sum = u == result ? upstream : null;
      for (Term term : gradients.terms(u)) {
        sum = sum == null ? term.product() : sum.plus(term.product());
        if (term.local() != null && term.upstream() != null) {
          Node product = Broadcasting.sumTo(Elementwise.product(term.upstream(), term.local()), u.shape());
          assertTrue(run.of(term.product()).closeTo(run.of(product), 1e-12, 1e-12), term::rule);
        }
      }
      assertTrue(sum != null, "a gradient without terms at " + u);
      assertEquals(run.of(gradients.of(u)), run.of(sum), "terms at " + u);
    }
  }
}
