package dev.gradus.laws;

import static dev.gradus.laws.Domain.ANY;
import static dev.gradus.laws.Domain.awayFromZero;
import static dev.gradus.laws.Domain.within;

import dev.gradus.graph.Node;
import dev.gradus.ops.Ops;
import dev.gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The elementwise part of the vocabulary as templates, and the list of all. A template chooses operands that lie in
/// the op's domain and says where its kinks are.
final class Templates {
  private static final List<Template> TABLE = new ArrayList<>();

  private Templates() {}

  static Template get(Instruction instruction) {
    return TABLE.get(Math.floorMod(instruction.template(), TABLE.size()));
  }

  static int count() {
    return TABLE.size();
  }

  /// The shape of a new leaf.
  static Shape shape(Instruction in, int purpose) {
    return switch (in.choose(purpose, 12)) {
      case 0, 1 -> Shape.SCALAR;
      case 2, 3 -> Shape.of(3);
      case 4, 5 -> Shape.of(2, 3);
      case 6 -> Shape.of(2, 2);
      case 7 -> Shape.of(2, 1);
      case 8 -> Shape.of(1, 3);
      case 9 -> Shape.of(2, 1, 3);
      case 10 -> Shape.of(1);
      default -> Shape.of(0, 3);
    };
  }

  private static void unary(String name, Domain domain, UnaryOperator<Node> op) {
    kinked(name, domain, op, null);
  }

  /// An op with kinks where `distance` is 0.
  private static void kinked(
      String name, Domain domain, UnaryOperator<Node> op, @Nullable UnaryOperator<Node> distance) {
    TABLE.add((pool, in) -> {
      int x = pool.pick(in.first(), domain, shape -> true, shape(in, 0), in.setting());
      pool.add(
          name,
          List.of(x),
          nodes -> List.of(op.apply(nodes.getFirst())),
          nodes -> distance == null ? List.of() : List.of(new Watch(distance.apply(nodes.getFirst()))));
    });
  }

  private static void binary(String name, Domain left, Domain right, BinaryOperator<Node> op) {
    kinked(name, left, right, op, null);
  }

  private static void kinked(
      String name,
      Domain left,
      Domain right,
      BinaryOperator<Node> op,
      @Nullable BinaryOperator<Node> distance) {
    TABLE.add((pool, in) -> {
      int x = pool.pick(in.first(), left, shape -> true, shape(in, 0), in.setting());
      int y = pool.pick(in.second(), right, shape -> broadcasts(pool.shape(x), shape), pool.shape(x), in.setting() + 1);
      pool.add(
          name,
          List.of(x, y),
          nodes -> List.of(op.apply(nodes.get(0), nodes.get(1))),
          nodes -> distance == null ? List.of() : List.of(new Watch(distance.apply(nodes.get(0), nodes.get(1)))));
    });
  }

  static boolean broadcasts(Shape a, Shape b) {
    for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
      int left = a.dim(-i);
      int right = b.dim(-i);
      if (left != right && left != 1 && right != 1) {
        return false;
      }
    }
    return true;
  }

  /// Passes through 0 at whole numbers.
  private static Node wholeNumbers(Node x) {
    return Ops.sin(x.times(Math.PI));
  }

  static {
    TABLE.add((pool, in) -> pool.leaf(ANY, shape(in, 0), in.setting()));

    binary("add", ANY, ANY, Ops::add);
    binary("subtract", ANY, ANY, Ops::subtract);
    binary("multiply", ANY, ANY, Ops::multiply);
    binary("squared_difference", ANY, ANY, Ops::squaredDifference);
    binary("divide", ANY, awayFromZero(0.2), Ops::divide);
    binary("pow", within(0.2, 4), within(-3, 3), Ops::pow);
    binary("hypot", awayFromZero(0.1), ANY, Ops::hypot);
    binary("atan2", ANY, within(0.1, 20), Ops::atan2);
    kinked("maximum", ANY, ANY, Ops::maximum, Node::minus);
    kinked("minimum", ANY, ANY, Ops::minimum, Node::minus);
    kinked("remainder", ANY, awayFromZero(0.3), Ops::remainder, (x, y) -> wholeNumbers(x.dividedBy(y)));
    kinked("where", ANY, ANY, (x, y) -> Ops.where(Ops.less(x, y), x.times(y), Ops.sin(x)), Node::minus);
    kinked("masked_fill", ANY, ANY, (x, y) -> Ops.maskedFill(x.times(y), Ops.less(x, y), 0.5), Node::minus);
    kinked("cast", ANY, ANY, (x, y) -> Ops.cast(Ops.greater(x, y), x.dtype()).times(x), Node::minus);

    unary("add 0.5", ANY, x -> x.plus(0.5));
    unary("multiply 2", ANY, x -> x.times(2));
    unary("divide 3", ANY, x -> x.dividedBy(3));
    unary("pow 2", ANY, x -> x.pow(2));
    unary("pow 3", ANY, x -> x.pow(3));
    unary("stop_gradient", ANY, Ops::stopGradient);
    unary("negative", ANY, Ops::negative);
    unary("reciprocal", awayFromZero(0.2), Ops::reciprocal);
    unary("square", ANY, Ops::square);
    unary("sqrt", within(0.1, 20), Ops::sqrt);
    unary("rsqrt", within(0.1, 20), Ops::rsqrt);
    unary("cbrt", awayFromZero(0.1), Ops::cbrt);
    unary("exp", within(-10, 4), Ops::exp);
    unary("exp2", within(-10, 4), Ops::exp2);
    unary("expm1", within(-10, 4), Ops::expm1);
    unary("log", within(0.1, 20), Ops::log);
    unary("log2", within(0.1, 20), Ops::log2);
    unary("log10", within(0.1, 20), Ops::log10);
    unary("log1p", within(-0.9, 20), Ops::log1p);
    unary("sin", ANY, Ops::sin);
    unary("cos", ANY, Ops::cos);
    unary("tan", within(-1.3, 1.3), Ops::tan);
    unary("asin", within(-0.9, 0.9), Ops::asin);
    unary("acos", within(-0.9, 0.9), Ops::acos);
    unary("atan", ANY, Ops::atan);
    unary("sinh", within(-4, 4), Ops::sinh);
    unary("cosh", within(-4, 4), Ops::cosh);
    unary("tanh", ANY, Ops::tanh);
    unary("asinh", ANY, Ops::asinh);
    unary("acosh", within(1.1, 20), Ops::acosh);
    unary("atanh", within(-0.9, 0.9), Ops::atanh);
    unary("sigmoid", ANY, Ops::sigmoid);
    unary("log_sigmoid", ANY, Ops::logSigmoid);
    unary("softplus", ANY, Ops::softplus);
    unary("silu", ANY, Ops::silu);
    unary("mish", ANY, Ops::mish);
    kinked("softsign", ANY, Ops::softsign, x -> x);
    unary("gelu", ANY, Ops::gelu);
    unary("gelu tanh", ANY, Ops::geluTanh);
    kinked("relu", ANY, Ops::relu, x -> x);
    kinked("leaky_relu", ANY, x -> Ops.leakyRelu(x, 0.1), x -> x);
    kinked("elu", ANY, x -> Ops.elu(x, 1), x -> x);
    kinked("abs", ANY, Ops::abs, x -> x);
    kinked("sign", ANY, Ops::sign, x -> x);
    kinked("heaviside", ANY, Ops::heaviside, x -> x);
    kinked("floor", ANY, Ops::floor, Templates::wholeNumbers);
    kinked("ceil", ANY, Ops::ceil, Templates::wholeNumbers);
    kinked("round", ANY, Ops::round, x -> Ops.cos(x.times(Math.PI)));
    kinked("clip", ANY, x -> Ops.clip(x, -1, 1.5), x -> x.plus(1).times(x.minus(1.5)));

    ShapedTemplates.addTo(TABLE);
  }
}
