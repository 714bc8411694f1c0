package dev.gradus.compile.kernel;

import dev.gradus.compile.kernel.Instruction.Operation;
import dev.gradus.scalar.Arithmetic;
import org.jspecify.annotations.Nullable;

/// Elementary functions of floats, spelled out in operations that vectors have: argument reduction by a rounded multiple, a
/// polynomial, and bits put together. Errors are a few units in the last place. Where an argument is out of the range of the
/// reduction, Java's function is called for it.
///
/// Polynomials: Moshier, *Methods and Programs for Mathematical Functions*, 1989 (the Cephes library); reduction by three
/// parts of π/2: Cody and Waite, *Software Manual for the Elementary Functions*, 1980; tanh: the Eigen library.
@SuppressWarnings("FloatingPointLiteralPrecision") // digits as published; rounded to floats
final class SinglePrecision {
  /// Adding it to a small float rounds that to a whole number, which then stands in the low bits.
  private static final float ROUNDER = 0x1.8p23f;

  /// The natural logarithms of the largest float and of the smallest that is normal.
  private static final float LARGEST_EXPONENT = 88.72283f;

  private static final float SMALLEST_EXPONENT = -87.336544f;

  private static final float TANH_IS_1 = 7.99881172180175781f;

  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

  private final Code code;

  SinglePrecision(Code code) {
    this.code = code;
  }

  /// The function spelled out, or null where vectors have it, or it is Java's.
  @Nullable Instruction spell(Arithmetic function, Instruction[] x) {
    return switch (function) {
      case EXP -> exp(x[0]);
      case LOG -> log(x[0]);
      case LOG1P -> log1p(x[0]);
      case EXPM1 -> expm1(x[0]);
      case SIN -> sine(x[0], false);
      case COS -> sine(x[0], true);
      case TANH -> tanh(x[0]);
      case COSH -> cosh(x[0]);
      default -> null;
    };
  }

  private Instruction number(double value) {
    return code.constant(Register.F32, value);
  }

  private Instruction plus(Instruction a, Instruction b) {
    return code.function(Arithmetic.ADD, Register.F32, a, b);
  }

  private Instruction minus(Instruction a, Instruction b) {
    return code.function(Arithmetic.SUBTRACT, Register.F32, a, b);
  }

  private Instruction times(Instruction a, Instruction b) {
    return code.function(Arithmetic.MULTIPLY, Register.F32, a, b);
  }

  private Instruction over(Instruction a, Instruction b) {
    return code.function(Arithmetic.DIVIDE, Register.F32, a, b);
  }

  private Instruction less(Instruction a, Instruction b) {
    return code.function(Arithmetic.LESS, Register.BOOL, a, b);
  }

  private Instruction greater(Instruction a, double b) {
    return code.function(Arithmetic.GREATER, Register.BOOL, a, number(b));
  }

  private Instruction abs(Instruction x) {
    return code.function(Arithmetic.ABS, Register.F32, x);
  }

  private Instruction not(Instruction x) {
    return code.function(Arithmetic.NOT, Register.BOOL, x);
  }

  /// c₀·xⁿ + c₁·xⁿ⁻¹ + … + cₙ by Horner's rule.
  private Instruction polynomial(Instruction x, double... coefficients) {
    Instruction sum = number(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      sum = code.fma(sum, x, number(coefficients[i]));
    }
    return sum;
  }

  /// 2ⁿ · eʳ with |r| ≤ ½ ln 2; n is added to the exponent. What would be below the normal floats is 0.
  private Instruction exp(Instruction x) {
    Instruction rounded = code.fma(x, number(1.44269504088896341), number(ROUNDER));
    Instruction n = minus(rounded, number(ROUNDER));
    Instruction r = code.fma(n, number(-0.693145751953125), x);
    r = code.fma(n, number(-1.428606765330187e-6), r);
    Instruction p = polynomial(
        r, 1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1);
    Instruction value = plus(code.fma(p, times(r, r), r), number(1));
    // The bits of the rounder itself are shifted out.
    Instruction scaled = code.fromBits(code.onBits(
        Operation.BITS_ADD, code.toBits(value), code.shift(Operation.BITS_SHIFT_LEFT, code.toBits(rounded), 23)));
    // Beyond the largest float, and for a NaN, x · ∞.
    Instruction isFinite = code.function(Arithmetic.LESS_EQUAL, Register.BOOL, x, number(LARGEST_EXPONENT));
    Instruction large = code.select(isFinite, scaled, times(x, number(Float.POSITIVE_INFINITY)));
    return code.select(less(x, number(SMALLEST_EXPONENT)), number(0), large);
  }

  /// x = m · 2ⁿ with √½ ≤ m < √2.
  private Instruction log(Instruction x) {
    Instruction bits = code.toBits(x);
    Instruction shifted = code.onBits(Operation.BITS_ADD, bits, code.bits(-0x3f3504f3));
    Instruction exponent = code.shift(Operation.BITS_SHIFT_RIGHT, shifted, 23);
    Instruction mantissa = code.onBits(
        Operation.BITS_ADD, code.onBits(Operation.BITS_AND, shifted, code.bits(0x007fffff)), code.bits(0x3f3504f3));
    Instruction n = minus(
        code.fromBits(code.onBits(Operation.BITS_ADD, exponent, code.bits(ROUNDER_BITS))), number(ROUNDER));
    Instruction f = minus(code.fromBits(mantissa), number(1));
    Instruction square = times(f, f);
    Instruction p = polynomial(
        f,
        7.0376836292e-2,
        -1.1514610310e-1,
        1.1676998740e-1,
        -1.2420140846e-1,
        1.4249322787e-1,
        -1.6668057665e-1,
        2.0000714765e-1,
        -2.4999993993e-1,
        3.3333331174e-1);
    Instruction tail = times(times(p, f), square);
    tail = code.fma(n, number(-2.12194440e-4), tail);
    tail = code.fma(square, number(-0.5), tail);
    Instruction fast = code.fma(n, number(0.693359375), plus(f, tail));
    Instruction normal = code.function(
        Arithmetic.AND, Register.BOOL, greater(x, Math.nextDown(Float.MIN_NORMAL)), less(x, number(Float.POSITIVE_INFINITY)));
    return code.patch(not(normal), fast, Arithmetic.LOG, x);
  }

  /// log(1 + x) with the rounding error of 1 + x divided out (Kahan's trick, in Higham, *Accuracy and Stability of Numerical
  /// Algorithms*, 2002, problem 1.5).
  private Instruction log1p(Instruction x) {
    Instruction u = plus(x, number(1));
    Instruction isOne = code.function(Arithmetic.EQUAL, Register.BOOL, u, number(1));
    Instruction divisor = code.select(isOne, number(1), minus(u, number(1)));
    Instruction fast = code.select(isOne, x, times(log(code.select(isOne, number(2), u)), over(x, divisor)));
    Instruction normal = code.function(Arithmetic.AND, Register.BOOL, greater(x, -0.9999), less(x, number(1e30)));
    return code.patch(not(normal), fast, Arithmetic.LOG1P, x);
  }

  /// eˣ − 1 by the same trick, with log.
  private Instruction expm1(Instruction x) {
    Instruction u = exp(x);
    Instruction isOne = code.function(Arithmetic.EQUAL, Register.BOOL, u, number(1));
    Instruction safe = code.select(isOne, number(2), u);
    Instruction fast = code.select(isOne, x, times(minus(u, number(1)), over(x, log(safe))));
    Instruction normal = code.function(Arithmetic.AND, Register.BOOL, greater(x, -17), less(x, number(88)));
    return code.patch(not(normal), fast, Arithmetic.EXPM1, x);
  }

  /// sin or cos: x = k·π/2 + r with |r| ≤ π/4; k's low bits say which polynomial and which sign.
  private Instruction sine(Instruction x, boolean cosine) {
    Instruction rounded = code.fma(x, number(0.63661977236758134), number(ROUNDER));
    Instruction k = minus(rounded, number(ROUNDER));
    Instruction r = code.fma(k, number(-1.57079601287841796875), x);
    r = code.fma(k, number(-3.1391647326017846e-07), r);
    r = code.fma(k, number(-5.3903029534742384e-15), r);
    Instruction z = times(r, r);
    Instruction sine = code.fma(
        times(polynomial(z, -1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1), z), r, r);
    Instruction cos = code.fma(
        times(z, z),
        polynomial(z, 2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2),
        code.fma(z, number(-0.5), number(1)));
    Instruction half = times(k, number(0.5));
    Instruction isEven = code.function(
        Arithmetic.EQUAL, Register.BOOL, half, minus(plus(half, number(ROUNDER)), number(ROUNDER)));
    Instruction value = cosine ? code.select(isEven, cos, sine) : code.select(isEven, sine, cos);
    Instruction quadrant = code.toBits(rounded);
    if (cosine) {
      quadrant = code.onBits(Operation.BITS_ADD, quadrant, code.bits(1));
    }
    Instruction sign = code.shift(
        Operation.BITS_SHIFT_LEFT, code.onBits(Operation.BITS_AND, quadrant, code.bits(2)), 30);
    Instruction fast = code.fromBits(code.onBits(Operation.BITS_XOR, code.toBits(value), sign));
    if (!cosine) {
      fast = code.select(code.function(Arithmetic.EQUAL, Register.BOOL, x, number(0)), x, fast); // -0 stays -0
    }
    return code.patch(not(less(abs(x), number(30000))), fast, cosine ? Arithmetic.COS : Arithmetic.SIN, x);
  }

  /// A quotient of polynomials, the numerator odd, between the arguments from which on it is ±1; very near 0 it is x.
  private Instruction tanh(Instruction x) {
    Instruction limited = code.function(
        Arithmetic.MINIMUM, Register.F32, code.function(Arithmetic.MAXIMUM, Register.F32, x, number(-TANH_IS_1)), number(TANH_IS_1));
    Instruction z = times(limited, limited);
    Instruction p = polynomial(
        z,
        -2.76076847742355e-16,
        2.00018790482477e-13,
        -8.60467152213735e-11,
        5.12229709037114e-08,
        1.48572235717979e-05,
        6.37261928875436e-04,
        4.89352455891786e-03);
    Instruction q = polynomial(z, 1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03);
    return code.select(less(abs(x), number(4e-4)), x, over(times(limited, p), q));
  }

  private Instruction cosh(Instruction x) {
    Instruction e = exp(abs(x));
    Instruction fast = times(plus(e, over(number(1), e)), number(0.5));
    return code.patch(greater(abs(x), 88), fast, Arithmetic.COSH, x);
  }
}
