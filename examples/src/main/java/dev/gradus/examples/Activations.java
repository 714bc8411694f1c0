package dev.gradus.examples;

import static dev.gradus.ops.Ops.sum;

import dev.gradus.diff.Backward;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.ops.Vocabulary;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.show.Numbers;
import dev.gradus.show.Plot;
import dev.gradus.show.TextTable;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/// The activation functions side by side with their derivatives.
public final class Activations implements Example {
  private static final int POINTS = 401;
  private static final double[] PLACES = {-2, 0, 2};

  /// @param name its name in the vocabulary of ops
  /// @param function the function
  private record Activation(String name, UnaryOperator<Node> function) {}

  private static final List<Activation> ALL =
      List.of(
          new Activation("heaviside", Ops::heaviside),
          new Activation("sigmoid", Ops::sigmoid),
          new Activation("tanh", Ops::tanh),
          new Activation("relu", Ops::relu),
          new Activation("leaky_relu", Ops::leakyRelu),
          new Activation("elu", Ops::elu),
          new Activation("softplus", Ops::softplus),
          new Activation("silu", Ops::silu),
          new Activation("gelu", Ops::gelu));

  @Override
  public String name() {
    return "activations";
  }

  @Override
  public String summary() {
    return "The activation functions g and their derivatives g', drawn and in numbers.";
  }

  @Override
  public boolean isDrawn() {
    return true;
  }

  @Override
  public void run(Screen screen) {
    screen.say("""
        Every g is applied element by element, so the gradient of sum(g(x)) by x holds
        g'(x) at each element: one backward pass draws the whole derivative.
        """);
    screen.say("");
    for (Activation activation : ALL) {
      Parameter x = Ops.parameter("x", Tensor.linspace(-4, 4, POINTS));
      Node y = activation.function.apply(x);
      Values values = Interpreter.run(y);
      Tensor slope = values.of(Backward.from(sum(y)).of(x));
      String name = activation.name;
      screen.draw(new Plot(title(name), "x", "")
          .curve("g = " + name, x.initial(), values.of(y))
          .curve("its derivative g'", x.initial(), slope));
    }
    screen.show(table());
    screen.say("""
        What to see:
        - sigmoid' is 1/4 at most, at 0: each such layer leaves a quarter of a gradient.
        - tanh' reaches 1; far from 0 both vanish: a saturated unit hardly learns.
        - relu' is 0 or 1: a unit that is on passes gradients on as they are.
        - heaviside' is 0 everywhere: gradient descent cannot train a threshold.
        """);
  }

  private static String title(String name) {
    String call = name + "(x)";
    String formula = Vocabulary.get(name).formula();
    return formula.equals(call) ? call : call + " = " + formula;
  }

  private static TextTable table() {
    TextTable table = new TextTable("g", "g(-2)", "g(0)", "g(2)", "g'(-2)", "g'(0)", "g'(2)").alignRight(1, 2, 3, 4, 5, 6);
    for (Activation activation : ALL) {
      Parameter x = Ops.parameter("x", Tensor.vector(PLACES));
      Node y = activation.function.apply(x);
      Values values = Interpreter.run(y);
      Tensor g = values.of(y);
      Tensor slope = values.of(Backward.from(sum(y)).of(x));
      table.row(activation.name, text(g, 0), text(g, 1), text(g, 2), text(slope, 0), text(slope, 1), text(slope, 2));
    }
    return table;
  }

  private static String text(Tensor numbers, int i) {
    return Numbers.text(numbers.get(i), 4);
  }
}
