package dev.gradus.teach.script;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineTest {
  private final Parameter x = Parameter.of("x", Tensor.normal(Shape.of(2, 3), 1));
  private final Parameter w = Parameter.of("w", Tensor.normal(Shape.of(3, 4), 2));
  private final Parameter b = Parameter.of("b", Tensor.normal(Shape.of(4), 3));
  private final Node hidden = Ops.matmul(x, w).plus(b);
  private final Node probabilities = Ops.softmax(Ops.tanh(hidden));
  private final Node loss = Ops.sum(Ops.square(probabilities)).plus(Ops.mean(hidden));
  private final Gradients gradients = Backward.from(loss);
  private final List<Node> wanted =
      List.of(x, w, b, hidden, probabilities, loss, gradients.of(x), gradients.of(w), gradients.of(b), gradients.of(hidden));

  private Instructions run(Map<Node, Tensor> leaves) {
    return Instructions.of(wanted, Interpreter.run(wanted, leaves));
  }

  private static Tensor with(Tensor tensor, int at, double value) {
    double[] all = tensor.toDoubles();
    all[at] = value;
    return Tensor.of(tensor.shape(), all);
  }

  @Test
  void aChangedLeafIsAnotherRun() {
    Instructions all = run(Map.of());
    Instructions changed = run(Map.of(w, with(w.initial(), 5, 0.75), b, with(b.initial(), 0, -2)));
    try (EnginePage page = new EnginePage(List.of(all))) {
      List<?> renewed = (List<?>) page.evaluate("e[0].set(" + all.of(w) + ", 5, 0.75)");
      assertEquals(all.of(w), renewed.getFirst());
      assertTrue(renewed.contains(all.of(loss)));
      assertTrue(renewed.size() < all.size());
      page.evaluate("e[0].set(" + all.of(b) + ", 0, -2)");
      assertArrayEquals(EnginePage.recorded(changed), page.values(0), 1e-14);
      page.evaluate("e[0].reset()");
      assertEquals(List.of(), page.evaluate("e[0].compare()"));
    }
  }

  @Test
  void differencesMoveAnyElementAndLeaveTheRestAlone() {
    Instructions all = run(Map.of());
    double h = 1e-5;
    try (EnginePage page = new EnginePage(List.of(all))) {
      double[] before = page.values(0);
      for (Node node : List.of(x, w, b, hidden)) {
        Tensor value = Interpreter.run(node).of(node);
        for (int i = 0; i < node.shape().size(); i++) {
          double up = Interpreter.run(List.of(loss), Map.of(node, with(value, i, value.toDoubles()[i] + h))).of(loss).item();
          double down = Interpreter.run(List.of(loss), Map.of(node, with(value, i, value.toDoubles()[i] - h))).of(loss).item();
          double got = page.doubles(
              "encode([e[0].difference(%d, %d, %d, %s)])".formatted(all.of(loss), all.of(node), i, h))[0];
          assertEquals((up - down) / (2 * h), got, 1e-9, node + " " + i);
          assertEquals(Interpreter.run(gradients.of(node)).of(gradients.of(node)).toDoubles()[i], got, 1e-8);
        }
      }
      assertEquals(0, page.doubles("encode([e[0].difference(" + all.of(hidden) + "," + all.of(loss) + ",0,1)])")[0]);
      assertArrayEquals(before, page.values(0));
    }
  }

  @Test
  void severalElementsAreOverridden() {
    Instructions all = run(Map.of());
    Tensor value = Interpreter.run(hidden).of(hidden);
    double want = Interpreter.run(List.of(loss), Map.of(hidden, with(with(value, 1, 3), 6, -1))).of(loss).item();
    try (EnginePage page = new EnginePage(List.of(all))) {
      String overrides = "[[%d,1,3],[%d,6,-1],[%d,0,100]]".formatted(all.of(hidden), all.of(hidden), all.of(x));
      assertEquals(
          want,
          page.doubles("encode(e[0].runWith(" + all.of(loss) + ",[[" + all.of(hidden) + ",1,3],[" + all.of(hidden) + ",6,-1]]))")[0],
          1e-12);
      assertEquals(3, page.doubles("encode(e[0].runWith(" + all.of(hidden) + "," + overrides + "))")[1]);
    }
  }

  @Test
  void oneWrongNumberIsFound() {
    Instructions all = run(Map.of());
    double[] recorded = EnginePage.recorded(all);
    int at = recorded.length / 2;
    recorded[at] *= 1 + 1e-7;
    List<?> found = compared(all, recorded);
    assertEquals(1, found.size());
    assertEquals(recorded[at], ((List<?>) found.getFirst()).get(2));
  }

  /// The disagreements where Java had recorded other values.
  private static List<?> compared(Instructions all, double[] recorded) {
    String program = ((ObjectNode) all.json().deepCopy()).put("recorded", EnginePage.encode(recorded)).toString();
    try (EnginePage page = new EnginePage(List.of())) {
      return (List<?>) page.evaluate(
          "const one=engine(" + program + "," + all.kernels() + ");one.run();one.compare().map(d=>[d.instruction,d.element,d.java,d.page])");
    }
  }

  /// Where terms cancel, what is left is rounding.
  @Test
  void roundingIsNoDisagreement() {
    Parameter p = Parameter.of("p", Tensor.vector(0.1, 0.2, -0.3));
    Node rest = Ops.sum(p);
    Node twice = rest.times(2);
    Instructions all = Instructions.of(List.of(rest, twice), Interpreter.run(twice));
    double[] recorded = EnginePage.recorded(all);
    assertEquals(Interpreter.run(twice).of(twice).item(), recorded[recorded.length - 1]);
    recorded[all.of(rest) + 2] = 0;
    recorded[all.of(twice) + 2] = 0;
    assertEquals(List.of(), compared(all, recorded));
  }

  @Test
  void whatIsPlayedBackIsNotRecomputed() {
    Node step = Parameter.of("step", Tensor.scalar(3L));
    Node dropped = Ops.sum(Ops.square(Ops.dropout(x, step, 0.5, 1)));
    Node g = Backward.from(dropped).of(x);
    Instructions all = Instructions.of(List.of(dropped, g), Interpreter.run(dropped));
    try (EnginePage page = new EnginePage(List.of(all))) {
      assertEquals(List.of(), page.evaluate("e[0].compare()"));
      assertEquals(true, page.evaluate("e[0].isLocked(" + all.of(step) + ")"));
      assertEquals(
          "instruction " + all.of(step) + " is no leaf that may be changed",
          page.evaluate("(()=>{try{e[0].set(" + all.of(step) + ",0,1)}catch(error){return error.message}})()"));
      assertEquals(Double.NaN, page.doubles("encode([e[0].difference(" + all.of(dropped) + "," + all.of(step) + ",0,1)])")[0]);
      assertEquals(List.of(), page.evaluate("e[0].compare()"));
      page.evaluate("e[0].set(" + all.of(x) + ",2,5)");
      Node again = Ops.sum(Ops.square(Ops.dropout(Constant.of(with(x.initial(), 2, 5)), step, 0.5, 1)));
      assertEquals(
          Interpreter.run(again).of(again).item(), page.doubles("encode(e[0].value(" + all.of(dropped) + "))")[0], 1e-12);
    }
  }

  /// What JavaScript cannot hold, or Java refuses, is NaN with all that follows; another number brings all back.
  @Test
  void integersThatCannotBeAreLost() {
    Parameter i = Parameter.of("i", Tensor.of(new long[] {1, 0}));
    Node square = i.times(i);
    Node taken = Ops.take(x, i, 0);
    Node rest = Ops.remainder(i.plus(3), i.minus(4));
    Node chosen = Ops.where(Ops.less(Ops.cast(square, DType.F64), 5), Constant.of(1), Constant.of(2));
    List<Node> nodes = List.of(square, taken, rest, chosen);
    Instructions all = Instructions.of(nodes, Interpreter.run(nodes, Map.of()));
    try (EnginePage page = new EnginePage(List.of(all))) {
      String firsts =
          "encode([%d,%d,%d,%d].map(i=>e[0].number(i)))".formatted(all.of(square), all.of(taken), all.of(rest), all.of(chosen));
      page.evaluate("e[0].set(" + all.of(i) + ",0,4)");
      assertArrayEquals(new double[] {16, Double.NaN, Double.NaN, 2}, page.doubles(firsts));
      page.evaluate("e[0].set(" + all.of(i) + ",0,2**30*7)");
      assertArrayEquals(new double[] {Double.NaN, Double.NaN, 7516192771.0 % 7516192764.0, Double.NaN}, page.doubles(firsts));
      page.evaluate("e[0].set(" + all.of(i) + ",0,1)");
      assertEquals(List.of(), page.evaluate("e[0].compare()"));
    }
  }

  @Test
  void leavesTakeNumbersOfTheirDtype() {
    Parameter single = Parameter.of("single", Tensor.scalar(1f));
    Parameter whole = Parameter.of("whole", Tensor.scalar(1));
    Parameter truth = Parameter.of("truth", Tensor.scalar(true));
    List<Node> nodes = List.of(single, whole, truth);
    Instructions all = Instructions.of(nodes, Interpreter.run(nodes, Map.of()));
    try (EnginePage page = new EnginePage(List.of(all))) {
      page.evaluate("[0,1,2].forEach(i=>e[0].set(i,0,2.7))");
      assertArrayEquals(new double[] {(float) 2.7, 2, 1}, page.values(0));
      assertEquals("no element 1", page.evaluate("(()=>{try{e[0].set(0,1,1)}catch(error){return error.message}})()"));
      assertEquals(List.of("f32", "i32", "bool"), page.evaluate("[0,1,2].map(e[0].dtype)"));
    }
  }
}
