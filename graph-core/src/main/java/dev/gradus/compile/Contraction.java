package dev.gradus.compile;

import dev.gradus.graph.Contract;
import dev.gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A contraction as matrix products: axes of one kind joined into one where strides allow, the others as a batch.
///
/// @param m rows of the result, after operands were perhaps exchanged
/// @param n columns of the result
/// @param k what is summed over
/// @param exchanged whether the right operand is the first of the product
/// @param transposedA whether the first operand is read transposed
/// @param lda distance between rows, as they lie, of the first operand
/// @param batch further axes, outermost first: products are repeated over them
record Contraction(
    int m, int n, int k, boolean exchanged, boolean transposedA, int lda, boolean transposedB, int ldb, int ldc, List<Axis> batch) {

  /// An axis of a contraction.
  ///
  /// @param size its length
  /// @param left its stride in the left operand, 0 where it has none
  /// @param right the same for the right operand
  /// @param out the same for the result; 0 for an axis that is summed over
  record Axis(int size, int left, int right, int out, boolean isSummed) {}

  /// A group of axes that is one.
  private record Joined(int size, int left, int right, int out) {
    static final Joined NONE = new Joined(1, 0, 0, 0);
  }

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
        axes.add(new Axis(axis[0], axis[1], axis[2], axis[3], words[2].indexOf(letter) < 0));
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

  /// The contraction as matrix products, or null where strides do not allow it, or it is better done by a loop.
  static @Nullable Contraction of(Value value, int[] left, int[] right) {
    if (!value.type.dtype().isFloating() || value.size() == 0) {
      return null;
    }
    List<Axis> rows = new ArrayList<>();
    List<Axis> columns = new ArrayList<>();
    List<Axis> sums = new ArrayList<>();
    List<Axis> batch = new ArrayList<>();
    String[] words = ((Contract) java.util.Objects.requireNonNull(value.op)).equation().split("->|,", -1);
    List<Axis> axes = axes(value, left, right);
    int at = 0;
    for (char letter : letters(words, value)) {
      Axis axis = axes.get(at++);
      boolean inLeft = words[0].indexOf(letter) >= 0;
      boolean inRight = words[1].indexOf(letter) >= 0;
      if (axis.size == 0) {
        return null;
      }
      (axis.isSummed ? sums : inLeft && inRight ? batch : inLeft ? rows : columns).add(axis);
    }
    Joined m = join(rows, batch, axis -> new int[] {axis.left, axis.out});
    Joined n = join(columns, batch, axis -> new int[] {axis.right, axis.out});
    sums.sort(Comparator.comparingInt((Axis axis) -> -Math.abs(axis.left)));
    Joined k = join(sums, batch, axis -> new int[] {axis.left, axis.right});
    long work = (long) m.size * n.size * k.size;
    if (work < 64 || k.size == 1 || (m.size == 1 && n.size == 1)) {
      return null;
    }
    boolean exchanged = !(n.out == 1 || n.size == 1) && (m.out == 1 || m.size == 1);
    if (!exchanged && n.out != 1 && n.size != 1) {
      return null;
    }
    Joined rowsOf = exchanged ? n : m;
    Joined columnsOf = exchanged ? m : n;
    int aRow = exchanged ? n.right : m.left;
    int aSum = exchanged ? k.right : k.left;
    int bColumn = exchanged ? m.left : n.right;
    int bSum = exchanged ? k.left : k.right;
    boolean plainA = (aSum == 1 || k.size == 1) && fits(aRow, rowsOf.size, k.size);
    boolean turnedA = !plainA && (aRow == 1 || rowsOf.size == 1) && fits(aSum, k.size, rowsOf.size);
    boolean plainB = (bColumn == 1 || columnsOf.size == 1) && fits(bSum, k.size, columnsOf.size);
    boolean turnedB = !plainB && (bSum == 1 || k.size == 1) && fits(bColumn, columnsOf.size, k.size);
    if (!(plainA || turnedA) || !(plainB || turnedB) || !fits(rowsOf.out, rowsOf.size, columnsOf.size)) {
      return null;
    }
    return new Contraction(
        rowsOf.size,
        columnsOf.size,
        k.size,
        exchanged,
        turnedA,
        turnedA ? leading(aSum, k.size, rowsOf.size) : leading(aRow, rowsOf.size, k.size),
        turnedB,
        turnedB ? leading(bColumn, columnsOf.size, k.size) : leading(bSum, k.size, columnsOf.size),
        leading(rowsOf.out, rowsOf.size, columnsOf.size),
        batch);
  }

  private static List<Character> letters(String[] words, Value value) {
    List<Character> order = new ArrayList<>();
    add(order, words[2], value.type.shape());
    add(order, words[0], value.operand(0).type.shape());
    add(order, words[1], value.operand(1).type.shape());
    return order;
  }

  private static void add(List<Character> order, String word, Shape shape) {
    for (int i = 0; i < word.length(); i++) {
      if (shape.dim(i) != 1 && !order.contains(word.charAt(i))) {
        order.add(word.charAt(i));
      }
    }
  }

  /// Whether rows may be `stride` apart.
  private static boolean fits(int stride, int rows, int columns) {
    return rows == 1 || stride >= columns;
  }

  private static int leading(int stride, int rows, int columns) {
    return rows == 1 ? Math.max(1, columns) : stride;
  }

  private interface Strides {
    int[] of(Axis axis);
  }

  /// Joins the innermost axes that lie one in the other; what is left outside goes to the batch.
  private static Joined join(List<Axis> axes, List<Axis> batch, Strides strides) {
    if (axes.isEmpty()) {
      return Joined.NONE;
    }
    Axis inner = axes.getLast();
    int size = inner.size;
    int i = axes.size() - 2;
    for (; i >= 0; i--) {
      Axis outer = axes.get(i);
      int[] of = strides.of(outer);
      int[] before = strides.of(inner);
      if (of[0] != before[0] * size || of[1] != before[1] * size) {
        break;
      }
      size *= outer.size;
    }
    for (int rest = 0; rest <= i; rest++) {
      batch.add(axes.get(rest));
    }
    return new Joined(size, inner.left, inner.right, inner.out);
  }

  /// Whether operands that are views are better copied in order than read where they are: where strides allow no products, or
  /// many small ones.
  static boolean wantsCopies(Value value) {
    Affine left = Affine.of(value.operand(0));
    Affine right = Affine.of(value.operand(1));
    Contraction asTheyAre = of(value, left.strides(), right.strides());
    if (asTheyAre != null && asTheyAre.products() == 1) {
      return false;
    }
    Contraction copied = of(value, Affine.whole(value.operand(0)).strides(), Affine.whole(value.operand(1)).strides());
    return copied != null && (asTheyAre == null || asTheyAre.products() > 4L * copied.products());
  }

  /// Whether a contraction is done by matrix products.
  static boolean isProducts(Value value) {
    return wantsCopies(value) || of(value, Affine.of(value.operand(0)).strides(), Affine.of(value.operand(1)).strides()) != null;
  }

  /// The number of matrix products.
  int products() {
    int count = 1;
    for (Axis axis : batch) {
      count *= axis.size;
    }
    return count;
  }

  /// Multiplications and additions.
  long operations() {
    long all = 2L * m * n * k;
    for (Axis axis : batch) {
      all *= axis.size;
    }
    return all;
  }
}
