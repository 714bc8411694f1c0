package dev.gradus.teach.script;

import static dev.gradus.scalar.Expression.constant;
import static dev.gradus.scalar.Expression.variable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.ops.Ops;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.scalar.Expression;
import dev.gradus.scalar.Expressions;
import dev.gradus.scalar.KernelFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JavaScriptTest {
  private static final double[] SPECIAL = {
    0.0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 2, 3, -3, 0.1, 10, 1000, 1e-10, -1e-10, 1e-300, Double.MIN_VALUE, 1e300, -1e300, 710, -745, 0x1p52,
    0x1p53, 0x1p51 + 0.5, Math.PI, -Math.E, Double.MAX_VALUE, Double.MIN_NORMAL, Double.NaN, Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY, 1 - 0x1p-53, 1 + 0x1p-52
  };

  private static String print(Expression formula) {
    return new JavaScript(new Doubles(), new Library()).function(formula);
  }

  private static String printExact(Expression formula) {
    return new JavaScript(new WholeNumbers(), new Library()).function(formula);
  }

  private static final Expression X = variable(0);
  private static final Expression Y = variable(1);

  @Test
  void formulasAreArrowFunctions() {
    assertEquals("(x0,x1)=>x0*x1", print(X.times(Y)));
    assertEquals("x0=>(x0+1)*(x0-2)", print(X.plus(1).times(X.minus(2))));
    assertEquals("(x0,x1)=>x0-(x1-x0)", print(X.minus(Y.minus(X))));
    assertEquals("(x0,x1)=>x0/(x1/x0)", print(X.dividedBy(Y.dividedBy(X))));
    assertEquals("x0=>-x0", print(X.negated()));
    assertEquals("(x0,x1)=>x0-(-x1)", print(X.minus(Y.negated())));
    assertEquals("x0=>(-2)*x0", print(X.times(-2)));
    assertEquals("()=>3", print(constant(3)));
    assertEquals("(x0,x1)=>x1", print(Y));
  }

  @Test
  void sharedPartsAreConstants() {
    Expression a = Expressions.exp(X.negated());
    assertEquals("x0=>{const a=Math.exp(-x0);return a/(1+a)}", print(a.dividedBy(constant(1).plus(a))));
    DefinedFunction square = DefinedFunction.of("square", x -> x.times(x));
    assertEquals("x0=>{const a=x0+1;return a*a}", print(square.of(X.plus(1))));
  }

  @Test
  void truthsAreConvertedWhereNumbersAreNeeded() {
    assertEquals("x0=>+(x0>0)", print(Expressions.greater(X, constant(0))));
    assertEquals("x0=>x0>0?x0:0", print(Expressions.select(Expressions.greater(X, constant(0)), X, constant(0))));
    assertEquals("(x0,x1)=>x0!=0?x1:1", print(Expressions.select(X, Y, constant(1))));
    assertEquals("(x0,x1)=>+(x0<x1&&x1!=0)", print(Expressions.and(Expressions.less(X, Y), Y)));
    assertEquals("(x0,x1)=>x0<x1?1n:0n", printExact(Expressions.less(X, Y)));
  }

  @Test
  void numbersAreReadBackAsTheyWere() {
    assertEquals("()=>1e+22".replace("+", ""), print(constant(1e22)));
    assertEquals("()=>0.1", print(constant(0.1)));
    assertEquals("()=>1.5e-7", print(constant(1.5e-7)));
    assertEquals("()=>-0", print(constant(-0.0)));
    assertEquals("()=>NaN", print(constant(Double.NaN)));
    assertEquals("()=>-Infinity", print(constant(Double.NEGATIVE_INFINITY)));
    double[] numbers =
        DoubleStream.concat(DoubleStream.of(SPECIAL), new Random(1).longs(2000).mapToDouble(Double::longBitsToDouble)).toArray();
    String list = String.join(",", DoubleStream.of(numbers).mapToObj(x -> "(" + print(constant(x)) + ")()").toList());
    try (EnginePage page = new EnginePage(List.of())) {
      double[] read = page.doubles("encode([" + list + "])");
      for (int i = 0; i < numbers.length; i++) {
        assertEquals(numbers[i], read[i]);
      }
    }
  }

  /// Special values exactly, all others but for rounding.
  @Test
  void everyFunctionIsArithmetics() {
    Kernels kernels = new Kernels();
    List<double[][]> points = new ArrayList<>();
    StringBuilder script = new StringBuilder();
    for (Arithmetic function : Arithmetic.values()) {
      double[][] x = points(function.arity(), new Random(points.size()));
      points.add(x);
      Expression[] variables = IntStream.range(0, function.arity()).mapToObj(Expression::variable).toArray(Expression[]::new);
      int number = kernels.of(function.of(variables), false);
      script.append("[k[").append(number).append("],").append(
          String.join(",", IntStream.range(0, 3).mapToObj(slot -> "'" + EnginePage.encode(x[slot]) + "'").toList())).append("],");
    }
    try (EnginePage page = new EnginePage(List.of())) {
      List<?> all = (List<?>) page.evaluate(
          "const k=" + kernels.source() + ";[" + script + "].map(([f,...x])=>{x=x.map(decode);return encode(x[0].map((a,i)=>f(a,x[1][i],x[2][i])))})");
      int row = 0;
      for (Arithmetic function : Arithmetic.values()) {
        double[][] x = points.get(row);
        double[] got = EnginePage.decode((String) Objects.requireNonNull(all.get(row++)));
        for (int i = 0; i < got.length; i++) {
          double want = function.apply(x[0][i], x[1][i], x[2][i]);
          String call = function + "(" + x[0][i] + ", " + x[1][i] + ", " + x[2][i] + ") is " + want + ", but " + got[i];
          assertTrue(isTwin(want, got[i]), call);
        }
      }
    }
  }

  private static boolean isTwin(double want, double got) {
    boolean isNear = want != 0 && Double.isFinite(want) && Math.abs(got - want) <= 1e-13 * Math.abs(want) + 4 * Double.MIN_VALUE;
    return isNear || Double.compare(want, got) == 0;
  }

  /// Three slots of arguments: all special values against each other, and random ones of all sizes.
  private static double[][] points(int arity, Random random) {
    List<double[]> all = new ArrayList<>();
    for (double a : SPECIAL) {
      for (double b : arity == 1 ? new double[] {0} : SPECIAL) {
        all.add(new double[] {a, b, random.nextDouble()});
      }
    }
    for (int i = 0; i < 1000; i++) {
      double scale = Math.pow(10, random.nextInt(-3, 4));
      all.add(random.doubles(3, -scale, scale).toArray());
      all.add(random.doubles(3, -1, 1).toArray());
    }
    double[][] slots = new double[3][all.size()];
    for (int i = 0; i < all.size(); i++) {
      for (int slot = 0; slot < 3; slot++) {
        slots[slot][i] = all.get(i)[slot];
      }
    }
    return slots;
  }

  @Test
  void aLongFormulaIsCut() {
    Expression chain = X;
    for (int i = 0; i < 20_000; i++) {
      chain = Expressions.sin(chain).plus(X);
    }
    Kernels kernels = new Kernels();
    kernels.of(chain, false);
    try (EnginePage page = new EnginePage(List.of())) {
      assertEquals(chain.evaluate(0.5), page.doubles("encode([(" + kernels.source() + ")[0](0.5)])")[0], 1e-9);
    }
  }

  @Test
  void aFunctionOfAUserNeedsATwin() {
    KernelFunction cube = KernelFunction.of("cube", x -> x * x * x, x -> x.times(x).times(3));
    assertFalse(JavaScript.knows(cube.of(X)));
    Expression twice = cube.withJavaScript("x => x ** 3").of(X).plus(cube.withJavaScript("x => x * x * x").of(Y));
    assertTrue(JavaScript.knows(twice));
    Kernels kernels = new Kernels();
    assertEquals(0, kernels.of(twice, false));
    assertEquals(0, kernels.of(twice, false));
    assertEquals("(()=>{\nconst $0=x => x ** 3,\n$1=x => x * x * x;\nreturn [\n(x0,x1)=>$0(x0)+$1(x1)\n]\n})()", kernels.source());
  }

  /// Against the erfc of Commons Numbers, down to where the left tail ends.
  @Test
  void theNormalDistributionKeepsItsDigits() {
    KernelFunction ndtr = normalDistribution();
    double[] x = DoubleStream.concat(
        DoubleStream.iterate(-38.4, a -> a < 10, a -> a + 0.0097), DoubleStream.of(-40, 0.0, -0.0, 1e-20, -1e-300, Double.NaN, 1e9, -1e9, 1 / 0.0, -1 / 0.0))
        .toArray();
    try (EnginePage page = new EnginePage(List.of())) {
      double[] got = page.doubles("encode(decode('" + EnginePage.encode(x) + "').map(" + ndtr.javaScript() + "))");
      for (int i = 0; i < x.length; i++) {
          double want = ndtr.apply(x[i]);
        assertTrue(isTwin(want, got[i]), "at " + x[i] + ": " + want + ", but " + got[i]);
      }
    }
  }

  private static KernelFunction normalDistribution() {
    Elementwise gelu = (Elementwise) ((Apply) Ops.gelu(Constant.of(0))).op();
    return gelu.formula().inlined().parts().stream()
        .flatMap(part -> part instanceof Expression.Call call && call.function() instanceof KernelFunction own ? Stream.of(own) : Stream.empty())
        .findFirst()
        .orElseThrow();
  }
}
