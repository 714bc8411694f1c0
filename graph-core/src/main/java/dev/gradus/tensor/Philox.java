package dev.gradus.tensor;

/// Random numbers as a function of a key and a counter: Philox4x32-10 of Salmon, Moraes, Dror and Shaw, *Parallel
/// Random Numbers: As Easy as 1, 2, 3* (SC 2011). The same key and counter give the same bits on every machine, and
/// draws need no state.
///
/// The counter is four words: the number of the block (low, high) and the stream (low, high); the key is the seed
/// (low, high). A block gives two doubles of 53 bits each, in the order drawn.
public final class Philox {
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;
  private static final double ULP = 0x1p-53;

  private Philox() {}

  /// One block of four random words.
  public static int[] block(int[] counter, int[] key) {
    int c0 = counter[0];
    int c1 = counter[1];
    int c2 = counter[2];
    int c3 = counter[3];
    int k0 = key[0];
    int k1 = key[1];
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = MULTIPLIER_0 * Integer.toUnsignedLong(c0);
      long p1 = MULTIPLIER_1 * Integer.toUnsignedLong(c2);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    return new int[] {c0, c1, c2, c3};
  }

  private static int[] block(long seed, long stream, long number) {
    return block(
        new int[] {(int) number, (int) (number >>> 32), (int) stream, (int) (stream >>> 32)},
        new int[] {(int) seed, (int) (seed >>> 32)});
  }

  private static long bits53(int high, int low) {
    return (Integer.toUnsignedLong(high) << 32 | Integer.toUnsignedLong(low)) >>> 11;
  }

  /// Fills `out` with uniform numbers in [0, 1), multiples of 2⁻⁵³.
  public static void uniform(long seed, long stream, double[] out) {
    for (int i = 0; i < out.length; i += 2) {
      int[] words = block(seed, stream, i / 2);
      out[i] = bits53(words[1], words[0]) * ULP;
      if (i + 1 < out.length) {
        out[i + 1] = bits53(words[3], words[2]) * ULP;
      }
    }
  }

  /// Fills `out` with standard normal numbers, two from each block by Box and Muller's transform (1958). Uses
  /// [StrictMath], so that the bits agree on every machine.
  public static void normal(long seed, long stream, double[] out) {
    for (int i = 0; i < out.length; i += 2) {
      int[] words = block(seed, stream, i / 2);
      double positive = (bits53(words[1], words[0]) + 1) * ULP;
      double angle = 2 * Math.PI * (bits53(words[3], words[2]) * ULP);
      double radius = StrictMath.sqrt(-2 * StrictMath.log(positive));
      out[i] = radius * StrictMath.cos(angle);
      if (i + 1 < out.length) {
        out[i + 1] = radius * StrictMath.sin(angle);
      }
    }
  }
}
