package dev.gradus.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Gather;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.RandomDraw;
import dev.gradus.graph.StopGradient;
import dev.gradus.graph.Typing;
import dev.gradus.run.Interpreter;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Why a gradient is not there.
class FlowTest {
  private final Parameter x = Parameter.of("x", 2);
  private final Parameter y = Parameter.of("y", 3);

  private static Node stopped(Node node) {
    return new StopGradient().of(node);
  }

  /// A number of the dtype of x that depends on x through a comparison.
  private static Node discrete(Node node) {
    Node less = Elementwise.of("less", Arithmetic.LESS, Typing.Rule.COMPARISON).of(node, Constant.of(1));
    return new Cast(DType.F64).of(less);
  }

  private static void assertFlow(Flow flow, Node result, Node by) {
    Gradients gradients = Backward.from(result);
    assertEquals(flow, gradients.flow(by));
    if (flow != Flow.FLOWS) {
      Node zeros = gradients.of(by);
      assertEquals(Tensor.zeros(by.shape(), by.dtype()), Interpreter.run(zeros).of(zeros));
      assertEquals(List.of(), gradients.terms(by));
    }
  }

  @Test
  void flows() {
    assertFlow(Flow.FLOWS, x.times(y), x);
    assertFlow(Flow.FLOWS, x.times(0), x); // zero in number
    assertFlow(Flow.FLOWS, Elementwise.of("floor", Arithmetic.FLOOR, Typing.Rule.NUMERIC).of(x), x);
  }

  @Test
  void unreachable() {
    assertFlow(Flow.UNREACHABLE, x.times(2), y);
    assertFlow(Flow.UNREACHABLE, x.times(2), x.times(2));
  }

  @Test
  void stopped() {
    assertFlow(Flow.STOPPED, stopped(x).times(y), x);
    assertFlow(Flow.STOPPED, stopped(x.times(2)).times(y), x);
    assertFlow(Flow.FLOWS, stopped(x).times(x), x);
    Node inner = x.times(2);
    assertFlow(Flow.STOPPED, stopped(inner).plus(y), inner);
  }

  @Test
  void discrete() {
    assertFlow(Flow.DISCRETE, discrete(x).times(y), x);
    Node index = Constant.of(Tensor.scalar(0L));
    Node taken = new Gather(0).of(Parameter.of("v", Tensor.vector(1, 2)), index);
    assertFlow(Flow.DISCRETE, taken, index);
    Node step = Constant.of(Tensor.scalar(0L));
    Node noise = new RandomDraw(RandomDraw.Distribution.NORMAL, Shape.SCALAR, 1).of(step);
    assertFlow(Flow.DISCRETE, noise.times(x), step);
    assertFlow(Flow.FLOWS, noise.times(x), noise);
    Node whole = new Cast(DType.I64).of(x);
    assertFlow(Flow.DISCRETE, new Cast(DType.F64).of(whole).times(y), whole);
    assertFlow(Flow.DISCRETE, new Cast(DType.F64).of(whole).times(y), x);
  }

  /// Where every path is cut, STOPPED says that one of them was cut on purpose; the order of the paths is no matter.
  @Test
  void severalPaths() {
    assertFlow(Flow.STOPPED, stopped(x).plus(discrete(x)), x);
    assertFlow(Flow.STOPPED, discrete(x).plus(stopped(x)), x);
    assertFlow(Flow.FLOWS, discrete(x).plus(x), x);
    assertFlow(Flow.DISCRETE, stopped(discrete(x)).plus(y), x); // nothing comes as far as the stop
  }

  /// A box with one result for each way.
  private record Ways() implements Composite {
    @Override
    public String name() {
      return "ways";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      return List.of(discrete(x.getFirst()), stopped(x.getFirst()), x.getFirst().times(2));
    }
  }

  /// What is inside of a box counts as what is outside, result by result.
  @Test
  void throughABox() {
    Apply box = new Ways().of(x);
    assertFlow(Flow.DISCRETE, box.results().get(0).times(y), x);
    assertFlow(Flow.STOPPED, box.results().get(1).times(y), x);
    assertFlow(Flow.FLOWS, box.results().get(2).times(y), x);
    assertFlow(Flow.STOPPED, box.results().get(0).plus(box.results().get(1)), x);
    assertEquals(Flow.FLOWS, Backward.from(box.results().get(0).times(y)).flow(box));
    assertEquals(Flow.UNREACHABLE, Backward.from(box.results().get(0).times(y)).flow(box.results().get(2)));
    assertEquals(Flow.STOPPED, Backward.from(stopped(box.results().get(2)).plus(y)).flow(box));
    assertEquals(Flow.STOPPED, Backward.from(stopped(box.results().get(2)).plus(y)).flow(x));
  }
}
