package dev.gradus.teach.lessons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import dev.gradus.ops.Ops;
import dev.gradus.teach.page.Question;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.tensor.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/// What the texts of the lessons claim about single graphs, computed from these graphs.
final class FactsTest {
  private static final Sentences ENGLISH = Sentences.english();

  private static String right(String name, int question) {
    String key = "lesson." + name + ".question." + question;
    return ENGLISH.say(key + ".choice." + LessonsTest.right(key).getFirst());
  }

  private static String mistaken(String name, int question, int choice) {
    return ENGLISH.say("lesson." + name + ".question." + question + ".choice." + choice);
  }

  private static void says(String key, String... claims) {
    for (String claim : claims) {
      assertTrue(ENGLISH.say("lesson." + key).contains(claim), claim + " in " + key);
    }
  }

  /// As texts write numbers: three digits, and a proper minus.
  private static String written(double x) {
    return new BigDecimal(x).round(new MathContext(3)).stripTrailingZeros().toPlainString().replace('-', '−');
  }

  private static double sigmoidSlope(double z) {
    double p = 1 / (1 + Math.exp(-z));
    return p * (1 - p);
  }

  @Test
  void quiz() {
    Descent at = Descent.of(ChainRules.quiz());
    double w2 = at.slope("w2").item();
    assertEquals(0.0033240283353950777, w2);
    assertEquals(0, at.slope("w1").item());
    assertEquals(written(w2), right("quiz", 1));
    assertEquals(written(at.slope("z2").item()), mistaken("quiz", 1, 3));
    assertEquals("0", right("quiz", 2));
    assertEquals(written(at.slope("z2").item() * sigmoidSlope(0) * 11), mistaken("quiz", 2, 1));
    assertEquals(written(at.slope("z2").item() * 11), mistaken("quiz", 2, 2));
    Descent next = Descent.of(ChainRules.quiz()).train(1, 1);
    assertEquals(0, next.value("w1").item());
    says("quiz.question.3.why", "w₂ = " + written(next.value("w2").item()));
    assertFalse(next.slope("w1").item() == 0);
  }

  @Test
  void activations() {
    assertEquals(0.25, sigmoidSlope(0));
    Descent left = Descent.of(Units.activations()).with("x", -2);
    double sigmoid = sigmoidSlope(-2);
    double tanh = 1 - Math.tanh(-2) * Math.tanh(-2);
    assertEquals(sigmoid + tanh, left.slope("x").item(), 1e-15);
    says("activations.question.2.choice.3.mistake", written(sigmoid), written(tanh));
    Descent right = Descent.of(Units.activations()).with("x", 0.5);
    assertEquals(0.5, right.value("r").item());
    assertEquals(1 + sigmoidSlope(0.5) + 1 - Math.pow(Math.tanh(0.5), 2), right.slope("x").item(), 1e-15);
  }

  @Test
  void square() {
    Descent at = Descent.of(ChainRules.square());
    assertEquals(3, at.value("x").item());
    assertEquals(written(at.slope("x").item()), right("square", 2));
    assertEquals(0, at.with("x", -1).slope("x").item());
    long terms = ChainRules.square().steps().stream().filter(step -> step.share() != null && "x".equals(step.share().u().name())).count();
    assertEquals(String.valueOf(terms), right("square", 1));
  }

  @Test
  void neuron() {
    Descent trained = Descent.of(Networks.neuron()).train(3, 300);
    assertTrue(trained.loss() < 0.01, trained.loss() + " after 300 steps");
    assertTrue(trained.value("w1").item() < 0 && trained.value("w2").item() < 0 && trained.value("b").item() > 0);
    double[] p = trained.value("p").toDoubles();
    assertTrue(p[0] > 0.5 && p[1] > 0.5 && p[2] > 0.5 && p[3] < 0.5, Arrays.toString(p));
    Descent start = Descent.of(Networks.neuron());
    assertTrue(start.value("w1").item() > 0 && start.value("w2").item() < 0, "how they start");
    Descent firstRow = Descent.of(Networks.neuron()).with("x1", 0, 0, 0, 0).with("x2", 0, 0, 0, 0);
    assertEquals(0, firstRow.slope("w1").item());
    assertEquals(0, firstRow.slope("w2").item());
    assertFalse(firstRow.slope("b").item() == 0);
  }

  @Test
  void mlp() {
    Descent start = Descent.of(Networks.mlp());
    says("mlp.text.2", "starts at " + written(start.loss()));
    assertTrue(start.loss() > Math.log(3));
    assertEquals(String.valueOf(start.count()), right("mlp", 1));
    Descent trained = Descent.of(Networks.mlp()).train(1, 200);
    assertTrue(trained.loss() < 0.003, trained.loss() + " after 200 steps");
    for (Descent at : new Descent[] {start, trained}) {
      double[] slope = at.slope("Z").toDoubles();
      double[] classes = at.value("Y").toDoubles();
      for (int row = 0; row < 6; row++) {
        assertEquals(0, slope[3 * row] + slope[3 * row + 1] + slope[3 * row + 2], 1e-15);
        for (int c = 0; c < 3; c++) {
          assertEquals(classes[3 * row + c] == 1, slope[3 * row + c] < 0);
        }
      }
    }
    double[] sum = columns(start.slope("v2"));
    assertArrayEquals(sum, start.slope("b1").toDoubles(), 1e-15);
  }

  /// The sums of the columns of a matrix with three.
  private static double[] columns(Tensor matrix) {
    double[] all = matrix.toDoubles();
    double[] sums = new double[3];
    for (int i = 0; i < all.length; i++) {
      sums[i % 3] += all[i];
    }
    return sums;
  }

  @Test
  void relu() {
    Descent start = Descent.of(Units.relu());
    says("relu.text.2", "from " + String.format(Locale.ROOT, "%.2f", start.loss()));
    assertTrue(DoubleStream.of(start.value("z2").toDoubles()).allMatch(z -> z < 0));
    for (String dead : new String[] {"w2", "b2", "u2"}) {
      assertEquals(0, start.slope(dead).item(), dead);
    }
    Descent stuck = Descent.of(Units.relu()).train(0.1, 1000);
    assertEquals(1.25, stuck.loss(), 1e-3);
    assertTrue(Descent.of(Units.relu()).train(0.1, 200).loss() > 1.25);
    assertEquals(-3, stuck.value("b2").item());
    assertTrue(stuck.with("b2", 0).train(0.1, 400).loss() < 0.01, stuck.loss() + " when revived");
    assertEquals("b₂ > −2", right("relu", 2));
    assertEquals(0, Descent.of(Units.relu()).with("b2", -2.001).slope("b2").item());
    assertFalse(Descent.of(Units.relu()).with("b2", -1.999).slope("b2").item() == 0);
  }

  @Test
  void saturation() {
    Descent start = Descent.of(Units.saturation());
    assertEquals(8, start.value("z").item());
    says("saturation.text.1", "∂L/∂w is only 0.00067", "is 0.00034");
    assertEquals(0.00067, start.slope("w").item(), 5e-6);
    assertEquals(0.00034, sigmoidSlope(8), 5e-6);
    assertTrue(Descent.of(Units.saturation()).train(1, 400).loss() > 0.99);
    assertTrue(Descent.of(Units.saturation()).train(1, 1000).loss() < 0.01, "in the end it learns");
    assertTrue(Descent.of(Units.saturation()).with("w", 0).with("b", 0).train(1, 50).loss() < 0.003);
    assertEquals(0.25, Descent.of(Units.saturation()).with("w", 0).with("b", 0).slope("z").item());
    assertTrue(Math.abs(Descent.of(Units.saturation()).with("w", -8).with("b", 0).slope("z").item()) < 1e-6);
  }

  @Test
  void matmul() {
    Descent at = Descent.of(Tensors.matmul());
    assertEquals(at.value("R"), at.slope("C"));
    assertEquals(written(at.slope("A").get(1, 0)), right("matmul", 2));
    assertEquals(1 * 3 + -1 * 2, at.slope("A").get(0, 1));
    assertEquals(written(2 * at.value("B").get(0, 0) + 0.5 * at.value("B").get(1, 0)), mistaken("matmul", 2, 1));
    assertEquals(written(1 * at.value("B").get(0, 0) + 2 * at.value("B").get(0, 1)), mistaken("matmul", 2, 3));
    assertEquals("[3, 2]", at.slope("B").shape().toString());
    assertEquals(at.slope("A"), at.valueOf(Ops.matmul(at.node("R"), Ops.transpose(at.node("B")))));
    assertEquals(at.slope("B"), at.valueOf(Ops.matmul(Ops.transpose(at.node("A")), at.node("R"))));
  }

  @Test
  void softmax() {
    Descent at = Descent.of(Tensors.softmax());
    double[] p = at.value("p").toDoubles();
    assertArrayEquals(new double[] {2 * p[0], 2 * (p[1] - 1), 2 * p[2]}, at.slope("z").toDoubles(), 1e-14);
    says("softmax.text.2", "[0.7054, −0.7405, 0.03512]");
    assertArrayEquals(new double[] {0.7054, -0.7405, 0.03512}, new double[] {p[0], p[1] - 1, p[2]}, 5e-5);
    assertEquals(written(p[1] - 1), right("softmax", 1));
    assertEquals(written(p[1]), mistaken("softmax", 1, 1));
    assertEquals(written(-1 / p[1]), mistaken("softmax", 1, 2));
    Descent low = Descent.of(Tensors.softmax()).with("z", 2, -20, -1);
    assertEquals(-1, low.slope("z").get(1) / 2, 1e-8);
    Descent lowest = Descent.of(Tensors.softmax()).with("z", 2, -800, -1);
    assertEquals(Double.POSITIVE_INFINITY, lowest.value("L1").item());
    assertEquals(802, lowest.value("L2").item(), 0.5);
    Descent shifted = Descent.of(Tensors.softmax()).with("z", 5, 4, 2);
    assertEquals(at.loss(), shifted.loss(), 1e-14);
    long between = Tensors.softmax().replay().graph().nodes().stream().filter(node -> !node.operands().isEmpty() && !"L2".equals(node.name()) && !"L".equals(node.name())).count();
    assertEquals(7, between);
  }

  @Test
  void order() {
    Descent at = Descent.of(ChainRules.order());
    assertEquals(written(at.slope("a").item()), right("order", 1));
    assertEquals(30, at.slope("x").item());
    assertEquals(2, at.slope("b").item());
  }

  @Test
  void vanishing() {
    Descent at = Descent.of(Units.vanishing());
    assertEquals(-0.10, at.slope("layer20/w").item(), 5e-3);
    assertEquals(-3e-8, at.slope("layer10/w").item(), 5e-9);
    assertEquals(-6e-14, at.slope("layer1/w").item(), 5e-15);
    double factor = sigmoidSlope(at.value("layer15/z").item());
    assertEquals(0.2247, factor, 5e-5);
    assertEquals(3.3e-7, Math.pow(factor, 10), 5e-9);
    Descent steep = Descent.of(Units.vanishing()).with("layer15/w", 4);
    assertEquals(0.25, 4 * sigmoidSlope(steep.value("layer15/z").item()), 5e-3);
  }

  @Test
  void convolution() {
    Descent at = Descent.of(Tensors.convolution());
    assertEquals(at.value("Y"), at.slope("Y"));
    assertEquals(at.slope("K"), at.valueOf(Ops.conv2d(at.node("X"), at.node("Y"))));
    assertArrayEquals(new double[] {4, 4, 0, 3, 4, 1, 1, 3, 3}, at.value("Y").toDoubles(), 0, "large along the edge");
  }

  @Test
  void moons() {
    Descent trained = Descent.of(Networks.moons()).train(2, 200);
    assertTrue(trained.loss() < 0.02, trained.loss() + " after 200 steps");
    double[] z = trained.value("z").toDoubles();
    double[] y = trained.value("y").toDoubles();
    double[] slope = trained.slope("z").toDoubles();
    for (int i = 0; i < y.length; i++) {
      assertEquals(y[i] == 1, z[i] > 0, "point " + i);
      assertEquals((1 / (1 + Math.exp(-z[i])) - y[i]) / 24, slope[i], 1e-15);
    }
    Tensor points = trained.value("X");
    assertEquals(24, points.shape().dim(0));
    assertTrue(points.get(12, 0) == 0 && points.get(12, 1) == 0.5, "a lower point below the upper arc and above its ends");
    assertTrue(points.get(0, 0) == 1 && points.get(0, 1) == 0 && points.get(11, 0) == -1 && points.get(11, 1) == 0);
    assertTrue(points.get(5, 0) > 0 && points.get(5, 1) > 0.9 && points.get(6, 0) < 0 && points.get(6, 1) > 0.9);
    for (int unit = 0; unit < 6; unit++) {
      Descent without = Descent.of(Networks.moons()).train(2, 200);
      double[] weights = without.value("w2").toDoubles();
      weights[unit] = 0;
      assertTrue(without.with("w2", weights).train(2, 200).loss() < 0.02, "others take over from unit " + unit);
    }
    Descent alike = Descent.of(Networks.moons());
    double[] w1 = alike.value("W1").toDoubles();
    w1[1] = w1[0];
    w1[7] = w1[6];
    double[] b1 = alike.value("b1").toDoubles();
    b1[1] = b1[0];
    double[] w2 = alike.value("w2").toDoubles();
    w2[1] = w2[0];
    alike.with("W1", w1).with("b1", b1).with("w2", w2).train(2, 50);
    assertEquals(alike.value("w2").get(0), alike.value("w2").get(1), 1e-9);
    assertEquals(alike.value("W1").get(0, 0), alike.value("W1").get(0, 1), 1e-9);
  }

  @Test
  void questionsAreRefusedWithoutARightAnswer() {
    var choices = List.of(Question.Choice.of("a"), Question.Choice.of("b"));
    assertThrows(GradusException.class, () -> new Question("?", choices, 2, ""));
  }
}
