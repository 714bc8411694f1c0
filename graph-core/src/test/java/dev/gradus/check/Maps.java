package dev.gradus.check;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.Typing;
import dev.gradus.scalar.Arithmetic;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The few functions that the tests of this package are written in.
final class Maps {
  private Maps() {}

  static Node map(Arithmetic function, Node... x) {
    return Elementwise.of(function.label(), function, Typing.Rule.FLOATING).of(x);
  }

  static Node sum(Node x) {
    return Reduce.all(Reduce.Kind.SUM, x.shape().rank()).of(x);
  }

  /// A function of one operand with a rule that is stated: a number at each place, whatever the right one.
  record Stated(String name, UnaryOperator<Node> value, UnaryOperator<Node> local) implements Composite {
    static Stated constant(String name, UnaryOperator<Node> value, double slope) {
      return new Stated(name, value, x -> x.times(0).plus(slope));
    }

    @Override
    public List<Node> expand(List<Node> x) {
      return List.of(value.apply(x.getFirst()));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node upstream = Objects.requireNonNull(g.getFirst());
      return Collections.singletonList(Elementwise.product(upstream, local.apply(out.operand(0))));
    }
  }

  /// The sine with a rule that is `factor` times the right one.
  static Stated sine(double factor) {
    return new Stated("sine", x -> map(Arithmetic.SIN, x), x -> map(Arithmetic.COS, x).times(factor));
  }

  /// x + y sin(y), a box that leaves its gradient to its expansion, with a wrong sine inside.
  record Box(double factor) implements Composite {
    @Override
    public String name() {
      return "box";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Node y = x.get(1);
      return List.of(x.get(0).plus(y.times(sine(factor).of(y))));
    }
  }
}
