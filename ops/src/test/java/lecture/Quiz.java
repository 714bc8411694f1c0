package lecture;

import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.reshape;
import static dev.gradus.ops.Ops.softmax;

import dev.gradus.graph.Node;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
/// A user's program with mistakes. The errors name its lines, so these must stay where they are.
final class Quiz {
  static Node product(Node x, Node w) {
    return matmul(x, w);
  }

  static Node distribution(Node x) {
    return softmax(x, 2);
  }

  static Node shaped(Node x) {
    return reshape(x, 4, -1);
  }

  static Node raised(Node x) {
    return x.plus(0.5);
  }

  static Node zeros(String name, int... dims) {
    return parameter(name, Tensor.zeros(Shape.of(dims)));
  }

  private Quiz() {}
}
