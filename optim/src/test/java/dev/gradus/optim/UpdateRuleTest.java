package dev.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each update rule against the same rule in plain arithmetic, one element at a time, and against what its paper says.
class UpdateRuleTest {
  private static final double[] START = {3, -2, 0.5, 1e-3};
  private static final double[] CURVATURE = {1, 4, 0.1, 50};
  private static final double[] GOAL = {1, 1, -1, 0};
  private static final double RATE = 0.01;

  /// A rule for one number, with what it remembers.
  private interface PlainRule {
    double next(double theta, double g, double[] kept, int t);
  }

  private record Case(Optimizer rule, PlainRule plain) {
    @Override
    public String toString() {
      return rule.toString();
    }
  }

  static Stream<Case> rules() {
    return Stream.of(
        new Case(new Sgd(), (theta, g, kept, t) -> theta - RATE * g),
        new Case(new Sgd().withWeightDecay(0.1), (theta, g, kept, t) -> theta - RATE * (g + 0.1 * theta)),
        new Case(new Momentum(0.8), (theta, g, kept, t) -> {
          kept[0] = 0.8 * kept[0] - RATE * g;
          return theta + kept[0];
        }),
        new Case(new Nesterov(0.8), (theta, g, kept, t) -> {
          kept[0] = 0.8 * kept[0] - RATE * g;
          return theta + 0.8 * kept[0] - RATE * g;
        }),
        new Case(new AdaGrad(1e-6), (theta, g, kept, t) -> {
          kept[0] += g * g;
          return theta - RATE * g / (Math.sqrt(kept[0]) + 1e-6);
        }),
        new Case(new RmsProp(0.95, 1e-7), (theta, g, kept, t) -> {
          kept[0] = 0.95 * kept[0] + 0.05 * g * g;
          return theta - RATE * g / (Math.sqrt(kept[0]) + 1e-7);
        }),
        new Case(new Adam(0.85, 0.98, 1e-7), UpdateRuleTest::adam),
        new Case(
            new AdamW(0.2, new Adam(0.85, 0.98, 1e-7)),
            (theta, g, kept, t) -> adam(theta, g, kept, t) - RATE * 0.2 * theta));
  }

  private static double adam(double theta, double g, double[] kept, int t) {
    kept[0] = 0.85 * kept[0] + 0.15 * g;
    kept[1] = 0.98 * kept[1] + 0.02 * g * g;
    double mean = kept[0] / (1 - Math.pow(0.85, t));
    double square = kept[1] / (1 - Math.pow(0.98, t));
    return theta - RATE * mean / (Math.sqrt(square) + 1e-7);
  }

  /// J(θ) = Σ c (θ − goal)².
  private static Node loss(Parameter theta) {
    Node distance = theta.minus(Constant.of(Tensor.vector(GOAL).cast(theta.dtype())));
    return Ops.sum(Ops.square(distance).times(Constant.of(Tensor.vector(CURVATURE).cast(theta.dtype()))));
  }

  private static Tensor descended(Optimizer rule, DType dtype, int steps, double rate) {
    Parameter theta = Parameter.of("theta", Tensor.vector(START).cast(dtype));
    Trainer trainer = Trainer.of(loss(theta)).optimizer(rule, rate).build();
    History history = trainer.descend(Stopping.steps(steps));
    assertEquals(steps, history.steps().size());
    return trainer.state().of(theta);
  }

  private static double[] plain(PlainRule rule, int steps) {
    double[] theta = START.clone();
    for (int i = 0; i < theta.length; i++) {
      double[] kept = new double[2];
      for (int t = 1; t <= steps; t++) {
        theta[i] = rule.next(theta[i], 2 * CURVATURE[i] * (theta[i] - GOAL[i]), kept, t);
      }
    }
    return theta;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void agreesWithPlainArithmetic(Case rule) {
    for (int steps : new int[] {1, 2, 3, 25}) {
      Tensor expected = Tensor.vector(plain(rule.plain, steps));
      Tensor got = descended(rule.rule, DType.F64, steps, RATE);
      assertTrue(got.closeTo(expected, 1e-13, 1e-15), () -> steps + " steps: " + got + " but plainly " + expected);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void staysInSinglePrecision(Case rule) {
    Tensor got = descended(rule.rule, DType.F32, 25, RATE);
    assertEquals(DType.F32, got.dtype());
    Tensor expected = Tensor.vector(plain(rule.plain, 25));
    assertTrue(got.closeTo(expected, 1e-4, 1e-5), () -> got + " but plainly " + expected);
  }

  /// Kingma and Ba, section 2.1: the first step is α in the gradient's sign, whatever its size.
  @Test
  void adamFirstStepIsTheLearningRate() {
    double[] after = descended(new Adam(), DType.F64, 1, 0.25).toDoubles();
    for (int i = 0; i < after.length; i++) {
      assertEquals(START[i] - 0.25 * Math.signum(START[i] - GOAL[i]), after[i], 1e-6);
    }
  }

  @Test
  void adaGradFirstStepIsTheLearningRate() {
    double[] after = descended(new AdaGrad(), DType.F64, 1, 0.25).toDoubles();
    for (int i = 0; i < after.length; i++) {
      assertEquals(START[i] - 0.25 * Math.signum(START[i] - GOAL[i]), after[i], 1e-8);
    }
  }

  /// Under a constant gradient the velocity tends to −α·g / (1 − μ): with μ = 0.9, ten times a plain step.
  @Test
  void momentumReachesItsTerminalVelocity() {
    Parameter theta = Parameter.of("theta", 0);
    Trainer trainer = Trainer.of(theta.times(2)).optimizer(new Momentum(0.9), 0.01).build();
    assertEquals("400 steps done", trainer.descend(Stopping.steps(400)).reason());
    double before = trainer.state().of(theta).item();
    assertEquals("1 steps done", trainer.descend(Stopping.steps(1)).reason());
    assertEquals(-10 * 0.01 * 2, trainer.state().of(theta).item() - before, 1e-12);
  }

  /// Nesterov's own form keeps x and looks ahead to x + μ·v; the rule's θ is that point.
  @Test
  void nesterovIsTheLookAheadForm() {
    double mu = 0.7;
    double[] x = START.clone();
    double[] v = new double[4];
    double[] ahead = START.clone();
    for (int t = 0; t < 30; t++) {
      for (int i = 0; i < 4; i++) {
        double g = 2 * CURVATURE[i] * (x[i] + mu * v[i] - GOAL[i]);
        v[i] = mu * v[i] - 0.005 * g;
        x[i] += v[i];
        ahead[i] = x[i] + mu * v[i];
      }
    }
    Tensor got = descended(new Nesterov(mu), DType.F64, 30, 0.005);
    assertTrue(got.closeTo(Tensor.vector(ahead), 1e-12, 1e-14), got::toString);
  }

  /// Loshchilov and Hutter: the decay does not pass through the adaptive scale, so without gradient θ shrinks by 1 − α·λ.
  @Test
  void adamWDecaysApartFromTheGradient() {
    Parameter theta = Parameter.of("theta", 8);
    Trainer trainer = Trainer.of(theta.times(0)).optimizer(new AdamW(0.5), 0.5).build();
    assertEquals("3 steps done", trainer.descend(Stopping.steps(3)).reason());
    assertEquals(8 * 0.75 * 0.75 * 0.75, trainer.state().of(theta).item());
  }

  @Test
  void withoutDecayAdamWIsAdam() {
    assertEquals(descended(new Adam(), DType.F64, 20, RATE), descended(new AdamW(0), DType.F64, 20, RATE));
  }

  /// A rule of a user's own, as the documentation of Optimizer shows it.
  @Test
  void takesRulesFromOutside() {
    record SignDescent() implements Optimizer {
      @Override
      public List<Slot> slots() {
        return List.of();
      }

      @Override
      public Update update(Node parameter, Node gradient, List<Node> slots, Node learningRate, Node step) {
        return Update.of(parameter.minus(learningRate.times(Ops.sign(gradient))));
      }
    }
    assertEquals(
        Tensor.vector(3 - 0.5, -2 + 0.5, 0.5 - 0.5, 1e-3 - 0.5), descended(new SignDescent(), DType.F64, 1, 0.5));
  }

  @Test
  void refusesAnUpdateOfAnotherShape() {
    Optimizer broken = new Optimizer() {
      @Override
      public List<Slot> slots() {
        return List.of();
      }

      @Override
      public Update update(Node parameter, Node gradient, List<Node> slots, Node learningRate, Node step) {
        return Update.of(Ops.sum(parameter));
      }

      @Override
      public String toString() {
        return "broken";
      }
    };
    String message = Refusal.of(() -> descended(broken, DType.F64, 1, RATE));
    assertTrue(message.startsWith("update: broken must give a parameter and 0 slots of type f64[4], but got "), message);
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertEquals("momentum: momentum must lie in [0, 1), but got 1.0; choose another", Refusal.of(() -> new Momentum(1)));
    assertEquals("nesterov: momentum must lie in [0, 1), but got -0.1; choose another", Refusal.of(() -> new Nesterov(-0.1)));
    assertEquals("adagrad: epsilon must be a number above 0, but got 0.0; choose another", Refusal.of(() -> new AdaGrad(0)));
    assertEquals("rmsprop: decay must lie in [0, 1), but got NaN; choose another", Refusal.of(() -> new RmsProp(Double.NaN, 1)));
    assertEquals("adam: beta2 must lie in [0, 1), but got 1.0; choose another", Refusal.of(() -> new Adam(0.9, 1, 1e-8)));
    assertEquals("adamw: decay must be a number of at least 0, but got -1.0; choose another", Refusal.of(() -> new AdamW(-1)));
    assertEquals(
        "weight_decay: decay must be a number of at least 0, but got Infinity; choose another",
        Refusal.of(() -> new Sgd().withWeightDecay(Double.POSITIVE_INFINITY)));
  }
}
