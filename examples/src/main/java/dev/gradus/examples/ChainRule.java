package dev.gradus.examples;

import static dev.gradus.ops.Ops.constant;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sigmoid;

import dev.gradus.check.GradientCheck;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.show.Numbers;
import dev.gradus.show.Walkthrough;

/// A question from class: two sigmoids in a row, and the derivative by a weight between them.
public final class ChainRule implements Example {
  @Override
  public String name() {
    return "quiz";
  }

  @Override
  public String summary() {
    return "f = sigmoid(sigmoid(x1 w1) w2 + x2): what is ∂f/∂w2 when both weights are 0?";
  }

  @Override
  public void run(Screen screen) {
    Constant x1 = constant("x1", 11);
    Constant x2 = constant("x2", 5);
    Parameter w1 = parameter("w1", 0);
    Parameter w2 = parameter("w2", 0);

    Node h = sigmoid(x1.times(w1).named("a")).named("h");
    Node f = sigmoid(h.times(w2).named("b").plus(x2).named("z")).named("f");

    screen.say("""
        Question: f = sigmoid(sigmoid(x1 w1) w2 + x2) with x1 = 11, x2 = 5, w1 = w2 = 0.
        What is ∂f/∂w2, and what is ∂f/∂w1?

        As a graph: a = x1 w1, h = sigmoid(a), b = h w2, z = b + x2, f = sigmoid(z).
        """);
    screen.say("");
    Gradients gradients = Backward.from(f);
    Values values = Interpreter.run(f);
    screen.show(Walkthrough.of(f, gradients, values));

    double value = values.of(f).item();
    double hidden = values.of(h).item();
    screen.say("""
        Answer: ∂f/∂w2 = f (1 - f) h = %.6f · %.6f · %.1f = %s
                ∂f/∂w1 = %s, because the only way from w1 to f leads through w2 = 0.

        Is it true? Move each leaf a little and see how f changes:
        """,
        value, 1 - value, hidden,
        Numbers.exact(values.of(gradients.of(w2)).item()), Numbers.exact(values.of(gradients.of(w1)).item()));
    screen.say("");
    screen.show(GradientCheck.of(f).by(x1, x2, w1, w2).run());
  }
}
