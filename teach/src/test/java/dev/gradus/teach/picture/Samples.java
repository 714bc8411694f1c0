package dev.gradus.teach.picture;

import com.google.common.collect.ImmutableList;
import dev.gradus.formula.Formula;
import dev.gradus.graph.NameScope;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.teach.Lesson;
import dev.gradus.tensor.Tensor;
import java.util.Map;

/// Lessons to draw.
public final class Samples {
  /// Names that mean something to the languages they are written in.
  public static final ImmutableList<String> HOSTILE =
      ImmutableList.of(
          "</svg><script>alert(1)</script>", "a_b%c#$&~^\\{}", "\"; N [label=\"x\\", "]]>-->%%{init: {}}%%`1. x`", "%'", "\\N\\", "é θ' x²", "a\u0000\n\u202eb\ud800");

  private Samples() {}

  /// Two sigmoids.
  public static Lesson quiz() {
    Map<String, Tensor> values =
        Map.of("x1", Tensor.scalar(11.0), "x2", Tensor.scalar(5.0), "w1", Tensor.scalar(0.0), "w2", Tensor.scalar(0.0));
    return Lesson.of(Formula.parse("sigmoid(sigmoid(x1*w1)*w2 + x2)").at(values).result());
  }

  /// A sum of leaves with hostile names, in a scope with such a name, under such a title.
  public static Lesson hostile() {
    Node sum = Ops.constant(1);
    for (String name : HOSTILE) {
      try (var _ = NameScope.open(name.replace('/', '|'))) {
        sum = sum.plus(Ops.sin(Parameter.of(name, Tensor.scalar(0.5)))).named(name + "+");
      }
    }
    return Lesson.of(sum).titled(String.join(" ", HOSTILE));
  }

  /// A chain.
  public static Lesson chain(int nodes) {
    Node v = Parameter.of("x", Tensor.scalar(0.5));
    for (int i = 1; i < nodes; i++) {
      v = Ops.sin(v);
    }
    return Lesson.of(v);
  }
}
