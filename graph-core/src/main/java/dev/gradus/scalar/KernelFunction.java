package dev.gradus.scalar;

import dev.gradus.GradusException;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A function of one argument that brings its own Java code, such as the error function, and a derivative as a
/// formula. Equal only to itself.
public final class KernelFunction implements ScalarFunction {
  private final String label;
  private final DoubleUnaryOperator kernel;
  private final UnaryOperator<Expression> derivative;
  private final @Nullable UnaryOperator<Expression> singlePrecision;
  private final @Nullable String javaScript;

  private KernelFunction(
      String label,
      DoubleUnaryOperator kernel,
      UnaryOperator<Expression> derivative,
      @Nullable UnaryOperator<Expression> singlePrecision,
      @Nullable String javaScript) {
    this.label = label;
    this.kernel = kernel;
    this.derivative = derivative;
    this.singlePrecision = singlePrecision;
    this.javaScript = javaScript;
  }

  /// A function computed by `kernel`. The derivative may call the function itself.
  public static KernelFunction of(String label, DoubleUnaryOperator kernel, UnaryOperator<Expression> derivative) {
    return new KernelFunction(label, kernel, derivative, null, null);
  }

  /// The same function with a formula that is right to the last digits of f32, for compiled loops over f32: a
  /// formula can be computed in the lanes of a vector, Java code cannot.
  public KernelFunction withSinglePrecision(UnaryOperator<Expression> formula) {
    return new KernelFunction(label, kernel, derivative, formula, javaScript);
  }

  /// The formula for f32 over variable 0, or null where there is none.
  public @Nullable Expression singlePrecision() {
    return singlePrecision == null ? null : singlePrecision.apply(Expression.variable(0));
  }

  /// The same function with its twin in JavaScript, so that a page can compute it: the source of a function of one number,
  /// such as `x => Math.exp(-x * x)`, that needs nothing from around it.
  ///
  /// @throws GradusException where the source would end the script of a page that it stands in
  public KernelFunction withJavaScript(String source) {
    if (source.contains("</") || source.contains("<!--")) {
      throw new GradusException(
          label, "JavaScript must not contain </ or <!--, which end a script", source, "write a space after the <");
    }
    return new KernelFunction(label, kernel, derivative, singlePrecision, source.strip());
  }

  /// The source of the twin in JavaScript, or null where there is none.
  public @Nullable String javaScript() {
    return javaScript;
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
