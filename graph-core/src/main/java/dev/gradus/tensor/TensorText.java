package dev.gradus.tensor;

import java.util.ArrayList;
import java.util.List;

/// Tensors as text: like NumPy, and short enough for a debugger.
final class TensorText {
  private static final int MOST = 60;
  private static final int EDGE = 3;
  private static final int LONGEST = 560;

  private TensorText() {}

  static String of(Tensor tensor) {
    StringBuilder text = new StringBuilder();
    write(tensor, 0, 0, tensor.size(), tensor.size() > MOST, text);
    if (text.length() > LONGEST) {
      text.setLength(LONGEST);
      text.append(" ...");
    }
    boolean plain = tensor.dtype() == DType.F64;
    boolean abbreviated = tensor.size() > MOST || tensor.size() == 0;
    return (plain ? "" : tensor.dtype() + " ") + text + (abbreviated ? " of shape " + tensor.shape() : "");
  }

  private static void write(Tensor tensor, int depth, int start, int span, boolean abbreviate, StringBuilder into) {
    if (into.length() > LONGEST) {
      return;
    }
    if (depth == tensor.rank()) {
      into.append(element(tensor.element(start)));
      return;
    }
    int length = tensor.shape().dim(depth);
    int inner = length == 0 ? 0 : span / length;
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      if (abbreviate && i == EDGE && length > 2 * EDGE) {
        parts.add("...");
        i = length - EDGE;
      }
      StringBuilder part = new StringBuilder();
      write(tensor, depth + 1, start + i * inner, inner, abbreviate, part);
      parts.add(part.toString());
    }
    into.append('[').append(String.join(", ", parts)).append(']');
  }

  private static String element(Object element) {
    if (element instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Double.doubleToRawLongBits(number) == Double.doubleToRawLongBits(-0.0)
          ? "-0"
          : Long.toString(number.longValue());
    }
    return String.valueOf(element);
  }
}
