package dev.gradus.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// From one neuron to a network.
final class LayersTest {
  @Test
  void aNeuronAndThoseBelowIt() {
    Recording recording = Recording.of("neuron");
    double a1 = sigmoid(0.5 * 2 - 1);
    double a2 = sigmoid(-1 * 2 + 0.5);
    double a3 = sigmoid(2 * a1 - 3 * a2 + 0.25);
    double slope = a3 * (1 - a3);
    assertEquals(a3, recording.number("\na3 +sigmoid\\(z3\\) +"), 1e-15);
    assertEquals(slope * 2, recording.number("∂a3/∂a1 = .* = "), 5e-5);
    assertEquals(slope * a1, recording.number("∂a3/∂w13 = .* = "), 5e-5);
    double byX = slope * (2 * a1 * (1 - a1) * 0.5 - 3 * a2 * (1 - a2) * -1);
    assertEquals(byX, recording.number("sum over two users: "), 5e-5);
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /// G = 2 (h - t) / 4 = [[0.3, -0.225], [0.05, -0.475]].
  @Test
  void aLayersGradientsAreItsFormulas() {
    String text = Recording.of("layer").text();
    assertTwice("\\[\\[ +0\\.3, -0\\.225\\],", text);
    assertTwice("\\[ +0\\.55, +0\\.025\\],", text);
    assertTwice("\\[ +0\\.95, +-1\\.15\\]\\]", text);
    assertTwice("\\[0\\.35, -0\\.7\\]", text);
    assertTwice("\\[\\[ +0\\.375, +-0\\.45, +0\\.244\\],", text);
    assertTwice("\\[ +0\\.5, +-0\\.95, -0\\.0687\\]\\]", text);
  }

  private static void assertTwice(String row, String text) {
    assertTrue(Pattern.compile(row + " +" + row).matcher(text).find(), row + " in\n" + text);
  }

  @Test
  void aPerceptronSeparatesTheIrises() {
    Recording recording = Recording.of("perceptron");
    assertTrue(recording.text().contains("∂y/∂w = [0, 0]"), recording.text());
    long clean = recording.lines().stream().filter(line -> line.matches("pass \\d+: 0 mistakes, .*")).count();
    assertEquals(1, clean, recording.text());
  }

  @Test
  void aMultilayerPerceptronLearnsASine() {
    Recording recording = Recording.of("mlp");
    assertTrue(recording.number("steps of Adam took it from ") > 0.1, recording.text());
    assertTrue(recording.number("steps of Adam took it from [0-9.]+ to ") < 1e-3, recording.text());
    assertEquals(25, recording.number("-> y \\[60, 1\\] +"));
  }

  @Test
  void activationsAndTheirDerivatives() {
    Recording recording = Recording.of("activations");
    assertEquals(9, recording.plots().size());
    double s = sigmoid(2);
    assertRow(recording, "sigmoid", 1 - s, 0.5, s, s * (1 - s), 0.25, s * (1 - s));
    assertRow(recording, "relu", 0, 0, 2, 0, 0, 1);
    assertRow(recording, "tanh", Math.tanh(-2), 0, Math.tanh(2), 1 / Math.pow(Math.cosh(2), 2), 1, 1 / Math.pow(Math.cosh(2), 2));
    assertRow(recording, "heaviside", 0, 1, 1, 0, 0, 0);
  }

  private static void assertRow(Recording recording, String name, double... numbers) {
    String row = recording.lines().stream().filter(line -> line.startsWith(name + " ")).findFirst().orElseThrow();
    String[] cells = row.split(" +", -1);
    assertEquals(numbers.length + 1, cells.length, row);
    for (int i = 0; i < numbers.length; i++) {
      assertEquals(numbers[i], Double.parseDouble(cells[i + 1]), 5e-4 * Math.abs(numbers[i]), row);
    }
  }
}
