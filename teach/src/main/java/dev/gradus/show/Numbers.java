package dev.gradus.show;

import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Numbers as a blackboard shows them: a few significant digits and no more zeros than needed.
public final class Numbers {
  private static final int MOST_ROWS = 8;
  private static final int MOST_COLUMNS = 5;

  private Numbers() {}

  /// `x` to a number of significant digits, such as 0.00664806, 12 or 4.5e-9.
  public static String text(double x, int digits) {
    if (x == 0 || !Double.isFinite(x)) {
      return x == 0 ? "0" : Double.toString(x);
    }
    BigDecimal rounded = new BigDecimal(x).round(new MathContext(digits)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -5 && exponent < Math.max(7, digits)) {
      return rounded.toPlainString();
    }
    BigDecimal mantissa = rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros();
    return mantissa.toPlainString() + "e" + exponent;
  }

  /// `x` with a number of decimals, such as 0.9805.
  public static String fixed(double x, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", x);
  }

  /// `x` with every digit that tells it from its neighbours, without a trailing `.0`.
  public static String exact(double x) {
    return Tensor.scalar(x).toString();
  }

  /// A scalar with its digits; a vector on one line and a matrix on one line a row, columns aligned and large ones
  /// abbreviated; more axes as [Tensor#toString] prints them.
  public static String text(Tensor tensor, int digits) {
    return switch (tensor.rank()) {
      case 0 -> element(tensor, 0, digits);
      case 1 -> row(cells(tensor, 0, tensor.size(), digits), 0);
      case 2 -> matrix(tensor, digits);
      default -> tensor.toString();
    };
  }

  /// Element `at` of a tensor in row-major order, as its dtype is written.
  public static String element(Tensor tensor, int at, int digits) {
    Tensor flat = tensor.reshape(Shape.of(tensor.size()));
    return switch (tensor.dtype()) {
      case BOOL -> Boolean.toString(flat.get(at) != 0);
      case I32, I64 -> Long.toString(flat.getLong(at));
      case F32, F64 -> text(flat.get(at), digits);
    };
  }

  private static List<String> cells(Tensor tensor, int from, int count, int digits) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i == MOST_COLUMNS - 2 && count > MOST_COLUMNS) {
        cells.add("...");
        i = count - 1;
      }
      cells.add(element(tensor, from + i, digits));
    }
    return cells;
  }

  private static String row(List<String> cells, int width) {
    return "[" + String.join(", ", cells.stream().map(cell -> " ".repeat(Math.max(0, width - cell.length())) + cell).toList()) + "]";
  }

  private static String matrix(Tensor tensor, int digits) {
    int rows = tensor.shape().dim(0);
    int columns = tensor.shape().dim(1);
    List<List<String>> cells = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      if (i == MOST_ROWS - 2 && rows > MOST_ROWS) {
        cells.add(List.of("..."));
        i = rows - 1;
      }
      cells.add(cells(tensor, i * columns, columns, digits));
    }
    int width = cells.stream().flatMap(List::stream).mapToInt(String::length).max().orElse(0);
    List<String> lines = cells.stream().map(line -> line.equals(List.of("...")) ? " ..." : row(line, width)).toList();
    return "[" + String.join(",\n ", lines).replace(" ...,", " ...") + "]";
  }
}
