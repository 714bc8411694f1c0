package dev.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class MlpTest {
  /// g(x·W1 + b1)·W2 + b2 written out with loops.
  @Test
  void appliesTheActivationBetweenLayersOnly() {
    var network = new Mlp(new Parameters(3), Ops::tanh, new Initializer.XavierUniform(), 2, 3, 1);
    List<Parameter> p = network.parameters();
    Tensor x = Tensor.of(new double[][] {{1, -2}, {0.5, 4}});
    Node y = network.apply(Constant.of(x));
    Tensor got = Interpreter.run(y).of(y);
    assertEquals(Shape.of(2, 1), got.shape());
    for (int row = 0; row < 2; row++) {
      double expected = p.get(3).initial().get(0);
      for (int unit = 0; unit < 3; unit++) {
        double z = p.get(1).initial().get(unit);
        for (int k = 0; k < 2; k++) {
          z += x.get(row, k) * p.get(0).initial().get(k, unit);
        }
        expected += Math.tanh(z) * p.get(2).initial().get(unit, 0);
      }
      assertEquals(expected, got.get(row, 0), 1e-15);
    }
  }

  @Test
  void namesAndStartsItsParameters() {
    List<Parameter> p = new Mlp(new Parameters(3), Ops::relu, new Initializer.HeUniform(), 4, 5, 6, 2).parameters();
    assertEquals(List.of("W1", "b1", "W2", "b2", "W3", "b3"), p.stream().map(Parameter::name).toList());
    assertEquals(
        List.of(Shape.of(4, 5), Shape.of(5), Shape.of(5, 6), Shape.of(6), Shape.of(6, 2), Shape.of(2)),
        p.stream().map(Node::shape).toList());
    assertEquals(Tensor.zeros(Shape.of(5)), p.get(1).initial());
  }

  @Test
  void withoutHiddenLayersIsLinear() {
    var network = new Mlp(new Parameters(3), Ops::relu, new Initializer.HeUniform(), 2, 1);
    Node once = network.apply(Constant.of(Tensor.of(new double[][] {{-1, -1}})));
    Node twice = network.apply(Constant.of(Tensor.of(new double[][] {{-2, -2}})));
    assertEquals(2 * Interpreter.run(once).of(once).item(), Interpreter.run(twice).of(twice).item());
  }

  @Test
  void refusesLayersWithoutUnits() {
    var start = new Parameters(1);
    assertEquals(
        "mlp: there must be features, outputs and units in every layer, but got [4, 0, 2]; give at least 1 for each",
        Refusal.of(() -> new Mlp(start, Ops::relu, new Initializer.HeUniform(), 4, 0, 2)));
  }
}
