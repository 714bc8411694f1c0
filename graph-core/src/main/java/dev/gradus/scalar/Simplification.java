package dev.gradus.scalar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rules that make a call simpler and change no value: not with NaN, infinities or the sign of a zero.
final class Simplification {
  private Simplification() {}

  /// The simpler form, or null where there is none.
  static @Nullable Expression of(ScalarFunction function, List<Expression> x) {
    Expression folded = fold(function, x);
    if (folded != null || !(function instanceof Arithmetic arithmetic)) {
      return folded;
    }
    return switch (arithmetic) {
      case ADD -> isNegativeZero(x.get(0)) ? x.get(1) : isNegativeZero(x.get(1)) ? x.get(0) : null;
      case SUBTRACT -> isPositiveZero(x.get(1)) ? x.get(0) : null;
      case MULTIPLY -> product(x.get(0), x.get(1));
      case MASKED_MULTIPLY -> maskedProduct(x.get(0), x.get(1));
      case DIVIDE -> x.get(1).isConstant(1) ? x.get(0) : null;
      case NEGATE -> x.get(0) instanceof Expression.Call call && call.function() == Arithmetic.NEGATE
          ? call.arguments().getFirst()
          : null;
      case POW -> x.get(1).isConstant(1) ? x.get(0) : x.get(1).isConstant(0) ? Expression.constant(1) : null;
      case LESS -> x.get(1).isConstant(Double.NEGATIVE_INFINITY) ? Expression.constant(0) : null;
      case GREATER -> x.get(1).isConstant(Double.POSITIVE_INFINITY) ? Expression.constant(0) : null;
      case SELECT -> x.get(0) instanceof Expression.Constant condition
          ? x.get(condition.value() != 0 ? 1 : 2)
          : Expression.same(x.get(1), x.get(2)) ? x.get(1) : null;
      default -> null;
    };
  }

  private static @Nullable Expression fold(ScalarFunction function, List<Expression> x) {
    double[] values = new double[3];
    for (int i = 0; i < x.size(); i++) {
      if (!(x.get(i) instanceof Expression.Constant constant)) {
        return null;
      }
      values[i] = constant.value();
    }
    return switch (function) {
      case Arithmetic arithmetic -> Expression.constant(arithmetic.apply(values[0], values[1], values[2]));
      case KernelFunction kernel -> Expression.constant(kernel.apply(values[0]));
      case DefinedFunction defined -> null;
    };
  }

  private static @Nullable Expression product(Expression a, Expression b) {
    if (a.isConstant(1)) {
      return b;
    }
    if (b.isConstant(1)) {
      return a;
    }
    if (a.isConstant(-1)) {
      return b.negated();
    }
    return b.isConstant(-1) ? a.negated() : null;
  }

  /// A constant that is finite and not 0 masks nothing.
  private static @Nullable Expression maskedProduct(Expression a, Expression b) {
    return masksNothing(a) || masksNothing(b) ? Arithmetic.MULTIPLY.of(a, b) : null;
  }

  private static boolean masksNothing(Expression x) {
    return x instanceof Expression.Constant constant && constant.value() != 0 && Double.isFinite(constant.value());
  }

  private static boolean isPositiveZero(Expression x) {
    return x instanceof Expression.Constant constant && Double.doubleToRawLongBits(constant.value()) == 0;
  }

  private static boolean isNegativeZero(Expression x) {
    return x instanceof Expression.Constant constant
        && Double.doubleToRawLongBits(constant.value()) == Double.doubleToRawLongBits(-0.0);
  }
}
