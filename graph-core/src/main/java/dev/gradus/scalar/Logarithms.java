package dev.gradus.scalar;

/// Logarithms and inverse hyperbolic functions that [Math] lacks, accurate near 0 and without overflow.
final class Logarithms {
  static final double LN_2 = 0.6931471805599453;
  static final double LN_10 = 2.302585092994046;

  /// Above this x² + 1 = x² in double precision.
  private static final double LARGE = 0x1p28;

  private Logarithms() {}

  /// Exact for powers of two, where log(x) / log(2) is not always.
  static double log2(double x) {
    int exponent = Math.getExponent(x);
    boolean power = x > 0 && exponent >= Double.MIN_EXPONENT && exponent <= Double.MAX_EXPONENT
        && x == Math.scalb(1.0, exponent);
    return power ? exponent : Math.log(x) / LN_2;
  }

  static double asinh(double x) {
    double a = Math.abs(x);
    double result = a > LARGE ? Math.log(a) + LN_2 : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
    return Math.copySign(result, x);
  }

  static double acosh(double x) {
    if (x < 1) {
      return Double.NaN; // far below 1 the square would overflow
    }
    double t = x - 1;
    return x > LARGE ? Math.log(x) + LN_2 : Math.log1p(t + Math.sqrt(2 * t + t * t));
  }

  static double atanh(double x) {
    double a = Math.abs(x);
    return Math.copySign(0.5 * Math.log1p(2 * a / (1 - a)), x);
  }
}
