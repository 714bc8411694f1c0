package dev.gradus.tensor;

/// Tensors as text: like NumPy, and short enough for a debugger.
final class TensorText {
  private static final int MOST = 60;
  private static final int EDGE = 3;
  private static final int LONGEST = 560;

  private TensorText() {}

  static String of(Tensor tensor) {
    StringBuilder text = new StringBuilder();
    boolean abbreviated = tensor.size() > MOST || tensor.size() == 0;
    write(tensor, 0, 0, tensor.size(), abbreviated, text);
    if (text.length() > LONGEST) {
      text.setLength(LONGEST);
      text.append(" ...");
    }
    boolean plain = tensor.dtype() == DType.F64;
    return (plain ? "" : tensor.dtype() + " ") + text + (abbreviated ? " of shape " + tensor.shape() : "");
  }

  /// Writes the part of `span` elements from `start`; stops soon after the text is long enough.
  private static void write(Tensor tensor, int depth, int start, int span, boolean abbreviate, StringBuilder into) {
    if (depth == tensor.rank()) {
      into.append(element(tensor.element(start)));
      return;
    }
    int length = tensor.shape().dim(depth);
    int inner = length == 0 ? 0 : span / length;
    into.append('[');
    for (int i = 0; i < length && into.length() <= LONGEST; i++) {
      into.append(i == 0 ? "" : ", ");
      if (abbreviate && i == EDGE && length > 2 * EDGE) {
        into.append("..., ");
        i = length - EDGE;
      }
      write(tensor, depth + 1, start + i * inner, inner, abbreviate, into);
    }
    into.append(']');
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
