package dev.gradus.scalar;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import dev.gradus.GradusException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// A formula over numbered variables: a constant, a variable, or a function of other expressions.
///
/// Expressions are interned: structurally equal ones are the same object, so a formula is a DAG and its derivatives
/// share their parts. They are simplified when made, by rules that change no value, NaN, infinities and the signs of
/// zeros included. All walks are iterative.
public abstract sealed class Expression {
  private static final Interner<Expression> INTERNER = Interners.newWeakInterner();

  private @Nullable Expression @Nullable [] derivatives;
  private @Nullable Kernel kernel;
  private @Nullable BitSet slots;

  private Expression() {}

  /// A number.
  public static final class Constant extends Expression {
    private final double value;

    private Constant(double value) {
      this.value = value;
    }

    /// The number.
    public double value() {
      return value;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Constant constant
          && Double.doubleToLongBits(value) == Double.doubleToLongBits(constant.value);
    }

    @Override
    public int hashCode() {
      return Double.hashCode(value);
    }
  }

  /// The variable in a slot.
  public static final class Variable extends Expression {
    private final int slot;

    private Variable(int slot) {
      this.slot = slot;
    }

    /// Its number, from 0.
    public int slot() {
      return slot;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Variable variable && slot == variable.slot;
    }

    @Override
    public int hashCode() {
      return slot;
    }
  }

  /// A function applied to arguments.
  public static final class Call extends Expression {
    private final ScalarFunction function;
    private final ImmutableList<Expression> arguments;
    private final int hash;

    private Call(ScalarFunction function, ImmutableList<Expression> arguments) {
      this.function = function;
      this.arguments = arguments;
      int sum = function.hashCode();
      for (Expression argument : arguments) {
        sum = 31 * sum + System.identityHashCode(argument);
      }
      this.hash = sum;
    }

    /// The function.
    public ScalarFunction function() {
      return function;
    }

    /// Its arguments.
    public List<Expression> arguments() {
      return arguments;
    }

    /// Arguments are interned, so it is enough to compare them by identity.
    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      if (!(other instanceof Call call) || !function.equals(call.function) || arguments.size() != call.arguments.size()) {
        return false;
      }
      for (int i = 0; i < arguments.size(); i++) {
        if (!same(arguments.get(i), call.arguments.get(i))) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /// Whether two interned expressions are one.
  @SuppressWarnings("ReferenceEquality") // interned: identity is equality
  static boolean same(Expression a, Expression b) {
    return a == b;
  }

  /// A number.
  public static Expression constant(double value) {
    return INTERNER.intern(new Constant(value));
  }

  /// The variable in slot 0, 1, ...
  public static Expression variable(int slot) {
    if (slot < 0) {
      throw new GradusException("expression", "slots count from 0", slot, "use 0 for the first variable");
    }
    return INTERNER.intern(new Variable(slot));
  }

  /// A function of arguments, simplified.
  ///
  /// @throws GradusException where the number of arguments is not the function's arity
  public static Expression call(ScalarFunction function, List<Expression> arguments) {
    if (arguments.size() != function.arity()) {
      throw new GradusException(
          function.label(), "takes " + function.arity() + " arguments", arguments.size(), "pass one for each variable");
    }
    Expression simpler = Simplification.of(function, arguments);
    return simpler != null ? simpler : INTERNER.intern(new Call(function, ImmutableList.copyOf(arguments)));
  }

  /// `this + other`.
  public final Expression plus(Expression other) {
    return Arithmetic.ADD.of(this, other);
  }

  /// `this + other`.
  public final Expression plus(double other) {
    return plus(constant(other));
  }

  /// `this - other`.
  public final Expression minus(Expression other) {
    return Arithmetic.SUBTRACT.of(this, other);
  }

  /// `this - other`.
  public final Expression minus(double other) {
    return minus(constant(other));
  }

  /// `this * other`.
  public final Expression times(Expression other) {
    return Arithmetic.MULTIPLY.of(this, other);
  }

  /// `this * other`.
  public final Expression times(double other) {
    return Arithmetic.MULTIPLY.of(constant(other), this);
  }

  /// `this / other`.
  public final Expression dividedBy(Expression other) {
    return Arithmetic.DIVIDE.of(this, other);
  }

  /// `this / other`.
  public final Expression dividedBy(double other) {
    return dividedBy(constant(other));
  }

  /// `-this`.
  public final Expression negated() {
    return Arithmetic.NEGATE.of(this);
  }

  /// `this` to the power `exponent`.
  public final Expression pow(Expression exponent) {
    return Arithmetic.POW.of(this, exponent);
  }

  /// `this` to the power `exponent`.
  public final Expression pow(double exponent) {
    return pow(constant(exponent));
  }

  /// Whether this is the constant `value` (0 and -0 are the same here).
  public final boolean isConstant(double value) {
    return this instanceof Constant constant && constant.value == value;
  }

  /// One more than the highest slot that occurs.
  public final int arity() {
    return slots().length();
  }

  /// Whether the variable in `slot` occurs.
  public final boolean mentions(int slot) {
    return slots().get(slot);
  }

  /// The slots that occur; worked out once.
  private BitSet slots() {
    BitSet known = slots;
    if (known == null) {
      known = new BitSet();
      for (Expression part : parts()) {
        if (part instanceof Variable variable) {
          known.set(variable.slot);
        }
      }
      slots = known;
    }
    return known;
  }

  /// The number of different parts: the size of the DAG.
  public final int size() {
    return parts().size();
  }

  /// All different parts, arguments before the calls that take them; this expression is the last.
  public final Set<Expression> parts() {
    Set<Expression> order = new LinkedHashSet<>();
    Deque<Expression> path = new ArrayDeque<>();
    path.push(this);
    while (!path.isEmpty()) {
      Expression top = path.peek();
      boolean ready = true;
      if (top instanceof Call call && !order.contains(top)) {
        for (int i = call.arguments.size() - 1; i >= 0; i--) {
          if (!order.contains(call.arguments.get(i))) {
            path.push(call.arguments.get(i));
            ready = false;
          }
        }
      }
      if (ready) {
        path.pop();
        order.add(top);
      }
    }
    return order;
  }

  /// This formula with `bySlot.get(i)` in place of variable i.
  ///
  /// @throws GradusException where a variable that occurs has no replacement
  public final Expression substitute(List<Expression> bySlot) {
    Map<Expression, Expression> replaced = new HashMap<>();
    for (Expression part : parts()) {
      replaced.put(
          part,
          switch (part) {
            case Constant constant -> constant;
            case Variable variable -> {
              if (variable.slot >= bySlot.size()) {
                throw new GradusException(
                    "substitute", "each variable needs a replacement", bySlot.size() + " for slot " + variable.slot, "pass more");
              }
              yield bySlot.get(variable.slot);
            }
            case Call call -> call(call.function, mapped(call.arguments, replaced));
          });
    }
    return found(replaced, this);
  }

  static Expression found(Map<Expression, Expression> map, Expression key) {
    Expression value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("not visited yet");
    }
    return value;
  }

  static List<Expression> mapped(List<Expression> arguments, Map<Expression, Expression> map) {
    List<Expression> all = new ArrayList<>(arguments.size());
    for (Expression argument : arguments) {
      all.add(found(map, argument));
    }
    return all;
  }

  /// The partial derivative by the variable in `slot`. It is remembered, and shares its parts with this formula, so
  /// that derivatives of any order stay small.
  public final Expression derivative(int slot) {
    @Nullable Expression @Nullable [] known = derivatives;
    if (known == null || known.length <= slot) {
      known = known == null ? new Expression[Math.max(slot + 1, 2)] : java.util.Arrays.copyOf(known, slot + 1);
      derivatives = known;
    }
    Expression derivative = known[slot];
    if (derivative == null) {
      derivative = Derivation.of(this, slot);
      known[slot] = derivative;
    }
    return derivative;
  }

  /// The compiled form of this formula.
  public final Kernel kernel() {
    Kernel known = kernel;
    if (known == null) {
      known = Kernel.of(this);
      kernel = known;
    }
    return known;
  }

  /// The value at the given variables.
  public final double evaluate(double... variables) {
    return kernel().apply(variables);
  }

  /// This formula with every [DefinedFunction] replaced by what defines it.
  public final Expression inlined() {
    Map<Expression, Expression> replaced = new HashMap<>();
    for (Expression part : parts()) {
      replaced.put(
          part,
          switch (part) {
            case Constant constant -> constant;
            case Variable variable -> variable;
            case Call call -> {
              List<Expression> arguments = mapped(call.arguments, replaced);
              yield call.function instanceof DefinedFunction defined
                  ? defined.body().inlined().substitute(arguments)
                  : call(call.function, arguments);
            }
          });
    }
    return found(replaced, this);
  }

  /// As plain text, with the given names for the variables.
  public final String toText(List<String> names) {
    return Notation.TEXT.print(this, names, _ -> false);
  }

  /// As plain text over x, y, z, x4, ...
  public final String toText() {
    return toText(Notation.names(arity()));
  }

  /// In LaTeX's math mode, with the given names for the variables (themselves LaTeX).
  public final String toLatex(List<String> names) {
    return toLatex(names, _ -> false);
  }

  /// The same where some variables stand for arrays: the product of two arrays is written ⊙.
  public final String toLatex(List<String> names, IntPredicate isArray) {
    return Notation.LATEX.print(this, names, isArray);
  }

  /// In LaTeX's math mode over x, y, z, x4, ...
  public final String toLatex() {
    return toLatex(Notation.names(arity()));
  }

  /// As the inside of a MathML `math` element, with the given names for the variables (themselves MathML).
  public final String toMathMl(List<String> names) {
    return toMathMl(names, _ -> false);
  }

  /// The same where some variables stand for arrays: the product of two arrays is written ⊙.
  public final String toMathMl(List<String> names, IntPredicate isArray) {
    return Notation.MATHML.print(this, names, isArray);
  }

  /// As the inside of a MathML `math` element over x, y, z, x4, ...
  public final String toMathMl() {
    return toMathMl(Notation.names(arity()).stream().map(name -> "<mi>" + name + "</mi>").toList());
  }

  @Override
  public String toString() {
    return toText();
  }
}
