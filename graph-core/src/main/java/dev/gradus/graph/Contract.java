package dev.gradus.graph;

import dev.gradus.GradusException;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
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
    Shape left = x.get(0).shape();
    Shape right = x.get(1).shape();
    StringBuilder summed = new StringBuilder();
    for (int i = 0; i < letters.left.length(); i++) {
      if (letters.result.indexOf(letters.left.charAt(i)) < 0) {
        summed.append(letters.left.charAt(i));
      }
    }
    int[] innerDims = new int[summed.length()];
    for (int i = 0; i < innerDims.length; i++) {
      innerDims[i] = left.dim(letters.left.indexOf(summed.charAt(i)));
    }
    int[] outer = result.shape().dims();
    int[] leftStart = Strided.offsets(outer, strides(letters.result, letters.left, left), 0);
    int[] rightStart = Strided.offsets(outer, strides(letters.result, letters.right, right), 0);
    int[] leftStep = Strided.offsets(innerDims, strides(summed.toString(), letters.left, left), 0);
    int[] rightStep = Strided.offsets(innerDims, strides(summed.toString(), letters.right, right), 0);
    if (!result.dtype().isFloating()) {
      return integers(result, x, leftStart, rightStart, leftStep, rightStep);
    }
    double[] a = x.get(0).toDoubles();
    double[] b = x.get(1).toDoubles();
    double[] out = new double[leftStart.length];
    for (int i = 0; i < out.length; i++) {
      int from = leftStart[i];
      int to = rightStart[i];
      double sum = 0;
      for (int k = 0; k < leftStep.length; k++) {
        sum += a[from + leftStep[k]] * b[to + rightStep[k]];
      }
      out[i] = sum;
    }
    return Strided.rounded(result, out);
  }

  private static Tensor integers(
      TensorType result, List<Tensor> x, int[] leftStart, int[] rightStart, int[] leftStep, int[] rightStep) {
    long[] a = x.get(0).toLongs();
    long[] b = x.get(1).toLongs();
    long[] out = new long[leftStart.length];
    for (int i = 0; i < out.length; i++) {
      for (int k = 0; k < leftStep.length; k++) {
        out[i] += a[leftStart[i] + leftStep[k]] * b[rightStart[i] + rightStep[k]];
      }
    }
    return Tensor.of(result.shape(), out).cast(result.dtype());
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
