package dev.gradus.teach.grading;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Flow;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Op;
import dev.gradus.ops.Vocabulary;
import dev.gradus.run.Interpreter;
import dev.gradus.teach.replay.Replay;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a student's own gradients are graded against: the graph that they are gradients of.
///
/// ```java
/// Grade grade = Grading.of(loss).grade(Map.of(w, Tensor.scalar(0.25), x, Tensor.scalar(0.5)));
/// IO.println(grade);
/// ```
///
/// A number that is right given the student's own numbers which it is computed from is not blamed: the first wrong one is.
public final class Grading {
  private static final double USUAL_TOLERANCE = 0.005;

  private final Replay replay;
  private final double tolerance;

  private Grading(Replay replay, double tolerance) {
    this.replay = replay;
    this.tolerance = tolerance;
  }

  /// Grades gradients of a loss of one element in which nothing is left to be fed.
  ///
  /// @throws GradusException where the loss is no floating-point tensor of one element, or an input has no value
  public static Grading of(Node loss) {
    Gradients gradients = Backward.from(loss);
    return of(Replay.of(loss, gradients, Interpreter.run(loss)));
  }

  /// Grades gradients of the result of a replay.
  public static Grading of(Replay replay) {
    replay.evaluate();
    return new Grading(replay, USUAL_TOLERANCE);
  }

  /// Grades an op of a student's against a right one, or the formula that it shall compute.
  ///
  /// @param mine the op
  /// @param right another that does the same
  /// @param operands where to compare
  public static OpGrade ofOp(Op mine, Op right, Tensor... operands) {
    return OpGrading.of(mine, right, List.of(operands));
  }

  /// Looks in a graph for the first op whose own rule is wrong, and grades it against differences of its values; null where every
  /// rule agrees with them.
  public static @Nullable OpGrade ofOps(Node loss) {
    return OpGrading.first(loss);
  }

  /// Takes numbers for right that differ from right ones by this part of them; 0.005 unless told otherwise, which is three digits.
  public Grading tolerance(double relative) {
    if (!(relative > 0 && relative < 1)) {
      throw new GradusException("grading", "the tolerance must lie between 0 and 1", relative, "0.005 is usual");
    }
    return new Grading(replay, relative);
  }

  /// Grades gradients by node.
  ///
  /// @throws GradusException for a node of another graph, or one with several results
  public Grade grade(Map<? extends Node, Tensor> gradients) {
    for (Node node : gradients.keySet()) {
      String label = replay.labels().of(node);
      if (node.isTuple()) {
        throw new GradusException("grading", "a gradient is that of one result", label + ", which has several", "give those of its results");
      }
    }
    return grade(new HashMap<>(gradients), Map.of(), List.of());
  }

  /// Grades gradients, and values if there are any, by the names of their nodes.
  public Grade grade(Answers answers) {
    Map<String, Node> byName = new LinkedHashMap<>();
    replay.order().stream().filter(node -> !node.isTuple()).forEach(node -> byName.put(replay.labels().of(node), node));
    List<Grade.Unknown> unknown = new ArrayList<>();
    Map<Node, Tensor> gradients = byNode(answers.gradients(), byName, false, unknown);
    Map<Node, Tensor> values = byNode(answers.values(), byName, true, unknown);
    return grade(gradients, values, unknown);
  }

  private static Map<Node, Tensor> byNode(
      Map<String, Tensor> given, Map<String, Node> byName, boolean areValues, List<Grade.Unknown> unknown) {
    Map<Node, Tensor> all = new HashMap<>();
    given.forEach((name, tensor) -> {
      Node node = byName.get(name);
      if (node == null) {
        unknown.add(new Grade.Unknown(name, Vocabulary.meant(name, byName.keySet())));
      } else if (tensor.dtype() == DType.BOOL && !(areValues && node.dtype() == DType.BOOL)) {
        throw new GradusException("answers", name + " must be a number or a nested list of numbers", "true or false", "write {\"" + name + "\": 0.5}");
      } else {
        all.put(node, tensor);
      }
    });
    return all;
  }

  private Grade grade(Map<Node, Tensor> gradients, Map<Node, Tensor> values, List<Grade.Unknown> unknown) {
    Map<Node, Tensor> fittingValues = fitting(values);
    Map<Node, Tensor> fittingGradients = fitting(gradients);
    fittingGradients.keySet().removeIf(node -> !node.dtype().isFloating());
    Carried carried = new Carried(replay, fittingValues, fittingGradients);
    Blame blame = new Blame(replay, carried, tolerance);
    List<Mark> ofValues = values.isEmpty() ? List.of() : values(values, carried, blame);
    List<Mark> ofGradients = gradients(gradients, carried, blame);
    ofGradients = new Hidden(replay, fittingValues, fittingGradients, carried, blame).explained(ofGradients);
    return new Grade(ImmutableList.copyOf(ofValues), ImmutableList.copyOf(ofGradients), ImmutableList.copyOf(unknown));
  }

  /// Those of the right shape, in the dtype of their node.
  private static Map<Node, Tensor> fitting(Map<Node, Tensor> given) {
    Map<Node, Tensor> all = new HashMap<>();
    given.forEach((node, tensor) -> {
      if (tensor.shape().equals(node.shape())) {
        all.put(node, tensor.cast(node.dtype()));
      }
    });
    return all;
  }

  private List<Mark> values(Map<Node, Tensor> given, Carried carried, Blame blame) {
    List<Mark> all = new ArrayList<>();
    Set<Node> tainted = new HashSet<>();
    for (Node u : replay.order()) {
      Tensor own = given.get(u);
      boolean follows = u.operands().stream().anyMatch(tainted::contains);
      if (u.isTuple() || own == null) {
        if (follows) {
          tainted.add(u);
        }
        continue;
      }
      Tensor right = replay.values().of(u);
      Verdict verdict = blame.verdict(own, right, carried.expectedValue(u), follows);
      if (follows || verdict != Verdict.RIGHT) {
        tainted.add(u);
      }
      all.add(new Mark(u, replay.labels().of(u), false, verdict, own, right, null));
    }
    return all;
  }

  private List<Mark> gradients(Map<Node, Tensor> given, Carried carried, Blame blame) {
    List<Mark> all = new ArrayList<>();
    Set<Node> tainted = new HashSet<>();
    for (Node u : replay.order().reversed()) {
      if (u.isTuple()) {
        continue;
      }
      Tensor own = given.get(u);
      // Where nothing can flow the graph has a zero of the node's own dtype; a gradient is a number all the same.
      Tensor right = u.dtype().isFloating() ? carried.right(u) : carried.right(u).cast(DType.F64);
      boolean follows = replay.graph().uses(u).stream().anyMatch(use -> carried.results(use.user()).stream().anyMatch(tainted::contains))
          || !blame.close(carried.expectedGradient(u), right);
      Verdict verdict = own == null ? Verdict.MISSING : blame.verdict(own, right, carried.expectedGradient(u), follows);
      if (follows || verdict == Verdict.WRONG || verdict == Verdict.SHAPE) {
        tainted.add(u);
      }
      Mark mark = new Mark(u, replay.labels().of(u), true, verdict, own, right, null);
      if (own != null && (verdict == Verdict.WRONG || verdict == Verdict.SHAPE)) {
        Finding finding = blame.finding(u, own);
        mark = mark.as(finding == null ? verdict : Verdict.WRONG, finding);
      }
      if (own != null || isAsked(u)) {
        all.add(mark);
      }
    }
    return all;
  }

  /// Whether a student could be expected to give ∂L/∂u.
  private boolean isAsked(Node u) {
    return !(u instanceof Constant) && u.dtype().isFloating() && replay.gradients().flow(u) == Flow.FLOWS;
  }
}
