package dev.gradus.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gradus.Refusal;
import dev.gradus.diff.Flow;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.TensorType;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InterpreterTest {
  private final Input x = Input.of("x", Shape.of(2));
  private final Parameter w = Parameter.of("w", Tensor.vector(10, 20));

  @Test
  void evaluatesEveryNode() {
    Node product = x.times(w);
    Node out = product.plus(1);
    Values run = Interpreter.run(List.of(out), Map.of(x, Tensor.vector(1, 2)));
    assertEquals(Tensor.vector(11, 41), run.of(out));
    assertEquals(Tensor.vector(10, 40), run.of(product));
    assertEquals(Tensor.vector(1, 2), run.of(x));
    assertSame(w.initial(), run.of(w));
    assertSame(run.of(product), run.of(product));
  }

  @Test
  void aFeedTakesTheParametersPlace() {
    Node out = x.times(w);
    assertEquals(
        Tensor.vector(3, 8),
        Interpreter.run(List.of(out), Map.of(x, Tensor.vector(1, 2), w, Tensor.vector(3, 4))).of(out));
    assertEquals(Tensor.vector(10, 20), w.initial());
  }

  /// What is fed is not computed: nothing below it is needed.
  @Test
  void anyNodeMayBeFed() {
    Node product = x.times(w);
    Node out = product.plus(1);
    Values run = Interpreter.run(List.of(out), Map.of(product, Tensor.vector(5, 6)));
    assertEquals(Tensor.vector(6, 7), run.of(out));
  }

  @Test
  void inputsMustBeFedWhatTheyAnnounced() {
    Node out = x.times(w);
    assertEquals(
        "run: every input must be fed, but got no value for x: input f64[2]; pass a tensor of f64[2]",
        Refusal.of(() -> Interpreter.run(out)));
    assertEquals(
        "run: the value fed to x must be f64[2], but got f64[3]; reshape or cast it",
        Refusal.of(() -> Interpreter.run(List.of(out), Map.of(x, Tensor.vector(1, 2, 3)))));
    assertEquals(
        "run: the value fed to x must be f64[2], but got f32[2]; reshape or cast it",
        Refusal.of(() -> Interpreter.run(List.of(out), Map.of(x, Tensor.of(Shape.of(2), 1f, 2f)))));
    assertEquals(
        "run: the value fed to multiply must be f64[2], but got f64[]; reshape or cast it",
        Refusal.of(() -> Interpreter.run(List.of(out), Map.of(out, Tensor.scalar(1.0)))));
  }

  /// Inputs are looked for before anything runs.
  @Test
  void nothingRunsWhenAnInputIsMissing() {
    AtomicInteger calls = new AtomicInteger();
    record Counting(AtomicInteger calls) implements Opaque {
      @Override
      public String name() {
        return "counting";
      }

      @Override
      public List<TensorType> types(List<TensorType> x) {
        return x;
      }

      @Override
      public List<Tensor> evaluate(List<Tensor> x) {
        calls.incrementAndGet();
        return x;
      }

      @Override
      public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
        return g;
      }
    }
    Node counted = new Counting(calls).of(w);
    Refusal.of(() -> Interpreter.run(counted.plus(x)));
    assertEquals(0, calls.get());
    Values run = Interpreter.run(counted, counted.times(counted));
    assertEquals(Tensor.vector(10, 20), run.of(counted));
    assertEquals(1, calls.get()); // once in a run, however often it is used
  }

  @Test
  void moreCanBeAskedForLater() {
    Node product = x.times(w);
    Values run = Interpreter.run(List.of(), Map.of(x, Tensor.vector(1, 2)));
    assertEquals(Tensor.vector(10, 40), run.of(product));
    run.evaluate(List.of(product.plus(1), product.plus(2)));
    assertEquals(Tensor.vector(12, 42), run.of(product.plus(2)));
    assertEquals(
        "run: every input must be fed, but got no value for y: input f64[]; pass a tensor of f64[]",
        Refusal.of(() -> run.of(Input.of("y", Shape.SCALAR).plus(1))));
  }

  @Test
  void gradientsAsNumbers() {
    Node loss = Parameter.of("a", 3).times(2);
    Node a = loss.operands().getFirst();
    GradientValues gradients = Interpreter.run(loss).gradients();
    assertEquals(Tensor.scalar(2.0), gradients.of(a));
    assertEquals(gradients.of(a), gradients.of(a));
    assertEquals(Flow.FLOWS, gradients.flow(a));
    assertEquals(Flow.UNREACHABLE, gradients.flow(w));
    assertEquals(Tensor.vector(0, 0), gradients.of(w));
    assertEquals(Tensor.scalar(2.0), Interpreter.run(loss).of(gradients.nodes().of(a)));
    assertEquals(
        "gradients: the run must have one output, but got 2 outputs; name one: gradients(output)",
        Refusal.of(() -> Interpreter.run(loss, a).gradients()));
    assertEquals(Tensor.scalar(1.0), Interpreter.run(loss, a).gradients(a).of(a));
  }

  /// Gradients are values of a run: fed another value, another gradient.
  @Test
  void gradientsUseTheValuesOfTheirRun() {
    Parameter a = Parameter.of("a", 3);
    Node square = a.times(a);
    assertEquals(6, Interpreter.run(square).gradients().of(a).item());
    assertEquals(10, Interpreter.run(List.of(square), Map.of(a, Tensor.scalar(5.0))).gradients().of(a).item());
  }

  private record Pair() implements Composite {
    @Override
    public String name() {
      return "pair";
    }

    @Override
    public List<Node> expand(List<Node> operands) {
      return List.of(operands.getFirst(), operands.getFirst().plus(1));
    }
  }

  @Test
  void tuplesAreReadByResult() {
    Apply pair = new Pair().of(w);
    Values run = Interpreter.run(pair.results(), Map.of());
    assertEquals(Tensor.vector(10, 20), run.of(pair.results().get(0)));
    assertEquals(Tensor.vector(11, 21), run.of(pair.results().get(1)));
    assertEquals(
        "value: a node with one result is needed, but got pair [f64[2], f64[2]]; ask for one of its results()",
        Refusal.of(() -> run.of(pair)));
  }

  /// A kernel that does not keep its word.
  private record Liar() implements Opaque {
    @Override
    public String name() {
      return "liar";
    }

    @Override
    public List<TensorType> types(List<TensorType> x) {
      return x;
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> x) {
      return List.of(x.getFirst().cast(DType.F32));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      return Collections.singletonList(null);
    }
  }

  @Test
  void kernelsAreHeldToTheirTypes() {
    assertEquals(
        "liar: its kernel must give [f64[]], but got [f32[]]; make types and evaluate agree",
        Refusal.of(() -> Interpreter.run(new Liar().of(Constant.of(1)))));
  }
}
