package dev.gradus.examples;

import static dev.gradus.ops.Ops.constant;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sigmoid;

import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.show.Walkthrough;

/// A neuron that listens to two neurons below it, which listen to the same input.
public final class SingleNeuron implements Example {
  @Override
  public String name() {
    return "neuron";
  }

  @Override
  public String summary() {
    return "One neuron, a3 = g(w13 a1 + w23 a2 + b3), and the two below it.";
  }

  @Override
  public void run(Screen screen) {
    Node x = constant("x", 2);

    Node a1 = sigmoid(parameter("v1", 0.5).times(x).plus(parameter("b1", -1))).named("a1");
    Node a2 = sigmoid(parameter("v2", -1).times(x).plus(parameter("b2", 0.5))).named("a2");

    Node w13 = parameter("w13", 2);
    Node w23 = parameter("w23", -3);
    Node b3 = parameter("b3", 0.25);
    Node z3 = w13.times(a1).plus(w23.times(a2)).plus(b3).named("z3");
    Node a3 = sigmoid(z3).named("a3");

    screen.say("""
        A neuron weighs what comes from below, adds its bias and applies g:

            a3 = g(z3)   z3 = w13 a1 + w23 a2 + b3   g = sigmoid

        Below it are two neurons of the same kind: a1 = g(v1 x + b1), a2 = g(v2 x + b2).
        """);
    screen.say("");
    Gradients gradients = Backward.from(a3);
    Values values = Interpreter.run(a3);
    screen.show(Walkthrough.of(a3, gradients, values));
    screen.say("""
        What to see:
        - ∂a3/∂a1 = g'(z3) w13 = %.4f: how much a3 cares for the neuron below it.
        - ∂a3/∂w13 = g'(z3) a1 = %.4f: a weight learns as much as it carries.
        - x is used twice, so ∂a3/∂x is a sum over two users: %.4f.
        """,
        values.of(gradients.of(a1)).item(), values.of(gradients.of(w13)).item(), values.of(gradients.of(x)).item());
  }
}
