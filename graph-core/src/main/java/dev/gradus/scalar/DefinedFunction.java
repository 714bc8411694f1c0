package dev.gradus.scalar;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A function defined by a formula over its arguments: the row in which an elementwise op is declared. Its
/// derivatives follow from the formula, unless better ones are stated.
///
/// ```java
/// import static dev.gradus.scalar.Expressions.*;
///
/// static final DefinedFunction SIGMOID =
///     DefinedFunction.of("sigmoid", x -> constant(1).dividedBy(exp(x.negated()).plus(1)))
///         .withDerivative(x -> sigmoid(x).times(sigmoid(x.negated())))
///         .withIdentity(y -> y.times(constant(1).minus(y)));
///
/// static Expression sigmoid(Expression x) {
///   return SIGMOID.of(x);
/// }
/// ```
public final class DefinedFunction implements ScalarFunction {
  private final String label;
  private final int arity;
  private final Expression body;
  private final @Nullable List<Function<List<Expression>, Expression>> stated;
  private final @Nullable Expression identity;

  private DefinedFunction(
      String label,
      int arity,
      Expression body,
      @Nullable List<Function<List<Expression>, Expression>> stated,
      @Nullable Expression identity) {
    this.label = label;
    this.arity = arity;
    this.body = body;
    this.stated = stated;
    this.identity = identity;
  }

  /// A function of one argument.
  public static DefinedFunction of(String label, UnaryOperator<Expression> formula) {
    return new DefinedFunction(label, 1, formula.apply(Expression.variable(0)), null, null);
  }

  /// A function of two arguments.
  public static DefinedFunction of(String label, BinaryOperator<Expression> formula) {
    return new DefinedFunction(
        label, 2, formula.apply(Expression.variable(0), Expression.variable(1)), null, null);
  }

  /// A function of as many arguments as the formula has variables.
  public static DefinedFunction of(String label, Expression formula) {
    return new DefinedFunction(label, formula.arity(), formula, null, null);
  }

  /// The same function of one argument with a derivative that keeps more digits than the formula's. It may call the
  /// function itself: it is not looked at before it is needed.
  public DefinedFunction withDerivative(UnaryOperator<Expression> derivative) {
    return withDerivatives(List.of(x -> derivative.apply(x.getFirst())));
  }

  /// The same function of two arguments with stated derivatives.
  public DefinedFunction withDerivatives(BinaryOperator<Expression> byFirst, BinaryOperator<Expression> bySecond) {
    return withDerivatives(
        List.of(x -> byFirst.apply(x.get(0), x.get(1)), x -> bySecond.apply(x.get(0), x.get(1))));
  }

  /// The same function with stated derivatives, one for each argument, as functions of all arguments.
  public DefinedFunction withDerivatives(List<Function<List<Expression>, Expression>> rules) {
    return new DefinedFunction(label, arity, body, List.copyOf(rules), identity);
  }

  /// The same function of one argument with its derivative in terms of its value y, for print.
  public DefinedFunction withIdentity(UnaryOperator<Expression> ofValue) {
    return new DefinedFunction(label, arity, body, stated, ofValue.apply(Expression.variable(0)));
  }

  /// The formula.
  public Expression body() {
    return body;
  }

  @Override
  public @Nullable Expression identity() {
    return identity;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public int arity() {
    return arity;
  }

  @Override
  public Expression derivative(int slot, List<Expression> arguments) {
    return stated == null
        ? body.derivative(slot).substitute(arguments)
        : stated.get(slot).apply(arguments);
  }

  /// Two definitions are equal when label, formula and stated derivatives are.
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof DefinedFunction function
            && label.equals(function.label)
            && Expression.same(body, function.body)
            && Objects.equals(stated, function.stated));
  }

  @Override
  public int hashCode() {
    return 31 * label.hashCode() + System.identityHashCode(body);
  }

  @Override
  public String toString() {
    List<String> names = new ArrayList<>(Notation.names(arity));
    return label + "(" + String.join(", ", names) + ") = " + body.toText();
  }
}
