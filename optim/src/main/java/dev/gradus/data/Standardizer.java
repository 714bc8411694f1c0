package dev.gradus.data;

import dev.gradus.GradusException;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;

/// Moves and scales each feature to mean 0 and standard deviation 1, by numbers that come from one dataset (the training
/// part) and are then applied to any: (x − mean) / scale.
///
/// @param mean the mean of each feature, of shape `[features]`
/// @param scale the standard deviation of each feature (of the population: divided by n); 1 where a feature is constant,
///     which then becomes 0
public record Standardizer(Tensor mean, Tensor scale) {
  /// Checks that there is a mean and a scale for each feature.
  public Standardizer {
    if (mean.rank() != 1 || !mean.shape().equals(scale.shape())) {
      throw new GradusException(
          "standardizer", "there must be a mean and a scale for each feature", mean.shape() + " and " + scale.shape(), "give vectors");
    }
  }

  /// Learns the numbers from a dataset with features of shape `[size, features]`.
  ///
  /// @throws GradusException when it is empty or the features have another rank
  public static Standardizer fit(Dataset dataset) {
    Tensor features = dataset.features();
    if (features.rank() != 2 || dataset.size() == 0) {
      throw new GradusException(
          "standardizer", "features must be a table with a row", features.shape(), "reshape them to [size, features]");
    }
    int rows = features.shape().dim(0);
    int columns = features.shape().dim(1);
    double[] x = features.toDoubles();
    double[] mean = new double[columns];
    double[] scale = new double[columns];
    for (int column = 0; column < columns; column++) {
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += x[row * columns + column];
      }
      double m = sum / rows;
      double squares = 0;
      for (int row = 0; row < rows; row++) {
        double d = x[row * columns + column] - m;
        squares += d * d;
      }
      double deviation = Math.sqrt(squares / rows);
      // What rounding the mean leaves of a constant column is no deviation.
      boolean constant = deviation <= 1e-12 * Math.abs(m);
      mean[column] = m;
      scale[column] = constant ? 1 : deviation;
    }
    return new Standardizer(Tensor.vector(mean), Tensor.vector(scale));
  }

  /// The same examples with standardised features.
  public Dataset apply(Dataset dataset) {
    return dataset.withFeatures(apply(dataset.features()));
  }

  /// Standardised features, of shape `[size, features]` and the dtype they came in.
  public Tensor apply(Tensor features) {
    int columns = mean.size();
    if (features.rank() != 2 || features.shape().dim(1) != columns) {
      throw new GradusException(
          "standardizer", "features must be of shape [size, " + columns + "]", features.shape(), "use the columns it was fit on");
    }
    double[] x = features.toDoubles();
    double[] m = mean.toDoubles();
    double[] s = scale.toDoubles();
    for (int i = 0; i < x.length; i++) {
      int column = i % columns;
      x[i] = (x[i] - m[column]) / s[column];
    }
    return Tensor.of(Shape.of(features.shape().dim(0), columns), x).cast(features.dtype());
  }
}
