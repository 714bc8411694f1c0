package dev.gradus.teach.lessons;

import dev.gradus.teach.Lesson;
import dev.gradus.teach.page.Opening;
import dev.gradus.teach.page.Opening.Tab;
import dev.gradus.teach.replay.Step;

/// Nodes that are matrices, element by element.
final class Tensors {
  private Tensors() {}

  /// A matrix product whose elements are weighed, so that ∂L/∂C = R.
  static Lesson matmul() {
    Draft.Built graph = Draft.of("""
        C = A @ B;
        L = sum(C * R)
        """)
        .learned("A", "[[1, 2, 3], [4, 5, 6]]")
        .learned("B", "[[1, -1], [3, 2], [-2, 0.5]]")
        .given("R", "[[1, -1], [2, 0.5]]")
        .build();
    return graph.lesson().opening(Opening.atEnd(Tab.NODE).on(graph.node("A")).element(1));
  }

  /// Softmax and cross-entropy of the same scores, spelled out and as one box.
  static Lesson softmax() {
    Draft.Built graph = Draft.of("""
        e = exp(z);
        s = sum(e);
        p = e / s;
        L1 = -sum(y * log(p));
        L2 = cross_entropy(z, y);
        L = L1 + L2
        """)
        .learned("z", "[2, 1, -1]").given("y", "[0, 1, 0]")
        .build();
    return graph.lesson().opening(Opening.at(graph.step(Step.Kind.OPEN, "z") + 1, Tab.STEP));
  }

  /// A kernel that finds vertical edges, over an image that has one.
  static Lesson convolution() {
    Draft.Built graph = Draft.of("""
        Y = conv2d(X, K);
        L = sum(Y^2) / 2
        """)
        .given("X", "[[[[1, 1, 2, 2, 2], [1, 1, 2, 2, 2], [1, 1, 2, 2, 2], [1, 1, 1, 2, 2], [1, 1, 1, 1, 2]]]]")
        .learned("K", "[[[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]]]")
        .build();
    return graph.lesson().opening(Opening.atEnd(Tab.NODE).on(graph.node("K")).element(4));
  }
}
