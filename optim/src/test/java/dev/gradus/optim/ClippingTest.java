package dev.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ClippingTest {
  @Provide
  Arbitrary<List<double[]>> gradients() {
    return Arbitraries.doubles().between(-1000, 1000).ofScale(3).array(double[].class).ofMinSize(1).ofMaxSize(5)
        .list().ofMinSize(1).ofMaxSize(4);
  }

  private static List<double[]> clipped(Clipping rule, List<double[]> gradients) {
    List<Node> nodes = rule.apply(gradients.stream().map(g -> (Node) Constant.of(Tensor.vector(g))).toList());
    Values values = Interpreter.run(nodes, Map.of());
    return nodes.stream().map(node -> values.of(node).toDoubles()).toList();
  }

  private static double norm(List<double[]> gradients) {
    double sum = 0;
    for (double[] gradient : gradients) {
      for (double element : gradient) {
        sum += element * element;
      }
    }
    return Math.sqrt(sum);
  }

  @Property(seed = "11", tries = 200)
  void globalNormIsKeptToTheLimitInTheSameDirection(@ForAll("gradients") List<double[]> gradients) {
    double limit = 10;
    double before = norm(gradients);
    List<double[]> after = clipped(new Clipping.ByGlobalNorm(limit), gradients);
    assertEquals(Math.min(before, limit), norm(after), 1e-12 * limit);
    double factor = before <= limit ? 1 : limit / before;
    for (int i = 0; i < after.size(); i++) {
      for (int k = 0; k < after.get(i).length; k++) {
        double element = gradients.get(i)[k];
        assertEquals(factor * element, after.get(i)[k], 1e-14 * Math.abs(element));
      }
    }
  }

  @Property(seed = "12", tries = 200)
  void clippingTwiceByValueIsClippingOnce(@ForAll("gradients") List<double[]> gradients) {
    Clipping rule = new Clipping.ByValue(10);
    List<double[]> once = clipped(rule, gradients);
    List<double[]> twice = clipped(rule, once);
    for (int i = 0; i < once.size(); i++) {
      for (int k = 0; k < once.get(i).length; k++) {
        double element = gradients.get(i)[k];
        double expected = element > 10 ? 10 : element < -10 ? -10 : element;
        assertEquals(expected, once.get(i)[k]);
        assertEquals(expected, twice.get(i)[k]);
      }
    }
  }

  /// 3, 4 and 12 have norm 13.
  @Test
  void normIsThatOfAllGradientsTogether() {
    Node norm = Clipping.globalNorm(List.of(
        Constant.of(Tensor.of(new double[][] {{3}, {4}})), Constant.of(Tensor.scalar(DType.F32, 12))));
    assertEquals(DType.F64, norm.dtype());
    assertEquals(13, Interpreter.run(norm).of(norm).item());
  }

  @Test
  void zeroGradientsStayZero() {
    assertEquals(0, norm(clipped(new Clipping.ByGlobalNorm(1), List.of(new double[] {0, 0}))));
  }

  /// The history tells the norm before clipping; the step is what clipping left.
  @Test
  void theTrainerClipsBeforeTheRule() {
    Parameter theta = Parameter.of("theta", Tensor.vector(0, 0));
    Node loss = Ops.dot(theta, Constant.of(Tensor.vector(30, 40)));
    Trainer trainer = Trainer.of(loss).optimizer(new Sgd(), 1).clipping(new Clipping.ByGlobalNorm(5)).build();
    History history = trainer.descend(Stopping.steps(1));
    assertEquals(50, history.steps().getFirst().gradientNorm());
    assertTrue(trainer.state().of(theta).closeTo(Tensor.vector(-3, -4), 1e-15, 0));
  }

  @Test
  void refusesALimitOfZero() {
    assertEquals(
        "clipping: limit must be a number above 0, but got 0.0; choose another", Refusal.of(() -> new Clipping.ByValue(0)));
    assertEquals(
        "clipping: limit must be a number above 0, but got -1.0; choose another", Refusal.of(() -> new Clipping.ByGlobalNorm(-1)));
  }
}
