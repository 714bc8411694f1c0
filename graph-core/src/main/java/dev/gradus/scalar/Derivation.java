package dev.gradus.scalar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The chain rule over a formula's DAG, each part once.
final class Derivation {
  private Derivation() {}

  static Expression of(Expression formula, int slot) {
    Map<Expression, @Nullable Expression> known = new HashMap<>();
    for (Expression part : formula.parts()) {
      known.put(
          part,
          switch (part) {
            case Expression.Constant constant -> null;
            case Expression.Variable variable -> variable.slot() == slot ? Expression.constant(1) : null;
            case Expression.Call call -> chain(call, known);
          });
    }
    Expression derivative = known.get(formula);
    return derivative == null ? Expression.constant(0) : derivative;
  }

  /// Σ ∂f/∂argument · argument′, in which what is identically zero (null) is left out.
  private static @Nullable Expression chain(Expression.Call call, Map<Expression, @Nullable Expression> known) {
    List<Expression> arguments = call.arguments();
    if (call.function() == Arithmetic.SELECT) {
      Expression first = known.get(arguments.get(1));
      Expression second = known.get(arguments.get(2));
      return first == null && second == null
          ? null
          : Arithmetic.SELECT.of(arguments.get(0), orZero(first), orZero(second));
    }
    Expression sum = null;
    for (int i = 0; i < arguments.size(); i++) {
      Expression inner = known.get(arguments.get(i));
      if (inner == null) {
        continue;
      }
      Expression outer = call.function().derivative(i, arguments);
      if (outer.isConstant(0)) {
        continue;
      }
      Expression term = Arithmetic.MASKED_MULTIPLY.of(outer, inner);
      sum = sum == null ? term : sum.plus(term);
    }
    return sum;
  }

  private static Expression orZero(@Nullable Expression expression) {
    return expression == null ? Expression.constant(0) : expression;
  }
}
