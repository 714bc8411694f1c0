package dev.gradus.check;

import static dev.gradus.check.Maps.map;
import static dev.gradus.check.Maps.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.check.Maps.Halves;
import dev.gradus.check.Maps.Stated;
import dev.gradus.diff.Backward;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NonFiniteTest {
  private static NonFinite trace(Node output) {
    return NonFinite.trace(Interpreter.run(output), output).orElseThrow();
  }

  /// Without the line that made the node.
  private static String unplaced(String message) {
    return message.replaceFirst(" \\([^()]*\\)$", "");
  }

  @Test
  void whatIsFiniteHasNoOrigin() {
    Node x = Parameter.of("x", Tensor.vector(1, 2));
    Node y = sum(map(Arithmetic.LOG, x));
    Values run = Interpreter.run(y);
    assertEquals(Optional.empty(), NonFinite.trace(run, y));
    assertEquals(Optional.empty(), NonFinite.trace(run, Backward.from(y)));
  }

  @Test
  void theNodeThatMakesTheFirstBadValueIsNamedWithItsOperandsThere() {
    Node x = Parameter.of("x", Tensor.of(new double[][] {{1, 2, 3}, {4, 5, -6}}));
    Node scale = Parameter.of("scale", Tensor.vector(1, 0, 2));
    Node ratio = x.dividedBy(scale).named("ratio");
    NonFinite origin = trace(sum(map(Arithmetic.LOG, ratio.plus(1)).times(2)));
    assertSame(ratio, origin.node());
    assertEquals(List.of(0, 1), origin.index());
    assertEquals(Double.POSITIVE_INFINITY, origin.value());
    assertEquals(List.of(Tensor.of(new double[][] {{1, 2, 3}, {4, 5, -6}}), Tensor.vector(1, 0, 2)), origin.operands());
    assertNull(origin.gradientOf());
    assertNull(origin.inside());
    String text = origin.toString();
    assertTrue(text.startsWith("ratio: divide f64[2, 3]: its value at [0, 1] is Infinity"), text);
    assertTrue(text.contains("finite: x = 2.0, y = 0.0"), text);
  }

  @Test
  void whereInfinitiesAreMeantTheFirstNaNCanBeAskedFor() {
    Node x = Parameter.of("x", 800);
    Node high = map(Arithmetic.EXP, x);
    Node mixed = high.minus(high.times(2));
    Node y = mixed.plus(1);
    Values run = Interpreter.run(y);
    assertSame(high, NonFinite.trace(run, y).orElseThrow().node());
    NonFinite origin = NonFinite.traceNaN(run, y).orElseThrow();
    assertSame(mixed, origin.node());
    assertTrue(origin.message().contains("not NaN: x = Infinity, y = Infinity"), origin.message());
    assertEquals(Optional.empty(), NonFinite.traceNaN(run, high));
  }

  @Test
  void aLeafMayBeTheOrigin() {
    Node x = Input.of("x", DType.F32, Shape.of(2));
    Node y = sum(x.times(2));
    Values run = Interpreter.run(List.of(y), Map.of(x, Tensor.of(Shape.of(2), 1f, Float.NaN)));
    NonFinite origin = NonFinite.trace(run, y).orElseThrow();
    assertSame(x, origin.node());
    assertEquals(List.of(1), origin.index());
    assertEquals(List.of(), origin.operands());
    assertEquals("x: input f32[2]: its value at [1] is NaN, as it was given", unplaced(origin.message()));
  }

  @Test
  void nodesMayBeCalledByOtherNames() {
    Node x = Parameter.of("x", 1);
    Node y = map(Arithmetic.LOG, x.minus(1));
    NonFinite origin = trace(y);
    assertEquals("L: its value is -Infinity, but its operands are finite: v = 0.0", unplaced(origin.message(node -> node == y ? "L" : "v")));
  }

  @Test
  void aFactorThatSpoilsNoGradientHasThatOnWhoseWayItIs() {
    Node x = Parameter.of("x", 0);
    Node y = Parameter.of("y", 0);
    Node product = map(Arithmetic.SQRT, x).times(y);
    NonFinite origin = NonFinite.trace(Interpreter.run(product), Backward.from(product)).orElseThrow();
    assertSame(x, origin.gradientOf());
    String text = unplaced(origin.message(node -> node == x ? "the leaf" : "?"));
    assertTrue(text.startsWith("on the way to the gradient of the leaf, ") && text.endsWith("its value is Infinity, but its operands are finite: x = 0.0"), text);
  }

  @Test
  void integersAreFinite() {
    Node n = Constant.of(Tensor.of(Shape.of(2), 1L, 2L));
    assertEquals(Optional.empty(), NonFinite.trace(Interpreter.run(n), n.times(n)));
  }

  @Test
  void aBoxIsOpened() {
    Node box = new Stated("box", x -> map(Arithmetic.SQRT, x.minus(3)).times(2), x -> x).of(Parameter.of("x", 1));
    NonFinite origin = trace(box);
    assertSame(box, origin.node());
    NonFinite inside = origin.inside();
    assertNotNull(inside);
    assertEquals("sqrt", inside.node().kind());
    assertEquals(List.of(Tensor.scalar(-2.0)), inside.operands());
    assertTrue(origin.message().contains("inside the box, sqrt f64[]"), origin.message());
  }

  @Test
  void theOperandsOfAResultOfSeveralAreThoseOfItsOp() {
    Node x = Parameter.of("x", Tensor.vector(1, 2, 3, 4)).dividedBy(Constant.of(Tensor.vector(1, 1, 1, 0)));
    Apply halves = Apply.of(new Halves(1), List.of(x));
    NonFinite origin = trace(halves.results().get(1).times(3));
    assertSame(x, origin.node());
  }

  @Test
  void aSumOverflowsAsAWhole() {
    Node x = Parameter.of("x", Tensor.vector(1e308, 1e308));
    Node y = new Contract("i,i->").of(x, Constant.of(Tensor.vector(1, 1)));
    NonFinite origin = trace(y);
    assertSame(y, origin.node());
    assertEquals(List.of(), origin.index());
    assertTrue(origin.message().contains("x = [1.0E308, 1.0E308], y = [1, 1]"), origin.message());
  }

  @Test
  void backwardTheNodeWhoseGradientIsSpoiltIsNamed() {
    Node x = Parameter.of("x", Tensor.vector(4, 0));
    Node h = x.times(3).named("h");
    Node y = sum(map(Arithmetic.SQRT, h));
    Values run = Interpreter.run(y);
    assertEquals(Optional.empty(), NonFinite.trace(run, y));
    NonFinite origin = NonFinite.trace(run, Backward.from(y)).orElseThrow();
    assertSame(h, origin.gradientOf());
    assertEquals(List.of(1), origin.index());
    assertEquals(List.of(Tensor.vector(12, 0)), origin.operands());
    assertEquals(Optional.empty(), NonFinite.traceNaN(run, Backward.from(y)));
  }

  @Test
  void aForwardOriginComesBeforeABackwardOne() {
    Node x = Parameter.of("x", -1);
    Node y = map(Arithmetic.LOG, x);
    NonFinite origin = NonFinite.trace(Interpreter.run(y), Backward.from(y)).orElseThrow();
    assertSame(y, origin.node());
    assertNull(origin.gradientOf());
  }
}
