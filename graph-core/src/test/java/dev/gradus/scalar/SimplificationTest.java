package dev.gradus.scalar;

import static dev.gradus.scalar.Expressions.constant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Simplification changes no bit: not of a NaN, an infinity, or the sign of a zero.
class SimplificationTest {
  private static final Expression X = Expression.variable(0);
  private static final Expression Y = Expression.variable(1);

  /// A formula before it is simplified.
  private sealed interface Tree {
    record Literal(double value) implements Tree {}

    record Slot(int slot) implements Tree {}

    record Call(Arithmetic function, List<Tree> arguments) implements Tree {}

    default Expression expression() {
      return switch (this) {
        case Literal number -> constant(number.value);
        case Slot slot -> Expression.variable(slot.slot);
        case Call call -> Expression.call(call.function, call.arguments.stream().map(Tree::expression).toList());
      };
    }

    default double evaluate(double... point) {
      return switch (this) {
        case Literal number -> number.value;
        case Slot slot -> point[slot.slot];
        case Call call -> {
          double[] x = new double[3];
          for (int i = 0; i < call.arguments.size(); i++) {
            x[i] = call.arguments.get(i).evaluate(point);
          }
          yield call.function.apply(x[0], x[1], x[2]);
        }
      };
    }
  }

  private static final double[] SPECIAL = {
    0.0, -0.0, 1, -1, 2, -2, 0.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE,
    Double.MAX_VALUE
  };

  @Provide
  Arbitrary<Double> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, SPECIAL.length - 1).map(i -> SPECIAL[i]), Arbitraries.doubles().between(-10, 10));
  }

  @Provide
  Arbitrary<Tree> trees() {
    Arbitrary<Tree> leaf =
        Arbitraries.oneOf(
            numbers().map(Tree.Literal::new), Arbitraries.integers().between(0, 2).map(Tree.Slot::new));
    return tree(leaf, 4);
  }

  private static Arbitrary<Tree> tree(Arbitrary<Tree> leaf, int depth) {
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Tree> smaller = tree(leaf, depth - 1);
    // The functions that simplification has rules for come up often.
    Arbitrary<Arithmetic> function =
        Arbitraries.oneOf(
            Arbitraries.of(Arithmetic.values()),
            Arbitraries.of(
                Arithmetic.ADD, Arithmetic.SUBTRACT, Arithmetic.MULTIPLY, Arithmetic.MASKED_MULTIPLY, Arithmetic.DIVIDE,
                Arithmetic.NEGATE, Arithmetic.POW, Arithmetic.SELECT));
    Arbitrary<Tree> call =
        Combinators.combine(function, smaller, smaller, smaller)
            .as((f, a, b, c) -> new Tree.Call(f, List.of(a, b, c).subList(0, f.arity())));
    return Arbitraries.oneOf(leaf, call);
  }

  @Property(tries = 5000, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void changesNoBit(
      @ForAll("trees") Tree tree,
      @ForAll("numbers") double x,
      @ForAll("numbers") double y,
      @ForAll("numbers") double z) {
    assertEquals(tree.evaluate(x, y, z), tree.expression().evaluate(x, y, z));
  }

  /// Running over an array gives the same bits as running at its points.
  @Property(tries = 500, seed = "2", edgeCases = EdgeCasesMode.NONE)
  void arraysAndPointsAgree(@ForAll("trees") Tree tree, @ForAll("numbers") double x, @ForAll("numbers") double y) {
    int length = 300; // more than a block
    double[][] operands = new double[3][length];
    for (int i = 0; i < length; i++) {
      operands[0][i] = x + i;
      operands[1][i] = y;
      operands[2][i] = SPECIAL[i % SPECIAL.length];
    }
    double[] out = new double[length];
    tree.expression().kernel().apply(operands, out, length);
    for (int i = 0; i < length; i++) {
      assertEquals(tree.expression().evaluate(operands[0][i], y, operands[2][i]), out[i]);
    }
  }

  /// Substituting is composing.
  @Property(tries = 1000, seed = "3", edgeCases = EdgeCasesMode.NONE)
  void substitutionComposes(
      @ForAll("trees") Tree outer,
      @ForAll("trees") Tree inner,
      @ForAll("numbers") double x,
      @ForAll("numbers") double y) {
    List<Expression> replacements = new ArrayList<>(List.of(inner.expression(), Y, X));
    double point = inner.expression().evaluate(x, y, x);
    assertEquals(
        outer.expression().evaluate(point, y, x), outer.expression().substitute(replacements).evaluate(x, y, x));
  }

  @Example
  void whatIsSimplified() {
    assertSame(X, X.times(1));
    assertSame(X, constant(1).times(X));
    assertSame(X.negated(), X.times(-1));
    assertSame(X, X.dividedBy(1));
    assertSame(X, X.minus(0));
    assertSame(X, X.plus(-0.0));
    assertSame(X, X.negated().negated());
    assertSame(X, X.pow(1));
    assertSame(constant(1), X.pow(0));
    assertSame(constant(5), constant(2).plus(3));
    assertSame(X, Expressions.select(constant(1), X, Y));
    assertSame(X, Expressions.select(Y, X, X));
    assertSame(X.times(2), Expressions.maskedMultiply(constant(2), X));
  }

  /// Each of these would change a zero's sign, a NaN or an infinity.
  @Example
  void whatIsNot() {
    assertEquals("x + 0", X.plus(0).toText());
    assertEquals("0 * x", X.times(0).toText());
    assertEquals("x - x", X.minus(X).toText());
    assertEquals("x / x", X.dividedBy(X).toText());
    assertEquals("x - -0.0", X.minus(-0.0).toText());
    assertEquals("0 / x", constant(0).dividedBy(X).toText());
  }
}
