package dev.gradus.ops;

import static dev.gradus.graph.SourceLine.locate;

import com.google.common.primitives.Ints;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Reduce;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Every op as a method: the one entry point for Java programs, meant for static import.
///
/// ```java
/// import static dev.gradus.ops.Ops.*;
///
/// Node w = parameter("w", 0.5);
/// Node loss = square(sigmoid(w.times(2)).minus(1));
/// ```
///
/// Operands are broadcast as NumPy does. Axes count from 0, negative ones from the end; no axes means all.
/// `./gradus ops NAME` prints formula, derivative, domain and conventions of each.
public final class Ops {
  private Ops() {}

  /// A leaf that every run is fed, f64, of the given sizes.
  public static Input input(String name, int... dims) {
    return Input.of(name, Shape.of(dims));
  }

  /// A leaf that every run is fed.
  public static Input input(String name, DType dtype, int... dims) {
    return Input.of(name, dtype, Shape.of(dims));
  }

  /// A leaf that training changes, starting at the given value.
  public static Parameter parameter(String name, Tensor initial) {
    return Parameter.of(name, initial);
  }

  /// A scalar leaf that training changes, starting at the given value.
  public static Parameter parameter(String name, double initial) {
    return Parameter.of(name, initial);
  }

  /// A leaf with a fixed value.
  public static Constant constant(Tensor value) {
    return Constant.of(value);
  }

  /// A scalar leaf with a fixed value.
  public static Constant constant(double value) {
    return Constant.of(value);
  }

  /// A named leaf with a fixed value.
  public static Constant constant(String name, Tensor value) {
    return Constant.of(name, value);
  }

  /// A named scalar leaf with a fixed value.
  public static Constant constant(String name, double value) {
    return Constant.of(name, Tensor.scalar(value));
  }

  /// `-x`.
  public static Node negative(Node x) {
    return Arithmetics.NEGATIVE.of(x);
  }

  /// `1 / x`.
  public static Node reciprocal(Node x) {
    return Arithmetics.RECIPROCAL.of(x);
  }

  /// `x * x`.
  public static Node square(Node x) {
    return Arithmetics.SQUARE.of(x);
  }

  /// `(x - y)^2`.
  public static Node squaredDifference(Node x, Node y) {
    return Arithmetics.SQUARED_DIFFERENCE.of(x, y);
  }

  /// The square root.
  public static Node sqrt(Node x) {
    return Arithmetics.SQRT.of(x);
  }

  /// `1 / sqrt(x)`.
  public static Node rsqrt(Node x) {
    return Arithmetics.RSQRT.of(x);
  }

  /// The real cube root.
  public static Node cbrt(Node x) {
    return Arithmetics.CBRT.of(x);
  }

  /// The absolute value; derivative 0 at 0.
  public static Node abs(Node x) {
    return Arithmetics.ABS.of(x);
  }

  /// -1, 0 or 1; derivative 0.
  public static Node sign(Node x) {
    return Arithmetics.SIGN.of(x);
  }

  /// `x`, through which no gradient passes.
  public static Node stopGradient(Node x) {
    return Arithmetics.STOP_GRADIENT.of(x);
  }

  /// e to the power x.
  public static Node exp(Node x) {
    return Exponentials.EXP.of(x);
  }

  /// 2 to the power x.
  public static Node exp2(Node x) {
    return Exponentials.EXP2.of(x);
  }

  /// `exp(x) - 1`, exact near 0.
  public static Node expm1(Node x) {
    return Exponentials.EXPM1.of(x);
  }

  /// The natural logarithm.
  public static Node log(Node x) {
    return Exponentials.LOG.of(x);
  }

  /// The logarithm to base 2.
  public static Node log2(Node x) {
    return Exponentials.LOG2.of(x);
  }

  /// The logarithm to base 10.
  public static Node log10(Node x) {
    return Exponentials.LOG10.of(x);
  }

  /// `log(1 + x)`, exact near 0.
  public static Node log1p(Node x) {
    return Exponentials.LOG1P.of(x);
  }

  /// The sine of x radians.
  public static Node sin(Node x) {
    return Trigonometry.SIN.of(x);
  }

  /// The cosine of x radians.
  public static Node cos(Node x) {
    return Trigonometry.COS.of(x);
  }

  /// The tangent of x radians.
  public static Node tan(Node x) {
    return Trigonometry.TAN.of(x);
  }

  /// The angle in [-π/2, π/2] whose sine is x.
  public static Node asin(Node x) {
    return Trigonometry.ASIN.of(x);
  }

  /// The angle in [0, π] whose cosine is x.
  public static Node acos(Node x) {
    return Trigonometry.ACOS.of(x);
  }

  /// The angle in (-π/2, π/2) whose tangent is x.
  public static Node atan(Node x) {
    return Trigonometry.ATAN.of(x);
  }

  /// The hyperbolic sine.
  public static Node sinh(Node x) {
    return Trigonometry.SINH.of(x);
  }

  /// The hyperbolic cosine.
  public static Node cosh(Node x) {
    return Trigonometry.COSH.of(x);
  }

  /// The hyperbolic tangent, between -1 and 1.
  public static Node tanh(Node x) {
    return Trigonometry.TANH.of(x);
  }

  /// The inverse of sinh.
  public static Node asinh(Node x) {
    return Trigonometry.ASINH.of(x);
  }

  /// The inverse of cosh, for x of at least 1.
  public static Node acosh(Node x) {
    return Trigonometry.ACOSH.of(x);
  }

  /// The inverse of tanh, for x between -1 and 1.
  public static Node atanh(Node x) {
    return Trigonometry.ATANH.of(x);
  }

  /// The largest whole number not above x; derivative 0.
  public static Node floor(Node x) {
    return Comparisons.FLOOR.of(x);
  }

  /// The smallest whole number not below x; derivative 0.
  public static Node ceil(Node x) {
    return Comparisons.CEIL.of(x);
  }

  /// The nearest whole number, ties to even; derivative 0.
  public static Node round(Node x) {
    return Comparisons.ROUND.of(x);
  }

  /// Whether the bool x does not hold.
  public static Node logicalNot(Node x) {
    return Comparisons.LOGICAL_NOT.of(x);
  }

  /// Whether x is not a number.
  public static Node isnan(Node x) {
    return Comparisons.ISNAN.of(x);
  }

  /// Whether x is infinite.
  public static Node isinf(Node x) {
    return Comparisons.ISINF.of(x);
  }

  /// Whether x is a number and not infinite.
  public static Node isfinite(Node x) {
    return Comparisons.ISFINITE.of(x);
  }

  /// The logistic function 1 / (1 + exp(-x)).
  public static Node sigmoid(Node x) {
    return Activations.SIGMOID.of(x);
  }

  /// `log(sigmoid(x))`, exact for very negative x.
  public static Node logSigmoid(Node x) {
    return Activations.LOG_SIGMOID.of(x);
  }

  /// x where positive, else 0; derivative 0 at 0.
  public static Node relu(Node x) {
    return Activations.RELU.of(x);
  }

  /// `log(1 + exp(x))`.
  public static Node softplus(Node x) {
    return Activations.SOFTPLUS.of(x);
  }

  /// `x / (1 + |x|)`.
  public static Node softsign(Node x) {
    return Activations.SOFTSIGN.of(x);
  }

  /// `x * tanh(softplus(x))`.
  public static Node mish(Node x) {
    return Activations.MISH.of(x);
  }

  /// `x * sigmoid(x)`, also called swish.
  public static Node silu(Node x) {
    return Activations.SILU.of(x);
  }

  /// The threshold τ(x) of the perceptron: 1 where x >= 0, else 0; derivative 0.
  public static Node heaviside(Node x) {
    return Activations.HEAVISIDE.of(x);
  }

  /// `x + y`.
  public static Node add(Node x, Node y) {
    return Arithmetics.ADD.of(x, y);
  }

  /// `x - y`.
  public static Node subtract(Node x, Node y) {
    return Arithmetics.SUBTRACT.of(x, y);
  }

  /// `x * y`, element by element.
  public static Node multiply(Node x, Node y) {
    return Arithmetics.MULTIPLY.of(x, y);
  }

  /// `x / y`, element by element.
  public static Node divide(Node x, Node y) {
    return Arithmetics.DIVIDE.of(x, y);
  }

  /// x to the power y, element by element.
  public static Node pow(Node x, Node y) {
    return Arithmetics.POW.of(x, y);
  }

  /// The length of (x, y), without overflow.
  public static Node hypot(Node x, Node y) {
    return Arithmetics.HYPOT.of(x, y);
  }

  /// The larger of two, element by element; a tie shares the gradient.
  public static Node maximum(Node x, Node y) {
    return Arithmetics.MAXIMUM.of(x, y);
  }

  /// The smaller of two, element by element; a tie shares the gradient.
  public static Node minimum(Node x, Node y) {
    return Arithmetics.MINIMUM.of(x, y);
  }

  /// The angle of the point (second, first) in (-π, π].
  public static Node atan2(Node x, Node y) {
    return Trigonometry.ATAN2.of(x, y);
  }

  /// `x - floor(x / y) y`: the remainder with the sign of y.
  public static Node remainder(Node x, Node y) {
    return Comparisons.REMAINDER.of(x, y);
  }

  /// Whether x = y.
  public static Node equal(Node x, Node y) {
    return Comparisons.EQUAL.of(x, y);
  }

  /// Whether x and y differ.
  public static Node notEqual(Node x, Node y) {
    return Comparisons.NOT_EQUAL.of(x, y);
  }

  /// Whether x < y.
  public static Node less(Node x, Node y) {
    return Comparisons.LESS.of(x, y);
  }

  /// Whether x <= y.
  public static Node lessEqual(Node x, Node y) {
    return Comparisons.LESS_EQUAL.of(x, y);
  }

  /// Whether x > y.
  public static Node greater(Node x, Node y) {
    return Comparisons.GREATER.of(x, y);
  }

  /// Whether x >= y.
  public static Node greaterEqual(Node x, Node y) {
    return Comparisons.GREATER_EQUAL.of(x, y);
  }

  /// Whether both bools hold.
  public static Node logicalAnd(Node x, Node y) {
    return Comparisons.LOGICAL_AND.of(x, y);
  }

  /// Whether at least one bool holds.
  public static Node logicalOr(Node x, Node y) {
    return Comparisons.LOGICAL_OR.of(x, y);
  }

  /// Whether exactly one bool holds.
  public static Node logicalXor(Node x, Node y) {
    return Comparisons.LOGICAL_XOR.of(x, y);
  }

  /// x to a constant power.
  public static Node pow(Node x, double exponent) {
    return x.pow(exponent);
  }

  /// The larger of x and a number, element by element.
  public static Node maximum(Node x, double number) {
    return maximum(x, number("maximum", x, number));
  }

  /// The smaller of x and a number, element by element.
  public static Node minimum(Node x, double number) {
    return minimum(x, number("minimum", x, number));
  }

  /// Whether x equals a number.
  public static Node equal(Node x, double number) {
    return equal(x, number("equal", x, number));
  }

  /// Whether x differs from a number.
  public static Node notEqual(Node x, double number) {
    return notEqual(x, number("not_equal", x, number));
  }

  /// Whether x is less than a number.
  public static Node less(Node x, double number) {
    return less(x, number("less", x, number));
  }

  /// Whether x is at most a number.
  public static Node lessEqual(Node x, double number) {
    return lessEqual(x, number("less_equal", x, number));
  }

  /// Whether x is greater than a number.
  public static Node greater(Node x, double number) {
    return greater(x, number("greater", x, number));
  }

  /// Whether x is at least a number.
  public static Node greaterEqual(Node x, double number) {
    return greaterEqual(x, number("greater_equal", x, number));
  }

  private static Node number(String op, Node x, double number) {
    return locate(() -> Arithmetics.number(op, x, number));
  }

  /// x kept between two numbers, which may be infinite; derivative 1 at a bound.
  public static Node clip(Node x, double min, double max) {
    return Arithmetics.CLIP.make(List.of(x), Map.of("min", min, "max", max));
  }

  /// x where the condition (bool) holds, else y; the side not chosen gets no gradient.
  public static Node where(Node condition, Node x, Node y) {
    return Arithmetics.WHERE.of(condition, x, y);
  }

  /// x where the condition (bool) holds, else a number; x gets no gradient where it does not hold.
  public static Node where(Node condition, Node x, double number) {
    return where(condition, x, number("where", x, number));
  }

  /// x in another dtype.
  public static Node cast(Node x, DType dtype) {
    return new Cast(dtype).of(x);
  }

  /// x where positive, else 0.01 x.
  public static Node leakyRelu(Node x) {
    return Activations.LEAKY_RELU.of(x);
  }

  /// x where positive, else slope times x; derivative slope at 0.
  public static Node leakyRelu(Node x, double slope) {
    return Activations.LEAKY_RELU.make(List.of(x), Map.of("negative_slope", slope));
  }

  /// x where positive, else exp(x) - 1.
  public static Node elu(Node x) {
    return Activations.ELU.of(x);
  }

  /// x where positive, else alpha (exp(x) - 1).
  public static Node elu(Node x, double alpha) {
    return Activations.ELU.make(List.of(x), Map.of("alpha", alpha));
  }

  /// x times the normal distribution function of x.
  public static Node gelu(Node x) {
    return Activations.gelu(x, "none");
  }

  /// The approximation of [#gelu] by tanh.
  public static Node geluTanh(Node x) {
    return Activations.gelu(x, "tanh");
  }

  /// Positive numbers along the last axis that sum to 1.
  public static Node softmax(Node x) {
    return softmax(x, -1);
  }

  /// Positive numbers along an axis that sum to 1.
  public static Node softmax(Node x, int axis) {
    return locate(() -> Softmaxes.softmax(x, axis));
  }

  /// `log(softmax(x))` along the last axis, exact where softmax is near 0.
  public static Node logSoftmax(Node x) {
    return logSoftmax(x, -1);
  }

  /// `log(softmax(x))` along an axis, exact where softmax is near 0.
  public static Node logSoftmax(Node x, int axis) {
    return locate(() -> Softmaxes.logSoftmax(x, axis));
  }

  /// `log(sum(exp(x)))` over axes, without overflow.
  public static Node logsumexp(Node x, int... axes) {
    return logsumexp(x, false, axes);
  }

  /// `log(sum(exp(x)))` over axes, which stay with size 1 if asked.
  public static Node logsumexp(Node x, boolean keepDims, int... axes) {
    return locate(() -> Softmaxes.logsumexp(x, keepDims, axes));
  }

  /// The sum over axes.
  public static Node sum(Node x, int... axes) {
    return sum(x, false, axes);
  }

  /// The sum over axes, which stay with size 1 if asked.
  public static Node sum(Node x, boolean keepDims, int... axes) {
    return locate(() -> Reductions.reduce("sum", Reduce.Kind.SUM, x, keepDims, axes));
  }

  /// The product over axes.
  public static Node prod(Node x, int... axes) {
    return prod(x, false, axes);
  }

  /// The product over axes, which stay with size 1 if asked.
  public static Node prod(Node x, boolean keepDims, int... axes) {
    return locate(() -> Reductions.reduce("prod", Reduce.Kind.PRODUCT, x, keepDims, axes));
  }

  /// The largest element over axes; equal ones share the gradient.
  public static Node max(Node x, int... axes) {
    return max(x, false, axes);
  }

  /// The largest element over axes, which stay with size 1 if asked; equal ones share the gradient.
  public static Node max(Node x, boolean keepDims, int... axes) {
    return locate(() -> Reductions.reduce("max", Reduce.Kind.MAX, x, keepDims, axes));
  }

  /// The smallest element over axes; equal ones share the gradient.
  public static Node min(Node x, int... axes) {
    return min(x, false, axes);
  }

  /// The smallest element over axes, which stay with size 1 if asked; equal ones share the gradient.
  public static Node min(Node x, boolean keepDims, int... axes) {
    return locate(() -> Reductions.reduce("min", Reduce.Kind.MIN, x, keepDims, axes));
  }

  /// The mean over axes; of integers and bools in f64.
  public static Node mean(Node x, int... axes) {
    return mean(x, false, axes);
  }

  /// The mean over axes, which stay with size 1 if asked.
  public static Node mean(Node x, boolean keepDims, int... axes) {
    return locate(() -> Statistics.mean(x, keepDims, axes));
  }

  /// The variance over axes, squared deviations divided by their number.
  public static Node var(Node x, int... axes) {
    return var(x, 0, false, axes);
  }

  /// The variance over axes, squared deviations divided by their number less `ddof`.
  public static Node var(Node x, int ddof, boolean keepDims, int... axes) {
    return locate(() -> Statistics.var(x, ddof, keepDims, axes));
  }

  /// The standard deviation over axes; derivative 0 where all elements are equal.
  public static Node std(Node x, int... axes) {
    return std(x, 0, false, axes);
  }

  /// The standard deviation over axes, the root of [#var].
  public static Node std(Node x, int ddof, boolean keepDims, int... axes) {
    return locate(() -> Statistics.std(x, ddof, keepDims, axes));
  }

  /// The Euclidean norm over axes; derivative 0 at 0.
  public static Node norm(Node x, int... axes) {
    return norm(x, 2.0, false, axes);
  }

  /// The vector norm of the given order over axes; the order may be infinite.
  public static Node norm(Node x, double ord, boolean keepDims, int... axes) {
    return locate(() -> Statistics.norm(x, ord, keepDims, axes));
  }

  /// The index (i64) of the largest of all elements in row-major order, the first of equals.
  public static Node argmax(Node x) {
    return Reductions.argExtremum(true, x, null, false);
  }

  /// The indices (i64) of the largest elements along an axis, the first of equals.
  public static Node argmax(Node x, int axis) {
    return argmax(x, axis, false);
  }

  /// The indices (i64) of the largest elements along an axis, which stays with size 1 if asked.
  public static Node argmax(Node x, int axis, boolean keepDims) {
    return Reductions.argExtremum(true, x, axis, keepDims);
  }

  /// The index (i64) of the smallest of all elements in row-major order, the first of equals.
  public static Node argmin(Node x) {
    return Reductions.argExtremum(false, x, null, false);
  }

  /// The indices (i64) of the smallest elements along an axis, the first of equals.
  public static Node argmin(Node x, int axis) {
    return argmin(x, axis, false);
  }

  /// The indices (i64) of the smallest elements along an axis, which stays with size 1 if asked.
  public static Node argmin(Node x, int axis, boolean keepDims) {
    return Reductions.argExtremum(false, x, axis, keepDims);
  }

  /// The matrix product; vectors and stacks of matrices as NumPy does.
  public static Node matmul(Node x, Node y) {
    return LinearAlgebra.MATMUL.of(x, y);
  }

  /// The sum of the products of two vectors' elements.
  public static Node dot(Node x, Node y) {
    return LinearAlgebra.DOT.of(x, y);
  }

  /// All products of an element of x with one of y; tensors are flattened.
  public static Node outer(Node x, Node y) {
    return LinearAlgebra.OUTER.of(x, y);
  }

  /// Einstein's sum, as in `einsum("ij,jk->ik", x, y)`: axes with the same letter run together, letters missing from the result are
  /// summed over, `...` stands for axes that broadcast. Without an arrow the result has the letters that occur once, in order.
  public static Node einsum(String equation, Node... x) {
    return einsum(equation, List.of(x));
  }

  /// Einstein's sum of a list of operands.
  public static Node einsum(String equation, List<? extends Node> x) {
    return LinearAlgebra.einsum(equation, List.copyOf(x));
  }

  /// The sum of products over the last `axes` axes of x paired with the first of y.
  public static Node tensordot(Node x, Node y, int axes) {
    return locate(() -> LinearAlgebra.tensordot(x, y, axes));
  }

  /// The sum of products over axes of x, each paired with the axis of y at the same place of the list.
  public static Node tensordot(Node x, Node y, List<Integer> axesOfX, List<Integer> axesOfY) {
    return locate(() -> LinearAlgebra.tensordot(x, y, Ints.toArray(axesOfX), Ints.toArray(axesOfY)));
  }

  /// The axes in the given order, or reversed where none is given.
  public static Node transpose(Node x, int... axes) {
    return locate(() -> LinearAlgebra.transpose(x, axes));
  }

  /// The elements in row-major order, read into another shape; one size may be -1.
  public static Node reshape(Node x, int... dims) {
    return locate(() -> Shapes.reshape(x, dims));
  }

  /// The elements repeated along new axes and axes of size 1.
  public static Node broadcastTo(Node x, int... dims) {
    return locate(() -> Shapes.broadcastTo(x, dims));
  }

  /// New axes of size 1 where the result shall have them.
  public static Node expandDims(Node x, int... axes) {
    return locate(() -> Shapes.expandDims(x, axes));
  }

  /// Without the given axes of size 1, or all such.
  public static Node squeeze(Node x, int... axes) {
    return locate(() -> Shapes.squeeze(x, axes));
  }

  /// Tensors joined along an axis.
  public static Node concat(int axis, Node... x) {
    return concat(axis, List.of(x));
  }

  /// Tensors joined along an axis.
  public static Node concat(int axis, List<? extends Node> x) {
    return locate(() -> Shapes.concat(List.copyOf(x), axis));
  }

  /// Tensors of one shape joined along a new axis.
  public static Node stack(int axis, Node... x) {
    return stack(axis, List.of(x));
  }

  /// Tensors of one shape joined along a new axis.
  public static Node stack(int axis, List<? extends Node> x) {
    return locate(() -> Shapes.stack(List.copyOf(x), axis));
  }

  /// x cut along an axis into equal parts.
  public static List<Node> split(Node x, int axis, int parts) {
    return locate(() -> Split.equally(x, axis, parts).results());
  }

  /// x cut along an axis at the given points.
  public static List<Node> splitAt(Node x, int axis, int... points) {
    return locate(() -> Split.at(x, axis, points).results());
  }

  /// Python's `x[start:end]` along each of the first axes; null leaves a bound open.
  public static Node slice(
      Node x, List<? extends @Nullable Integer> starts, List<? extends @Nullable Integer> ends) {
    return slice(x, starts, ends, null);
  }

  /// Python's `x[start:end:step]` along each of the first axes; null leaves a bound open.
  public static Node slice(
      Node x,
      List<? extends @Nullable Integer> starts,
      List<? extends @Nullable Integer> ends,
      @Nullable List<Integer> steps) {
    return locate(() -> Slicing.slice(x, starts, ends, steps));
  }

  /// The elements in reverse order along the given axes, or all.
  public static Node flip(Node x, int... axes) {
    return locate(() -> Shapes.flip(x, axes));
  }

  /// The lower triangle of each matrix, 0 above its diagonal.
  public static Node tril(Node x) {
    return tril(x, 0);
  }

  /// The lower triangle of each matrix, 0 above its k-th diagonal; diagonals above the main one are positive.
  public static Node tril(Node x, int k) {
    return new Shapes.Triangle(true, k).of(x);
  }

  /// The upper triangle of each matrix, 0 below its diagonal.
  public static Node triu(Node x) {
    return triu(x, 0);
  }

  /// The upper triangle of each matrix, 0 below its k-th diagonal; diagonals above the main one are positive.
  public static Node triu(Node x, int k) {
    return new Shapes.Triangle(false, k).of(x);
  }

  /// The elements of x at integer indices along an axis; negative ones count from the end.
  public static Node take(Node x, Node indices, int axis) {
    return locate(() -> Indexing.take(x, indices, axis));
  }

  /// The elements of x, flattened, at integer indices.
  public static Node take(Node x, Node indices) {
    return Indexing.take(x, indices, null);
  }

  /// The rows of a table at integer indices.
  public static Node embedding(Node indices, Node table) {
    return Indexing.EMBEDDING.of(indices, table);
  }

  /// x, but a number where the mask (bool) holds, through which no gradient passes there.
  public static Node maskedFill(Node x, Node mask, double value) {
    return locate(() -> Indexing.maskedFill(x, mask, value));
  }

  /// A constant for attention: for each of `queries` which of `keys` are at its own place or before (bool).
  public static Constant causalMask(int queries, int keys) {
    return Layers.causalMask(queries, keys);
  }

  /// For each index a row of zeros with a 1 at its place (i64).
  public static Node oneHot(Node indices, int depth) {
    return Indexing.oneHot(indices, depth);
  }

  /// The windows of `x[n, in, d]` weighed with each of `w[out, in, i]` and summed, next to each other and without padding.
  public static Node conv1d(Node x, Node w) {
    return conv1d(x, w, null);
  }

  /// The same plus a bias for each output channel.
  public static Node conv1d(Node x, Node w, @Nullable Node bias) {
    return conv1d(x, w, bias, 1, 0);
  }

  /// The same with windows `stride` apart and `padding` zeros at both ends of each axis.
  public static Node conv1d(Node x, Node w, @Nullable Node bias, int stride, int padding) {
    return conv1d(x, w, bias, new int[] {stride}, new int[] {padding}, new int[] {1}, 1);
  }

  /// The same with settings for each axis, or one for all: how far windows are apart, the zeros at both ends, and how far the
  /// elements of a window are apart; and with channels in groups that do not meet, where `w` is `[out, in / groups, ...]`.
  public static Node conv1d(
      Node x, Node w, @Nullable Node bias, int[] stride, int[] padding, int[] dilation, int groups) {
    return locate(() -> Convolutions.conv(1, operands(x, w, bias), stride, padding, dilation, groups));
  }

  /// The windows of `x[n, in, h, w]` weighed with each of `w[out, in, i, j]` and summed, next to each other and without padding.
  public static Node conv2d(Node x, Node w) {
    return conv2d(x, w, null);
  }

  /// The same plus a bias for each output channel.
  public static Node conv2d(Node x, Node w, @Nullable Node bias) {
    return conv2d(x, w, bias, 1, 0);
  }

  /// The same with windows `stride` apart and `padding` zeros at both ends of each axis.
  public static Node conv2d(Node x, Node w, @Nullable Node bias, int stride, int padding) {
    return conv2d(x, w, bias, new int[] {stride}, new int[] {padding}, new int[] {1}, 1);
  }

  /// The same with settings for each axis, or one for all: how far windows are apart, the zeros at both ends, and how far the
  /// elements of a window are apart; and with channels in groups that do not meet, where `w` is `[out, in / groups, ...]`.
  public static Node conv2d(
      Node x, Node w, @Nullable Node bias, int[] stride, int[] padding, int[] dilation, int groups) {
    return locate(() -> Convolutions.conv(2, operands(x, w, bias), stride, padding, dilation, groups));
  }

  /// The windows of `x[n, in, d, h, w]` weighed with each of `w[out, in, i, j, k]` and summed, next to each other and without padding.
  public static Node conv3d(Node x, Node w) {
    return conv3d(x, w, null);
  }

  /// The same plus a bias for each output channel.
  public static Node conv3d(Node x, Node w, @Nullable Node bias) {
    return conv3d(x, w, bias, 1, 0);
  }

  /// The same with windows `stride` apart and `padding` zeros at both ends of each axis.
  public static Node conv3d(Node x, Node w, @Nullable Node bias, int stride, int padding) {
    return conv3d(x, w, bias, new int[] {stride}, new int[] {padding}, new int[] {1}, 1);
  }

  /// The same with settings for each axis, or one for all: how far windows are apart, the zeros at both ends, and how far the
  /// elements of a window are apart; and with channels in groups that do not meet, where `w` is `[out, in / groups, ...]`.
  public static Node conv3d(
      Node x, Node w, @Nullable Node bias, int[] stride, int[] padding, int[] dilation, int groups) {
    return locate(() -> Convolutions.conv(3, operands(x, w, bias), stride, padding, dilation, groups));
  }

  /// `w[in, out, ...]` put down at each place of `x[n, in, ...]`, weighed with it and added up: the adjoint of [#conv1d].
  public static Node convTranspose1d(Node x, Node w) {
    return convTranspose1d(x, w, null, new int[] {1}, new int[] {0}, new int[] {0}, new int[] {1}, 1);
  }

  /// The same plus a bias, with settings for each axis, or one for all: how far places are apart, how much is cut off at both
  /// ends and added at the far one, and how far the elements of w are apart; and with channels in groups that do not meet, where
  /// `w` is `[in, out / groups, ...]`.
  public static Node convTranspose1d(
      Node x, Node w, @Nullable Node bias, int[] stride, int[] padding, int[] outputPadding, int[] dilation, int groups) {
    return locate(
        () -> Convolutions.convTranspose(1, operands(x, w, bias), stride, padding, outputPadding, dilation, groups));
  }

  /// `w[in, out, ...]` put down at each place of `x[n, in, ...]`, weighed with it and added up: the adjoint of [#conv2d].
  public static Node convTranspose2d(Node x, Node w) {
    return convTranspose2d(x, w, null, new int[] {1}, new int[] {0}, new int[] {0}, new int[] {1}, 1);
  }

  /// The same plus a bias, with settings for each axis, or one for all: how far places are apart, how much is cut off at both
  /// ends and added at the far one, and how far the elements of w are apart; and with channels in groups that do not meet, where
  /// `w` is `[in, out / groups, ...]`.
  public static Node convTranspose2d(
      Node x, Node w, @Nullable Node bias, int[] stride, int[] padding, int[] outputPadding, int[] dilation, int groups) {
    return locate(
        () -> Convolutions.convTranspose(2, operands(x, w, bias), stride, padding, outputPadding, dilation, groups));
  }

  /// The largest element of each window of size `kernel`, side by side over the last axis; the first of equals gets the
  /// gradient.
  public static Node maxPool1d(Node x, int kernel) {
    return maxPool1d(x, new int[] {kernel}, new int[] {kernel}, new int[] {0}, new int[] {1});
  }

  /// The same with settings for each axis, or one for all; padding counts as -∞.
  public static Node maxPool1d(Node x, int[] kernel, int[] stride, int[] padding, int[] dilation) {
    return locate(() -> Pools.maxPool(1, x, kernel, stride, padding, dilation));
  }

  /// The mean of each window of size `kernel`, side by side over the last axis.
  public static Node avgPool1d(Node x, int kernel) {
    return avgPool1d(x, new int[] {kernel}, new int[] {kernel}, new int[] {0}, true);
  }

  /// The same with settings for each axis, or one for all; padding counts as zeros, or not at all.
  public static Node avgPool1d(Node x, int[] kernel, int[] stride, int[] padding, boolean countIncludePad) {
    return locate(() -> Pools.avgPool(1, x, kernel, stride, padding, countIncludePad));
  }

  /// The largest element of each window of size `kernel`, side by side over the last two axes; the first of equals gets the
  /// gradient.
  public static Node maxPool2d(Node x, int kernel) {
    return maxPool2d(x, new int[] {kernel}, new int[] {kernel}, new int[] {0}, new int[] {1});
  }

  /// The same with settings for each axis, or one for all; padding counts as -∞.
  public static Node maxPool2d(Node x, int[] kernel, int[] stride, int[] padding, int[] dilation) {
    return locate(() -> Pools.maxPool(2, x, kernel, stride, padding, dilation));
  }

  /// The mean of each window of size `kernel`, side by side over the last two axes.
  public static Node avgPool2d(Node x, int kernel) {
    return avgPool2d(x, new int[] {kernel}, new int[] {kernel}, new int[] {0}, true);
  }

  /// The same with settings for each axis, or one for all; padding counts as zeros, or not at all.
  public static Node avgPool2d(Node x, int[] kernel, int[] stride, int[] padding, boolean countIncludePad) {
    return locate(() -> Pools.avgPool(2, x, kernel, stride, padding, countIncludePad));
  }

  /// A dense layer: the rows of x times the rows of `w[out, in]`.
  public static Node linear(Node x, Node w) {
    return Layers.LINEAR.of(x, w);
  }

  /// A dense layer: the rows of x times the rows of `w[out, in]`, plus a bias.
  public static Node linear(Node x, Node w, Node bias) {
    return Layers.LINEAR.of(x, w, bias);
  }

  /// The last axes of x, those of scale, brought to mean 0 and variance 1; then scaled and shifted.
  public static Node layerNorm(Node x, Node scale, Node shift) {
    return Layers.LAYER_NORM.of(x, scale, shift);
  }

  /// The same with another number than 1e-5 added to the variance.
  public static Node layerNorm(Node x, Node scale, Node shift, double epsilon) {
    return locate(() -> Layers.layerNorm(x, scale, shift, epsilon, null));
  }

  /// The last axes of x, those of scale, divided by their root mean square; then scaled.
  public static Node rmsNorm(Node x, Node scale) {
    return Layers.RMS_NORM.of(x, scale);
  }

  /// The same with another number than 1e-5 added to the mean square.
  public static Node rmsNorm(Node x, Node scale, double epsilon) {
    return locate(() -> Layers.rmsNorm(x, scale, epsilon, null));
  }

  /// Groups of channels (axis 1) of each example brought to mean 0 and variance 1; then scaled and shifted by channel.
  public static Node groupNorm(Node x, Node scale, Node shift, int groups) {
    return groupNorm(x, scale, shift, groups, 1e-5);
  }

  /// The same with a number of choice added to the variance.
  public static Node groupNorm(Node x, Node scale, Node shift, int groups, double epsilon) {
    return locate(() -> Layers.groupNorm(x, scale, shift, groups, epsilon));
  }

  /// Each channel (axis 1) of each example brought to mean 0 and variance 1; then scaled and shifted by channel.
  public static Node instanceNorm(Node x, Node scale, Node shift) {
    return Layers.INSTANCE_NORM.of(x, scale, shift);
  }

  /// The same with another number than 1e-5 added to the variance.
  public static Node instanceNorm(Node x, Node scale, Node shift, double epsilon) {
    return locate(() -> Layers.instanceNorm(x, scale, shift, epsilon));
  }

  /// Each channel (axis 1) brought to mean 0 and variance 1 over the batch; then scaled and shifted. For training.
  public static Node batchNorm(Node x, Node scale, Node shift) {
    return batchNorm(x, scale, shift, 1e-5);
  }

  /// The same with a number of choice added to the variance.
  public static Node batchNorm(Node x, Node scale, Node shift, double epsilon) {
    return new Layers.BatchNorm(epsilon, true).of(x, scale, shift);
  }

  /// Each channel (axis 1) normalised by the given mean and variance; then scaled and shifted. For use after training.
  public static Node batchNorm(Node x, Node scale, Node shift, Node mean, Node variance, double epsilon) {
    return new Layers.BatchNorm(epsilon, false).of(x, scale, shift, mean, variance);
  }

  /// x with elements set to 0 with probability `rate`, the others divided by `1 - rate`. Which ones is a function of the seed,
  /// different for each dropout of a network, and of the step, an integer scalar.
  public static Node dropout(Node x, Node step, double rate, int seed) {
    return locate(() -> Layers.dropout(x, step, rate, seed));
  }

  /// For each query in `q[..., n, d]` the mean of `v[..., m, e]`, weighed by how well its key in `k[..., m, d]` fits:
  /// `softmax(q @ kᵀ / sqrt(d)) @ v`.
  public static Node attention(Node q, Node k, Node v) {
    return attention(q, k, v, null, false, null);
  }

  /// The same under a mask: bools that are true where attention is allowed (as [#causalMask] makes them), or numbers that are
  /// added to the scores.
  public static Node attention(Node q, Node k, Node v, Node mask) {
    return attention(q, k, v, mask, false, null);
  }

  /// The same with all settings: `causal` lets a query see only keys up to its own place, `scale` replaces `1 / sqrt(d)`.
  public static Node attention(
      Node q, Node k, Node v, @Nullable Node mask, boolean causal, @Nullable Double scale) {
    return Apply.of(new Layers.Attention(causal, scale), operands(q, k, v, mask));
  }

  /// The operands that are there.
  private static List<Node> operands(@Nullable Node... x) {
    return Arrays.stream(x).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }

  /// The mean of squared differences.
  public static Node mse(Node x, Node target) {
    return mse(x, target, Reduction.MEAN);
  }

  /// Squared differences: their mean, their sum, or each.
  public static Node mse(Node x, Node target, Reduction reduction) {
    return Losses.mse(x, target, reduction);
  }

  /// The mean of absolute differences.
  public static Node mae(Node x, Node target) {
    return mae(x, target, Reduction.MEAN);
  }

  /// Absolute differences: their mean, their sum, or each.
  public static Node mae(Node x, Node target, Reduction reduction) {
    return Losses.mae(x, target, reduction);
  }

  /// The mean of a loss that is squared for differences up to 1, linear beyond.
  public static Node huber(Node x, Node target) {
    return huber(x, target, 1, Reduction.MEAN);
  }

  /// A loss that is squared for differences up to `delta`, linear beyond: its mean, its sum, or each.
  public static Node huber(Node x, Node target, double delta, Reduction reduction) {
    return locate(() -> Losses.huber(x, target, delta, reduction));
  }

  /// The mean surprise at 0/1 targets, given probabilities.
  public static Node binaryCrossEntropy(Node x, Node target) {
    return binaryCrossEntropy(x, target, Reduction.MEAN);
  }

  /// The surprise at 0/1 targets, given probabilities: its mean, its sum, or each.
  public static Node binaryCrossEntropy(Node x, Node target, Reduction reduction) {
    return Losses.binaryCrossEntropy(x, target, reduction);
  }

  /// The mean surprise at 0/1 targets, given logits.
  public static Node binaryCrossEntropyWithLogits(Node x, Node target) {
    return binaryCrossEntropyWithLogits(x, target, Reduction.MEAN);
  }

  /// The surprise at 0/1 targets, given logits: its mean, its sum, or each.
  public static Node binaryCrossEntropyWithLogits(Node x, Node target, Reduction reduction) {
    return Losses.binaryCrossEntropyWithLogits(x, target, reduction);
  }

  /// The mean surprise at the target classes, integers of shape N (or probabilities), given logits N x C.
  public static Node crossEntropy(Node logits, Node target) {
    return crossEntropy(logits, target, 0, -100, Reduction.MEAN);
  }

  /// The same with label smoothing, a target value that counts nothing, and a choice of reduction.
  public static Node crossEntropy(
      Node logits, Node target, double labelSmoothing, int ignoreIndex, Reduction reduction) {
    return locate(() -> Losses.crossEntropy(logits, target, labelSmoothing, ignoreIndex, reduction));
  }

  /// The mean negative log-likelihood of target classes, given log-probabilities N x C.
  public static Node nll(Node logProbabilities, Node target) {
    return nll(logProbabilities, target, -100, Reduction.MEAN);
  }

  /// The same with a target value that counts nothing, and a choice of reduction.
  public static Node nll(Node logProbabilities, Node target, int ignoreIndex, Reduction reduction) {
    return Losses.nll(logProbabilities, target, ignoreIndex, reduction);
  }
}
