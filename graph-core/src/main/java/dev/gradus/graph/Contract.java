package dev.gradus.graph;

import com.google.common.base.CharMatcher;
import dev.gradus.GradusException;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import dev.gradus.tensor.raw.RawTensors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The *contract* primitive: a generalised, batched matrix product of two operands. Each axis carries a letter;
/// axes with the same letter run together, and letters missing from the result are summed over. `"ij,jk->ik"` is
/// the matrix product, `"bij,bjk->bik"` a batch of them, `"i,j->ij"` the outer product.
///
/// Within one operand, and within the result, letters differ; each letter stands in at least two of the three, so
/// that the pullback of a contraction is again one.
///
/// @param equation the letters, `left,right->result`
public record Contract(String equation) implements Primitive {

  /// The three words of the equation.
  private record Letters(String left, String right, String result) {}

  private Letters letters() {
    int comma = equation.indexOf(',');
    int arrow = equation.indexOf("->");
    if (comma < 0 || arrow < comma) {
      throw invalid("the equation must read left,right->result");
    }
    return new Letters(
        equation.substring(0, comma), equation.substring(comma + 1, arrow), equation.substring(arrow + 2));
  }

  private GradusException invalid(String rule) {
    return new GradusException("contract", rule, "\"" + equation + "\"", "write it as in ij,jk->ik");
  }

  @Override
  public String name() {
    return "contract";
  }

  @Override
  public TensorType type(List<TensorType> x) {
    Letters letters = letters();
    requireDistinct(letters.left);
    requireDistinct(letters.right);
    requireDistinct(letters.result);
    for (int i = 0; i < letters.left.length(); i++) {
      requireElsewhere(letters.left.charAt(i), letters.right, letters.result);
    }
    for (int i = 0; i < letters.right.length(); i++) {
      requireElsewhere(letters.right.charAt(i), letters.left, letters.result);
    }
    DType dtype = Typing.Rule.NUMERIC.result("contract", x);
    Shape left = x.get(0).shape();
    Shape right = x.get(1).shape();
    requireRank(letters.left, left);
    requireRank(letters.right, right);
    for (int i = 0; i < letters.left.length(); i++) {
      int other = letters.right.indexOf(letters.left.charAt(i));
      if (other >= 0 && left.dim(i) != right.dim(other)) {
        throw new GradusException(
            "contract", "axes of one letter must have one size", left + " and " + right + " in " + equation, "check them");
      }
    }
    int[] dims = new int[letters.result.length()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = size(letters, letters.result.charAt(i), left, right);
    }
    return new TensorType(Shape.of(dims), dtype);
  }

  private int size(Letters letters, char letter, Shape left, Shape right) {
    int at = letters.left.indexOf(letter);
    int other = letters.right.indexOf(letter);
    if (at < 0 && other < 0) {
      throw invalid("each letter of the result must stand in an operand");
    }
    return at >= 0 ? left.dim(at) : right.dim(other);
  }

  private void requireDistinct(String word) {
    if (word.chars().distinct().count() != word.length()) {
      throw invalid("letters must differ within a word");
    }
  }

  private void requireElsewhere(char letter, String second, String third) {
    if (second.indexOf(letter) < 0 && third.indexOf(letter) < 0) {
      throw invalid("each letter must stand in two of the three words");
    }
  }

  private void requireRank(String word, Shape shape) {
    if (word.length() != shape.rank()) {
      throw new GradusException(
          "contract", "an operand has one letter for each axis", shape + " for \"" + word + "\"", "check the equation");
    }
  }

  @Override
  public Tensor evaluate(TensorType result, List<Tensor> x) {
    Letters letters = letters();
    Tensor left = x.get(0);
    Tensor right = x.get(1);
    int[] outer = result.shape().dims();
    int last = outer.length - 1;
    int row = 1;
    if (last >= 0 && letters.left.indexOf(letters.result.charAt(last)) < 0) {
      row = outer[last];
      outer[last] = 1;
      String order = moveToEnd(letters.result.charAt(last), letters.right);
      right = permuted(right, letters.right, order);
      letters = new Letters(letters.left, order, letters.result);
    }
    String summed = CharMatcher.anyOf(letters.result).removeFrom(letters.left);
    int[] inner = new int[summed.length()];
    for (int i = 0; i < inner.length; i++) {
      inner[i] = left.shape().dim(letters.left.indexOf(summed.charAt(i)));
    }
    int[] leftStarts = Strided.offsets(outer, strides(letters.result, letters.left, left.shape()), 0);
    int[] rightStarts = Strided.offsets(outer, strides(letters.result, letters.right, right.shape()), 0);
    int[] leftSteps = Strided.offsets(inner, strides(summed, letters.left, left.shape()), 0);
    int[] rightSteps = Strided.offsets(inner, strides(summed, letters.right, right.shape()), 0);
    if (result.dtype().isFloating()) {
      double[] a = Strided.doubles(left, left.shape());
      double[] b = Strided.doubles(right, right.shape());
      return Strided.rounded(result, sums(a, leftStarts, leftSteps, b, rightStarts, rightSteps, row));
    }
    long[] a = Strided.longs(left, left.shape());
    long[] b = Strided.longs(right, right.shape());
    long[] exact = sums(a, leftStarts, leftSteps, b, rightStarts, rightSteps, row);
    return RawTensors.wrap(result.shape(), exact).cast(result.dtype());
  }

  /// The sums, a row of the result at a time: where its last axis belongs to the right operand alone, the innermost loop
  /// runs over neighbours in memory; else a row is one element. Every element adds its products in the order of the
  /// summed axes.
  private static double[] sums(
      double[] a, int[] aStarts, int[] aSteps, double[] b, int[] bStarts, int[] bSteps, int row) {
    double[] out = new double[aStarts.length * row];
    for (int r = 0; r < aStarts.length; r++) {
      for (int k = 0; k < aSteps.length; k++) {
        double factor = a[aStarts[r] + aSteps[k]];
        int from = bStarts[r] + bSteps[k];
        for (int i = 0; i < row; i++) {
          out[r * row + i] += factor * b[from + i];
        }
      }
    }
    return out;
  }

  private static long[] sums(long[] a, int[] aStarts, int[] aSteps, long[] b, int[] bStarts, int[] bSteps, int row) {
    long[] out = new long[aStarts.length * row];
    for (int r = 0; r < aStarts.length; r++) {
      for (int k = 0; k < aSteps.length; k++) {
        long factor = a[aStarts[r] + aSteps[k]];
        int from = bStarts[r] + bSteps[k];
        for (int i = 0; i < row; i++) {
          out[r * row + i] += factor * b[from + i];
        }
      }
    }
    return out;
  }

  private static String moveToEnd(char letter, String word) {
    return word.replace(String.valueOf(letter), "") + letter;
  }

  /// `x` with its axes, called `word`, in another order.
  private static Tensor permuted(Tensor x, String word, String order) {
    if (order.equals(word)) {
      return x;
    }
    int[] dims = order.chars().map(letter -> x.shape().dim(word.indexOf(letter))).toArray();
    return Strided.read(x, Shape.of(dims), strides(order, word, x.shape()), 0);
  }

  /// For each letter of `word` the stride of its axis in an operand, 0 where the operand lacks it.
  private static int[] strides(String word, String operand, Shape shape) {
    int[] own = shape.strides();
    int[] strides = new int[word.length()];
    for (int i = 0; i < strides.length; i++) {
      int axis = operand.indexOf(word.charAt(i));
      strides[i] = axis < 0 ? 0 : own[axis];
    }
    return strides;
  }

  @Override
  public @Nullable Node pullback(Apply out, int slot, Node g) {
    if (!out.dtype().isFloating()) {
      return null;
    }
    Letters letters = letters();
    return slot == 0
        ? new Contract(letters.result + "," + letters.right + "->" + letters.left).of(g, out.operand(1))
        : new Contract(letters.left + "," + letters.result + "->" + letters.right).of(out.operand(0), g);
  }

  @Override
  public @Nullable Node pushforward(Apply out, List<@Nullable Node> tangents) {
    Node left = tangents.get(0);
    Node right = tangents.get(1);
    Node first = left == null ? null : of(left, out.operand(1));
    Node second = right == null ? null : of(out.operand(0), right);
    return first == null ? second : second == null ? first : first.plus(second);
  }

  @Override
  public String rule(Apply out, int slot) {
    Letters letters = letters();
    if (equation.equals("ij,jk->ik")) {
      return slot == 0 ? "g @ yᵀ" : "xᵀ @ g";
    }
    if (letters.result.isEmpty() && letters.left.equals(letters.right)) {
      return slot == 0 ? "g * y" : "g * x";
    }
    return slot == 0
        ? "contract(g, y; " + letters.result + "," + letters.right + "->" + letters.left + ")"
        : "contract(x, g; " + letters.left + "," + letters.result + "->" + letters.right + ")";
  }
}
