package dev.gradus.benchmarks;

import dev.gradus.compile.Settings;

/// [Quiz] as one would write it without a library: the limit.
record QuizByHand() implements Workload {
  @Override
  public String name() {
    return "quiz-by-hand";
  }

  @Override
  public String peer() {
    return "java";
  }

  @Override
  public Job start(Settings settings) {
    double[] x = {11, 5};
    double[] w = {0, 0};
    double[] f = new double[1];
    double[] gradient = new double[2];
    return new Job(() -> run(x, w, f, gradient), 0, 7 * Double.BYTES, null);
  }

  /// Writes f and its gradient by w.
  static void run(double[] x, double[] w, double[] f, double[] gradient) {
    double first = sigmoid(x[0] * w[0]);
    double second = sigmoid(first * w[1] + x[1]);
    double slope = second * (1 - second);
    f[0] = second;
    gradient[0] = slope * w[1] * first * (1 - first) * x[0];
    gradient[1] = slope * first;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
