package dev.gradus.teach.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.formula.Formula;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.RandomGraph;
import dev.gradus.teach.picture.Samples;
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
