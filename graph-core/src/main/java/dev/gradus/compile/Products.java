package dev.gradus.compile;

/// Matrix products of arrays.
final class Products {
  private Products() {}

  static void multiply(
      Contraction plan, double alpha, Object a, int aAt, Object b, int bAt, double beta, Object c, int cAt, Settings settings) {
    int aRow = plan.transposedA() ? 1 : plan.lda();
    int aSum = plan.transposedA() ? plan.lda() : 1;
    int bSum = plan.transposedB() ? 1 : plan.ldb();
    int bColumn = plan.transposedB() ? plan.ldb() : 1;
    for (int i = 0; i < plan.m(); i++) {
      for (int j = 0; j < plan.n(); j++) {
        double sum = 0;
        for (int k = 0; k < plan.k(); k++) {
          sum += get(a, aAt + i * aRow + k * aSum) * get(b, bAt + k * bSum + j * bColumn);
        }
        sum *= alpha;
        int at = cAt + i * plan.ldc() + j;
        if (c instanceof double[] doubles) {
          doubles[at] = beta == 0 ? sum : doubles[at] + sum;
        } else {
          float[] floats = (float[]) c;
          floats[at] = (float) (beta == 0 ? sum : floats[at] + sum);
        }
      }
    }
  }

  private static double get(Object array, int at) {
    return array instanceof double[] doubles ? doubles[at] : ((float[]) array)[at];
  }
}
