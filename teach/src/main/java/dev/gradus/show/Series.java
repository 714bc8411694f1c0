package dev.gradus.show;

import dev.gradus.tensor.Tensor;

/// The points of one curve, or single ones.
///
/// @param isJoined whether they form a curve
record Series(String label, boolean isJoined, Tensor x, Tensor y) {
  Series {
    if (x.rank() != 1 || !x.shape().equals(y.shape())) {
      throw new IllegalArgumentException("a curve needs two vectors of one length, but got " + x.shape() + " and " + y.shape());
    }
  }

  int size() {
    return x.size();
  }

  boolean isFinite(int i) {
    return Double.isFinite(x.get(i)) && Double.isFinite(y.get(i));
  }
}
