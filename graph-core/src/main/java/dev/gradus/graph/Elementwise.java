package dev.gradus.graph;

import dev.gradus.GradusException;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.Expression;
import dev.gradus.scalar.ScalarFunction;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import dev.gradus.tensor.raw.RawTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The *map* primitive: one scalar formula applied at every element of its operands, which are broadcast against
/// each other as NumPy does. From the formula follow its value, its local derivatives of every order and how it is
/// printed.
///
/// @param name the op's name
/// @param formula the formula; variable i is operand i
/// @param typing which dtypes it takes and gives
public record Elementwise(String name, Expression formula, Typing typing) implements Primitive {
  static final Elementwise ADD = of("add", Arithmetic.ADD, Typing.Rule.NUMERIC);
  static final Elementwise SUBTRACT = of("subtract", Arithmetic.SUBTRACT, Typing.Rule.NUMERIC);
  static final Elementwise MULTIPLY = of("multiply", Arithmetic.MULTIPLY, Typing.Rule.NUMERIC);
  static final Elementwise DIVIDE = of("divide", Arithmetic.DIVIDE, Typing.Rule.FLOATING);
  static final Elementwise NEGATIVE = of("negative", Arithmetic.NEGATE, Typing.Rule.NUMERIC);
  static final Elementwise POW = of("pow", Arithmetic.POW, Typing.Rule.FLOATING);

  /// Upstream gradient times local factor, in which a zero beats an infinity or a NaN on the other side.
  private static final Elementwise PRODUCT = of("product", Arithmetic.MASKED_MULTIPLY, Typing.Rule.NUMERIC);

  private static final Elementwise EQUAL = of("equal", Arithmetic.EQUAL, Typing.Rule.COMPARISON);

  /// The op that applies one scalar function.
  public static Elementwise of(String name, ScalarFunction function, Typing typing) {
    Expression[] variables = new Expression[function.arity()];
    for (int i = 0; i < variables.length; i++) {
      variables[i] = Expression.variable(i);
    }
    return new Elementwise(name, function.of(variables), typing);
  }

  /// `function(x, number)` for a plain Java number, which takes the dtype of `x`.
  ///
  /// @throws GradusException where `x` holds integers and the number is none of them
  public static Node withNumber(Arithmetic function, Node x, double number) {
    Typing typing =
        function == Arithmetic.DIVIDE || function == Arithmetic.POW ? Typing.Rule.FLOATING : Typing.Rule.NUMERIC;
    Expression formula = function.of(Expression.variable(0), Expression.constant(number));
    String name = function.label();
    return SourceLine.locate(() -> {
      Typing.requireMeets(name, x.dtype(), number);
      return new Elementwise(name, formula, typing).of(x);
    });
  }

  /// The product that the chain rule uses: `g` times `local`, but 0 where either is 0, so that an edge which sends
  /// nothing leaks no NaN.
  public static Node product(Node g, Node local) {
    return PRODUCT.of(g, local);
  }

  /// Where `x` equals `y`, as bools.
  public static Node equal(Node x, Node y) {
    return EQUAL.of(x, y);
  }

  @Override
  public TensorType type(List<TensorType> x) {
    if (x.size() < formula.arity()) {
      throw new GradusException(
          name, "takes " + formula.arity() + " operands", x.size() + " operands", "pass one for each variable");
    }
    DType dtype = typing.result(name, x);
    Shape shape = x.getFirst().shape();
    for (int i = 1; i < x.size(); i++) {
      shape = Shape.broadcast(name, shape, x.get(i).shape());
    }
    TensorType first = x.getFirst();
    return first.withShape(shape).withDType(dtype);
  }

  @Override
  public Tensor evaluate(TensorType result, List<Tensor> x) {
    boolean exact = !result.dtype().isFloating() && x.stream().noneMatch(t -> t.dtype().isFloating());
    return exact ? evaluateIntegers(result, x) : evaluateFloating(result, x);
  }

  private Tensor evaluateFloating(TensorType result, List<Tensor> x) {
    int size = result.shape().size();
    double[] out = new double[size];
    if (size > 0) {
      double[][] operands = new double[x.size()][];
      for (int i = 0; i < operands.length; i++) {
        operands[i] = Strided.doubles(x.get(i), result.shape());
      }
      formula.kernel().apply(operands, out, size);
    }
    return Strided.rounded(result, out);
  }

  private Tensor evaluateIntegers(TensorType result, List<Tensor> x) {
    int size = result.shape().size();
    long[] out = new long[size];
    if (size > 0) {
      long[][] operands = new long[x.size()][];
      for (int i = 0; i < operands.length; i++) {
        operands[i] = Strided.longs(x.get(i), result.shape());
      }
      formula.kernel().apply(operands, out, size);
    }
    return RawTensors.wrap(result.shape(), out).cast(result.dtype());
  }

  /// The local derivative of `out` by operand `slot`, as a formula over the operands.
  public Expression localFormula(int slot) {
    return formula.derivative(slot);
  }

  /// The local factor ∂out/∂operand at every element: a node made from the operands, of `out`'s dtype, in a shape
  /// that broadcasts to `out`'s.
  public Node local(Apply out, int slot) {
    Expression derivative = formula.derivative(slot);
    if (derivative instanceof Expression.Constant constant) {
      return Constant.scalar(out.dtype(), constant.value());
    }
    if (derivative instanceof Expression.Variable variable) {
      return out.operand(variable.slot());
    }
    int operands = out.operands().size();
    if (IntStream.range(0, operands).allMatch(derivative::mentions)) {
      return Apply.of(derivative(out, derivative), out.operands());
    }
    List<Node> used = new ArrayList<>();
    List<Expression> renumbered = new ArrayList<>();
    for (int i = 0; i < operands; i++) {
      renumbered.add(Expression.variable(used.size()));
      if (derivative.mentions(i)) {
        used.add(out.operand(i));
      }
    }
    return Apply.of(derivative(out, derivative.substitute(renumbered)), used);
  }

  private Elementwise derivative(Apply out, Expression of) {
    return new Elementwise("d_" + name, of, new Typing.Giving(out.dtype()));
  }

  @Override
  public @Nullable Node pullback(Apply out, int slot, Node g) {
    Node operand = out.operand(slot);
    if (!operand.dtype().isFloating()) {
      return null;
    }
    if (formula.derivative(slot) instanceof Expression.Constant constant) {
      return constant.value() == 0
          ? Constant.filled(operand.type(), 0)
          : Broadcasting.sumTo(scaled(g, constant.value()), operand.shape());
    }
    return Broadcasting.sumTo(product(g, local(out, slot)), operand.shape());
  }

  private static Node scaled(Node g, double factor) {
    return factor == 1 ? g : factor == -1 ? g.negated() : g.times(factor);
  }

  @Override
  public @Nullable Node pushforward(Apply out, List<@Nullable Node> tangents) {
    Node sum = null;
    for (int slot = 0; slot < tangents.size(); slot++) {
      Node tangent = tangents.get(slot);
      if (tangent != null && out.dtype().isFloating()) {
        Node term = product(tangent, local(out, slot));
        sum = sum == null ? term : sum.plus(term);
      }
    }
    return sum == null ? null : Broadcasting.broadcastTo(sum, out.shape());
  }

  @Override
  public String rule(Apply out, int slot) {
    Expression derivative = formula.derivative(slot);
    if (derivative.isConstant(1)) {
      return "g";
    }
    if (derivative.isConstant(0)) {
      return "0";
    }
    return Arithmetic.MULTIPLY
        .of(Expression.variable(0), derivative.substitute(shifted(Math.max(formula.arity(), 1))))
        .toText(namesAfterUpstream(formula.arity()));
  }

  private static List<Expression> shifted(int count) {
    List<Expression> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(Expression.variable(i + 1));
    }
    return all;
  }

  private static List<String> namesAfterUpstream(int arity) {
    List<String> names = new ArrayList<>(List.of("g"));
    for (int i = 0; i < Math.max(arity, 1); i++) {
      names.add(i < 3 ? "xyz".substring(i, i + 1) : "x" + (i + 1));
    }
    return names;
  }
}
