package dev.gradus.compile.matrix;

/// What is left to do with a part of C besides adding up.
final class Scaling {
  private Scaling() {}

  /// Multiplies a part of C.
  static void scale(Layout layout, Gemm.Part part, double beta, Object c, int cAt) {
    for (int i = part.rowFrom(); i < part.rowTo(); i++) {
      int row = cAt + layout.cRow[i];
      for (int j = part.columnFrom(); j < part.columnTo(); j++) {
        if (c instanceof float[] floats) {
          floats[row + layout.cColumn[j]] *= (float) beta;
        } else if (c instanceof double[] doubles) {
          doubles[row + layout.cColumn[j]] *= beta;
        }
      }
    }
  }

  /// Writes `alpha · sum`, added to what was there or to 0, for sums that lie row by row.
  static void add(
      Layout layout, int row, int rows, int column, int columns, double alpha, Object sums, int width, boolean adds, Object c, int cAt) {
    if (c instanceof float[] floats) {
      float[] from = (float[]) sums;
      float by = (float) alpha;
      for (int i = 0; i < rows; i++) {
        int at = cAt + layout.cRow[row + i];
        for (int j = 0; j < columns; j++) {
          int to = at + layout.cColumn[column + j];
          float sum = from[i * width + j];
          floats[to] = Math.fma(by, sum, adds ? floats[to] : 0);
        }
      }
    } else {
      double[] from = (double[]) sums;
      double[] doubles = (double[]) c;
      for (int i = 0; i < rows; i++) {
        int at = cAt + layout.cRow[row + i];
        for (int j = 0; j < columns; j++) {
          int to = at + layout.cColumn[column + j];
          double sum = from[i * width + j];
          doubles[to] = Math.fma(alpha, sum, adds ? doubles[to] : 0);
        }
      }
    }
  }
}
