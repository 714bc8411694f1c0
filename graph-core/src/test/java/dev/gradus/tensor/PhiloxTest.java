package dev.gradus.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhiloxTest {
  /// The known answers that Random123 publishes for philox4x32-10 (its file `kat_vectors`).
  @Test
  void givesThePublishedVectors() {
    assertBlock("6627e8d5 e169c58d bc57ac4c 9b00dbd8", "00000000 00000000 00000000 00000000", "00000000 00000000");
    assertBlock("408f276d 41c83b0e a20bc7c6 6d5451fd", "ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff");
    assertBlock("d16cfe09 94fdcceb 5001e420 24126ea1", "243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0");
  }

  private static void assertBlock(String words, String counter, String key) {
    assertArrayEquals(words(words), Philox.block(words(counter), words(key)));
  }

  private static int[] words(String hex) {
    return Stream.of(hex.split(" ")).mapToInt(word -> Integer.parseUnsignedInt(word, 16)).toArray();
  }

  /// The first words of the zero block, 6627e8d5 e169c58d, as a fraction of 53 bits.
  @Test
  void aUniformNumberIsTheTopOfTwoWords() {
    double[] out = new double[2];
    Philox.uniform(0, 0, out);
    assertEquals((0xe169c58d6627e8d5L >>> 11) * 0x1p-53, out[0]);
    assertEquals((0x9b00dbd8bc57ac4cL >>> 11) * 0x1p-53, out[1]);
  }

  /// Box and Muller: the radius from the first number of the block, the angle from the second.
  @Test
  void twoNormalNumbersComeFromTwoUniformOnes() {
    double[] uniform = new double[2];
    double[] normal = new double[2];
    Philox.uniform(9, 4, uniform);
    Philox.normal(9, 4, normal);
    assertEquals(-2 * Math.log(uniform[0] + 0x1p-53), normal[0] * normal[0] + normal[1] * normal[1], 1e-13);
    assertEquals(Math.tan(2 * Math.PI * uniform[1]), normal[1] / normal[0], 1e-12);
  }

  @Test
  void aNumberDependsOnItsPlaceOnly() {
    double[] longer = new double[1001];
    double[] shorter = new double[6];
    Philox.uniform(42, 7, longer);
    Philox.uniform(42, 7, shorter);
    assertArrayEquals(Arrays.copyOf(longer, 6), shorter);
    Philox.normal(42, 7, longer);
    Philox.normal(42, 7, shorter);
    assertArrayEquals(Arrays.copyOf(longer, 6), shorter);
    Philox.normal(42, 7, new double[0]);
  }

  @Test
  void seedsAndStreamsDiffer() {
    double[] a = new double[1];
    double[] b = new double[1];
    Philox.uniform(1, 0, a);
    Philox.uniform(1L << 32, 0, b);
    assertNotEquals(a[0], b[0]);
    Philox.uniform(1, 1L << 32, b);
    assertNotEquals(a[0], b[0]);
  }

  @Test
  void hasTheMomentsOfItsDistributions() {
    double[] uniform = new double[200_000];
    Philox.uniform(3, 0, uniform);
    assertMoments(uniform, 0.5, 1 / 12.0, 1 / 80.0);
    assertTrue(Arrays.stream(uniform).allMatch(x -> x >= 0 && x < 1));
    double[] normal = new double[200_000];
    Philox.normal(3, 0, normal);
    assertMoments(normal, 0, 1, 3);
  }

  /// Within five standard errors or so.
  private static void assertMoments(double[] x, double mean, double variance, double fourth) {
    assertEquals(mean, Arrays.stream(x).average().orElseThrow(), 5 * Math.sqrt(variance / x.length));
    double second = Arrays.stream(x).map(a -> (a - mean) * (a - mean)).average().orElseThrow();
    assertEquals(variance, second, 5 * Math.sqrt((fourth - variance * variance) / x.length));
    double measured = Arrays.stream(x).map(a -> Math.pow(a - mean, 4)).average().orElseThrow();
    assertEquals(fourth, measured, 0.02 * fourth + 0.001);
  }
}
