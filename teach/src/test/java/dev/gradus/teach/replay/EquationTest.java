package dev.gradus.teach.replay;

import static dev.gradus.ops.Ops.constant;
import static dev.gradus.ops.Ops.dot;
import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.reshape;
import static dev.gradus.ops.Ops.sigmoid;
import static dev.gradus.ops.Ops.softmax;
import static dev.gradus.ops.Ops.square;
import static dev.gradus.ops.Ops.sum;
import static dev.gradus.ops.Ops.transpose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.formula.Formula;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Broadcasting;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EquationTest {
  private final Node x = parameter("x", Tensor.normal(Shape.of(2, 3), 1));
  private final Node y = parameter("y", Tensor.normal(Shape.of(3, 2), 2));
  private final Node s = parameter("s", 2);

  private static String text(Node node, Writing writing) {
    Equation equation = Equation.of(node, Set.of());
    return equation == null
        ? "too long"
        : equation.print(writing, equation.atoms().stream().map(atom -> writing.name(String.valueOf(atom.name()))).toList());
  }

  private static String text(Node node) {
    return text(node, Writing.TEXT);
  }

  @Test
  void elementwiseOpsAreOneFormula() {
    assertEquals("sigmoid(s * s)", text(sigmoid(s.times(s))));
    assertEquals("(s + 1) * s", text(s.plus(1).times(s)));
    assertEquals("-s - (s - 3)", text(s.negated().minus(s.minus(3))));
    assertEquals("square(-s)", text(square(s.negated())));
    assertEquals("(s + 1)^2", text(s.plus(1).pow(2)));
  }

  @Test
  void atomsStandForThemselves() {
    Node inner = s.times(3);
    Equation equation = Equation.of(inner.plus(s), Set.of(inner));
    assertNotNull(equation);
    assertEquals(List.of(inner, s), equation.atoms());
    assertEquals("6 + 2", equation.print(Writing.TEXT, List.of("6", "2")));
  }

  @Test
  void arraysAreMultipliedByASignOfTheirOwn() {
    assertEquals("x * x", text(x.times(x)));
    assertEquals("x \\odot x", text(x.times(x), Writing.LATEX));
    assertEquals("s \\, x", text(s.times(x), Writing.LATEX));
    Node v = parameter("v", Tensor.vector(1, 2));
    Node number = dot(v, v);
    assertEquals("\\left(v\\,v\\right) \\, v", text(number.times(v), Writing.LATEX));
    assertEquals("broadcast(v @ v)", text(Broadcasting.broadcastTo(number, v.shape())));
    assertEquals("broadcast(s)", text(Broadcasting.broadcastTo(s, x.shape())));
  }

  @Test
  void matrixProductsReadAsProducts() {
    assertEquals("x @ y", text(matmul(x, y)));
    assertEquals("(x + 1) @ xᵀ", text(matmul(x.plus(1), transpose(x))));
    assertEquals("x\\,y", text(matmul(x, y), Writing.LATEX));
    assertEquals("<mi>x</mi><mo>@</mo><mi>y</mi>", text(matmul(x, y), Writing.MATHML));
  }

  /// The four ways to transpose, in both orders of the result, and vectors: what is printed computes the same.
  @ParameterizedTest
  @CsvSource({
    "'ij,jk->ik', x @ y", "'ji,jk->ik', xᵀ @ y", "'ij,kj->ik', x @ yᵀ", "'ji,kj->ik', xᵀ @ yᵀ",
    "'ij,jk->ki', yᵀ @ xᵀ", "'ji,jk->ki', yᵀ @ x", "'ij,kj->ki', y @ xᵀ", "'ji,kj->ki', y @ x",
    "'ij,j->i', x @ y", "'ji,j->i', xᵀ @ y", "'j,jk->k', x @ y", "'j,kj->k', y @ x", "'j,j->', x @ y",
    "'ij,->ij', x * y", "',ij->ij', x * y", "',->', x * y",
  })
  void contractions(String equation, String expected) {
    Node left = leaf("x", equation.substring(0, equation.indexOf(',')), 3);
    Node right = leaf("y", equation.substring(equation.indexOf(',') + 1, equation.indexOf("->")), 4);
    Node product = new Contract(equation).of(left, right);
    assertEquals(expected, text(product));
    Map<String, Tensor> values = new TreeMap<>();
    String formula = expected.replace("ᵀ", "T");
    for (Node leaf : List.of(left, right)) {
      String name = String.valueOf(leaf.name());
      boolean isTransposed = formula.contains(name + "T");
      Node value = isTransposed ? transpose(leaf) : leaf;
      values.put(isTransposed ? name + "T" : name, Interpreter.run(value).of(value));
    }
    Node again = Formula.parse(formula).at(values).result();
    assertEquals(Interpreter.run(product).of(product), Interpreter.run(again).of(again));
  }

  /// Whole numbers, so that sums are exact in any order.
  private static Node leaf(String name, String axes, int seed) {
    int[] dims = axes.chars().map(_ -> 2).toArray();
    double[] elements = new double[1 << dims.length];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (seed * (i + 2) * (i + 2)) % 11 - 4;
    }
    return parameter(name, Tensor.of(Shape.of(dims), elements));
  }

  @Test
  void otherContractionsAreCalls() {
    Node v = parameter("v", Tensor.vector(1, 2));
    assertEquals("contract[i,j->ij](v, v)", text(new Contract("i,j->ij").of(v, v)));
  }

  @Test
  void otherOpsAreCalls() {
    assertEquals("softmax(x)", text(softmax(x, 1)));
    assertEquals("sum(x * 2)", text(sum(x.times(2))));
    assertEquals("\\operatorname{softmax}\\left(x\\right)", text(softmax(x, 1), Writing.LATEX));
  }

  @Test
  void whatOnlyRepeatsOrReshapesIsLeftOut() {
    Node b = parameter("b", Tensor.vector(1, 2));
    assertEquals("x @ y + b", text(matmul(x, y).plus(b)));
    assertEquals("x", text(reshape(x, 6)));
  }

  @Test
  void numbersWithoutANameAreNumbersAndOthersAreAtoms() {
    assertEquals("s * 2", text(s.times(2)));
    assertEquals("s * c", text(s.times(constant("c", 2))));
  }

  @Test
  void whatIsTooLongToReadIsNoEquation() {
    Node sum = s;
    for (int i = 0; i < 30; i++) {
      sum = sum.plus(s.times(i));
    }
    assertNull(Equation.of(sum, Set.of()));
  }

  @Test
  void aPullbackIsReadOffItsNode() {
    Replay replay = Lessons.replay("mean(square(tanh(x@W+b)))", "x=[[1,2],[3,4]]", "W=[[1,0.5],[0.2,0.1]]", "b=[1,2]");
    Narration narration = new Narration(replay, Sentences.english());
    assertEquals("xᵀ @ ∂L/∂v1", symbols(replay, narration, "W"));
    assertEquals("∂L/∂v1 @ Wᵀ", symbols(replay, narration, "x"));
    assertEquals("sum(∂L/∂v2)", symbols(replay, narration, "b"));
    assertEquals("∂L/∂v3 * (sech(v2)^2)", symbols(replay, narration, "v2"));
    Share share = replay.shares(replay.order().get(1)).getFirst();
    Equation product = narration.product(share);
    assertNotNull(product);
    assertTrue(narration.print(product, share, Writing.LATEX).contains("\\frac{\\partial L}{\\partial v_{1}}"));
  }

  private static String symbols(Replay replay, Narration narration, String label) {
    Node u = replay.order().stream().filter(node -> replay.labels().of(node).equals(label)).findFirst().orElseThrow();
    Share share = replay.shares(u).getFirst();
    Equation product = narration.product(share);
    return product == null ? "too long" : narration.print(product, share, Writing.TEXT);
  }
}
