package dev.gradus.ops;

import static dev.gradus.ops.Ops.constant;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/// Laws that hold for all numbers: nothing overflows, underflows or turns into NaN that need not.
class NumericLawsTest {
  private static Arbitrary<double[]> vectors(double low, double high) {
    return Arbitraries.doubles().between(low, high).ofScale(4).array(double[].class).ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<double[]> huge() {
    return Arbitraries.oneOf(vectors(-1e300, 1e300), vectors(-1e4, 1e4), vectors(-3, 3));
  }

  @Provide
  Arbitrary<double[]> upTo300() {
    return vectors(-300, 300);
  }

  @Provide
  Arbitrary<double[]> upTo50() {
    return vectors(-50, 50);
  }

  @Provide
  Arbitrary<double[]> upTo1() {
    return vectors(-1, 1);
  }

  @Provide
  Arbitrary<double[]> positive() {
    return vectors(0.1, 10);
  }

  @Provide
  Arbitrary<double[]> fourLogits() {
    return Arbitraries.doubles().between(-1e4, 1e4).array(double[].class).ofSize(4);
  }

  @Provide
  Arbitrary<int[]> smallIntegers() {
    return Arbitraries.integers().between(-1, 3).array(int[].class).ofMinSize(1).ofMaxSize(7);
  }

  private static double[] run(Node node) {
    return Interpreter.run(node).of(node).toDoubles();
  }

  private static Node vector(double... all) {
    return constant(Tensor.vector(all));
  }

  private static double largest(double... all) {
    return Arrays.stream(all).map(Math::abs).max().orElse(0);
  }

  @Property(seed = "1", tries = 200)
  void softmaxIsADistribution(@ForAll("huge") double[] x) {
    double[] p = run(Ops.softmax(vector(x)));
    assertEquals(1, Arrays.stream(p).sum(), 1e-14);
    assertTrue(Arrays.stream(p).allMatch(each -> each >= 0 && each <= 1), Arrays.toString(p));
  }

  @Property(seed = "2", tries = 200)
  void logSoftmaxIsItsLogarithm(@ForAll("upTo300") double[] x) {
    double[] logs = run(Ops.logSoftmax(vector(x)));
    double[] p = run(Ops.softmax(vector(x)));
    for (int i = 0; i < p.length; i++) {
      assertEquals(Math.log(p[i]), logs[i], 1e-13 * Math.max(1, Math.abs(logs[i])));
    }
  }

  @Property(seed = "3", tries = 200)
  void logsumexpMovesWithItsElements(
      @ForAll("upTo50") double[] x,
      @ForAll @DoubleRange(min = -1e8, max = 1e8) double shift) {
    double[] shifted = Arrays.stream(x).map(each -> each + shift).toArray();
    double got = run(Ops.logsumexp(vector(shifted)))[0];
    assertEquals(run(Ops.logsumexp(vector(x)))[0] + shift, got, 1e-14 * (100 + Math.abs(shift)));
  }

  @Property(seed = "4", tries = 200)
  void logsumexpLiesAboveTheLargest(@ForAll("huge") double[] x) {
    double max = Arrays.stream(x).max().orElseThrow();
    double got = run(Ops.logsumexp(vector(x)))[0];
    assertTrue(got >= max && got <= max + Math.log(x.length) * (1 + 1e-12) + Math.ulp(max), got + " for " + Arrays.toString(x));
  }

  /// Multiplied by a power of two, so that every step scales exactly, from the smallest numbers to the largest.
  @Property(seed = "5", tries = 200)
  void normScales(
      @ForAll("upTo300") double[] x,
      @ForAll @IntRange(min = -900, max = 900) int exponent,
      @ForAll @IntRange(min = 0, max = 4) int which) {
    double ord = new double[] {2, 3, 0.5, -1, -2}[which];
    double[] scaled = Arrays.stream(x).map(each -> Math.scalb(each, exponent)).toArray();
    double norm = run(Ops.norm(vector(x), ord, false))[0];
    assertEquals(Math.scalb(norm, exponent), run(Ops.norm(vector(scaled), ord, false))[0], Math.scalb(norm, exponent) * 1e-15);
  }

  /// The gradient of the Euclidean norm is a unit vector, however large or small the operand.
  @Property(seed = "6", tries = 200)
  void theGradientOfTheNormIsAUnitVector(
      @ForAll("positive") double[] x,
      @ForAll @IntRange(min = -900, max = 900) int exponent) {
    Node leaf = Parameter.of("x", Tensor.vector(Arrays.stream(x).map(each -> Math.scalb(each, exponent)).toArray()));
    double[] g = Interpreter.run(Ops.norm(leaf)).gradients().of(leaf).toDoubles();
    assertEquals(1, Math.sqrt(Arrays.stream(g).map(each -> each * each).sum()), 1e-14);
  }

  @Property(seed = "7", tries = 200)
  void hypotScales(
      @ForAll @DoubleRange(min = -1e3, max = 1e3) double x,
      @ForAll @DoubleRange(min = -1e3, max = 1e3) double y,
      @ForAll @IntRange(min = -900, max = 900) int exponent) {
    double got = run(Ops.hypot(constant(Math.scalb(x, exponent)), constant(Math.scalb(y, exponent))))[0];
    double want = Math.scalb(Math.hypot(x, y), exponent);
    assertEquals(want, got, 2 * Math.ulp(want));
  }

  @Property(seed = "8", tries = 300)
  void sigmoidIsSymmetric(@ForAll @DoubleRange(min = -700, max = 700) double x) {
    double right = run(Ops.sigmoid(constant(x)))[0];
    double left = run(Ops.sigmoid(constant(-x)))[0];
    assertEquals(1, right + left, 2.3e-16);
    assertEquals(run(Ops.negative(Ops.softplus(constant(-x))))[0], run(Ops.logSigmoid(constant(x)))[0], 0);
    assertEquals(left, Math.exp(-x) * right, 1e-13 * left);
  }

  /// σ′ = σ(x) σ(-x) to full precision even where σ(x) is 1.
  @Property(seed = "9", tries = 300)
  void saturatedDerivativesKeepTheirDigits(@ForAll @DoubleRange(min = 40, max = 700) double x) {
    Node leaf = Parameter.of("x", Tensor.scalar(x));
    double slope = Interpreter.run(Ops.sigmoid(leaf)).gradients().of(leaf).item();
    assertEquals(Math.exp(-x), slope, 1e-15 * slope);
    Node half = Parameter.of("x", Tensor.scalar(x / 2));
    double tanhSlope = Interpreter.run(Ops.tanh(half)).gradients().of(half).item();
    assertEquals(4 * Math.exp(-x), tanhSlope, 4e-15 * tanhSlope);
  }

  @Property(seed = "10", tries = 200)
  void crossEntropyIsTheLogLikelihoodOfTheSoftmax(
      @ForAll("fourLogits") double[] logits, @ForAll @IntRange(max = 3) int target) {
    Node x = Ops.reshape(vector(logits), 1, 4);
    Node y = constant(Tensor.of(new long[] {target}));
    assertArrayEquals(run(Ops.nll(Ops.logSoftmax(x), y)), run(Ops.crossEntropy(x, y)));
    Node probabilities = Ops.cast(Ops.oneHot(y, 4), DType.F64);
    double want = run(Ops.crossEntropy(x, y))[0];
    assertEquals(want, run(Ops.crossEntropy(x, probabilities))[0], 1e-12 * Math.max(1, want));
  }

  @Property(seed = "11", tries = 200)
  void logitsAndProbabilitiesAgree(
      @ForAll @DoubleRange(min = -30, max = 30) double logit, @ForAll @DoubleRange(min = 0, max = 1) double target) {
    Node y = vector(target);
    double want = run(Ops.binaryCrossEntropyWithLogits(vector(logit), y))[0];
    double got = run(Ops.binaryCrossEntropy(Ops.sigmoid(vector(logit)), y))[0];
    assertEquals(want, got, 5e-3 * Math.exp(Math.abs(logit) - 30) + 1e-14 * Math.max(1, want));
  }

  /// However many equal maxima there are, together they receive the upstream gradient.
  @Property(seed = "12", tries = 200)
  void equalMaximaShareTheGradient(@ForAll("smallIntegers") int[] x) {
    Node leaf = Parameter.of("x", Tensor.vector(Arrays.stream(x).asDoubleStream().toArray()));
    double[] g = Interpreter.run(Ops.max(leaf)).gradients().of(leaf).toDoubles();
    int max = Arrays.stream(x).max().orElseThrow();
    long winners = Arrays.stream(x).filter(each -> each == max).count();
    for (int i = 0; i < x.length; i++) {
      assertEquals(x[i] == max ? 1.0 / winners : 0, g[i], 0);
    }
  }

  /// The gradient of a product with zeros among its factors: the product of the others.
  @Property(seed = "13", tries = 200)
  void productsAreDifferentiatedWithoutDivision(@ForAll("smallIntegers") int[] x) {
    Node leaf = Parameter.of("x", Tensor.vector(Arrays.stream(x).asDoubleStream().toArray()));
    double[] g = Interpreter.run(Ops.prod(leaf)).gradients().of(leaf).toDoubles();
    for (int i = 0; i < x.length; i++) {
      double others = 1;
      for (int k = 0; k < x.length; k++) {
        others *= k == i ? 1 : x[k];
      }
      assertEquals(others, g[i], 0);
    }
  }

  @Property(seed = "14", tries = 200)
  void remaindersHaveTheSignOfTheDivisor(
      @ForAll @IntRange(min = -50, max = 50) int x, @ForAll @IntRange(min = 1, max = 7) int size, @ForAll boolean negative) {
    int y = negative ? -size : size;
    assertEquals(Math.floorMod(x, y), run(Ops.remainder(constant(x), constant(y)))[0], 0);
    Node ints = Ops.remainder(constant(Tensor.scalar(x)), constant(Tensor.scalar(y)));
    assertEquals(Tensor.scalar(Math.floorMod(x, y)), Interpreter.run(ints).of(ints));
  }

  @Property(seed = "15", tries = 200)
  void deviationsDoNotFeelAnOffset(@ForAll("upTo1") double[] x) {
    double[] moved = Arrays.stream(x).map(each -> each + 1e6).toArray();
    double want = run(Ops.var(vector(x)))[0];
    assertEquals(want, run(Ops.var(vector(moved)))[0], 1e-9);
    assertEquals(Math.sqrt(want), run(Ops.std(vector(x)))[0], 0);
    assertTrue(want <= largest(x) * largest(x));
  }

  @Property(seed = "16", tries = 200)
  void clippingTwiceIsClippingOnce(@ForAll("huge") double[] x, @ForAll @DoubleRange(min = -5, max = 5) double bound) {
    Node once = Ops.clip(vector(x), -Math.abs(bound), Math.abs(bound));
    assertArrayEquals(run(once), run(Ops.clip(once, -Math.abs(bound), Math.abs(bound))));
    assertTrue(largest(run(once)) <= Math.abs(bound));
  }

  /// Powers with whole exponents of negative numbers, and their derivatives.
  @Property(seed = "17", tries = 200)
  void wholePowersOfAnyNumber(@ForAll @DoubleRange(min = -3, max = 3) double x, @ForAll @IntRange(max = 5) int exponent) {
    Node leaf = Parameter.of("x", Tensor.scalar(x));
    Node power = Ops.pow(leaf, exponent);
    double want = 1;
    double slope = 0;
    for (int i = 0; i < exponent; i++) {
      slope = slope * x + want;
      want *= x;
    }
    assertEquals(want, run(power)[0], 1e-14 * Math.max(1, Math.abs(want)));
    double got = Interpreter.run(power).gradients().of(leaf).item();
    assertEquals(slope, got, 1e-13 * Math.max(1, Math.abs(slope)));
  }
}
