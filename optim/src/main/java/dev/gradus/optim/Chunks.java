package dev.gradus.optim;

import dev.gradus.data.Dataset;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;

/// Tensors cut along their first axis and put together again.
final class Chunks {
  private Chunks() {}

  /// The rows in pieces of `size`, the last one smaller.
  static List<Tensor> of(Tensor all, int size) {
    if (all.rank() > 0 && all.shape().dim(0) <= size) {
      return List.of(all);
    }
    return Dataset.of(all, all).batches(size).stream().map(Dataset::features).toList();
  }

  /// The rows of all pieces.
  static Tensor joined(List<Tensor> pieces) {
    if (pieces.size() == 1) {
      return pieces.getFirst();
    }
    int rows = 0;
    int size = 0;
    for (Tensor piece : pieces) {
      rows += piece.shape().dim(0);
      size += piece.size();
    }
    double[] all = new double[size];
    int at = 0;
    for (Tensor piece : pieces) {
      System.arraycopy(piece.toDoubles(), 0, all, at, piece.size());
      at += piece.size();
    }
    int[] dims = pieces.getFirst().shape().dims();
    dims[0] = rows;
    return Tensor.of(Shape.of(dims), all).cast(pieces.getFirst().dtype());
  }
}
