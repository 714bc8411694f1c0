package dev.gradus.ops;

import static dev.gradus.ops.Ops.constant;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/// Ops that rearrange elements, against loops over indices.
class ArrangementLawsTest {
  private static Tensor run(Node node) {
    return Interpreter.run(node).of(node);
  }

  /// 0, 1, 2, ... in a shape.
  private static Tensor counted(int... dims) {
    return Tensor.arange(Shape.of(dims).size()).reshape(Shape.of(dims));
  }

  @Provide
  Arbitrary<int[]> shapes() {
    return Arbitraries.integers().between(0, 4).array(int[].class).ofMinSize(0).ofMaxSize(4);
  }

  @Provide
  Arbitrary<int[]> points() {
    return Arbitraries.integers().between(0, 5).array(int[].class).ofMaxSize(4);
  }

  @Provide
  Arbitrary<int[]> wanted() {
    return Arbitraries.integers().between(-4, 3).array(int[].class).ofMaxSize(5);
  }

  @Provide
  Arbitrary<int[]> stacks() {
    return Arbitraries.integers().between(1, 2).array(int[].class).ofMaxSize(2);
  }

  /// Every index of a shape, in row-major order.
  private static List<int[]> indices(int... dims) {
    List<int[]> all = new ArrayList<>();
    int size = Shape.of(dims).size();
    for (int flat = 0; flat < size; flat++) {
      int[] index = new int[dims.length];
      int rest = flat;
      for (int axis = dims.length - 1; axis >= 0; axis--) {
        index[axis] = rest % dims[axis];
        rest /= dims[axis];
      }
      all.add(index);
    }
    return all;
  }

  /// Python's own account of `slice.indices`, step by step.
  private static List<Integer> python(@Nullable Integer start, @Nullable Integer end, int step, int length) {
    int first = start == null ? (step > 0 ? 0 : length - 1) : start < 0 ? start + length : start;
    int last = end == null ? (step > 0 ? length : -1) : end < 0 ? end + length : end;
    if (start != null) {
      first = step > 0 ? Math.min(Math.max(first, 0), length) : Math.min(Math.max(first, -1), length - 1);
    }
    List<Integer> chosen = new ArrayList<>();
    for (int i = first; step > 0 ? i < Math.min(last, length) : i > Math.max(last, -1); i += step) {
      chosen.add(i);
    }
    return chosen;
  }

  @Property(seed = "21", tries = 1000)
  void slicesAsPython(
      @ForAll @IntRange(max = 6) int length,
      @ForAll @IntRange(min = -9, max = 9) int start,
      @ForAll @IntRange(min = -9, max = 9) int end,
      @ForAll @IntRange(min = -4, max = 4) int stride,
      @ForAll boolean openStart,
      @ForAll boolean openEnd) {
    int step = stride == 0 ? 1 : stride;
    Integer from = openStart ? null : Integer.valueOf(start);
    Integer to = openEnd ? null : Integer.valueOf(end);
    Node cut =
        Ops.slice(constant(counted(length, 2)), Collections.singletonList(from), Collections.singletonList(to), List.of(step));
    List<Integer> rows = python(from, to, step, length);
    long[] want = rows.stream().flatMap(row -> List.of(2L * row, 2L * row + 1).stream()).mapToLong(Long::longValue).toArray();
    assertEquals(Tensor.of(Shape.of(rows.size(), 2), want), run(cut));
  }

  @Property(seed = "22", tries = 200)
  void joiningThePartsGivesTheWhole(
      @ForAll("shapes") int[] dims, @ForAll("points") int[] points, @ForAll @IntRange(max = 3) int which) {
    if (dims.length == 0) {
      dims = new int[] {3};
    }
    int axis = which % dims.length;
    Arrays.sort(points);
    Node x = constant(counted(dims));
    assertEquals(counted(dims), run(Ops.concat(axis, Ops.splitAt(x, axis - dims.length, points))));
    if (dims[axis] > 0) {
      List<Node> slices = Ops.split(x, axis, dims[axis]).stream().map(part -> Ops.squeeze(part, axis)).toList();
      assertEquals(counted(dims), run(Ops.stack(axis, slices)));
    }
  }

  @Property(seed = "23", tries = 200)
  void flippingTwiceChangesNothing(@ForAll("shapes") int[] dims, @ForAll @IntRange(max = 3) int which) {
    Node x = constant(counted(dims));
    assertEquals(counted(dims), run(Ops.flip(Ops.flip(x))));
    if (dims.length > 0) {
      int axis = which % dims.length;
      Tensor flipped = run(Ops.flip(x, axis - dims.length));
      for (int[] index : indices(dims)) {
        int[] mirrored = index.clone();
        mirrored[axis] = dims[axis] - 1 - index[axis];
        assertEquals(counted(dims).getLong(mirrored), flipped.getLong(index));
      }
    }
  }

  @Property(seed = "24", tries = 200)
  void transposingMovesIndices(@ForAll("shapes") int[] dims, @ForAll long seed) {
    List<Integer> axes = new ArrayList<>(IntStream.range(0, dims.length).boxed().toList());
    Collections.shuffle(axes, new Random(seed));
    Node x = constant(counted(dims));
    int[] order = axes.stream().mapToInt(Integer::intValue).toArray();
    Tensor turned = dims.length == 0 ? run(Ops.transpose(x)) : run(Ops.transpose(x, order));
    for (int[] index : indices(dims)) {
      assertEquals(counted(dims).getLong(index), turned.getLong(axes.stream().mapToInt(axis -> index[axis]).toArray()));
    }
    int[] back = IntStream.range(0, dims.length).map(axes::indexOf).toArray();
    assertEquals(counted(dims), run(Ops.transpose(dims.length == 0 ? x : Ops.transpose(x, order), back)));
    assertEquals(counted(dims), run(Ops.transpose(Ops.transpose(x))));
  }

  @Property(seed = "25", tries = 200)
  void takesElementByElement(
      @ForAll("shapes") int[] dims, @ForAll @IntRange(max = 3) int which, @ForAll("wanted") int[] wanted) {
    if (dims.length == 0 || dims[which % dims.length] == 0) {
      dims = new int[] {2, 3};
    }
    int axis = which % dims.length;
    int length = dims[axis];
    long[] chosen = Arrays.stream(wanted).mapToLong(i -> i < -length || i >= length ? i % length : i).toArray();
    Tensor taken = run(Ops.take(constant(counted(dims)), constant(Tensor.of(Shape.of(chosen.length), chosen)), axis));
    int[] result = dims.clone();
    result[axis] = chosen.length;
    assertEquals(Shape.of(result), taken.shape());
    for (int[] index : indices(result)) {
      int[] from = index.clone();
      from[axis] = (int) chosen[index[axis]];
      assertEquals(counted(dims).getLong(from), taken.getLong(index));
    }
  }

  @Property(seed = "26", tries = 200)
  void broadcastsByIndices(@ForAll("shapes") int[] dims, @ForAll @IntRange(max = 15) int squeezed, @ForAll @IntRange(max = 4) int dropped) {
    int lead = Math.min(dropped, dims.length);
    int[] small = Arrays.copyOfRange(dims, lead, dims.length);
    for (int axis = 0; axis < small.length; axis++) {
      small[axis] = (squeezed >> axis & 1) == 1 ? 1 : small[axis];
    }
    Tensor wide = run(Ops.broadcastTo(constant(counted(small)), dims));
    Tensor added = run(Ops.add(constant(counted(dims)), constant(counted(small))));
    for (int[] index : indices(dims)) {
      int[] from = Arrays.copyOfRange(index, lead, index.length);
      for (int axis = 0; axis < small.length; axis++) {
        from[axis] = Math.min(from[axis], small[axis] - 1);
      }
      assertEquals(counted(small).getLong(from), wide.getLong(index));
      assertEquals(counted(dims).getLong(index) + counted(small).getLong(from), added.getLong(index));
    }
  }

  /// Sums over some axes, then over the rest, are sums over all; each is the sum by a loop.
  @Property(seed = "27", tries = 200)
  void sumsByIndices(@ForAll("shapes") int[] dims, @ForAll @IntRange(max = 15) int chosen) {
    int[] axes = IntStream.range(0, dims.length).filter(axis -> (chosen >> axis & 1) == 1).toArray();
    if (axes.length == 0) {
      return;
    }
    Tensor sums = run(Ops.sum(constant(counted(dims)), true, axes));
    int[] kept = dims.clone();
    for (int axis : axes) {
      kept[axis] = 1;
    }
    long[] want = new long[Shape.of(kept).size()];
    for (int[] index : indices(dims)) {
      int flat = 0;
      for (int axis = 0; axis < dims.length; axis++) {
        flat = flat * kept[axis] + Math.min(index[axis], kept[axis] - 1);
      }
      want[flat] += counted(dims).getLong(index);
    }
    assertEquals(Tensor.of(Shape.of(kept), want), sums);
    assertEquals(run(Ops.sum(constant(counted(dims)))), run(Ops.sum(constant(sums))));
  }

  @Property(seed = "28", tries = 300)
  void matrixProductsByThreeLoops(
      @ForAll @IntRange(max = 3) int n,
      @ForAll @IntRange(max = 3) int inner,
      @ForAll @IntRange(max = 3) int m,
      @ForAll("stacks") int[] stack,
      @ForAll @IntRange(max = 3) int dropX,
      @ForAll @IntRange(max = 3) int dropY,
      @ForAll boolean vectorX,
      @ForAll boolean vectorY) {
    int[] stackX = Arrays.copyOfRange(stack, Math.min(dropX, stack.length), stack.length);
    int[] stackY = Arrays.copyOfRange(stack, Math.min(dropY, stack.length), stack.length);
    int[] dimsX = vectorX ? new int[] {inner} : join(stackX, n, inner);
    int[] dimsY = vectorY ? new int[] {inner} : join(stackY, inner, m);
    Tensor x = counted(dimsX);
    Tensor y = counted(dimsY);
    Tensor product = run(Ops.matmul(constant(x), constant(y)));
    int[] stackOut = vectorX ? (vectorY ? new int[0] : stackY) : vectorY ? stackX : stackX.length > stackY.length ? stackX : stackY;
    int[] dims = join(stackOut, vectorX ? new int[0] : new int[] {n}, vectorY ? new int[0] : new int[] {m});
    assertEquals(Shape.of(dims), product.shape());
    for (int[] index : indices(dims)) {
      int row = vectorX ? 0 : index[stackOut.length];
      int column = vectorY ? 0 : index[index.length - 1];
      long want = 0;
      for (int j = 0; j < inner; j++) {
        long left = vectorX ? x.getLong(j) : x.getLong(join(part(index, stackOut.length, stackX.length), row, j));
        long right = vectorY ? y.getLong(j) : y.getLong(join(part(index, stackOut.length, stackY.length), j, column));
        want += left * right;
      }
      assertEquals(want, product.getLong(index));
    }
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withChars("ijk").ofMaxLength(3);
  }

  /// An index for each letter, one after the other; the letters of the words pick what is multiplied, those of the result where
  /// it is added.
  @Property(seed = "29", tries = 500)
  void einsumsByIndices(@ForAll("words") String first, @ForAll("words") String second, @ForAll("words") String third, @ForAll boolean three, @ForAll int chosen) {
    List<String> words = three ? List.of(first, second, third) : List.of(first, second);
    String letters = String.join("", words).chars().distinct().mapToObj(Character::toString).collect(Collectors.joining());
    String result = letters.chars().filter(letter -> (chosen >> letter & 1) == 1).mapToObj(Character::toString).collect(Collectors.joining());
    List<Node> x = new ArrayList<>();
    words.forEach(word -> x.add(constant(counted(sizes(word)))));
    Tensor got = run(Ops.einsum(String.join(",", words) + "->" + result, x));
    long[] want = new long[Shape.of(sizes(result)).size()];
    for (int[] index : indices(sizes(letters))) {
      long product = 1;
      for (String word : words) {
        product *= flat(word, letters, index);
      }
      want[flat(result, letters, index)] += product;
    }
    assertEquals(Tensor.of(Shape.of(sizes(result)), want), got);
  }

  private static int[] sizes(String word) {
    return word.chars().map(letter -> letter - 'i' + 1).toArray();
  }

  /// Where the element of an operand with these letters stands, which is also its value.
  private static int flat(String word, String letters, int[] index) {
    int flat = 0;
    for (int axis = 0; axis < word.length(); axis++) {
      flat = flat * sizes(word)[axis] + index[letters.indexOf(word.charAt(axis))];
    }
    return flat;
  }

  private static int[] part(int[] index, int stack, int length) {
    return Arrays.copyOfRange(index, stack - length, stack);
  }

  private static int[] join(int[] first, int... more) {
    int[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  private static int[] join(int[] first, int[] second, int[] third) {
    return join(join(first, second), third);
  }
}
