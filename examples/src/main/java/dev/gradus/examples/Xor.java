package dev.gradus.examples;

import static dev.gradus.ops.Ops.binaryCrossEntropyWithLogits;
import static dev.gradus.ops.Ops.constant;
import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.sigmoid;
import static dev.gradus.ops.Ops.tanh;

import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.optim.Adam;
import dev.gradus.optim.Initializer;
import dev.gradus.optim.Parameters;
import dev.gradus.optim.Stopping;
import dev.gradus.optim.Trainer;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.show.Numbers;
import dev.gradus.show.Plot;
import dev.gradus.show.TextTable;
import dev.gradus.tensor.Tensor;
import java.util.List;

/// XOR, which no single neuron can do, and what two hidden neurons make of it.
public final class Xor implements Example {
  private static final double[][] INPUTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  private static final double[][] TARGETS = {{0}, {1}, {1}, {0}};

  @Override
  public String name() {
    return "xor";
  }

  @Override
  public String summary() {
    return "XOR with two hidden neurons, and the representation they learn.";
  }

  @Override
  public boolean isDrawn() {
    return true;
  }

  /// What was learned.
  ///
  /// @param y the answers to the four inputs, of shape [4, 1]
  /// @param h the hidden representation of the four inputs, of shape [4, 2]
  /// @param w the weights from there to the answer, of shape [2, 1]
  /// @param b their bias, of shape [1]
  record Learned(Tensor y, Tensor h, Tensor w, Tensor b) {}

  /// Trains tanh(x W1 + b1) W2 + b2 by the cross-entropy of its sigmoid.
  static Learned learn(Screen screen) {
    Node x = constant("x", Tensor.of(INPUTS));
    Node t = constant("t", Tensor.of(TARGETS));

    var start = new Parameters(1);
    Parameter w1 = start.make("W1", new Initializer.XavierUniform(), 2, 2);
    Parameter b1 = start.zeros("b1", 2);
    Parameter w2 = start.make("W2", new Initializer.XavierUniform(), 2, 1);
    Parameter b2 = start.zeros("b2", 1);

    Node h = tanh(matmul(x, w1).plus(b1));
    Node logit = matmul(h, w2).plus(b2);
    Node y = sigmoid(logit);
    Node loss = binaryCrossEntropyWithLogits(logit, t);

    Trainer trainer = Trainer.of(loss).optimizer(new Adam(), 0.05).listener(screen.progress()).build();
    trainer.descend(Stopping.lossBelow(0.01).or(Stopping.steps(5000)));
    Values values = Interpreter.run(List.of(y), trainer.state().values());
    return new Learned(values.of(y), values.of(h), values.of(w2), values.of(b2));
  }

  @Override
  public void run(Screen screen) {
    screen.say("""
        XOR is 1 where exactly one of x1 and x2 is 1. No line in the plane of x1 and x2
        has the 1s on one side and the 0s on the other, so one neuron cannot do it.
        With two hidden neurons, h = tanh(x W1 + b1), y = sigmoid(h W2 + b2):
        """);
    screen.say("");
    Learned learned = learn(screen);
    TextTable table = new TextTable("x1", "x2", "h1", "h2", "y", "XOR").alignRight(0, 1, 2, 3, 4, 5);
    for (int i = 0; i < 4; i++) {
      table.row((int) INPUTS[i][0], (int) INPUTS[i][1], cell(learned.h.get(i, 0)), cell(learned.h.get(i, 1)),
          cell(learned.y.get(i, 0)), (int) TARGETS[i][0]);
    }
    screen.show(table);
    screen.say("""
        The hidden layer has moved the four inputs. Where they lie now, a line does it:
        %.2f h1 + %.2f h2 + %.2f = 0.
        """,
        learned.w.get(0, 0), learned.w.get(1, 0), learned.b.get(0));
    screen.say("");
    screen.draw(plot(learned));
  }

  private static String cell(double x) {
    return Numbers.fixed(x, 3);
  }

  private static Plot plot(Learned learned) {
    Tensor h = learned.h;
    Tensor across = Tensor.linspace(-1.1, 1.1, 200);
    double[] line = across.toDoubles();
    for (int i = 0; i < line.length; i++) {
      line[i] = -(learned.w.get(0, 0) * line[i] + learned.b.get(0)) / learned.w.get(1, 0);
    }
    return new Plot("The hidden representation of the four inputs", "h1", "h2")
        .points("XOR = 0", Tensor.vector(h.get(0, 0), h.get(3, 0)), Tensor.vector(h.get(0, 1), h.get(3, 1)))
        .points("XOR = 1", Tensor.vector(h.get(1, 0), h.get(2, 0)), Tensor.vector(h.get(1, 1), h.get(2, 1)))
        .curve("y = 1/2", across, Tensor.vector(line))
        .yRange(-1.2, 1.2);
  }
}
