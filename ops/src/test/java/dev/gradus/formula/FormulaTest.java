package dev.gradus.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
  private static Formula.Bound at(String formula, String... values) {
    Map<String, Tensor> named = new HashMap<>();
    for (String value : values) {
      named.put(value.substring(0, value.indexOf('=')), Formula.value(value.substring(value.indexOf('=') + 1)));
    }
    return Formula.parse(formula).at(named);
  }

  private static Tensor value(String formula, String... values) {
    Node result = at(formula, values).result();
    return Interpreter.run(result).of(result);
  }

  private static String message(Executable refused) {
    return String.valueOf(assertThrows(GradusException.class, refused).getMessage());
  }

  private static String error(String formula, String... values) {
    return message(() -> at(formula, values));
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + 2 * 3                  | 7",
        "(1 + 2) * 3                | 9",
        "2 - 3 - 4                  | -5",
        "2 ^ 3 ^ 2                  | 512",
        "-2 ^ 2                     | -4",
        "2 ^ -1                     | 0.5",
        "2 ** 3                     | 8",
        "--3                        | 3",
        "-+-3                       | 3",
        "8 / 4 / 2                  | 1",
        "1.5e1 + .5                 | 15.5",
        "pi - pi                    | 0",
        "max([1, 3, 2])             | 3",
        "[1, 2, 3] @ [1, 1, 2]      | 9",
        "[[1, 2], [3, 4]][1, 0]     | 3",
        "[[1, 2], [3, 4]][-1, -1]   | 4",
        "sum([1, 2, 3][1:])         | 5",
        "sum([1, 2, 3, 4][::2])     | 4",
        "[1, 2, 3][::-1][0]         | 3",
        "sum([[1, 2], [3, 4]][:, 1])| 6",
        "split([1, 2, 3, 4], sections=2)[1][0] | 3",
        "a, b = split([1, 2, 3, 4], sections=2); dot(a, b) | 11",
        "h = 2; k = h * h; k + 1    | 5",
        "h = 2; k = h * h;          | 4",
        "where(1 < 2, 10, 20)       | 10",
        "sum(take([5, 6, 7], [0, -1])) | 12",
        "sum(one_hot(2, depth=4) * 3) | 3",
        "norm([3, 4], ord=2)        | 5",
        "sum(concat([1], [2, 3]))   | 6",
        "sum([2 * 3, 4])            | 10",
        "sum(mean([[1, 2], [3, 4]], axis=[0, 1], keepdims=true)) | 2.5",
        "sum(clip([1, 5], min=null, max=2)) | 3",
        "sum(softmax([[1, 2]], axis=-1)) | 1",
      })
  void means(String formula, double expected) {
    assertEquals(expected, value(formula).cast(DType.F64).item(), 1e-15 * Math.abs(expected));
  }

  @Test
  void valuesAreReadByName() {
    assertEquals(List.of("y", "x"), List.copyOf(Formula.values(List.of(Map.entry("y", "1"), Map.entry("x", "[2]"))).keySet()));
    String refused = message(() -> Formula.values(List.of(Map.entry("x", "1"), Map.entry("yy", "[1, a"))));
    assertEquals(List.of("  yy=[1, a", "          ^"), refused.lines().skip(1).toList());
    assertTrue(refused.lines().findFirst().orElseThrow().endsWith("(column 9)"), refused);
    assertTrue(message(() -> Formula.values(List.of(Map.entry("y", "a")))).contains("but got y=a;"));
    assertEquals(
        "values: each name must be given once, but got x twice; leave one out",
        message(() -> Formula.values(List.of(Map.entry("x", "1"), Map.entry("x", "2")))));
  }

  @Test
  void comparisonsGiveTruth() {
    assertEquals(Tensor.of(Shape.of(3), new boolean[] {false, true, true}), value("x >= 2", "x=[1, 2, 3]"));
    assertEquals(Tensor.scalar(true), value("1 != 2"));
  }

  @Test
  void namesThatAreNotDefinedAreLeaves() {
    Formula formula = Formula.parse("h = sigmoid(x @ W + b); mean(h * x0)");
    assertEquals(List.of("x", "W", "b", "x0"), formula.names());
    assertEquals(List.of("θ", "a₃", "w'", "n_1"), Formula.parse("θ + a₃ * w' / n_1").names());
  }

  @Test
  void definitionsNameNodes() {
    Formula.Bound bound = at("h = x + 1; k = h; k * h", "x=2");
    assertEquals("h", bound.node("h").name());
    assertSame(bound.node("h"), bound.node("k"));
    assertInstanceOf(Parameter.class, bound.node("x"));
    assertEquals(3, Graph.of(bound.result()).size());
    assertSame(bound.node("h"), bound.result().operands().get(1));
  }

  @Test
  void anAliasOfALeafIsTheLeaf() {
    Formula.Bound bound = at("y = x; y * y", "x=3");
    assertSame(bound.node("x"), bound.node("y"));
    assertEquals(Tensor.scalar(6.0), Interpreter.run(bound.result()).gradients().of(bound.node("x")));
  }

  @Test
  void aNumberBesideANodeMakesNoNode() {
    assertEquals(2, Graph.of(at("2 * x", "x=3").result()).size());
    assertEquals(2, Graph.of(at("x ^ 2", "x=3").result()).size());
    assertEquals(3, Graph.of(at("2 - x", "x=3").result()).size());
  }

  @Test
  void aNumberTakesTheDtypeItMeets() {
    Input x = Input.of("x", DType.F32, Shape.of(2));
    assertEquals(DType.F32, Formula.parse("maximum(0, x) * 2 + 1 / x").bind(Map.of("x", x)).result().dtype());
    Input n = Input.of("n", DType.I64, Shape.of(2));
    assertEquals(DType.I64, Formula.parse("maximum(n, 3)").bind(Map.of("n", n)).result().dtype());
    String message =
        message(() -> Formula.parse("maximum(n, 0.5)").bind(Map.of("n", n)));
    assertTrue(message.contains("must be whole, but got 0.5; cast to f64 first"), message);
  }

  @Test
  void wholeNumbersInThePlaceOfIndicesAreIntegers() {
    Formula.Bound bound = at("cross_entropy(x @ W, y)", "x=[[1, 2], [3, 4]]", "W=[[1, 0], [0, 1]]", "y=[0, 1]");
    assertInstanceOf(Constant.class, bound.node("y"));
    assertEquals(DType.I64, bound.node("y").dtype());
    Formula.Bound soft = at("cross_entropy(x, y)", "x=[[1, 2], [3, 4]]", "y=[[0, 1], [1, 0]]");
    assertEquals(DType.F64, soft.node("y").dtype());
  }

  @Test
  void nodesAndErrorsKnowTheirPlaceInTheText() {
    Node result = at("x + exp(x)", "x=1").result();
    assertEquals("formula:1:3", String.valueOf(result.sourceLine()));
    assertEquals("formula:1:5", String.valueOf(result.operands().get(1).sourceLine()));
    assertEquals(
        "matmul: inner sizes must agree, but got [1, 3] times [1, 2]; transpose one of them? (formula:2:3)",
        error("a = x;\ny @ x", "y=[[1, 2, 3]]", "x=[[1, 2]]"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sigmod(x)          | 1  | an op of this name, but got sigmod; did you mean sigmoid?",
        "softmax(x, axs=1)  | 12 | a setting of this name, but got axs; did you mean axis?",
        "x +                | 4  | must stand here, but got the end",
        "(x                 | 3  | ')' must stand here, but got the end",
        "x y                | 3  | an operator or ';' must follow, but got 'y'",
        "1 < 2 < 3          | 7  | cannot be chained",
        "x $ y              | 3  | characters must belong to a name, a number or an operator, but got '$'",
        "x; y               | 1  | only the last part may be without a name",
        "h = 1; h = 2       | 8  | a name must be defined once, but got h",
        "h + 1; h = 2       | 1  | only the last part may be without a name",
        "k = h + 1; h = 2   | 12 | a name must be defined before it is used, but got h",
        "x[1.5]             | 3  | an index must be a whole number, but got 1.5",
        "x[]                | 3  | an index must follow '['",
        "softmax(axis=1, x) | 17 | operands must stand before settings",
        "pi = 3             | 1  | the name of a number cannot be defined anew",
        "`;`                | 1  | must stand here, but got ';'",
        "sum(x, axis=*)     | 13 | a value must be a number, a word or a list",
      })
  void pointsAtTheColumn(String formula, int column, String rule) {
    String message = message(() -> Formula.parse(formula));
    assertTrue(message.contains(rule), message);
    assertTrue(message.contains("(column " + column + ")"), message);
    String pointer = message.lines().toList().getLast();
    assertEquals(column - 1 + 2, pointer.indexOf('^'), message);
  }

  @Test
  void nothingIsNoFormula() {
    assertTrue(message(() -> Formula.parse(" ")).contains("must stand here, but got the end"));
  }

  @Test
  void aLineIsNamedWhereThereAreSeveral() {
    String message = message(() -> Formula.parse("a = 1;\nb = )"));
    assertTrue(message.contains("(column 5, line 2)"), message);
  }

  @Test
  void valuesAndNamesMustMatch() {
    assertEquals("formula: each name must have a value, but got none for y; add y=...", error("x * y", "x=1"));
    assertEquals(
        "formula: each value must belong to a name of the formula, but got alpha; did you mean alfa?",
        error("alfa + 1", "alfa=1", "alpha=2"));
    assertTrue(error("split(x, sections=2)", "x=[1, 2]").contains("2 results of split; choose one, as in [0]"));
    assertTrue(error("x[3]", "x=[1, 2]").contains("a number in [-2, 2), but got 3"));
    assertTrue(error("x[0, 0]", "x=[1, 2]").contains("at most one index for each axis of [2], but got 2"));
    assertTrue(error("a, b = x", "x=1").contains("2 names must stand for as many results, but got 1"));
  }

  @Test
  void readsValues() {
    assertEquals(Tensor.scalar(-2.0), Formula.value("-2"));
    assertEquals(Tensor.of(Shape.of(2, 2), new double[] {1, -2, 3, 4}), Formula.value("[[1, -2], [3, 4]]"));
    assertEquals(Tensor.of(Shape.of(2), new boolean[] {true, false}), Formula.value("[true, false]"));
    assertEquals(Tensor.of(Shape.of(2), new double[] {Double.NEGATIVE_INFINITY, Double.NaN}), Formula.value("[-inf, nan]"));
    assertEquals(Shape.of(0), Formula.value("[]").shape());
    for (String bad : List.of("", "oops", "1 2", "[1, [2]]", "[1,", "x=1", "null", "[null]", "'a'")) {
      assertThrows(GradusException.class, () -> Formula.value(bad), bad);
    }
  }

  @Test
  void boolsAreConstants() {
    Formula.Bound bound = at("where(c, x, -x)", "c=[true, false]", "x=[1, 2]");
    assertInstanceOf(Constant.class, bound.node("c"));
    assertEquals(Tensor.vector(1, -2), Interpreter.run(bound.result()).of(bound.result()));
  }

  @Test
  void longFormulasAreReadAndDeepOnesRefused() {
    String sum = "x" + " + x".repeat(50_000);
    assertEquals(50_001, value(sum, "x=1").item());
    String deep = "(".repeat(100_000) + "x" + ")".repeat(100_000);
    assertTrue(error(deep, "x=1").contains("nested at most 500 deep"));
    String signs = "-".repeat(100_000) + "x";
    assertEquals(3, value(signs, "x=3").item());
    String powers = "x" + "^x".repeat(100_000);
    assertTrue(error(powers, "x=1").contains("nested at most 500 deep"));
    String lists = "[".repeat(100_000);
    assertTrue(message(() -> Formula.value(lists)).contains("500 deep"));
    assertEquals(1, value("(".repeat(400) + "x" + ")".repeat(400), "x=1").item());
  }

  @Test
  void bindsToTheCallersNodes() {
    Input x = Input.of("x", Shape.of(3));
    Formula.Bound bound = Formula.parse("s = sum(x ^ 2)").bind(Map.of("x", x));
    assertSame(x, bound.node("x"));
    assertEquals("s", bound.result().name());
    assertEquals(14, Interpreter.run(List.of(bound.result()), Map.of(x, Tensor.vector(1, 2, 3))).of(bound.result()).item());
    assertThrows(GradusException.class, () -> bound.node("t"));
  }

  @Test
  void oneFormulaBuildsAgainAndAgain() {
    Formula formula = Formula.parse("x * 2");
    Node first = formula.at(Map.of("x", Tensor.scalar(1.0))).result();
    Node second = formula.at(Map.of("x", Tensor.vector(1, 2))).result();
    assertEquals(Shape.SCALAR, first.shape());
    assertEquals(Shape.of(2), second.shape());
    assertEquals("x * 2", formula.toString());
    assertNull(((Apply) first).expansion());
    assertNotNull(first.sourceLine());
  }
}
