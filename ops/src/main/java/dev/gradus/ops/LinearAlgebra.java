package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.op;

import com.google.common.base.CharMatcher;
import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Broadcasting;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Node;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.Typing;
import dev.gradus.graph.View;
import dev.gradus.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Products of vectors, matrices and stacks of matrices.
final class LinearAlgebra {
  private LinearAlgebra() {}

  static final Entry MATMUL =
      op("matmul", List.of("x", "y"), (x, a) -> new MatMul().of(x.get(0), x.get(1)))
          .doc("the matrix product, also written x @ y; vectors and stacks of matrices as NumPy does")
          .formula("out[i, k] = sum over j of x[i, j] y[j, k]")
          .derivatives("to x: g @ yᵀ, for vectors outer(g, y)", "to y: xᵀ @ g, for vectors outer(x, g)")
          .domain("the last axis of x has the size of the last but one of y")
          .convention("along an axis of the stack that was broadcast gradients are summed")
          .build();

  static final Entry DOT =
      op("dot", List.of("x", "y"), (x, a) -> new Dot().of(x.get(0), x.get(1)))
          .doc("the sum of the products of two vectors' elements")
          .formula("sum(x * y)")
          .derivatives("to x: g * y", "to y: g * x")
          .domain("two vectors of one length")
          .build();

  static final Entry OUTER =
      op("outer", List.of("x", "y"), (x, a) -> new Outer().of(x.get(0), x.get(1)))
          .doc("all products of an element of x with one of y; tensors are flattened")
          .formula("out[i, j] = x[i] y[j]")
          .derivatives("to x: g @ y", "to y: x @ g")
          .build();

  static final Entry TRANSPOSE =
      op("transpose", List.of("x"), (x, a) -> transpose(x.getFirst(), a.axes("axes")))
          .attribute("axes", null)
          .doc("the axes in another order; reversed, unless axes are given")
          .formula("xᵀ")
          .derivatives("g with its axes put back")
          .build();

  static final Entry TENSORDOT =
      op(
              "tensordot",
              List.of("x", "y"),
              (x, a) -> {
                if (a.isList("axes")) {
                  List<int[]> axes = a.lists("axes", 2);
                  return tensordot(x.get(0), x.get(1), axes.get(0), axes.get(1));
                }
                return tensordot(x.get(0), x.get(1), a.integer("axes"));
              })
          .attribute("axes", 2)
          .doc("the sum of products over axes of x paired with axes of y: the last n with the first n, or as two lists say")
          .formula("sum over the paired axes of x * y")
          .derivatives("to x: tensordot of g and y over y's other axes", "to y: tensordot of x and g over x's other axes")
          .domain("paired axes have one size")
          .build();

  static final Entry EINSUM =
      op("einsum", List.of("x"), (x, a) -> einsum(a.text("equation"), x))
          .variadic()
          .required("equation")
          .doc("Einstein's sum: axes with the same letter run together, letters missing from the result are summed over")
          .formula("out[result] = sum over the other letters of x[word] y[word] ...")
          .derivatives("to each operand the einsum of g and the others")
          .domain("axes of one letter have one size; those of ... broadcast")
          .convention("a letter twice in a word takes the diagonal; without -> the letters that occur once, in order")
          .build();

  static final List<Entry> ENTRIES = List.of(MATMUL, DOT, OUTER, TENSORDOT, EINSUM, TRANSPOSE);

  static Node einsum(String equation, List<Node> x) {
    return Apply.of(new Einsum(equation), x);
  }

  /// The last `count` axes of x with the first `count` of y.
  static Node tensordot(Node x, Node y, int count) {
    int rank = x.shape().rank();
    if (count < 0 || count > Math.min(rank, y.shape().rank())) {
      throw new GradusException(
          "tensordot", "both operands must have the axes to sum over", count + " of " + x.shape() + " and " + y.shape(), "use less");
    }
    return tensordot(x, y, IntStream.range(rank - count, rank).toArray(), IntStream.range(0, count).toArray());
  }

  static Node tensordot(Node x, Node y, int[] left, int[] right) {
    List<Integer> ofX = Arrays.stream(left).map(axis -> x.shape().axis("tensordot", axis)).boxed().toList();
    List<Integer> ofY = Arrays.stream(right).map(axis -> y.shape().axis("tensordot", axis)).boxed().toList();
    return new TensorDot(ofX, ofY).of(x, y);
  }

  static Node transpose(Node x, int... axes) {
    int rank = x.shape().rank();
    int[] order =
        axes.length == 0
            ? IntStream.range(0, rank).map(i -> rank - 1 - i).toArray()
            : Arrays.stream(axes).map(axis -> x.shape().axis("transpose", axis)).toArray();
    return new View.Permute(Arrays.stream(order).boxed().toList()).of(x);
  }

  record MatMul() implements Composite {
    @Override
    public String name() {
      return "matmul";
    }

    private static void check(TensorType x, TensorType y) {
      Typing.Rule.NUMERIC.result("matmul", List.of(x, y));
      Shape a = x.shape();
      Shape b = y.shape();
      if (a.rank() == 0 || b.rank() == 0) {
        throw new GradusException(
            "matmul", "operands must have at least one axis", a + " times " + b, "multiply by a scalar with *");
      }
      int inner = b.rank() == 1 ? b.dim(0) : b.dim(-2);
      if (a.dim(-1) != inner) {
        throw new GradusException("matmul", "inner sizes must agree", a + " times " + b, "transpose one of them?");
      }
    }

    @Override
    public List<Node> expand(List<Node> operands) {
      Node x = operands.get(0);
      Node y = operands.get(1);
      check(x.type(), y.type());
      boolean vectorX = x.shape().rank() == 1;
      boolean vectorY = y.shape().rank() == 1;
      Shape stackX = stack(x.shape());
      Shape stackY = stack(y.shape());
      Shape stack = broadcast(x.shape(), y.shape());
      String batch = letters(stack.rank());
      Node left = Broadcasting.broadcastTo(x, join(stackX.rank() == 0 ? stackX : stack, x.shape()));
      Node right = Broadcasting.broadcastTo(y, join(stackY.rank() == 0 ? stackY : stack, y.shape()));
      String i = vectorX ? "" : "i";
      String k = vectorY ? "" : "k";
      String equation =
          (stackX.rank() == 0 ? "" : batch) + i + "j," + (stackY.rank() == 0 ? "" : batch) + "j" + k + "->" + batch + i + k;
      return List.of(new Contract(equation).of(left, right));
    }

    private static Shape broadcast(Shape x, Shape y) {
      try {
        return Shape.broadcast("matmul", stack(x), stack(y));
      } catch (GradusException _) {
        throw new GradusException("matmul", "stacks must agree or broadcast", x + " times " + y, "reshape one of them");
      }
    }

    /// The axes before the matrix.
    private static Shape stack(Shape shape) {
      return Shape.of(Arrays.copyOf(shape.dims(), Math.max(0, shape.rank() - 2)));
    }

    private static Shape join(Shape stack, Shape of) {
      int matrix = Math.min(2, of.rank());
      int[] dims = Arrays.copyOf(stack.dims(), stack.rank() + matrix);
      System.arraycopy(of.dims(), of.rank() - matrix, dims, stack.rank(), matrix);
      return Shape.of(dims);
    }

    static String letters(int count) {
      return "ABCDEFGHIJKLMNOPQRSTUVWXYZ".substring(0, count);
    }

    @Override
    public String rule(Apply out, int slot) {
      boolean vectorX = out.operand(0).shape().rank() == 1;
      boolean vectorY = out.operand(1).shape().rank() == 1;
      if (vectorX && vectorY) {
        return slot == 0 ? "g * y" : "g * x";
      }
      String rule = slot == 0 ? (vectorY ? "outer(g, y)" : "g @ yᵀ") : (vectorX ? "outer(x, g)" : "xᵀ @ g");
      Shape stack = vectorX ? stack(out.operand(1).shape()) : vectorY ? stack(out.operand(0).shape()) : stack(out.shape());
      boolean each = (vectorX || vectorY) && stack.rank() > 0;
      boolean summed = !stack.equals(stack(out.operand(slot).shape()));
      return rule + (each ? " of each matrix" : "") + (summed ? " summed over the stack" : "");
    }
  }

  record Dot() implements Composite {
    @Override
    public String name() {
      return "dot";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Typing.Rule.NUMERIC.result("dot", List.of(x.get(0).type(), x.get(1).type()));
      Shape a = x.get(0).shape();
      Shape b = x.get(1).shape();
      if (a.rank() != 1 || !a.equals(b)) {
        throw new GradusException("dot", "operands must be vectors of one length", a + " and " + b, "use matmul for matrices");
      }
      return List.of(new Contract("i,i->").of(x.get(0), x.get(1)));
    }

    @Override
    public String rule(Apply out, int slot) {
      return slot == 0 ? "g * y" : "g * x";
    }
  }

  record Outer() implements Composite {
    @Override
    public String name() {
      return "outer";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Typing.Rule.NUMERIC.result("outer", List.of(x.get(0).type(), x.get(1).type()));
      return List.of(new Contract("i,j->ij").of(flat(x.get(0)), flat(x.get(1))));
    }

    private static Node flat(Node x) {
      return View.reshape(x, Shape.of(x.shape().size()));
    }

    @Override
    public String rule(Apply out, int slot) {
      return slot == 0 ? "g @ y" : "x @ g";
    }
  }

  /// The sum of products over pairs of axes; the result has the other axes of x, then those of y.
  ///
  /// @param left axes of x, from 0
  /// @param right the axis of y that each is paired with, from 0
  record TensorDot(List<Integer> left, List<Integer> right) implements Composite {
    @Override
    public String name() {
      return "tensordot";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Typing.Rule.NUMERIC.result("tensordot", x.stream().map(Node::type).toList());
      Shape a = x.get(0).shape();
      Shape b = x.get(1).shape();
      boolean paired = left.size() == right.size() && isDistinct(left) && isDistinct(right);
      for (int i = 0; paired && i < left.size(); i++) {
        paired = a.dim(left.get(i)) == b.dim(right.get(i));
      }
      if (!paired) {
        throw new GradusException(
            "tensordot", "axes must come in pairs of one size", left + " of " + a + " with " + right + " of " + b, "name each axis once");
      }
      String first = MatMul.letters(a.rank());
      StringBuilder second = new StringBuilder(MatMul.letters(b.rank()).toLowerCase(Locale.ROOT));
      for (int i = 0; i < left.size(); i++) {
        second.setCharAt(right.get(i), first.charAt(left.get(i)));
      }
      String result = CharMatcher.anyOf(second).removeFrom(first) + CharMatcher.anyOf(first).removeFrom(second);
      return List.of(new Contract(first + "," + second + "->" + result).of(x.get(0), x.get(1)));
    }

    private static boolean isDistinct(List<Integer> axes) {
      return axes.stream().distinct().count() == axes.size();
    }
  }
}
