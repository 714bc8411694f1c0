package dev.gradus.compile.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.Refusal;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixProductsTest {
  /// Has tiles used before the JVM has compiled them.
  private static final String COLD = "dev.gradus.compile.cold";

  private static final double FLOAT = Math.ulp(1f);
  private static final double DOUBLE = Math.ulp(1.0);

  /// By the Vector API, by OpenBLAS, and by neither.
  private static List<MatrixProducts> all(int threads) {
    return List.of(
        new MatrixProducts(threads, true, false), new MatrixProducts(threads, false, true), new MatrixProducts(threads, false, false));
  }

  private static void agree(Gemm gemm, Products products) {
    products.check(products.doubles(gemm), DOUBLE);
    products.check(Products.doubles(products.floats(gemm)), FLOAT);
  }

  private static void agree(MatrixProducts how, Products products) {
    products.check(products.doubles(how), DOUBLE);
    products.check(Products.doubles(products.floats(how)), FLOAT);
  }

  /// Tiles that are ready at once, though slow.
  private static Gemm vectors() {
    return new VectorGemm(
        (layout, part, alpha, a, aAt, b, bAt, beta, c, cAt) -> {
          throw new AssertionError("not by vectors");
        });
  }

  private static void whileCold(Runnable work) {
    System.setProperty(COLD, "true");
    try {
      work.run();
    } finally {
      System.clearProperty(COLD);
    }
  }

  @Test
  void openBlasIsHere() {
    assertTrue(OpenBlasLibrary.FOUND.isPresent());
  }

  @Property(tries = 150, seed = "1")
  void eachWayIsRight(
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int m,
      @ForAll @IntRange(max = 70) int n,
      @ForAll @IntRange(max = 40) int k) {
    Products products = new Products(new Random(seed), m, n, k);
    agree(new PlainGemm(), products);
    agree(new OpenBlas(), products);
    if (m * n * k > 0) {
      whileCold(() -> agree(vectors(), products));
    }
  }

  @Property(tries = 150, seed = "2")
  void productsAreRight(
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int m,
      @ForAll @IntRange(max = 70) int n,
      @ForAll @IntRange(max = 40) int k) {
    all(2).forEach(how -> agree(how, new Products(new Random(seed), m, n, k)));
  }

  /// More than a block, a panel and a tile; not a multiple of any of them.
  @ParameterizedTest
  @CsvSource({"5, 1030, 270", "130, 70, 517", "300, 200, 41", "1, 700, 1501", "700, 1, 1501", "3, 3, 5000"})
  void largeProductsAreRight(int m, int n, int k) {
    for (int seed = 0; seed < 2; seed++) {
      Products products = new Products(new Random(seed), m, n, k);
      agree(new PlainGemm(), products);
      agree(new OpenBlas(), products);
      all(3).forEach(how -> agree(how, products));
    }
  }

  /// Vectors and plain Java add up in the same order, fused: the same bits, wherever elements lie.
  @Property(tries = 100, seed = "3")
  void vectorsAndPlainJavaGiveTheSameBits(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int m,
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(min = 1, max = 300) int k) {
    Random random = new Random(seed);
    Layout layout =
        new Layout(
            places(random, m, 7), places(random, k, 3), places(random, k, 5), places(random, n, 1),
            places(random, m, 2 * n + 90), places(random, n, 1));
    double[] a = random.doubles(reach(layout.aRow, layout.aSum)).toArray();
    double[] b = random.doubles(reach(layout.bSum, layout.bColumn)).toArray();
    double[] before = random.doubles(reach(layout.cRow, layout.cColumn)).toArray();
    double beta = random.nextInt(3) * 0.5;
    double[] plain = before.clone();
    Gemm.Part all = new Gemm.Part(0, m, 0, n, 0, k);
    new PlainGemm().multiply(layout, all, -0.7, a, 0, b, 0, beta, plain, 0);
    float[] single = Products.floats(before);
    new PlainGemm().multiply(layout, all, -0.7, Products.floats(a), 0, Products.floats(b), 0, beta, single, 0);
    whileCold(() -> {
      double[] vectors = before.clone();
      vectors().multiply(layout, all, -0.7, a, 0, b, 0, beta, vectors, 0);
      assertArrayEquals(plain, vectors);
      float[] singleVectors = Products.floats(before);
      vectors().multiply(layout, all, -0.7, Products.floats(a), 0, Products.floats(b), 0, beta, singleVectors, 0);
      assertArrayEquals(single, singleVectors);
    });
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[layout.aRow[i] + layout.aSum[p]] * b[layout.bSum[p] + layout.bColumn[j]];
        }
        int at = layout.cRow[i] + layout.cColumn[j];
        assertEquals(-0.7 * sum + beta * before[at], plain[at], 1e-12 * (k + 2));
      }
    }
  }

  /// Few results that sum up a lot, in lanes: the same bits with vectors and without, for any number of threads.
  @Property(tries = 60, seed = "4")
  void dotProductsAreRight(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 9) int m,
      @ForAll @IntRange(min = 1, max = 9) int n,
      @ForAll @IntRange(min = 1, max = 40) int runs,
      @ForAll @IntRange(min = 1, max = 5) int vectorsOfARun) {
    Random random = new Random(seed);
    int run = 8 * vectorsOfARun;
    int k = run * runs;
    int[] aSum = new int[k];
    int[] bSum = new int[k];
    for (int p = 0; p < k; p++) {
      aSum[p] = p + p / run * 3;
      bSum[p] = p + p / run * 5;
    }
    Layout layout =
        new Layout(places(random, m, k + 130), aSum, bSum, places(random, n, 1), places(random, m, 2 * n + 20), places(random, n, 1));
    double[] a = random.doubles(reach(layout.aRow, layout.aSum)).toArray();
    double[] b = random.doubles(reach(layout.bSum, layout.bColumn)).toArray();
    double[] before = random.doubles(reach(layout.cRow, layout.cColumn)).toArray();
    double beta = random.nextInt(3) * 0.5;
    Gemm.Part all = new Gemm.Part(0, m, 0, n, 0, k);
    double[] plain = before.clone();
    new DotGemm(false).multiply(layout, all, 1.5, a, 0, b, 0, beta, plain, 0);
    float[] single = Products.floats(before);
    new DotGemm(false).multiply(layout, all, 1.5, Products.floats(a), 0, Products.floats(b), 0, beta, single, 0);
    whileCold(() -> {
      double[] vectors = before.clone();
      new DotGemm(true).multiply(layout, all, 1.5, a, 0, b, 0, beta, vectors, 0);
      assertArrayEquals(plain, vectors);
      float[] singleVectors = Products.floats(before);
      new DotGemm(true).multiply(layout, all, 1.5, Products.floats(a), 0, Products.floats(b), 0, beta, singleVectors, 0);
      assertArrayEquals(single, singleVectors);
    });
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[layout.aRow[i] + aSum[p]] * b[bSum[p] + layout.bColumn[j]];
        }
        int at = layout.cRow[i] + layout.cColumn[j];
        assertEquals(1.5 * sum + beta * before[at], plain[at], 1e-12 * (k + 2));
        assertEquals(1.5 * sum + beta * before[at], single[at], 1e-6 * (k + 2));
      }
    }
    int[] zero = {0};
    double[] once = null;
    for (int threads : new int[] {1, 2, 3, 4, 8}) {
      double[] out = before.clone();
      new MatrixProducts(threads, threads != 3, false).of(layout, zero, zero, zero, 1.5, a, b, beta, out).run();
      once = once == null ? out : once;
      assertArrayEquals(once, out);
    }
  }

  /// Places that grow by `step`, now and then by more.
  private static int[] places(Random random, int length, int step) {
    int[] places = new int[length];
    int gap = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(10);
    for (int i = 1; i < length; i++) {
      places[i] = places[i - 1] + step + (gap > 0 && random.nextInt(gap) == 0 ? 1 : 0);
    }
    return places;
  }

  private static int reach(int[] rows, int[] columns) {
    return rows[rows.length - 1] + columns[columns.length - 1] + 1;
  }

  /// The same bits in every run and for every number of threads, wherever the collector puts the arrays.
  @ParameterizedTest
  @CsvSource({"130, 333, 77", "257, 129, 300", "64, 256, 784", "1, 2000, 700", "2000, 1, 700", "7, 9, 11", "6, 25, 9000"})
  void bitsDoNotDependOnThreads(int m, int n, int k) {
    for (int seed = 0; seed < 2; seed++) {
      Products products = new Products(new Random(seed), m, n, k);
      for (int way = 0; way < 3; way++) {
        double[] expected = products.doubles(all(1).get(way));
        float[] rounded = products.floats(all(1).get(way));
        for (int threads : new int[] {1, 2, 3, 4, 8}) {
          assertArrayEquals(expected, products.doubles(all(threads).get(way)), products + " on " + threads);
          assertArrayEquals(rounded, products.floats(all(threads).get(way)), products + " on " + threads);
        }
      }
    }
  }

  /// A batch is its products one by one, bit for bit, for any number of threads.
  @ParameterizedTest
  @CsvSource({"32, 12, 32, 128", "1000, 3, 4, 5", "5, 16, 16, 16", "0, 3, 3, 3", "200, 24, 20, 12", "3, 200, 200, 200"})
  void batchIsItsProducts(int count, int m, int n, int k) {
    Random random = new Random(count);
    float[] a = random(random, count * m * k + 3);
    float[] b = random(random, k * n);
    float[] each = new float[count * (m * n + 1)];
    Layout layout = Layout.of(m, n, k, false, k, false, n, n);
    int[] aAt = new int[count];
    int[] bAt = new int[count];
    int[] cAt = new int[count];
    for (int i = 0; i < count; i++) {
      aAt[i] = 3 + i * m * k;
      cAt[i] = i * (m * n + 1);
      new MatrixProducts(1, false, false)
          .of(layout, new int[] {aAt[i]}, new int[] {0}, new int[] {cAt[i]}, 1, a, b, 0, each)
          .run();
    }
    for (int threads : new int[] {1, 2, 3, 4, 8}) {
      for (boolean vectors : new boolean[] {false, true}) {
        float[] out = new float[each.length];
        new MatrixProducts(threads, vectors, false).of(layout, aAt, bAt, cAt, 1, a, b, 0, out).run();
        assertArrayEquals(each, out);
      }
    }
  }

  @Test
  void arraysThatAreTooShortAreRefused() {
    MatrixProducts products = new MatrixProducts(1, true, true);
    float[] six = new float[6];
    int[] zero = {0};
    Layout layout = Layout.of(2, 2, 3, false, 3, false, 2, 2);
    assertThrows(
        IndexOutOfBoundsException.class, () -> products.of(layout, new int[] {1}, zero, zero, 1, six, six, 0, six));
    assertThrows(
        IndexOutOfBoundsException.class, () -> products.of(layout, zero, zero, zero, 1, six, new float[5], 0, six));
    assertThrows(
        IndexOutOfBoundsException.class, () -> products.of(layout, zero, zero, zero, 1, six, six, 0, new float[3]));
    assertEquals(
        "matrix product: A must be m×k, B k×n and C m×n, but got 2×1, 2×1, 2×1; check the layout",
        Refusal.of(() -> new Layout(new int[2], new int[1], new int[2], new int[1], new int[2], new int[1])));
  }

  private static float[] random(Random random, int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
