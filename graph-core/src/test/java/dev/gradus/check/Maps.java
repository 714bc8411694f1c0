package dev.gradus.check;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Concat;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.Typing;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
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

  /// x y with a rule that sends nothing to one operand.
  record Forgetful(int forgotten) implements Composite {
    @Override
    public String name() {
      return "forgetful";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      return List.of(x.get(0).times(x.get(1)));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node upstream = Objects.requireNonNull(g.getFirst());
      List<@Nullable Node> sent = new ArrayList<>();
      sent.add(forgotten == 0 ? null : upstream.times(out.operand(1)));
      sent.add(forgotten == 1 ? null : upstream.times(out.operand(0)));
      return sent;
    }
  }

  /// The first and the second half of a vector of four, as an op that brings its own kernel; what comes back through
  /// the second half is multiplied by `factor`.
  record Halves(double factor) implements Opaque {
    private static final TensorType HALF = new TensorType(Shape.of(2), DType.F64);

    @Override
    public String name() {
      return "halves";
    }

    @Override
    public List<TensorType> types(List<TensorType> x) {
      return List.of(HALF, HALF);
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> x) {
      double[] all = x.getFirst().toDoubles();
      return List.of(Tensor.vector(all[0], all[1]), Tensor.vector(all[2], all[3]));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node none = Constant.filled(HALF, 0);
      Node first = g.get(0);
      Node second = g.get(1);
      return Collections.singletonList(
          new Concat(0).of(first == null ? none : first, second == null ? none : second.times(factor)));
    }
  }
}
