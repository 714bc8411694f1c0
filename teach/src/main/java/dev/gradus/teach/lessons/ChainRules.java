package dev.gradus.teach.lessons;

import dev.gradus.teach.Lesson;
import dev.gradus.teach.page.Opening;
import dev.gradus.teach.page.Opening.Tab;
import dev.gradus.teach.replay.Step;

/// The rule itself: along a path, over several paths, and in the right order.
final class ChainRules {
  private ChainRules() {}

  /// A question from an exam.
  static Lesson quiz() {
    Draft.Built graph = Draft.of("""
        z1 = x1 * w1;
        a = sigmoid(z1);
        z2 = a * w2 + x2;
        f = sigmoid(z2)
        """)
        .given("x1", "11").learned("w1", "0").learned("w2", "0").given("x2", "5")
        .build();
    return graph.lesson().opening(Opening.at(graph.step(Step.Kind.SEED, "f"), Tab.STEP));
  }

  /// A node that another one uses twice, and a third one once more.
  static Lesson square() {
    Draft.Built graph = Draft.of("""
        a = x * x;
        b = 2 * x;
        L = a + b
        """)
        .learned("x", "3")
        .build();
    return graph.lesson().opening(Opening.at(graph.step(Step.Kind.OPEN, "x"), Tab.STEP));
  }

  /// A diamond with one long side and one short side.
  static Lesson order() {
    Draft.Built graph = Draft.of("""
        a = x * x;
        b = a + a;
        c = b * y;
        L = a + c
        """)
        .learned("x", "3").learned("y", "2")
        .build();
    return graph.lesson().opening(Opening.atEnd(Tab.SORT));
  }
}
