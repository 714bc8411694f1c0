package dev.gradus.compile.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.Refusal;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixProductsTest {
  private static final double FLOAT = Math.ulp(1f);
  private static final double DOUBLE = Math.ulp(1.0);

  private static void agree(Gemm gemm, Products products) {
    products.check(products.doubles(gemm), DOUBLE);
    products.check(Products.doubles(products.floats(gemm)), FLOAT);
  }

  private static Gemm entry(int threads, boolean natives) {
    MatrixProducts products = new MatrixProducts(threads, natives);
    return new Gemm() {
      @Override
      public void multiply(
          boolean transposeA, boolean transposeB, int m, int n, int k,
          float alpha, float[] a, int aAt, int lda, float[] b, int bAt, int ldb,
          float beta, float[] c, int cAt, int ldc) {
        products.multiply(transposeA, transposeB, m, n, k, alpha, a, aAt, lda, b, bAt, ldb, beta, c, cAt, ldc);
      }

      @Override
      public void multiply(
          boolean transposeA, boolean transposeB, int m, int n, int k,
          double alpha, double[] a, int aAt, int lda, double[] b, int bAt, int ldb,
          double beta, double[] c, int cAt, int ldc) {
        products.multiply(transposeA, transposeB, m, n, k, alpha, a, aAt, lda, b, bAt, ldb, beta, c, cAt, ldc);
      }
    };
  }

  @Test
  void openBlasIsHere() {
    assertTrue(OpenBlasLibrary.FOUND.isPresent());
  }

  @Property(tries = 150, seed = "1")
  void plainProductsAreRight(
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int m,
      @ForAll @IntRange(max = 70) int n,
      @ForAll @IntRange(max = 40) int k) {
    agree(new PlainGemm(), new Products(new Random(seed), m, n, k));
  }

  @Property(tries = 150, seed = "2")
  void productsAreRight(
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int m,
      @ForAll @IntRange(max = 70) int n,
      @ForAll @IntRange(max = 40) int k) {
    agree(entry(2, true), new Products(new Random(seed), m, n, k));
    agree(entry(2, false), new Products(new Random(seed), m, n, k));
  }

  /// More than a block of the plain product, and more than a tile; not a multiple of either.
  @ParameterizedTest
  @CsvSource({"5, 1030, 270", "130, 70, 517", "300, 200, 41", "1, 700, 1501", "700, 1, 1501", "3, 3, 5000"})
  void largeProductsAreRight(int m, int n, int k) {
    for (int seed = 0; seed < 2; seed++) {
      Products products = new Products(new Random(seed), m, n, k);
      agree(new PlainGemm(), products);
      agree(new OpenBlas(), products);
      agree(entry(3, true), products);
      agree(entry(3, false), products);
    }
  }

  /// The same bits in every run and for every number of threads, wherever the collector puts the arrays.
  @ParameterizedTest
  @CsvSource({"130, 333, 77", "257, 129, 300", "64, 256, 784", "1, 2000, 700", "2000, 1, 700", "7, 9, 11"})
  void bitsDoNotDependOnThreads(int m, int n, int k) {
    for (boolean natives : new boolean[] {true, false}) {
      for (int seed = 0; seed < 2; seed++) {
        Products products = new Products(new Random(seed), m, n, k);
        double[] expected = products.doubles(entry(1, natives));
        float[] rounded = products.floats(entry(1, natives));
        for (int threads : new int[] {1, 2, 3, 4, 8}) {
          assertArrayEquals(expected, products.doubles(entry(threads, natives)), products + " on " + threads);
          assertArrayEquals(rounded, products.floats(entry(threads, natives)), products + " on " + threads);
        }
      }
    }
  }

  /// A batch is its products one by one, bit for bit where they are not cut into tiles, for any number of threads.
  @ParameterizedTest
  @CsvSource({"32, 12, 32, 128", "1000, 3, 4, 5", "5, 16, 16, 16", "0, 3, 3, 3", "200, 24, 20, 12"})
  void batchIsItsProducts(int count, int m, int n, int k) {
    Random random = new Random(count);
    float[] a = random(random, count * m * k + 3);
    float[] b = random(random, k * n);
    float[] each = new float[count * (m * n + 1)];
    MatrixProducts products = new MatrixProducts(1, true);
    for (int i = 0; i < count; i++) {
      products.multiply(false, false, m, n, k, 1f, a, 3 + i * m * k, k, b, 0, n, 0f, each, i * (m * n + 1), n);
    }
    for (int threads : new int[] {1, 2, 3, 4, 8}) {
      float[] out = new float[each.length];
      new MatrixProducts(threads, true)
          .multiply(count, false, false, m, n, k, 1f, a, 3, k, m * k, b, 0, n, 0, 0f, out, 0, n, m * n + 1);
      assertArrayEquals(each, out);
    }
  }

  /// Fewer products than threads: each is cut.
  @Test
  void batchOfLargeProducts() {
    int count = 3;
    int side = 200;
    Random random = new Random(3);
    int square = side * side;
    int length = count * square;
    double[] a = random.doubles(length).toArray();
    double[] b = random.doubles(length).toArray();
    double[] first = new double[length];
    new MatrixProducts(1, true)
        .multiply(count, true, false, side, side, side, 1.0, a, 0, side, square, b, 0, side, square, 0.0, first, 0, side, square);
    for (int threads : new int[] {2, 3, 4, 8}) {
      double[] out = new double[length];
      new MatrixProducts(threads, true)
          .multiply(count, true, false, side, side, side, 1.0, a, 0, side, square, b, 0, side, square, 0.0, out, 0, side, square);
      assertArrayEquals(first, out);
    }
    double[] plain = new double[length];
    new MatrixProducts(2, false)
        .multiply(count, true, false, side, side, side, 1.0, a, 0, side, square, b, 0, side, square, 0.0, plain, 0, side, square);
    assertArrayEquals(first, plain, 1e-9);
  }

  @Test
  void nothingOfAOrBMattersWhenAlphaIsZero() {
    float[] nan = new float[400];
    Arrays.fill(nan, Float.NaN);
    float[] c = new float[400];
    Arrays.fill(c, 2);
    new MatrixProducts(1, true).multiply(false, false, 20, 20, 20, 0f, nan, 0, 20, nan, 0, 20, 3f, c, 0, 20);
    float[] six = new float[400];
    Arrays.fill(six, 6);
    assertArrayEquals(six, c);
  }

  @Test
  void arraysThatAreTooShortAreRefused() {
    MatrixProducts products = new MatrixProducts(1, true);
    float[] a = new float[6];
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> products.multiply(false, false, 2, 2, 3, 1f, a, 1, 3, a, 0, 2, 0f, a, 0, 2));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> products.multiply(2, false, false, 1, 2, 2, 1f, a, 0, 2, 2, a, 0, 2, 4, 0f, a, 0, 2, 2));
    assertEquals(
        "matrix product: sizes and strides are at least 0 and a leading dimension at least a row, "
            + "but got 1 of 2x3 with leading dimension 2 and stride 0; check the layout",
        Refusal.of(() -> products.multiply(false, false, 2, 2, 3, 1f, a, 0, 2, a, 0, 2, 0f, a, 0, 2)));
  }

  private static float[] random(Random random, int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
