package dev.gradus.examples;

import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.mse;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sum;
import static dev.gradus.ops.Ops.transpose;

import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.show.Numbers;
import dev.gradus.show.TextTable;
import dev.gradus.tensor.Tensor;

/// A layer of neurons as one matrix product, for a batch of examples.
public final class DenseLayer implements Example {
  @Override
  public String name() {
    return "layer";
  }

  @Override
  public String summary() {
    return "A layer for a batch of examples, h = x W + b, and its three gradients.";
  }

  @Override
  public void run(Screen screen) {
    Constant x = Constant.of("x", Tensor.of(new double[][] {{1, 2, 3}, {0, -1, 1}}));
    Parameter w = parameter("W", Tensor.of(new double[][] {{0.5, -1}, {0, 2}, {1, 0.25}}));
    Parameter b = parameter("b", Tensor.vector(0.1, -0.2));
    Constant target = Constant.of("t", Tensor.of(new double[][] {{3, 4}, {1, -1}}));

    Node h = matmul(x, w).plus(b).named("h");
    Node loss = mse(h, target).named("L");

    Gradients gradients = Backward.from(loss);
    Values values = Interpreter.run(loss);
    screen.say("""
        Two examples with three features each go through a layer of two neurons:

            h = x W + b      x [2, 3]   W [3, 2]   b [2], added to every row
            L = mean (h - t)²
        """);
    screen.say("");
    screen.show(new TextTable("node", "value")
        .row("x", text(values.of(x)))
        .row("W", text(values.of(w)))
        .row("b", text(values.of(b)))
        .row("h", text(values.of(h)))
        .row("t", text(values.of(target)))
        .row("L", text(values.of(loss))));

    Node g = gradients.of(h);
    screen.say("Let G = ∂L/∂h, of shape [2, 2]. The chain rule gives three formulas:");
    screen.say("");
    TextTable table = new TextTable("formula", "from the graph", "by the formula");
    compare(table, values, "∂L/∂W = xᵀ G", gradients.of(w), matmul(transpose(x), g));
    compare(table, values, "∂L/∂b = Σ rows G", gradients.of(b), sum(g, 0));
    compare(table, values, "∂L/∂x = G Wᵀ", gradients.of(x), matmul(g, transpose(w)));
    screen.show(table);
    screen.say("""
        A gradient has the shape of what it belongs to. b was added to both rows, so
        both rows of G flow back into it: a sum undoes a broadcast.
        """);
  }

  private static void compare(TextTable table, Values values, String formula, Node graph, Node byFormula) {
    table.row(formula, text(values.of(graph)), text(values.of(byFormula)));
  }

  private static String text(Tensor tensor) {
    return Numbers.text(tensor, 3);
  }
}
