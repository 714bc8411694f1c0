package dev.gradus.teach.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolTest {
  @ParameterizedTest
  @CsvSource({
    "x, x", "w1, w_{1}", "w_12, w_{12}", "h₂, h_{2}", "theta, \\theta", "theta1, \\theta_{1}", "loss, \\mathrm{loss}", "loss3, \\mathrm{loss}_{3}",
    "x', x'", "v1', v_{1}'", "a.b, \\mathrm{a.b}", "w#1, \\mathrm{w\\#1}",
  })
  void latex(String label, String expected) {
    assertEquals(expected, Symbol.latex(label));
  }

  @ParameterizedTest
  @CsvSource({
    "x, <mi>x</mi>", "w1, <msub><mi>w</mi><mn>1</mn></msub>", "theta1, <msub><mi>θ</mi><mn>1</mn></msub>",
    "v1', <msub><mi>v'</mi><mn>1</mn></msub>", "loss, <mi>loss</mi>",
  })
  void mathMl(String label, String expected) {
    assertEquals(expected, Symbol.mathMl(label));
  }

  @Test
  void hostileNamesAreNoCommands() {
    assertEquals("\\mathrm{\\backslash input\\{x\\}}", Symbol.latex("\\input{x}"));
    assertEquals("\\mathrm{\\backslash input\\{x\\}}'", Symbol.latex("\\input{x}'"));
    assertEquals("\\mathrm{a\\_b\\ \\%\\ \\$\\&\\#}", Symbol.latex("a_b % $&#"));
    assertEquals("<mi>&lt;script&gt;&amp;</mi>", Symbol.mathMl("<script>&"));
    assertEquals(
        "\\operatorname{f\\%\\_\\}}\\left(x\\right)", Writing.LATEX.call("f%_}", List.of("x")));
    assertEquals("<mi>a&lt;b</mi><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>", Writing.MATHML.call("a<b", List.of("<mi>x</mi>")));
  }
}
