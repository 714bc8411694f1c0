package dev.gradus.teach.lessons;

import dev.gradus.graph.Node;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.page.Opening;
import dev.gradus.teach.page.Opening.Tab;
import dev.gradus.teach.page.Training;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/// Networks that learn, from one neuron on.
final class Networks {
  private static final int POINTS = 12;

  private Networks() {}

  /// One neuron that learns NAND from its four rows.
  static Lesson neuron() {
    String model = """
        z = w1 * x1 + w2 * x2 + b;
        p = sigmoid(z)
        """;
    Draft.Built graph = Draft.of(model.strip() + ";\nL = mean((p - y)^2)")
        .given("x1", "[0, 0, 1, 1]").given("x2", "[0, 1, 0, 1]").given("y", "[1, 1, 1, 0]")
        .learned("w1", "0.5").learned("w2", "-0.5").learned("b", "0")
        .build();
    Training.Grid grid = new Training.Grid(-0.5, 1.5, 21, -0.5, 1.5, 21);
    double[] places = grid.places().toDoubles();
    double[] x1 = new double[places.length / 2];
    double[] x2 = new double[places.length / 2];
    for (int i = 0; i < x1.length; i++) {
      x1[i] = places[2 * i];
      x2[i] = places[2 * i + 1];
    }
    Node everywhere = graph.again(model, Map.of("x1", Tensor.vector(x1), "x2", Tensor.vector(x2)));
    Tensor corners = Tensor.of(Shape.of(4, 2), 0.0, 0, 0, 1, 1, 0, 1, 1);
    return graph.lesson()
        .trained(Training.at(3).with(new Training.Boundary(everywhere, grid, corners, Tensor.vector(1, 1, 1, 0), 0.5)))
        .opening(Opening.atEnd(Tab.TRAINING));
  }

  /// A hidden layer and three classes.
  static Lesson mlp() {
    Draft.Built graph = Draft.of("""
        H = tanh(X @ W1 + b1);
        Z = H @ W2 + b2;
        L = cross_entropy(Z, Y)
        """)
        .given("X", "[[0, 1], [0.2, 0.8], [-1, -0.5], [-0.8, -0.6], [1, -0.5], [0.8, -0.6]]")
        .given("Y", "[[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1]]")
        .learned("W1", start(2, 3, 1)).learned("b1", "[0, 0, 0]")
        .learned("W2", start(3, 3, 2)).learned("b2", "[0, 0, 0]")
        .build();
    return graph.lesson().trained(Training.at(1)).opening(Opening.atEnd(Tab.TRAINING));
  }

  /// Two classes that no line separates, each a half circle.
  static Lesson moons() {
    String model = """
        H = tanh(X @ W1 + b1);
        z = H @ w2 + b2;
        p = sigmoid(z)
        """;
    Tensor points = moons(POINTS);
    Tensor classes = classes(POINTS);
    Draft.Built graph = Draft.of("""
        H = tanh(X @ W1 + b1);
        z = H @ w2 + b2;
        L = binary_cross_entropy_with_logits(z, y)
        """)
        .given("X", points).given("y", classes)
        .learned("W1", start(2, 6, 3)).learned("b1", start(6, 4))
        .learned("w2", start(6, 5)).learned("b2", "0")
        .build();
    Training.Grid grid = new Training.Grid(-1.6, 2.6, 25, -1.3, 1.8, 25);
    Node everywhere = graph.again(model, Map.of("X", grid.places()));
    return graph.lesson()
        .trained(Training.at(2).with(new Training.Boundary(everywhere, grid, points, classes, 0.5)))
        .opening(Opening.atEnd(Tab.TRAINING));
  }

  /// Numbers around 0, with two decimals, so that they can be read.
  private static Tensor start(int rows, int columns, long seed) {
    return rounded(Tensor.normal(Shape.of(rows, columns), seed));
  }

  private static Tensor start(int size, long seed) {
    return rounded(Tensor.normal(Shape.of(size), seed));
  }

  private static Tensor rounded(Tensor x) {
    double[] all = x.toDoubles();
    for (int i = 0; i < all.length; i++) {
      all[i] = Math.rint(100 * all[i]) / 100;
    }
    return Tensor.of(x.shape(), all);
  }

  /// An upper half circle, and a lower one that reaches into it.
  private static Tensor moons(int each) {
    double[] all = new double[4 * each];
    for (int i = 0; i < each; i++) {
      double angle = Math.PI * i / (each - 1);
      all[2 * i] = StrictMath.cos(angle);
      all[2 * i + 1] = StrictMath.sin(angle);
      all[2 * (each + i)] = 1 - StrictMath.cos(angle);
      all[2 * (each + i) + 1] = 0.5 - StrictMath.sin(angle);
    }
    return rounded(Tensor.of(Shape.of(2 * each, 2), all));
  }

  private static Tensor classes(int each) {
    double[] all = new double[2 * each];
    Arrays.fill(all, each, 2 * each, 1);
    return Tensor.vector(all);
  }
}
