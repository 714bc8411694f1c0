package dev.gradus.teach.layout;

/// Numbers in a row, moved apart as little as possible.
final class Spread {
  private Spread() {}

  /// The numbers nearest to the wanted ones, by weighted squares, of which each is at least `distance` above the one before:
  /// isotonic regression by pooling neighbours that violate the order, in linear time (Ayer, Brunk, Ewing, Reid, Silverman,
  /// *An empirical distribution function for sampling with incomplete information*, 1955).
  static double[] apart(double[] wanted, double[] weights, double distance) {
    int count = wanted.length;
    double[] mean = new double[count];
    double[] weight = new double[count];
    int[] end = new int[count];
    int pools = 0;
    for (int i = 0; i < count; i++) {
      mean[pools] = wanted[i] - i * distance;
      weight[pools] = weights[i];
      end[pools++] = i + 1;
      while (pools > 1 && mean[pools - 2] >= mean[pools - 1]) {
        double both = weight[pools - 2] + weight[pools - 1];
        mean[pools - 2] = (mean[pools - 2] * weight[pools - 2] + mean[pools - 1] * weight[pools - 1]) / both;
        weight[pools - 2] = both;
        end[pools - 2] = end[pools - 1];
        pools--;
      }
    }
    double[] result = new double[count];
    int i = 0;
    for (int pool = 0; pool < pools; pool++) {
      for (; i < end[pool]; i++) {
        result[i] = mean[pool] + i * distance;
      }
    }
    return result;
  }
}
