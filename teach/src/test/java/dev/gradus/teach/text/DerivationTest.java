package dev.gradus.teach.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.formula.Formula;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.RandomGraph;
import dev.gradus.teach.picture.Samples;
import dev.gradus.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DerivationTest {
  @Provide
  Arbitrary<RandomGraph> graphs() {
    return RandomGraph.upTo(20);
  }

  @Test
  void theQuizInSymbolsAndNumbers() {
    String latex = Samples.quiz().toLatex();
    assertTrue(latex.startsWith("\\begin{align*}\n") && latex.endsWith("\n\\end{align*}"), latex);
    assertTrue(latex.contains("v_{1} &= x_{1} \\, w_{1} = 0 \\\\"), latex);
    assertTrue(latex.contains("L &= \\sigma\\left(v_{4}\\right) = 0.993307 \\\\"), latex);
    assertTrue(latex.contains("\\frac{\\partial L}{\\partial w_{2}} &= \\frac{\\partial L}{\\partial v_{3}} \\cdot v_{2} = 0.00332403"), latex);
  }

  @Test
  void tensorsAreMatrices() {
    String latex = Lesson.of(
            Formula.parse("sum(x @ W)").at(Map.of("x", Formula.value("[[1, 2]]"), "W", Formula.value("[[1, 2], [3, 4]]"))).result())
        .toLatex();
    assertTrue(latex.contains("W &= \\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}"), latex);
    assertTrue(latex.contains("\\frac{\\partial L}{\\partial W} &= {x}^{\\top}\\,\\frac{\\partial L}{\\partial v_{1}} = "), latex);
  }

  /// Both sides of every line are equal: what is summed over a broadcast says so, what is repeated too, and arrays are multiplied by ⊙.
  @Test
  void bothSidesAreOfOneShape() {
    String latex = latex("sum((m*v + x)*x)", Map.of("m", "[[1, 2, 3], [4, 5, 6]]", "v", "[1, 2, 3]", "x", "2"));
    assertTrue(latex.contains("v_{1} &= m \\odot v = "), latex);
    assertTrue(latex.contains("\\frac{\\partial L}{\\partial v_{3}} &= \\operatorname{broadcast}\\left(\\frac{\\partial L}{\\partial L}\\right) = "), latex);
    assertTrue(latex.contains("\\frac{\\partial L}{\\partial v} &= \\sum \\frac{\\partial L}{\\partial v_{1}} \\odot m = "), latex);
    assertTrue(latex.contains("\\frac{\\partial L}{\\partial x} &= \\sum \\frac{\\partial L}{\\partial v_{2}} + \\sum \\frac{\\partial L}{\\partial v_{3}} \\odot v_{2} = "), latex);
  }

  @Test
  void aMinusBehindASignStandsInParentheses() {
    String latex = latex("x*y + y^(-2)", Map.of("x", "1", "y", "2"));
    assertTrue(latex.contains("\\cdot \\left(-2 \\, {y}^{-3}\\right)"), latex);
    assertTrue(latex("log(p)", Map.of("p", "2")).contains("\\frac{\\partial L}{\\partial L} \\cdot \\frac{1}{p}"));
  }

  private static String latex(String formula, Map<String, String> values) {
    Map<String, Tensor> given = new HashMap<>();
    values.forEach((name, value) -> given.put(name, Formula.value(value)));
    return Lesson.of(Formula.parse(formula).at(given).result()).toLatex();
  }

  @Test
  void hostileNamesAreEscaped() {
    String latex = Samples.hostile().toLatex();
    assertBalanced(latex);
    assertTrue(latex.contains("a\\_b\\%c\\#\\$\\&\\sim \\hat{\\ }\\backslash \\{\\}"), latex);
    assertTrue(latex.contains("\\text{é}"), latex);
    assertFalse(latex.chars().anyMatch(c -> c < ' ' && c != '\n'), latex);
  }

  @Property(tries = 50, seed = "22")
  void bracesAndParenthesesAreBalanced(@ForAll("graphs") RandomGraph graph) {
    assertBalanced(Lesson.of(graph.result()).toLatex());
  }

  private static void assertBalanced(String latex) {
    int depth = 0;
    String plain = latex.replace("\\\\", "").replaceAll("\\\\[{}%#$&_]", "");
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      assertTrue(depth >= 0, latex);
    }
    assertEquals(0, depth, latex);
    assertEquals(plain.split("\\\\left[(|\\\\]", -1).length, plain.split("\\\\right[)|\\\\]", -1).length, latex);
    assertEquals(plain.split("\\\\begin", -1).length, plain.split("\\\\end", -1).length, latex);
    assertFalse(plain.contains("%") || plain.contains("#") || plain.contains("$"), latex);
  }
}
