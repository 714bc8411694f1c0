import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sigmoid;
import static dev.gradus.ops.Ops.square;

import dev.gradus.graph.Composite;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;

/// An op of one's own.
record Swish() implements Composite {
  @Override
  public String name() {
    return "swish";
  }

  @Override
  public List<Node> expand(List<Node> x) {
    return List.of(x.getFirst().times(sigmoid(x.getFirst())));
  }
}

/// Differentiates, with what the class path offers.
void main() {
  require(!Node.class.getModule().isNamed(), "Gradus is on the class path");
  Node x = parameter("x", 2);
  Values run = Interpreter.run(square(x).plus(x.times(3)));
  require(run.gradients().of(x).item() == 7, "gradient " + run.gradients().of(x));

  double slope = Interpreter.run(new Swish().of(x)).gradients().of(x).item();
  double sigma = 1 / (1 + Math.exp(-2));
  require(Math.abs(slope - sigma * (1 + 2 * (1 - sigma))) < 1e-15, "slope " + slope);
  IO.println("consumer: all well on the class path");
}

void require(boolean holds, String what) {
  if (!holds) {
    throw new IllegalStateException(what);
  }
}
