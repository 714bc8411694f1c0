package dev.gradus.examples;

import static dev.gradus.ops.Ops.constant;
import static dev.gradus.ops.Ops.heaviside;
import static dev.gradus.ops.Ops.input;
import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.stack;

import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.show.Plot;
import dev.gradus.show.TextTable;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A question from class: for which weights is a threshold unit a NAND gate?
public final class Nand implements Example {
  private static final double[][] INPUTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  private static final double[] NAND = {1, 1, 1, 0};
  private static final double FROM = -3;
  private static final double TO = 3;
  private static final int SCANNED = 601;

  /// The perceptron in question.
  ///
  /// @param w2 the weight to choose
  /// @param y its answers to the four inputs
  private record Gate(Input w2, Node y) {
    static Gate build() {
      Node x = constant("x", Tensor.of(INPUTS));
      Input w2 = input("w2");
      Node w = stack(0, constant("w1", -0.3), w2);
      return new Gate(w2, heaviside(matmul(x, w).plus(constant("b", 1))).named("y"));
    }

    double[] answers(double weight) {
      return Interpreter.run(List.of(y), Map.of(w2, Tensor.scalar(weight))).of(y).toDoubles();
    }

    boolean isNand(double weight) {
      return Arrays.equals(answers(weight), NAND);
    }
  }

  @Override
  public String name() {
    return "nand";
  }

  @Override
  public String summary() {
    return "For which w2 is the perceptron τ(w1 x1 + w2 x2 + b) a NAND gate?";
  }

  @Override
  public boolean isDrawn() {
    return true;
  }

  /// An interval of the w2 for which the perceptron is NAND: two neighbouring numbers at either end, of which one is in it.
  ///
  /// @param below the largest number below it
  /// @param first the smallest number in it
  /// @param last the largest number in it
  /// @param above the smallest number above it
  record Interval(double below, double first, double last, double above) {}

  /// Scans for a weight that is right, then halves the way to one that is wrong until nothing lies between them.
  static Interval find() {
    return find(Gate.build());
  }

  private static Interval find(Gate gate) {
    double[] scanned = Tensor.linspace(FROM, TO, SCANNED).toDoubles();
    double inside = Arrays.stream(scanned).filter(gate::isNand).findFirst().orElseThrow();
    double[] start = neighbours(gate, inside, FROM);
    double[] end = neighbours(gate, inside, TO);
    return new Interval(start[1], start[0], end[0], end[1]);
  }

  /// @return the last number that is right on the way from `right` to `wrong`, and the next, which is wrong
  private static double[] neighbours(Gate gate, double right, double wrong) {
    double in = right;
    double out = wrong;
    for (double middle = (in + out) / 2; middle != in && middle != out; middle = (in + out) / 2) {
      if (gate.isNand(middle)) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return new double[] {in, out};
  }

  @Override
  public void run(Screen screen) {
    screen.say("""
        Question: y = τ(w1 x1 + w2 x2 + b) with w1 = -0.3, b = 1 and τ(z) = 1 if z >= 0,
        else 0. For which w2 is y = NAND(x1, x2), that is, 0 only for x1 = x2 = 1?

        Try some, and look at all four inputs (* marks a wrong answer):
        """);
    screen.say("");
    Gate gate = Gate.build();
    TextTable table = new TextTable("w2", "y(0,0)", "y(0,1)", "y(1,0)", "y(1,1)", "NAND?").alignRight(0);
    for (double weight : new double[] {-1.5, -1.1, -1, -0.9, -0.75, -0.7, -0.5, 0, 1}) {
      table.row(row(gate, weight));
    }
    screen.show(table);

    Interval found = find(gate);
    screen.say("""
        Halve the way between a right and a wrong w2 until no double lies between them:

            lower end: %s is wrong, %s is right
            upper end: %s is right, %s is wrong

        Answer: w2 in [%.9f, %.9f): the lower end is in, the upper out.
        (Less than 1e-15 from an end, the rounding of the sum decides.)

        By hand: b >= 0 and w1 + b >= 0 hold. NAND(0, 1) = 1 needs w2 + b >= 0, so
        w2 >= -1; NAND(1, 1) = 0 needs w1 + w2 + b < 0, so w2 < -0.7.
        """,
        found.below, found.first, found.last, found.above, found.first, found.above);
    screen.say("");
    screen.draw(plot(gate));
  }

  private static Object[] row(Gate gate, double weight) {
    double[] answers = gate.answers(weight);
    Object[] cells = new Object[6];
    cells[0] = weight;
    for (int i = 0; i < 4; i++) {
      cells[i + 1] = (int) answers[i] + (answers[i] == NAND[i] ? "" : " *");
    }
    cells[5] = gate.isNand(weight) ? "yes" : "";
    return cells;
  }

  private static Plot plot(Gate gate) {
    Tensor weights = Tensor.linspace(-2, 1, 301);
    double[] right = Arrays.stream(weights.toDoubles()).map(weight -> rowsRight(gate.answers(weight))).toArray();
    return new Plot("How many of the four inputs are answered right", "w2", "").curve("", weights, Tensor.vector(right)).yRange(0, 4.4);
  }

  private static double rowsRight(double[] answers) {
    int right = 0;
    for (int i = 0; i < answers.length; i++) {
      right += answers[i] == NAND[i] ? 1 : 0;
    }
    return right;
  }
}
