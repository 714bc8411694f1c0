package dev.gradus.teach.lessons;

import dev.gradus.diff.Backward;
import dev.gradus.graph.NameScope;
import dev.gradus.graph.Node;
import dev.gradus.ops.Ops;
import dev.gradus.run.Interpreter;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.page.Opening;
import dev.gradus.teach.page.Opening.Tab;
import dev.gradus.teach.page.Training;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Activation functions, and what they do to gradients.
final class Units {
  private static final int DEPTH = 20;

  private Units() {}

  /// Three activation functions of one number.
  static Lesson activations() {
    Draft.Built graph = Draft.of("""
        s = sigmoid(x);
        t = tanh(x);
        r = relu(x);
        L = s + t + r
        """)
        .learned("x", "1.5")
        .build();
    return graph.lesson().opening(Opening.atEnd(Tab.NODE).on(graph.node("s")));
  }

  /// Two hidden units that are to learn |x|, of which one is negative for all inputs.
  static Lesson relu() {
    Draft.Built graph = Draft.of("""
        z1 = w1 * x + b1;
        h1 = relu(z1);
        z2 = w2 * x + b2;
        h2 = relu(z2);
        y = u1 * h1 + u2 * h2;
        L = mean((y - t)^2)
        """)
        .given("x", "[-2, -1, 1, 2]").given("t", "[2, 1, 1, 2]")
        .learned("w1", "0.8").learned("b1", "0.2").learned("u1", "0.6")
        .learned("w2", "-1").learned("b2", "-3").learned("u2", "0.7")
        .build();
    return graph.lesson().trained(Training.at(0.1)).opening(Opening.atEnd(Tab.NODE).on(graph.node("b2")));
  }

  /// A unit that is sure of the wrong answer.
  static Lesson saturation() {
    Draft.Built graph = Draft.of("""
        z = w * x + b;
        p = sigmoid(z);
        L = (p - t)^2
        """)
        .given("x", "1").learned("w", "6").learned("b", "2").given("t", "0")
        .build();
    return graph.lesson().trained(Training.at(1)).opening(Opening.atEnd(Tab.NODE).on(graph.node("p")));
  }

  /// A chain of layers with one unit each.
  static Lesson vanishing() {
    Node x = Ops.input("x");
    Node h = x;
    for (int layer = 1; layer <= DEPTH; layer++) {
      try (var _ = NameScope.open("layer" + layer)) {
        Node w = Ops.parameter("w", 1);
        h = Ops.sigmoid(w.times(h).named("z")).named("h");
      }
    }
    Node loss = Ops.square(h.minus(1)).named("L");
    return Lesson.of(loss, Backward.from(loss), Interpreter.run(List.of(loss), Map.of(x, Tensor.scalar(1.0))))
        .opening(Opening.atEnd(Tab.STEP));
  }
}
