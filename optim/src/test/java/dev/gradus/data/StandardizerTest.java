package dev.gradus.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class StandardizerTest {
  private static Dataset features(double[]... rows) {
    return Dataset.of(Tensor.of((Object) rows), Tensor.arange(rows.length));
  }

  /// 2, 4, 4, 4, 5, 5, 7, 9 have mean 5 and standard deviation 2.
  @Test
  void divideByTheDeviationOfThePopulation() {
    Dataset data = features(new double[][] {{2}, {4}, {4}, {4}, {5}, {5}, {7}, {9}});
    Standardizer scale = Standardizer.fit(data);
    assertEquals(Tensor.vector(5), scale.mean());
    assertEquals(Tensor.vector(2), scale.scale());
    assertArrayEquals(new double[] {-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2}, scale.apply(data).features().toDoubles());
  }

  @Property(seed = "51", tries = 100)
  void givesMeanZeroAndDeviationOne(
      @ForAll long seed, @ForAll @DoubleRange(min = -1_000_000, max = 1_000_000) double offset, @ForAll @DoubleRange(min = 0.01, max = 1000) double width) {
    double[] numbers = Tensor.normal(Shape.of(50), seed).toDoubles();
    double[][] rows = new double[50][];
    for (int i = 0; i < 50; i++) {
      rows[i] = new double[] {offset + width * numbers[i]};
    }
    Dataset data = features(rows);
    double[] x = Standardizer.fit(data).apply(data).features().toDoubles();
    double sum = 0;
    double squares = 0;
    for (double value : x) {
      sum += value;
      squares += value * value;
    }
    assertEquals(0, sum / 50, 1e-5);
    assertEquals(1, squares / 50, 1e-6);
  }

  @Test
  void constantColumnsBecomeZero() {
    Dataset data = features(new double[][] {{0.1, 7}, {0.1, 7}, {0.1, 7}});
    Standardizer scale = Standardizer.fit(data);
    assertEquals(Tensor.vector(1, 1), scale.scale());
    assertTrue(scale.apply(data).features().closeTo(Tensor.zeros(Shape.of(3, 2)), 0, 1e-15));
    Tensor other = scale.apply(Tensor.of(new double[][] {{0.1, 9}}));
    assertEquals(2, other.get(0, 1));
  }

  @Test
  void appliesTheNumbersOfOnePartToAnother() {
    Standardizer scale = Standardizer.fit(features(new double[][] {{0}, {2}}));
    Dataset test = features(new double[][] {{3}});
    assertEquals(Tensor.of(new double[][] {{2}}), scale.apply(test).features());
    assertEquals(test.targets(), scale.apply(test).targets());
    assertEquals(DType.F32, scale.apply(test.features().cast(DType.F32)).dtype());
  }

  @Test
  void refusesOtherColumns() {
    Standardizer scale = Standardizer.fit(features(new double[][] {{0, 1}, {2, 3}}));
    assertEquals(
        "standardizer: features must be of shape [size, 2], but got [1, 3]; use the columns it was fit on",
        Refusal.of(() -> scale.apply(Tensor.zeros(Shape.of(1, 3)))));
    assertTrue(Refusal.of(() -> Standardizer.fit(Dataset.of(Tensor.zeros(Shape.of(0, 3)), Tensor.arange(0))))
        .startsWith("standardizer: features must be a table with a row"));
    assertTrue(Refusal.of(() -> new Standardizer(Tensor.vector(1, 2), Tensor.vector(1)))
        .startsWith("standardizer: there must be a mean and a scale for each feature"));
  }
}
