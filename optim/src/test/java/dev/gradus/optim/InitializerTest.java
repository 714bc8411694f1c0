package dev.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializerTest {
  private static double variance(double[] draws) {
    double mean = Arrays.stream(draws).average().orElseThrow();
    return Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
  }

  /// The variances that the papers derive, for 300 inputs and 100 outputs; 30,000 draws tell them to a few percent.
  @ParameterizedTest
  @CsvSource({"xavier uniform, 0.005", "xavier normal, 0.005", "he uniform, 0.006666666666666667", "he normal, 0.006666666666666667"})
  void hasThePapersVariance(String name, double expected) {
    Initializer rule = switch (name) {
      case "xavier uniform" -> new Initializer.XavierUniform();
      case "xavier normal" -> new Initializer.XavierNormal();
      case "he uniform" -> new Initializer.HeUniform();
      default -> new Initializer.HeNormal();
    };
    double[] draws = rule.draw(Shape.of(300, 100), 5, 0).toDoubles();
    assertEquals(0, Arrays.stream(draws).average().orElseThrow(), 4 * Math.sqrt(expected / draws.length));
    assertEquals(expected, variance(draws), 0.05 * expected);
  }

  @Test
  void uniformFillsItsRange() {
    DoubleSummaryStatistics draws =
        Arrays.stream(new Initializer.Uniform(-2, 3).draw(Shape.of(10_000), 1, 0).toDoubles()).summaryStatistics();
    assertTrue(draws.getMin() >= -2 && draws.getMin() < -1.99, draws::toString);
    assertTrue(draws.getMax() < 3 && draws.getMax() > 2.99, draws::toString);
  }

  @Test
  void xavierUniformEndsAtItsLimit() {
    DoubleSummaryStatistics draws =
        Arrays.stream(new Initializer.XavierUniform().draw(Shape.of(20, 30), 1, 0).toDoubles()).summaryStatistics();
    double limit = Math.sqrt(6.0 / 50);
    assertTrue(draws.getMax() < limit && draws.getMax() > 0.98 * limit, draws::toString);
    assertTrue(draws.getMin() >= -limit && draws.getMin() < -0.98 * limit, draws::toString);
  }

  @Test
  void normalHasItsMeanAndDeviation() {
    double[] draws = new Initializer.Normal(7, 0.5).draw(Shape.of(10_000), 1, 0).toDoubles();
    assertEquals(7, Arrays.stream(draws).average().orElseThrow(), 0.02);
    assertEquals(0.25, variance(draws), 0.02);
  }

  /// A kernel of shape [out, in, 3, 3] sums over 9 · in inputs: the variance of He is 2/(9 · in).
  @Test
  void countsThePlacesOfAKernel() {
    double[] draws = new Initializer.HeNormal().draw(Shape.of(64, 16, 3, 3), 5, 0).toDoubles();
    assertEquals(2.0 / 144, variance(draws), 0.05 * 2 / 144);
  }

  @Test
  void isAFunctionOfSeedAndNumber() {
    Initializer rule = new Initializer.HeUniform();
    Shape shape = Shape.of(3, 4);
    assertEquals(rule.draw(shape, 1, 0), rule.draw(shape, 1, 0));
    assertNotEquals(rule.draw(shape, 1, 0), rule.draw(shape, 2, 0));
    assertNotEquals(rule.draw(shape, 1, 0), rule.draw(shape, 1, 1));
  }

  @Test
  void parametersAreIndependentOfEachOthersRules() {
    var one = new Parameters(9);
    var other = new Parameters(9);
    Tensor first = one.make("a", new Initializer.HeUniform(), 2, 2).initial();
    Tensor second = one.make("b", new Initializer.HeUniform(), 2, 2).initial();
    assertEquals(Tensor.zeros(Shape.of(5)), other.zeros("a", 5).initial());
    assertEquals(second, other.make("b", new Initializer.HeUniform(), 2, 2).initial());
    assertNotEquals(first, second);
    assertEquals(2, other.all().size());
  }

  @Test
  void parametersTakeADType() {
    var start = new Parameters(9, DType.F32);
    assertEquals(DType.F32, start.make("a", new Initializer.Normal(0, 1), 3).dtype());
    assertEquals(DType.F32, start.make("b", Tensor.scalar(1.0)).dtype());
  }

  @Test
  void refusesShapesWithoutFans() {
    assertEquals(
        "he: a shape with inputs and outputs is needed, but got [3]; start biases at 0",
        Refusal.of(() -> new Initializer.HeNormal().draw(Shape.of(3), 1, 0)));
    assertEquals(
        "xavier: a shape with inputs and outputs is needed, but got []; start biases at 0",
        Refusal.of(() -> new Initializer.XavierUniform().draw(Shape.SCALAR, 1, 0)));
    assertEquals("uniform: low must not exceed high, but got 2.0 and 1.0; swap them", Refusal.of(() -> new Initializer.Uniform(2, 1)));
  }
}
