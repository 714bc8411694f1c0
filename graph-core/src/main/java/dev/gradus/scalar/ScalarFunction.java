package dev.gradus.scalar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function of a few scalars, as expressions call it.
public sealed interface ScalarFunction permits Arithmetic, DefinedFunction, KernelFunction {

  /// The name, as printed.
  String label();

  /// The number of arguments.
  int arity();

  /// The partial derivative by argument `slot`, at the given arguments: the form of it that keeps most digits.
  Expression derivative(int slot, List<Expression> arguments);

  /// The derivative of a function of one argument in terms of its value y (variable 0), as lectures write it: σ′ =
  /// y (1 - y). For print: it may lose digits where [#derivative] does not. Null where there is none.
  default @Nullable Expression identity() {
    return null;
  }

  /// The call of this function, simplified where that changes no bit of any value.
  default Expression of(Expression... arguments) {
    return Expression.call(this, List.of(arguments));
  }
}
