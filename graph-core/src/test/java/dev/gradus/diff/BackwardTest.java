package dev.gradus.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gradus.Refusal;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Concat;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.Typing;
import dev.gradus.run.Interpreter;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.Expression;
import dev.gradus.scalar.Expressions;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackwardTest {
  private static Tensor eval(Node node) {
    return Interpreter.run(node).of(node);
  }

  private static Node sin(Node x) {
    return Elementwise.of("sin", Arithmetic.SIN, Typing.Rule.FLOATING).of(x);
  }

  private static Node sum(Node x) {
    return Reduce.all(Reduce.Kind.SUM, x.shape().rank()).of(x);
  }

  /// f = σ(σ(x₁w₁)w₂ + x₂) at x₁ = 11, x₂ = 5, w₁ = w₂ = 0: ∂f/∂w₂ = σ(5)σ(-5)/2 and ∂f/∂w₁ = 0.
  @Test
  void theQuiz() {
    Elementwise sigmoid =
        new Elementwise(
            "sigmoid",
            Expression.constant(1).dividedBy(Expressions.exp(Expression.variable(0).negated()).plus(1)),
            Typing.Rule.FLOATING);
    Parameter w1 = Parameter.of("w1", 0);
    Parameter w2 = Parameter.of("w2", 0);
    Node f = sigmoid.of(sigmoid.of(w1.times(11)).times(w2).plus(5));
    Gradients gradients = Backward.from(f);
    assertEquals(0.0033240283353950773, eval(gradients.of(w2)).item(), 1e-17);
    assertEquals(0, eval(gradients.of(w1)).item());
    assertEquals(1, eval(gradients.of(f)).item());
  }

  @Test
  void aLocalFactorHasTheLineOfTheNodeThatItBelongsTo() {
    Parameter x = Parameter.of("x", 0.5);
    Node power = x.pow(3);
    Node local = Objects.requireNonNull(Backward.from(power).terms(x).getFirst().local());
    assertEquals(power.sourceLine(), local.sourceLine());
  }

  @Test
  void everyUseCounts() {
    Parameter x = Parameter.of("x", 3);
    assertEquals(Tensor.scalar(6.0), eval(Backward.from(x.times(x)).of(x)));
    assertEquals(Tensor.scalar(27.0), eval(Backward.from(x.times(x).times(x)).of(x)));
    assertEquals(Tensor.scalar(0.0), eval(Backward.from(x.minus(x)).of(x)));
    Node shared = x.times(2);
    assertEquals(Tensor.scalar(2.0 * 2 * 6), eval(Backward.from(shared.times(shared)).of(x)));
  }

  @Test
  void aResultOfManyElementsNeedsAnUpstreamGradient() {
    Parameter x = Parameter.of("x", Tensor.vector(1, 2));
    Node y = x.times(x);
    assertEquals(
        "gradient: a result of more or fewer than one element needs an upstream gradient, but got multiply f64[2];"
            + " pass one of shape [2], or sum the result",
        Refusal.of(() -> Backward.from(y)));
    assertEquals(Tensor.vector(6, 40), eval(Backward.from(y, Constant.of(Tensor.vector(3, 10))).of(x)));
    assertEquals(Tensor.vector(3, 10), eval(Backward.from(y, Constant.of(Tensor.vector(3, 10))).of(y)));
    assertEquals(
        "gradient: the upstream gradient must be f64[2], but got f64[]; reshape or cast it",
        Refusal.of(() -> Backward.from(y, Constant.of(1))));
    assertEquals(
        "gradient: the result must be floating-point, but got cast i64[2]; integers and bools have no derivative",
        Refusal.of(
            () -> {
              Node whole = new Cast(DType.I64).of(x);
              Backward.from(whole, whole);
            }));
  }

  @Test
  void oneElementInAnyShapeIsEnough() {
    Parameter x = Parameter.of("x", Tensor.of(new double[][] {{2}}));
    assertEquals(Tensor.of(new double[][] {{4}}), eval(Backward.from(x.times(x)).of(x)));
  }

  @Test
  void emptyTensorsHaveEmptyGradients() {
    Parameter x = Parameter.of("x", Tensor.zeros(Shape.of(0, 3)));
    assertEquals(Tensor.zeros(Shape.of(0, 3)), eval(Backward.from(sum(x.times(x))).of(x)));
    Parameter row = Parameter.of("row", Tensor.vector(1, 2, 3));
    // broadcast against nothing: a sum over nothing
    assertEquals(Tensor.vector(0, 0, 0), eval(Backward.from(sum(x.times(row))).of(row)));
  }

  @Test
  void f32StaysF32() {
    Parameter x = Parameter.of("x", Tensor.of(Shape.of(2), 1f, 2f));
    Node gradient = Backward.from(sum(x.times(x))).of(x);
    assertEquals(DType.F32, gradient.dtype());
    assertEquals(Tensor.of(Shape.of(2), 2f, 4f), eval(gradient));
  }

  @Test
  void theResultMayBeALeaf() {
    Parameter x = Parameter.of("x", 3);
    Gradients gradients = Backward.from(x);
    assertEquals(Tensor.scalar(1.0), eval(gradients.of(x)));
    assertEquals(List.of(), gradients.terms(x));
    assertEquals(Flow.FLOWS, gradients.flow(x));
  }

  /// Γ(x) for L = x·y + sin(x), x standing in slot 0 of both.
  @Test
  void termsAreTheChainRule() {
    Parameter x = Parameter.of("x", Tensor.vector(0.5, 2));
    Parameter y = Parameter.of("y", 3);
    Node product = x.times(y);
    Node sine = sin(x);
    Node loss = sum(product.plus(sine));
    Gradients gradients = Backward.from(loss);
    List<Term> terms = gradients.terms(x);
    assertEquals(List.of(product, sine), terms.stream().map(term -> term.use().user()).toList());
    assertEquals(List.of("g * y", "g * cos(x)"), terms.stream().map(Term::rule).toList());
    assertEquals(Tensor.vector(3, 3), eval(Objects.requireNonNull(terms.get(0).local())));
    assertEquals(Tensor.vector(Math.cos(0.5), Math.cos(2)), eval(Objects.requireNonNull(terms.get(1).local())));
    assertSame(gradients.of(product), terms.get(0).upstream());
    assertEquals(Tensor.vector(3, 3), eval(terms.get(0).product()));
    assertEquals(eval(gradients.of(x)), eval(terms.get(0).product().plus(terms.get(1).product())));
    // y was broadcast: its product is summed back
    Term broadcast = gradients.terms(y).getFirst();
    assertEquals(Tensor.scalar(2.5), eval(broadcast.product()));
    assertEquals(Tensor.vector(0.5, 2), eval(Objects.requireNonNull(broadcast.local())));
    assertEquals(List.of(), gradients.terms(loss));
    assertEquals(List.of(), gradients.terms(Parameter.of("z", 1)));
  }

  @Test
  void twoSlotsAreTwoTerms() {
    Parameter x = Parameter.of("x", 3);
    Node square = x.times(x);
    List<Term> terms = Backward.from(square).terms(x);
    assertEquals(List.of(0, 1), terms.stream().map(term -> term.use().slot()).toList());
    assertEquals(List.of("g * y", "g * x"), terms.stream().map(Term::rule).toList());
  }

  @Test
  void aRuleInWordsHasNoLocalFactor() {
    Parameter a = Parameter.of("a", Tensor.of(new double[][] {{1, 2}, {3, 4}}));
    Parameter b = Parameter.of("b", Tensor.of(new double[][] {{5, 6}, {7, 8}}));
    Node product = new Contract("ij,jk->ik").of(a, b);
    Term term = Backward.from(sum(product)).terms(b).getFirst();
    assertNull(term.local());
    assertEquals("xᵀ @ g", term.rule());
    assertNotNull(term.upstream());
    assertEquals(Tensor.of(new double[][] {{4, 4}, {6, 6}}), eval(term.product()));
  }

  @Test
  void askingTwiceGivesTheSameNode() {
    Parameter x = Parameter.of("x", 3);
    Node y = sin(x.times(x));
    Gradients gradients = Backward.from(y);
    assertSame(gradients.of(x), gradients.of(x));
    assertEquals(eval(gradients.of(x)), eval(Backward.from(y).of(x)));
    assertSame(y, gradients.graph().outputs().getFirst());
  }

  /// d⁴/dx⁴ sin(x²) = (16x⁴ - 12) sin(x²) - 48x² cos(x²).
  @Test
  void gradientsOfGradients() {
    Parameter x = Parameter.of("x", 0.7);
    Node y = sin(x.times(x));
    for (int order = 0; order < 4; order++) {
      y = Backward.from(y).of(x);
    }
    double square = 0.7 * 0.7;
    assertEquals(
        (16 * square * square - 12) * Math.sin(square) - 48 * square * Math.cos(square), eval(y).item(), 1e-13);
  }

  @Test
  void mixedSecondDerivativesAgree() {
    Parameter x = Parameter.of("x", 0.7);
    Parameter y = Parameter.of("y", -1.2);
    Node f = sin(x.times(y)).times(x);
    Node xy = Backward.from(Backward.from(f).of(x)).of(y);
    Node yx = Backward.from(Backward.from(f).of(y)).of(x);
    assertEquals(eval(xy).item(), eval(yx).item(), 1e-15);
  }

  @Test
  void twoResultsOfATuple() {
    record SumAndProduct() implements Composite {
      @Override
      public String name() {
        return "sum_and_product";
      }

      @Override
      public List<Node> expand(List<Node> x) {
        return List.of(x.get(0).plus(x.get(1)), x.get(0).times(x.get(1)));
      }
    }

    Parameter x = Parameter.of("x", 3);
    Parameter y = Parameter.of("y", 5);
    Apply both = new SumAndProduct().of(x, y);
    Node first = both.results().get(0);
    Node second = both.results().get(1);
    assertEquals(Tensor.scalar(1 + 2.0 * 5), eval(Backward.from(first.plus(second.times(2))).of(x)));
    assertEquals(Tensor.scalar(3.0), eval(Backward.from(second).of(y))); // the other result leads nowhere
    assertEquals(Tensor.scalar(2.0 * 15 * 5), eval(Backward.from(second.times(second)).of(x)));
    // a projection under another name is the same result
    Node named = first.named("sum");
    assertEquals(Tensor.scalar(2.0), eval(Backward.from(named.plus(first)).of(x)));
    Node square = new SumAndProduct().of(x, x).results().get(1);
    assertEquals(Tensor.scalar(6.0 + 2), eval(Backward.from(square.plus(x.times(2))).of(x)));
    Gradients gradients = Backward.from(first.plus(second));
    assertNull(gradients.terms(x).getFirst().upstream());
    assertEquals(Flow.FLOWS, gradients.flow(both));
    assertEquals(
        "sum_and_product: a node with one result is needed here, but got 2 results; take one of results()",
        Refusal.of(() -> gradients.of(both)));
  }

  /// x³ by a kernel of its own, whose pullback may be wrong in shape or number.
  private record Cube(List<TensorType> sends) implements Opaque {
    @Override
    public String name() {
      return "cube";
    }

    @Override
    public List<TensorType> types(List<TensorType> x) {
      return x;
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> x) {
      double[] all = x.getFirst().toDoubles();
      for (int i = 0; i < all.length; i++) {
        all[i] = all[i] * all[i] * all[i];
      }
      return List.of(Tensor.of(x.getFirst().shape(), all));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node x = out.operand(0);
      List<@Nullable Node> sent = new ArrayList<>();
      for (TensorType type : sends) {
        sent.add(
            type.equals(x.type())
                ? Elementwise.product(Objects.requireNonNull(g.getFirst()), x.times(x).times(3))
                : Constant.filled(type, 1));
      }
      return sent;
    }
  }

  @Test
  void anOpaqueOpBringsItsPullback() {
    Parameter x = Parameter.of("x", Tensor.vector(1, 2));
    Node cube = new Cube(List.of(x.type())).of(x);
    assertEquals(Tensor.vector(3, 12), eval(Backward.from(sum(cube)).of(x)));
    Node second = Backward.from(sum(Backward.from(sum(cube)).of(x))).of(x);
    assertEquals(Tensor.vector(6, 12), eval(second));
    assertEquals("pullback of cube", Backward.from(sum(cube)).terms(x).getFirst().rule());
  }

  @Test
  void aPullbackIsHeldToItsContract() {
    Parameter x = Parameter.of("x", Tensor.vector(1, 2));
    assertEquals(
        "cube: its pullback must give one gradient for each of 1 operands, but got 2 gradients; give null for an operand"
            + " without one",
        Refusal.of(() -> Backward.from(sum(new Cube(List.of(x.type(), x.type())).of(x)))));
    assertEquals(
        "cube: its pullback must give operand 0 a gradient of its type f64[2], but got f64[3]; sum over what was broadcast",
        Refusal.of(() -> Backward.from(sum(new Cube(List.of(x.type().withShape(Shape.of(3)))).of(x)))));
  }

  /// The gradient of a concat's operands: what was joined comes apart, in order.
  @Test
  void concatComesApart() {
    Parameter x = Parameter.of("x", Tensor.vector(1, 2));
    Input index = Input.of("index", DType.I64, Shape.SCALAR);
    Node joined = new Concat(0).of(x, x.times(10), x);
    Node weights = Constant.of(Tensor.vector(1, 2, 3, 4, 5, 6));
    Gradients gradients = Backward.from(sum(joined.times(weights)));
    assertEquals(Tensor.vector(1 + 30 + 5, 2 + 40 + 6), eval(gradients.of(x)));
    assertEquals(Flow.UNREACHABLE, gradients.flow(index));
    assertEquals(Tensor.zeros(Shape.SCALAR, DType.I64), eval(gradients.of(index)));
  }
}
