package dev.gradus.examples;

import static dev.gradus.ops.Ops.constant;
import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.mse;
import static dev.gradus.ops.Ops.sin;
import static dev.gradus.ops.Ops.tanh;

import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.optim.Adam;
import dev.gradus.optim.History;
import dev.gradus.optim.Initializer;
import dev.gradus.optim.Parameters;
import dev.gradus.optim.Stopping;
import dev.gradus.optim.Trainer;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.show.Numbers;
import dev.gradus.show.Plot;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;

/// A network with one hidden layer, as two matrix products, learns the shape of a sine.
public final class MultilayerPerceptron implements Example {
  private static final int POINTS = 60;
  private static final int HIDDEN = 8;
  private static final int STEPS = 1500;

  @Override
  public String name() {
    return "mlp";
  }

  @Override
  public String summary() {
    return "A multilayer perceptron, y = g(x W1 + b1) W2 + b2, learns a sine.";
  }

  @Override
  public boolean isDrawn() {
    return true;
  }

  @Override
  public void run(Screen screen) {
    Node x = constant("x", Tensor.linspace(-Math.PI, Math.PI, POINTS).reshape(Shape.of(POINTS, 1)));
    Node target = sin(x);

    var start = new Parameters(1);
    Parameter w1 = start.make("W1", new Initializer.XavierUniform(), 1, HIDDEN);
    Parameter b1 = start.zeros("b1", HIDDEN);
    Parameter w2 = start.make("W2", new Initializer.XavierUniform(), HIDDEN, 1);
    Parameter b2 = start.zeros("b2", 1);

    Node hidden = tanh(matmul(x, w1).plus(b1));
    Node y = matmul(hidden, w2).plus(b2);
    Node loss = mse(y, target);

    Trainer trainer = Trainer.of(loss).optimizer(new Adam(), 0.02).listener(screen.progress()).build();
    History history = trainer.descend(Stopping.steps(STEPS));

    Values before = Interpreter.run(y);
    Values after = Interpreter.run(List.of(y, loss), trainer.state().values());
    screen.say("""
        y = g(x W1 + b1) W2 + b2 with g = tanh:

            x [%d, 1] -> %d hidden units -> y [%d, 1]      %d parameters

        Loss: the mean squared distance from sin(x) at %d points.
        %d steps of Adam took it from %.4f to %s.
        """,
        POINTS, HIDDEN, POINTS, start.all().stream().mapToInt(parameter -> parameter.initial().size()).sum(),
        POINTS, STEPS, history.steps().getFirst().loss(), Numbers.text(after.of(loss).item(), 2));
    screen.say("");
    Tensor across = vector(after.of(x));
    screen.draw(new Plot("A network learns a sine", "x", "")
        .curve("the network", across, vector(after.of(y)))
        .curve("sin(x)", across, vector(after.of(target)))
        .curve("before training", across, vector(before.of(y))));
    screen.say("""
        Without g the two products would be one, x (W1 W2) + ..., a straight line: what
        bends the curve is g. Each hidden unit gives one bend.
        """);
  }

  private static Tensor vector(Tensor column) {
    return column.reshape(Shape.of(column.size()));
  }
}
