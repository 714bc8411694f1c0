package dev.gradus.scalar;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/// A function of one argument that brings its own Java code, such as the error function, and a derivative as a
/// formula. Equal only to itself.
public final class KernelFunction implements ScalarFunction {
  private final String label;
  private final DoubleUnaryOperator kernel;
  private final UnaryOperator<Expression> derivative;

  private KernelFunction(String label, DoubleUnaryOperator kernel, UnaryOperator<Expression> derivative) {
    this.label = label;
    this.kernel = kernel;
    this.derivative = derivative;
  }

  /// A function computed by `kernel`. The derivative may call the function itself.
  public static KernelFunction of(String label, DoubleUnaryOperator kernel, UnaryOperator<Expression> derivative) {
    return new KernelFunction(label, kernel, derivative);
  }

  /// The value.
  public double apply(double x) {
    return kernel.applyAsDouble(x);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Expression derivative(int slot, List<Expression> arguments) {
    return derivative.apply(arguments.getFirst());
  }
}
