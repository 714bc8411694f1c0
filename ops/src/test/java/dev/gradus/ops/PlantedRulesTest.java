package dev.gradus.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.check.CheckReport;
import dev.gradus.check.Culprit;
import dev.gradus.check.GradientCheck;
import dev.gradus.check.Verdict;
import dev.gradus.diff.Backward;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.PlantedRule.Mistake;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The gradient check accepts the rule of every op, and catches and names every mistake planted in it.
class PlantedRulesTest {

  /// Ops whose rule says nothing where the operands are equal: there is a kink, where many gradients are admissible, or
  /// the bottom of a square.
  private static final Set<String> TIED = Set.of("maximum", "minimum", "remainder", "squared_difference", "mse_loss");

  /// A program around one op: leaves, right nodes below and above it, a number as the result.
  ///
  /// @param leaves the leaf of each operand
  /// @param apply the op, where it is planted
  /// @param loss the result
  private record Program(List<Node> leaves, @Nullable Apply apply, Node loss) {
    static Program of(OpCase of, @Nullable PlantedRule planted) {
      List<Node> leaves = new ArrayList<>();
      List<Node> operands = new ArrayList<>();
      for (Tensor value : of.operands()) {
        if (of.repeated() && !leaves.isEmpty()) {
          leaves.add(leaves.getFirst());
          operands.add(operands.getFirst());
        } else {
          boolean floating = value.dtype().isFloating();
          leaves.add(floating ? Parameter.of("x" + leaves.size(), value) : Constant.of(value));
          operands.add(floating ? leaves.getLast().times(1) : leaves.getLast());
        }
      }
      Apply apply = planted == null ? null : Apply.of(planted, operands);
      List<Node> results = apply == null ? of.byName(operands) : apply.results();
      return new Program(leaves, apply, PlantedRule.weighed(results, weights(results)).times(1.5));
    }

    private static List<@Nullable Node> weights(List<Node> results) {
      List<@Nullable Node> weights = new ArrayList<>();
      for (Node result : results) {
        Tensor random = Tensor.normal(result.shape(), 20 + weights.size());
        weights.add(result.dtype().isFloating() ? Constant.of(random.cast(result.dtype())) : null);
      }
      return weights;
    }

    Tensor gradient(int slot) {
      Node gradient = Backward.from(loss).of(leaves.get(slot));
      return Interpreter.run(gradient).of(gradient);
    }
  }

  /// Every use of every op on tensors that have elements, and one whose differences have to be taken in f64.
  static List<OpCase> cases() {
    List<OpCase> all = new ArrayList<>(OpCases.all());
    all.removeIf(use -> isEmpty(use) || (use.repeated() && TIED.contains(use.op())));
    Tensor f32 = OpCases.sample(0, -2, 2, 2, 3).cast(DType.F32);
    all.add(new OpCase("cast", Map.of("dtype", "f64"), List.of(f32), false, x -> Ops.cast(x.getFirst(), DType.F64)));
    return all;
  }

  private static boolean isEmpty(OpCase use) {
    return use.operands().stream().anyMatch(x -> x.size() == 0)
        || use.byName(constants(use)).stream().anyMatch(result -> result.shape().size() == 0);
  }

  private static List<Node> constants(OpCase use) {
    return use.operands().stream().<Node>map(Constant::of).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theRuleOfTheOpPasses(OpCase each) {
    CheckReport report = GradientCheck.of(Program.of(each, null).loss).run();
    report.assertCorrect();
    assertEquals(report.rows().size(), report.count(Verdict.OK), report.toString());
    boolean moves = each.operands().stream().anyMatch(x -> x.dtype().isFloating()) && isContinuous(each);
    assertEquals(moves, !report.rows().isEmpty(), report.toString());
  }

  private static boolean isContinuous(OpCase each) {
    return each.entry() != Arithmetics.STOP_GRADIENT
        && each.byName(constants(each)).getFirst().dtype().isFloating();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void everyMistakeIsCaughtAndNamed(OpCase each) {
    for (int slot = 0; slot < each.operands().size(); slot++) {
      if (each.operands().get(slot).dtype().isFloating()) {
        Set<Mistake> caught = catchAll(each, slot);
        assertTrue(caught.containsAll(visible(each, slot)), () -> each + ": only these make a difference: " + caught);
      }
    }
  }

  /// Plants every mistake that makes a difference at the point of this case.
  private static Set<Mistake> catchAll(OpCase each, int slot) {
    Tensor right = Program.of(each, null).gradient(slot);
    Set<Mistake> caught = EnumSet.noneOf(Mistake.class);
    for (Mistake mistake : Mistake.values()) {
      Program program = Program.of(each, new PlantedRule(each, slot, mistake));
      if (program.gradient(slot).closeTo(right, 1e-9, 1e-9)) {
        continue;
      }
      caught.add(mistake);
      CheckReport report = GradientCheck.of(program.loss).by(program.leaves.get(slot)).run();
      assertFalse(report.passed(), () -> mistake + " at operand " + slot + " was not caught\n" + report);
      Culprit culprit = report.culprit();
      assertTrue(
          culprit != null && culprit.node().equals(program.apply) && culprit.slot() == slot,
          () -> mistake + " at operand " + slot + " was not named\n" + report);
    }
    return caught;
  }

  /// The mistakes that must make a difference: most of them wherever there is a gradient.
  private static Set<Mistake> visible(OpCase each, int slot) {
    Program program = Program.of(each, new PlantedRule(each, slot, Mistake.NONE));
    if (!hasGradient(program, slot)) {
      return each.repeated() && !FLAT.contains(each.op()) ? Set.of(Mistake.ZERO) : Set.of();
    }
    Set<Mistake> visible =
        EnumSet.of(Mistake.ZERO, Mistake.DROPPED, Mistake.NEGATED, Mistake.TWICE, Mistake.A_THOUSANDTH_MORE);
    if (program.apply != null && new PlantedRule(each, slot, Mistake.NONE).isBroadcast(program.apply)) {
      visible.add(Mistake.MEAN_OF_BROADCAST);
    }
    return visible;
  }

  private static boolean hasGradient(Program program, int slot) {
    return Arrays.stream(program.gradient(slot).toDoubles()).anyMatch(x -> x != 0);
  }

  /// Ops that are constant between jumps, or cut gradients off.
  private static final Set<String> FLAT =
      Set.of(
          "sign", "floor", "ceil", "round", "heaviside", "stop_gradient", "argmax", "argmin", "one_hot", "equal",
          "not_equal", "less", "less_equal", "greater", "greater_equal", "logical_and", "logical_or", "logical_xor",
          "logical_not", "isnan", "isinf", "isfinite");

  @Test
  void everyOpThatIsNotFlatHasACaseWithGradients() {
    Set<String> without = new LinkedHashSet<>(Vocabulary.all().stream().map(Entry::name).toList());
    for (OpCase each : cases()) {
      Program program = Program.of(each, null);
      for (int slot = 0; slot < each.operands().size(); slot++) {
        if (each.operands().get(slot).dtype().isFloating() && hasGradient(program, slot)) {
          without.remove(each.entry().name());
        }
      }
    }
    assertEquals(FLAT, without);
  }
}
