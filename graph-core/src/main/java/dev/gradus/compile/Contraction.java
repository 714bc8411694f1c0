package dev.gradus.compile;

import dev.gradus.compile.matrix.Layout;
import dev.gradus.graph.Contract;
import dev.gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/// A contraction as matrix products: axes of the left operand alone are the rows, those of the right alone the columns, those
/// that both have and the result as well count the products.
///
/// @param layout where the elements of a product's matrices are
/// @param isExchanged whether the right operand is the first of the product
/// @param firstAt where each product's first matrix starts
record Contraction(Layout layout, boolean isExchanged, List<Integer> firstAt, List<Integer> secondAt, List<Integer> resultAt) {
  /// Up to so many multiplications a loop is as good.
  private static final long FEW = 64;

  /// An axis of a contraction.
  ///
  /// @param size its length
  /// @param left its stride in the left operand, 0 where it has none
  /// @param right the same for the right operand
  /// @param out the same for the result; 0 for an axis that is summed over
  record Axis(int size, int left, int right, int out, Kind kind) {}

  /// What an axis is to the matrix products.
  enum Kind { ROW, COLUMN, SUM, COUNT }

  /// The axes of a contraction that are longer than 1.
  static List<Axis> axes(Value value, int[] left, int[] right) {
    Contract op = (Contract) value.op;
    if (op == null) {
      throw new IllegalStateException("not a contraction: " + value);
    }
    String equation = op.equation();
    String[] words = equation.split("->|,", -1);
    Map<Character, int[]> byLetter = new HashMap<>();
    List<Character> order = new ArrayList<>();
    collect(byLetter, order, words[2], value.type.shape(), value.type.shape().strides(), 3);
    collect(byLetter, order, words[0], value.operand(0).type.shape(), left, 1);
    collect(byLetter, order, words[1], value.operand(1).type.shape(), right, 2);
    List<Axis> axes = new ArrayList<>();
    for (char letter : order) {
      int[] axis = byLetter.get(letter);
      if (axis != null && axis[0] != 1) {
        boolean isSummed = words[2].indexOf(letter) < 0;
        boolean inLeft = words[0].indexOf(letter) >= 0;
        boolean inRight = words[1].indexOf(letter) >= 0;
        Kind kind = isSummed ? Kind.SUM : inLeft && inRight ? Kind.COUNT : inLeft ? Kind.ROW : Kind.COLUMN;
        axes.add(new Axis(axis[0], axis[1], axis[2], axis[3], kind));
      }
    }
    return axes;
  }

  private static void collect(
      Map<Character, int[]> byLetter, List<Character> order, String word, Shape shape, int[] strides, int column) {
    for (int i = 0; i < word.length(); i++) {
      char letter = word.charAt(i);
      int[] axis = byLetter.computeIfAbsent(letter, key -> {
        order.add(key);
        return new int[] {1, 0, 0, 0};
      });
      axis[0] = shape.dim(i);
      axis[column] = strides[i];
    }
  }

  /// Whether a contraction is done by matrix products; if not, a loop over all axes is better.
  static boolean isProducts(Value value) {
    if (!(value.op instanceof Contract) || !value.type.dtype().isFloating() || value.size() == 0) {
      return false;
    }
    long rows = 1;
    long columns = 1;
    long sums = 1;
    for (Axis axis : axes(value, value.operand(0).type.shape().strides(), value.operand(1).type.shape().strides())) {
      switch (axis.kind) {
        case ROW -> rows *= axis.size;
        case COLUMN -> columns *= axis.size;
        case SUM -> sums *= axis.size;
        case COUNT -> {}
      }
    }
    return rows * columns * sums >= FEW && sums > 1 && rows * columns > 1;
  }

  /// A contraction for which [#isProducts] holds, as matrix products of operands with these strides.
  static Contraction of(Value value, Affine left, Affine right) {
    List<Axis> axes = axes(value, left.strides(), right.strides());
    List<Axis> rows = select(axes, Kind.ROW, Axis::out);
    List<Axis> columns = select(axes, Kind.COLUMN, Axis::out);
    // The result is written along columns.
    boolean isExchanged = run(rows) > run(columns);
    ToIntFunction<Axis> first = isExchanged ? Axis::right : Axis::left;
    ToIntFunction<Axis> second = isExchanged ? Axis::left : Axis::right;
    List<Axis> firsts = isExchanged ? columns : rows;
    List<Axis> seconds = isExchanged ? rows : columns;
    List<Axis> sums = select(axes, Kind.SUM, axis -> Math.abs(first.applyAsInt(axis)));
    List<Axis> counts = select(axes, Kind.COUNT, Axis::out);
    Layout layout =
        new Layout(
            places(firsts, 0, first), places(sums, 0, first),
            places(sums, 0, second), places(seconds, 0, second),
            places(firsts, 0, Axis::out), places(seconds, 0, Axis::out));
    return new Contraction(
        layout,
        isExchanged,
        Affine.list(places(counts, (isExchanged ? right : left).offset(), first)),
        Affine.list(places(counts, (isExchanged ? left : right).offset(), second)),
        Affine.list(places(counts, 0, Axis::out)));
  }

  /// The axes of a kind, those with the longest strides first.
  private static List<Axis> select(List<Axis> axes, Kind kind, ToIntFunction<Axis> stride) {
    return axes.stream()
        .filter(axis -> axis.kind == kind)
        .sorted(Comparator.comparingInt(stride).reversed())
        .toList();
  }

  /// The number of neighbours in the result that these axes give.
  private static int run(List<Axis> axes) {
    int run = 1;
    for (Axis axis : axes.reversed()) {
      if (axis.out != run) {
        break;
      }
      run *= axis.size;
    }
    return run;
  }

  /// The places of all elements that axes lead to, in order.
  private static int[] places(List<Axis> axes, int start, ToIntFunction<Axis> stride) {
    int[] places = {start};
    for (Axis axis : axes) {
      int[] more = new int[places.length * axis.size];
      for (int i = 0; i < more.length; i++) {
        more[i] = places[i / axis.size] + i % axis.size * stride.applyAsInt(axis);
      }
      places = more;
    }
    return places;
  }

  /// The number of matrix products.
  int products() {
    return firstAt.size();
  }

  /// Multiplications and additions.
  long operations() {
    return 2L * layout.m() * layout.n() * layout.k() * products();
  }
}
