package dev.gradus.teach.grading;

import dev.gradus.GradusException;
import dev.gradus.check.Culprit;
import dev.gradus.check.GradientCheck;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Op;
import dev.gradus.graph.TensorType;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.teach.replay.Excerpt;
import dev.gradus.teach.replay.Mistakes;
import dev.gradus.teach.replay.Share;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares an op with one that is right, under upstream gradients of random numbers.
final class OpGrading {
  private static final double TOLERANCE = 1e-6;
  private static final double NOTHING = 1e-9;

  private OpGrading() {}

  static OpGrade of(Op mine, Op right, List<Tensor> operands) {
    List<TensorType> types = operands.stream().map(TensorType::of).toList();
    if (!mine.types(types).equals(right.types(types))) {
      throw new GradusException(
          mine.name(), "its results must be " + right.types(types), mine.types(types).toString(), "make it give what " + right.name() + " gives");
    }
    return graded(mine, right, operands, null);
  }

  static @Nullable OpGrade first(Node loss) {
    Culprit culprit = GradientCheck.of(loss).run().culprit();
    if (culprit == null) {
      return null;
    }
    Culprit innermost = culprit;
    while (innermost.inside() != null) {
      innermost = innermost.inside();
    }
    Apply node = innermost.node();
    Values values = Interpreter.run(node.operands(), Map.of());
    return graded(node.op(), Reference.of(node.op()), node.operands().stream().map(values::of).toList(), culprit);
  }

  private static OpGrade graded(Op mine, Op right, List<Tensor> operands, @Nullable Culprit culprit) {
    Map<Integer, Tensor> upstreams = upstreams(right.types(operands.stream().map(TensorType::of).toList()));
    Excerpt own = Excerpt.of(constant(mine, operands), operands, upstreams);
    Excerpt reference = Excerpt.of(constant(right, operands), operands, upstreams);
    boolean areValuesRight = true;
    for (int i = 0; i < own.node().results().size(); i++) {
      Tensor value = value(own.node().results().get(i));
      areValuesRight &= value.closeTo(value(reference.node().results().get(i)), TOLERANCE, NOTHING);
    }
    List<OpGrade.Slot> slots = new ArrayList<>();
    for (int slot = 0; slot < operands.size(); slot++) {
      Share share = reference.share(slot);
      if (share != null) {
        slots.add(slot(slot, own.share(slot), share, right.name()));
      }
    }
    return OpGrade.of(mine.name(), areValuesRight, slots, culprit);
  }

  private static Apply constant(Op op, List<Tensor> operands) {
    return Apply.of(op, operands.stream().map(Constant::of).toList());
  }

  private static Tensor value(Node node) {
    return Interpreter.run(node).of(node);
  }

  private static OpGrade.Slot slot(int slot, @Nullable Share own, Share reference, String op) {
    Tensor right = value(reference.term().product());
    Tensor given = own == null ? Tensor.zeros(right.shape(), right.dtype()) : value(own.term().product());
    boolean isRight = given.closeTo(right, TOLERANCE, NOTHING);
    return new OpGrade.Slot(slot, isRight, given, right, isRight ? null : finding(given, reference, op));
  }

  private static @Nullable Finding finding(Tensor given, Share reference, String op) {
    List<Mistakes.Wrong> wrongs = new ArrayList<>(Mistakes.terms(reference));
    wrongs.addAll(Reference.pointwise(reference));
    Values run = Blame.run(wrongs);
    for (Mistakes.Wrong wrong : wrongs) {
      if (given.closeTo(run.of(wrong.node()), TOLERANCE, NOTHING)) {
        String x = "x" + (reference.term().use().slot() + 1);
        return Finding.of(wrong.key(), Map.of("L", "L", "u", x, "v", op, "dLdu", "∂L/∂" + x, "dLdv", "∂L/∂" + op, "dvdu", "∂" + op + "/∂" + x));
      }
    }
    return null;
  }

  /// Numbers of either sign, none of them near 0.
  private static Map<Integer, Tensor> upstreams(List<TensorType> types) {
    Map<Integer, Tensor> all = new HashMap<>();
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i).isDifferentiable()) {
        double[] random = Tensor.uniform(types.get(i).shape(), 1 + i).toDoubles();
        for (int j = 0; j < random.length; j++) {
          random[j] = random[j] < 0.5 ? random[j] - 1 : random[j] + 0.5;
        }
        all.put(i, Tensor.of(types.get(i).shape(), random).cast(types.get(i).dtype()));
      }
    }
    return all;
  }
}
