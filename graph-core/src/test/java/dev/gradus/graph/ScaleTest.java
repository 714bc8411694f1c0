package dev.gradus.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.diff.Backward;
import dev.gradus.diff.Forward;
import dev.gradus.diff.Gradients;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.scalar.Arithmetic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Graphs of a million nodes, on the stack that a thread has by default: built, sorted, run, differentiated in both
/// directions and printed.
class ScaleTest {
  private static final int MILLION = 1_000_000;
  private static final Elementwise SIN = Elementwise.of("sin", Arithmetic.SIN, Typing.Rule.FLOATING);

  private final Parameter x = Parameter.of("x", 0.5);

  @BeforeEach
  void withoutLines() {
    SourceLine.setRecording(false);
  }

  @AfterEach
  void withLinesAgain() {
    SourceLine.setRecording(true);
  }

  private static double forward(Node result, Parameter by, Values run) {
    return run.of(Forward.derivative(result, Map.of(by, Constant.of(1)))).item();
  }

  private static void assertPrintsShort(Graph graph) {
    assertTrue(graph.toString().length() < 10_000);
  }

  @Test
  void aChain() {
    Node v = x;
    for (int i = 0; i < MILLION; i++) {
      v = SIN.of(v);
    }
    double value = 0.5;
    double slope = 1;
    for (int i = 0; i < MILLION; i++) {
      slope *= Math.cos(value);
      value = Math.sin(value);
    }
    Graph graph = Graph.of(v);
    assertEquals(MILLION + 1, graph.size());
    assertEquals(1, graph.uses(x).size());
    assertPrintsShort(graph);
    Values run = Interpreter.run(v);
    assertEquals(value, run.of(v).item());
    Gradients gradients = Backward.from(v);
    assertEquals(slope, run.of(gradients.of(x)).item(), 1e-9 * slope);
    assertEquals(1, gradients.terms(x).size());
    assertPrintsShort(Graph.of(gradients.of(x)));
    assertEquals(slope, forward(v, x, run), 1e-9 * slope);
  }

  /// One node with a million operands, which all use one node.
  @Test
  void aNodeOfAMillionOperands() {
    List<Node> operands = new ArrayList<>(MILLION);
    for (int i = 0; i < MILLION; i++) {
      operands.add(View.expandDims(x, 0));
    }
    Node joined = Apply.of(new Concat(0), operands);
    Node sum = Reduce.all(Reduce.Kind.SUM, 1).of(joined);
    Graph graph = Graph.of(sum);
    assertEquals(MILLION + 3, graph.size());
    assertEquals(MILLION, graph.uses(x).size());
    assertEquals(new Use(operands.get(999_999), joined, 999_999), graph.uses(operands.get(999_999)).getFirst());
    assertPrintsShort(graph);
    Values run = Interpreter.run(sum);
    assertEquals(0.5 * MILLION, run.of(sum).item());
    assertEquals(MILLION, run.of(Backward.from(sum).of(x)).item());
    assertEquals(MILLION, forward(sum, x, run));
  }

  /// One node that uses another a million times.
  @Test
  void aNodeOfAMillionUses() {
    Node row = View.expandDims(x, 0);
    Node joined = Apply.of(new Concat(0), Collections.nCopies(MILLION, row));
    Node sum = Reduce.all(Reduce.Kind.SUM, 1).of(joined);
    Graph graph = Graph.of(sum);
    assertEquals(4, graph.size());
    assertEquals(MILLION, graph.uses(row).size());
    assertEquals(MILLION - 1, graph.uses(row).getLast().slot());
    assertPrintsShort(graph);
    Values run = Interpreter.run(sum);
    assertEquals(0.5 * MILLION, run.of(sum).item());
    assertEquals(MILLION, run.of(Backward.from(sum).of(x)).item());
    assertEquals(MILLION, forward(sum, x, run));
  }

  /// 2¹⁰⁰⁰ paths in 1,001 nodes.
  @Test
  void stackedDiamonds() {
    Node v = x;
    for (int i = 0; i < 1000; i++) {
      v = v.plus(v);
    }
    Graph graph = Graph.of(v);
    assertEquals(1001, graph.size());
    assertPrintsShort(graph);
    Values run = Interpreter.run(v);
    assertEquals(Math.scalb(0.5, 1000), run.of(v).item());
    assertEquals(Math.scalb(1.0, 1000), run.of(Backward.from(v).of(x)).item());
    assertEquals(Math.scalb(1.0, 1000), forward(v, x, run));
  }

  /// Diamonds with two sides, each differentiated twice.
  @Test
  void stackedDiamondsOfTwoSides() {
    Node v = x;
    for (int i = 0; i < 1000; i++) {
      v = SIN.of(v).plus(v.times(0.1));
    }
    Values run = Interpreter.run(v);
    Node first = Backward.from(v).of(x);
    Node second = Backward.from(first).of(x);
    assertTrue(run.of(first).item() != 0 && run.of(second).item() != 0);
    assertEquals(run.of(first).item(), forward(v, x, run), 1e-12 * Math.abs(run.of(first).item()));
    assertEquals(run.of(second).item(), forward(first, x, run), 1e-9 * Math.abs(run.of(second).item()));
  }
}
