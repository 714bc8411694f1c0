package dev.gradus.examples;

import static dev.gradus.ops.Ops.heaviside;
import static dev.gradus.ops.Ops.input;
import static dev.gradus.ops.Ops.sum;

import dev.gradus.data.Dataset;
import dev.gradus.data.Datasets;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.show.Numbers;
import dev.gradus.show.Plot;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Rosenblatt's perceptron learns to tell two kinds of iris apart.
public final class Perceptron implements Example {
  private static final int PETAL_LENGTH = 2;
  private static final int PETAL_WIDTH = 3;
  private static final int EXAMPLES = 100;
  private static final int MOST_PASSES = 100;

  @Override
  public String name() {
    return "perceptron";
  }

  @Override
  public String summary() {
    return "A threshold unit y = τ(w·x + b), its learning rule and the line it finds.";
  }

  @Override
  public boolean isDrawn() {
    return true;
  }

  @Override
  public void run(Screen screen) {
    Input x = input("x", 2);
    Input t = input("t");
    Input w = input("w", 2);
    Input b = input("b");

    Node y = heaviside(sum(w.times(x)).plus(b)).named("y");
    Node error = t.minus(y);
    Node nextW = w.plus(error.times(x));
    Node nextB = b.plus(error);

    screen.say("""
        A perceptron answers y = τ(w·x + b), where τ(z) = 1 if z >= 0, else 0.
        τ is flat on both sides of its step, so its gradient teaches nothing:
        ∂y/∂w = %s. Rosenblatt's rule does without one:

            w <- w + (t - y) x      b <- b + (t - y)

        Task: from the length and width of a petal in cm, is it iris setosa (t = 0)
        or iris versicolor (t = 1)? 50 flowers of each kind, one after the other.
        """,
        Numbers.text(gradientByW(y, x, w, b), 3));
    screen.say("");

    Dataset iris = Datasets.iris().first(EXAMPLES);
    Tensor weights = Tensor.vector(0, 0);
    Tensor bias = Tensor.scalar(0.0);
    int mistakes = 1;
    for (int pass = 1; mistakes > 0 && pass <= MOST_PASSES; pass++) {
      mistakes = 0;
      for (int i = 0; i < EXAMPLES; i++) {
        Tensor target = Tensor.scalar((double) iris.targets().getLong(i));
        Values run = Interpreter.run(
            List.of(y, nextW, nextB), Map.of(x, petal(iris, i), t, target, w, weights, b, bias));
        mistakes += run.of(y).item() == target.item() ? 0 : 1;
        weights = run.of(nextW);
        bias = run.of(nextB);
      }
      screen.say("pass %d: %d mistakes, w = (%.1f, %.1f), b = %.1f",
          pass, mistakes, weights.get(0), weights.get(1), bias.item());
    }
    screen.say("");
    screen.say("No mistake in a whole pass: the rule has come to rest. The line it found:");
    screen.say("");
    screen.draw(plot(iris, weights, bias.item()));
  }

  private static Tensor gradientByW(Node y, Input x, Input w, Input b) {
    Tensor some = Tensor.vector(1, 2);
    Values values = Interpreter.run(List.of(y), Map.of(x, some, w, some, b, Tensor.scalar(0.5)));
    return values.gradients().of(w);
  }

  private static Tensor petal(Dataset iris, int i) {
    return Tensor.vector(iris.features().get(i, PETAL_LENGTH), iris.features().get(i, PETAL_WIDTH));
  }

  private static Plot plot(Dataset iris, Tensor w, double b) {
    Plot plot = new Plot("Two kinds of iris and the line w·x + b = 0", "petal length in cm", "petal width in cm");
    for (int kind = 0; kind < 2; kind++) {
      List<Tensor> petals = new ArrayList<>();
      for (int i = 0; i < EXAMPLES; i++) {
        if (iris.targets().getLong(i) == kind) {
          petals.add(petal(iris, i));
        }
      }
      plot.points(iris.classNames().get(kind), coordinate(petals, 0), coordinate(petals, 1));
    }
    Tensor length = Tensor.linspace(1, 5, 50);
    double[] width = IntStream.range(0, 50).mapToDouble(i -> -(w.get(0) * length.get(i) + b) / w.get(1)).toArray();
    return plot.curve("w·x + b = 0", length, Tensor.of(Shape.of(50), width)).yRange(0, 2);
  }

  private static Tensor coordinate(List<Tensor> points, int axis) {
    return Tensor.vector(points.stream().mapToDouble(point -> point.get(axis)).toArray());
  }
}
