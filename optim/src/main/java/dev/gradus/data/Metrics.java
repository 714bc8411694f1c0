package dev.gradus.data;

import dev.gradus.GradusException;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;

/// How well predictions agree with what they should have been.
public final class Metrics {
  private Metrics() {}

  /// The class that each row of scores names: the place of its largest score, the first of equals, i64 of shape `[size]`. A
  /// single column of scores (shape `[size]` or `[size, 1]`) tells two classes apart: 1 where the score exceeds `threshold`.
  ///
  /// @param scores logits or probabilities, of shape `[size, classes]`, `[size, 1]` or `[size]`
  /// @param threshold 0 for logits, 0.5 for probabilities; used for a single column only
  public static Tensor classes(Tensor scores, double threshold) {
    int size = scores.shape().dim(0);
    int columns = scores.rank() == 1 ? 1 : scores.shape().dim(1);
    double[] x = scores.toDoubles();
    long[] classes = new long[size];
    for (int row = 0; row < size; row++) {
      if (columns == 1) {
        classes[row] = x[row] > threshold ? 1 : 0;
      } else {
        int best = 0;
        for (int c = 1; c < columns; c++) {
          if (x[row * columns + c] > x[row * columns + best]) {
            best = c;
          }
        }
        classes[row] = best;
      }
    }
    return Tensor.of(Shape.of(size), classes);
  }

  /// The share of rows whose largest score (for a single column: its sign) names the right class.
  ///
  /// @param logits scores of shape `[size, classes]`, or one logit of class 1 each, of shape `[size, 1]` or `[size]`
  /// @param labels the class numbers, of shape `[size]`
  public static double accuracy(Tensor logits, Tensor labels) {
    long[] predicted = classes(logits, 0).toLongs();
    long[] right = labels.toLongs();
    requireSameSize(predicted.length, right.length);
    int hits = 0;
    for (int row = 0; row < right.length; row++) {
      hits += predicted[row] == right[row] ? 1 : 0;
    }
    return (double) hits / right.length;
  }

  /// Row r, column c counts the examples of class r that were taken for class c: i64 of shape `[classes, classes]`.
  public static Tensor confusion(Tensor predicted, Tensor labels, int classes) {
    long[] columns = predicted.toLongs();
    long[] rows = labels.toLongs();
    requireSameSize(columns.length, rows.length);
    long[] counts = new long[classes * classes];
    for (int i = 0; i < rows.length; i++) {
      counts[(int) rows[i] * classes + (int) columns[i]]++;
    }
    return Tensor.of(Shape.of(classes, classes), counts);
  }

  /// The root of the mean squared difference.
  public static double rmse(Tensor predicted, Tensor targets) {
    return Math.sqrt(squares(predicted, targets) / targets.size());
  }

  /// The coefficient of determination R²: 1 for perfect predictions, 0 for those that always give the mean. NaN when all
  /// targets are equal.
  public static double r2(Tensor predicted, Tensor targets) {
    double[] y = targets.toDoubles();
    double mean = 0;
    for (double value : y) {
      mean += value / y.length;
    }
    double spread = 0;
    for (double value : y) {
      spread += (value - mean) * (value - mean);
    }
    return spread == 0 ? Double.NaN : 1 - squares(predicted, targets) / spread;
  }

  private static double squares(Tensor predicted, Tensor targets) {
    double[] p = predicted.toDoubles();
    double[] y = targets.toDoubles();
    requireSameSize(p.length, y.length);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += (p[i] - y[i]) * (p[i] - y[i]);
    }
    return sum;
  }

  private static void requireSameSize(int predicted, int targets) {
    if (predicted != targets) {
      throw new GradusException(
          "metrics", "there must be a prediction for each target", predicted + " for " + targets, "predict the same examples");
    }
  }
}
