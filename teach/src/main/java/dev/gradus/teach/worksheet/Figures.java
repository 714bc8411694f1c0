package dev.gradus.teach.worksheet;

import dev.gradus.show.Numbers;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Numbers as a worksheet writes them: all digits of a short one, and four of any other, after a ≈.
final class Figures {
  /// A number with more digits is rounded.
  private static final int MOST_DIGITS = 6;

  private static final int DIGITS = 4;
  private static final double EXACT = 1e-12;

  private Figures() {}

  /// Whether what is written is the number, but for the rounding of floating-point arithmetic.
  static boolean isExact(double x) {
    return Double.isFinite(x) && Math.abs(Double.parseDouble(Numbers.text(x, MOST_DIGITS)) - x) <= EXACT * Math.abs(x);
  }

  static String text(double x) {
    if (!Double.isFinite(x)) {
      return Double.isNaN(x) ? "NaN" : x > 0 ? "∞" : "−∞";
    }
    return isExact(x) ? Numbers.text(x, MOST_DIGITS).replace('-', '−') : "≈ " + Numbers.text(x, DIGITS).replace('-', '−');
  }

  /// Whether a text is the number, and the number is finite.
  static boolean isWhole(String text) {
    return !text.startsWith("≈") && !text.endsWith("∞") && !text.equals("NaN");
  }

  static List<String> elements(Tensor tensor) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < tensor.size(); i++) {
      all.add(tensor.dtype().isFloating() ? text(tensor.toDoubles()[i]) : Numbers.element(tensor, i, DIGITS).replace('-', '−'));
    }
    return all;
  }

  /// How many elements a row has.
  static int columns(Tensor tensor) {
    return tensor.rank() == 0 ? 1 : tensor.shape().dim(-1);
  }

  /// On one line, with its brackets.
  static String text(Tensor tensor) {
    return nested(elements(tensor), tensor);
  }

  /// A text for every element, in the brackets of a tensor.
  static String nested(List<String> elements, Tensor tensor) {
    List<String> parts = elements;
    for (int axis = tensor.rank() - 1; axis >= 0; axis--) {
      int count = tensor.shape().dim(axis);
      List<String> joined = new ArrayList<>();
      for (int i = 0; i + count <= parts.size() && count > 0; i += count) {
        joined.add("[" + String.join(", ", parts.subList(i, i + count)) + "]");
      }
      parts = joined;
    }
    return parts.isEmpty() ? "[]" : parts.getFirst();
  }
}
