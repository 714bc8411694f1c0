package dev.gradus.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.diff.Backward;
import dev.gradus.diff.Forward;
import dev.gradus.diff.Gradients;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What must hold of the derivatives of any primitive: the pullback is the adjoint of the pushforward, and both are the
/// limit of differences.
final class PrimitiveDerivatives {
  private PrimitiveDerivatives() {}

  /// The value of an op at constants.
  static Tensor value(Op op, Tensor... operands) {
    Node[] x = new Node[operands.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = Constant.of(operands[i]);
    }
    Node out = op.of(x);
    return Interpreter.run(out).of(out);
  }

  /// Checks each floating-point operand by itself; numbers in `operands` must lie off kinks.
  static void check(Op op, Tensor... operands) {
    List<Parameter> x = new ArrayList<>();
    for (Tensor operand : operands) {
      x.add(Parameter.of("x" + x.size(), operand));
    }
    Apply out = Apply.of(op, x);
    Tensor weight = numbers(TensorType.of(value(op, operands)), 9);
    Gradients gradients = Backward.from(out, Constant.of(weight));
    Values run = Interpreter.run(out);
    for (Parameter operand : x) {
      if (operand.dtype().isFloating()) {
        Tensor move = numbers(operand.type(), x.indexOf(operand));
        Node gradient = gradients.of(operand);
        assertEquals(operand.type(), gradient.type());
        double reverse = dot(run.of(gradient), move);
        Node moved = Forward.derivative(out, Map.of(operand, Constant.of(move)));
        assertEquals(out.type(), moved.type());
        assertEquals(reverse, dot(run.of(moved), weight), 1e-12 * (1 + Math.abs(reverse)), op + " by " + operand);
        double differences = (4 * slope(out, operand, move, weight, 1e-3) - slope(out, operand, move, weight, 2e-3)) / 3;
        assertEquals(differences, reverse, 1e-8 * (1 + Math.abs(reverse)), op + " by " + operand);
      }
    }
  }

  private static double slope(Node out, Parameter operand, Tensor move, Tensor weight, double h) {
    return (at(out, operand, move, weight, h) - at(out, operand, move, weight, -h)) / (2 * h);
  }

  private static double at(Node out, Parameter operand, Tensor move, Tensor weight, double t) {
    double[] x = operand.initial().toDoubles();
    for (int i = 0; i < x.length; i++) {
      x[i] += t * move.toDoubles()[i];
    }
    Map<Node, Tensor> feeds = new HashMap<>();
    feeds.put(operand, Tensor.of(operand.shape(), x));
    return dot(Interpreter.run(List.of(out), feeds).of(out), weight);
  }

  /// Numbers without a pattern.
  static Tensor numbers(TensorType type, int seed) {
    double[] all = new double[type.shape().size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = Math.sin(1 + 2.7 * i + 1.3 * seed);
    }
    return Tensor.of(type.shape(), all).cast(type.dtype());
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += a.toDoubles()[i] * b.toDoubles()[i];
    }
    return sum;
  }
}
