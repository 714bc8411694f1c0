package dev.gradus.benchmarks;

import dev.gradus.compile.Settings;
import java.util.Arrays;

/// [Moons] as one would write it without a library: the limit.
///
/// @param moons the sizes
record MoonsByHand(Moons moons) implements Workload {
  @Override
  public String name() {
    return "moons-by-hand";
  }

  @Override
  public String peer() {
    return "java";
  }

  @Override
  public Job start(Settings settings) {
    Network network = new Network(moons);
    double[] w = moons.initial();
    double[] gradient = new double[w.length];
    double[] loss = new double[1];
    return new Job(() -> loss[0] = network.run(w, gradient), moons.flops(), (2L * w.length + 1) * Double.BYTES, null);
  }

  /// The arrays in between.
  static final class Network {
    private final int count;
    private final int hidden;
    private final double[] points;
    private final double[] first;
    private final double[] second;
    private final double[] firstGradient;

    Network(Moons moons) {
      count = moons.count();
      hidden = moons.hidden();
      points = moons.points();
      first = new double[hidden];
      second = new double[hidden];
      firstGradient = new double[hidden];
    }

    /// Gives the loss at `w` and writes its gradient.
    double run(double[] w, double[] gradient) {
      double loss = 0;
      for (int i = 0; i < w.length; i++) {
        loss += w[i] * w[i];
        gradient[i] = 2 * Moons.DECAY * w[i];
      }
      loss *= Moons.DECAY;
      for (int point = 0; point < count; point++) {
        double label = Moons.label(points, point);
        double slack = 1 - label * score(w, point);
        if (slack > 0) {
          loss += slack / count;
          pull(w, point, -label / count, gradient);
        }
      }
      return loss;
    }

    private double score(double[] w, int point) {
      int second0 = 3 * hidden;
      int third0 = second0 + (hidden + 1) * hidden;
      for (int i = 0; i < hidden; i++) {
        double sum = w[2 * i] * points[2 * point] + w[2 * i + 1] * points[2 * point + 1] + w[2 * hidden + i];
        first[i] = Math.max(sum, 0);
      }
      double score = w[third0 + hidden];
      for (int j = 0; j < hidden; j++) {
        double sum = w[second0 + hidden * hidden + j];
        for (int i = 0; i < hidden; i++) {
          sum += w[second0 + j * hidden + i] * first[i];
        }
        second[j] = Math.max(sum, 0);
        score += w[third0 + j] * second[j];
      }
      return score;
    }

    /// Adds what a point sends back, given the gradient by its score.
    private void pull(double[] w, int point, double g, double[] gradient) {
      int second0 = 3 * hidden;
      int third0 = second0 + (hidden + 1) * hidden;
      Arrays.fill(firstGradient, 0);
      gradient[third0 + hidden] += g;
      for (int j = 0; j < hidden; j++) {
        gradient[third0 + j] += g * second[j];
        if (second[j] > 0) {
          double gj = g * w[third0 + j];
          gradient[second0 + hidden * hidden + j] += gj;
          for (int i = 0; i < hidden; i++) {
            gradient[second0 + j * hidden + i] += gj * first[i];
            firstGradient[i] += gj * w[second0 + j * hidden + i];
          }
        }
      }
      for (int i = 0; i < hidden; i++) {
        if (first[i] > 0) {
          gradient[2 * i] += firstGradient[i] * points[2 * point];
          gradient[2 * i + 1] += firstGradient[i] * points[2 * point + 1];
          gradient[2 * hidden + i] += firstGradient[i];
        }
      }
    }
  }
}
