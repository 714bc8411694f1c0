package dev.gradus.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.gradus.GradusException;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The *view* primitives: the same elements in another arrangement. All are linear, so their pushforward is the
/// view itself, and the pullback of each is another view or a sum.
public sealed interface View extends Primitive {

  /// The pullback: the adjoint of this linear map.
  Node adjoint(Apply out, Node g);

  @Override
  default Node pullback(Apply out, int slot, Node g) {
    return adjoint(out, g);
  }

  @Override
  default @Nullable Node pushforward(Apply out, List<@Nullable Node> tangents) {
    Node tangent = tangents.getFirst();
    return tangent == null ? null : of(tangent);
  }

  /// `x` in another shape of the same size.
  static Node reshape(Node x, Shape shape) {
    return x.shape().equals(shape) ? x : new Reshape(shape).of(x);
  }

  /// `x` with its axes in the given order.
  static Node permute(Node x, int... axes) {
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] != i) {
        return new Permute(Ints.asList(axes)).of(x);
      }
    }
    return axes.length == x.shape().rank() ? x : new Permute(Ints.asList(axes)).of(x);
  }

  /// `x` broadcast to `shape`.
  static Node broadcast(Node x, Shape shape) {
    return x.shape().equals(shape) ? x : new Broadcast(shape).of(x);
  }

  /// `x` with a new axis of size 1 before axis `at`.
  static Node expandDims(Node x, int at) {
    List<Integer> dims = new ArrayList<>(Ints.asList(x.shape().dims()));
    dims.add(at, 1);
    return reshape(x, Shape.of(Ints.toArray(dims)));
  }

  /// Elements `from`, `from + step`, ... below `to` of the first axis.
  static Node rows(Node x, int from, int to, int step) {
    return along(x, 0, from, to, step);
  }

  /// Elements `from`, `from + step`, ... below `to` of one axis, and all of the others.
  static Node along(Node x, int axis, int from, int to, int step) {
    int[] starts = new int[x.shape().rank()];
    int[] sizes = x.shape().dims();
    int[] steps = new int[starts.length];
    Arrays.fill(steps, 1);
    starts[axis] = from;
    steps[axis] = step;
    sizes[axis] = Math.max(0, Math.ceilDiv(to - from, step));
    return slice(x, starts, sizes, steps);
  }

  /// For each axis `sizes` elements from `starts` in strides of `steps`.
  static Node slice(Node x, int[] starts, int[] sizes, int[] steps) {
    Slice slice = new Slice(Ints.asList(starts), Ints.asList(sizes), Ints.asList(steps));
    boolean whole = Arrays.equals(sizes, x.shape().dims()) && Arrays.stream(starts).allMatch(s -> s == 0)
        && Arrays.stream(steps).allMatch(s -> s == 1);
    return whole ? x : slice.of(x);
  }

  /// The permutation that undoes `axes`.
  static int[] inverse(int[] axes) {
    int[] inverse = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      inverse[axes[i]] = i;
    }
    return inverse;
  }

  /// The elements in row-major order, read into another shape of the same size.
  ///
  /// @param shape the shape of the result
  record Reshape(Shape shape) implements View {
    @Override
    public String name() {
      return "reshape";
    }

    @Override
    public TensorType type(List<TensorType> x) {
      Shape from = x.getFirst().shape();
      if (from.size() != shape.size()) {
        throw new GradusException(
            "reshape", "the number of elements must stay", from + " to " + shape, "choose a shape of " + from.size());
      }
      return x.getFirst().withShape(shape);
    }

    @Override
    public Tensor evaluate(TensorType result, List<Tensor> x) {
      return x.getFirst().reshape(shape);
    }

    @Override
    public Node adjoint(Apply out, Node g) {
      return reshape(g, out.operand(0).shape());
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g reshaped to " + out.operand(0).shape();
    }
  }

  /// The axes in another order.
  ///
  /// @param axes axis i of the result is axis `axes[i]` of the operand
  record Permute(List<Integer> axes) implements View {
    /// Copies the list.
    public Permute {
      axes = ImmutableList.copyOf(axes);
    }

    @Override
    public String name() {
      return "transpose";
    }

    @Override
    public TensorType type(List<TensorType> x) {
      Shape from = x.getFirst().shape();
      boolean[] seen = new boolean[from.rank()];
      boolean valid = axes.size() == seen.length;
      for (int i = 0; valid && i < seen.length; i++) {
        int axis = axes.get(i);
        valid = axis >= 0 && axis < seen.length && !seen[axis];
        if (valid) {
          seen[axis] = true;
        }
      }
      if (!valid) {
        throw new GradusException(
            "transpose", "axes must name each axis of " + from + " once", axes, "list 0 to " + (from.rank() - 1));
      }
      return x.getFirst().withShape(Shape.of(axes.stream().mapToInt(from::dim).toArray()));
    }

    @Override
    public Tensor evaluate(TensorType result, List<Tensor> x) {
      int[] own = x.getFirst().shape().strides();
      return Strided.read(x.getFirst(), result.shape(), axes.stream().mapToInt(a -> own[a]).toArray(), 0);
    }

    @Override
    public Node adjoint(Apply out, Node g) {
      return permute(g, inverse(Ints.toArray(axes)));
    }

    @Override
    public String rule(Apply out, int slot) {
      return axes.size() == 2 ? "gᵀ" : "g with its axes put back";
    }
  }

  /// The elements repeated along new axes and axes of size 1, as NumPy broadcasts.
  ///
  /// @param shape the shape of the result
  record Broadcast(Shape shape) implements View {
    @Override
    public String name() {
      return "broadcast_to";
    }

    @Override
    public TensorType type(List<TensorType> x) {
      Shape from = x.getFirst().shape();
      if (!from.broadcastsTo(shape)) {
        throw new GradusException(
            "broadcast_to", "each axis must be 1 or stay", from + " to " + shape, "axes are matched from the last");
      }
      return x.getFirst().withShape(shape);
    }

    @Override
    public Tensor evaluate(TensorType result, List<Tensor> x) {
      return Strided.read(x.getFirst(), shape, Strided.broadcastStrides(x.getFirst().shape(), shape), 0);
    }

    @Override
    public Node adjoint(Apply out, Node g) {
      return Broadcasting.sumTo(g, out.operand(0).shape());
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g summed over the axes that were repeated";
    }
  }

  /// A box of elements, every `steps`-th along each axis.
  ///
  /// @param starts the first index, for each axis
  /// @param sizes how many, for each axis
  /// @param steps the distance between two, at least 1, for each axis
  record Slice(List<Integer> starts, List<Integer> sizes, List<Integer> steps) implements View {
    /// Copies the lists.
    public Slice {
      starts = ImmutableList.copyOf(starts);
      sizes = ImmutableList.copyOf(sizes);
      steps = ImmutableList.copyOf(steps);
    }

    @Override
    public String name() {
      return "slice";
    }

    @Override
    public TensorType type(List<TensorType> x) {
      Shape from = x.getFirst().shape();
      boolean valid = starts.size() == from.rank() && sizes.size() == from.rank() && steps.size() == from.rank();
      for (int i = 0; valid && i < from.rank(); i++) {
        int size = sizes.get(i);
        long last = starts.get(i) + (size - 1L) * steps.get(i);
        valid = size >= 0 && steps.get(i) > 0 && starts.get(i) >= 0
            && (size == 0 ? starts.get(i) <= from.dim(i) : last < from.dim(i));
      }
      if (!valid) {
        throw new GradusException("slice", "the slice must lie inside " + from, this, "check starts, sizes and steps");
      }
      return x.getFirst().withShape(Shape.of(Ints.toArray(sizes)));
    }

    @Override
    public Tensor evaluate(TensorType result, List<Tensor> x) {
      int[] own = x.getFirst().shape().strides();
      int[] strides = new int[own.length];
      int start = 0;
      for (int i = 0; i < own.length; i++) {
        strides[i] = own[i] * steps.get(i);
        start += own[i] * starts.get(i);
      }
      return Strided.read(x.getFirst(), result.shape(), strides, start);
    }

    @Override
    public Node adjoint(Apply out, Node g) {
      List<Integer> after = new ArrayList<>();
      Shape from = out.operand(0).shape();
      for (int i = 0; i < starts.size(); i++) {
        int end = sizes.get(i) == 0 ? starts.get(i) : starts.get(i) + (sizes.get(i) - 1) * steps.get(i) + 1;
        after.add(from.dim(i) - end);
      }
      return new Pad(starts, after, steps).of(g);
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g in the place it was cut from, 0 elsewhere";
    }

    @Override
    public String toString() {
      return "starts " + starts + " sizes " + sizes + " steps " + steps;
    }
  }

  /// The elements with zeros around and between them.
  ///
  /// @param before zeros before the first element, for each axis
  /// @param after zeros after the last, for each axis
  /// @param steps the distance between two elements in the result, at least 1, for each axis
  record Pad(List<Integer> before, List<Integer> after, List<Integer> steps) implements View {
    /// Copies the lists.
    public Pad {
      before = ImmutableList.copyOf(before);
      after = ImmutableList.copyOf(after);
      steps = ImmutableList.copyOf(steps);
    }

    @Override
    public String name() {
      return "pad";
    }

    @Override
    public TensorType type(List<TensorType> x) {
      Shape from = x.getFirst().shape();
      boolean valid = before.size() == from.rank() && after.size() == from.rank() && steps.size() == from.rank();
      int[] dims = new int[from.rank()];
      for (int i = 0; valid && i < dims.length; i++) {
        valid = before.get(i) >= 0 && after.get(i) >= 0 && steps.get(i) >= 1;
        int inner = from.dim(i) == 0 ? 0 : (from.dim(i) - 1) * steps.get(i) + 1;
        dims[i] = before.get(i) + inner + after.get(i);
      }
      if (!valid) {
        throw new GradusException(
            "pad", "widths must be at least 0 and steps at least 1, one for each axis of " + from, this, "check them");
      }
      return x.getFirst().withShape(Shape.of(dims));
    }

    @Override
    public Tensor evaluate(TensorType result, List<Tensor> x) {
      int[] strides = result.shape().strides();
      int start = 0;
      for (int i = 0; i < strides.length; i++) {
        start += before.get(i) * strides[i];
        strides[i] *= steps.get(i);
      }
      int[] to = Strided.offsets(x.getFirst().shape().dims(), strides, start);
      return Scatter.into(Tensor.zeros(result.shape(), result.dtype()), to, x.getFirst());
    }

    @Override
    public Node adjoint(Apply out, Node g) {
      return slice(g, Ints.toArray(before), out.operand(0).shape().dims(), Ints.toArray(steps));
    }

    @Override
    public String rule(Apply out, int slot) {
      return "the part of g that is not padding";
    }

    @Override
    public String toString() {
      return "before " + before + " after " + after + " steps " + steps;
    }
  }

  /// The elements in reverse order along some axes.
  ///
  /// @param axes the axes to reverse, from 0
  record Flip(List<Integer> axes) implements View {
    /// Copies the list.
    public Flip {
      axes = ImmutableList.copyOf(axes);
    }

    @Override
    public String name() {
      return "flip";
    }

    @Override
    public TensorType type(List<TensorType> x) {
      for (int axis : axes) {
        if (axis < 0 || axis >= x.getFirst().shape().rank()) {
          throw new GradusException("flip", "axes must be axes of " + x.getFirst(), axis, "count from 0");
        }
      }
      return x.getFirst();
    }

    @Override
    public Tensor evaluate(TensorType result, List<Tensor> x) {
      Shape shape = result.shape();
      int[] strides = shape.strides();
      int start = 0;
      for (int axis : axes) {
        start += Math.max(0, shape.dim(axis) - 1) * strides[axis];
        strides[axis] = -strides[axis];
      }
      return Strided.read(x.getFirst(), shape, strides, start);
    }

    @Override
    public Node adjoint(Apply out, Node g) {
      return of(g);
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g flipped back";
    }
  }

  /// Sliding windows over the last axes: `[..., d₁, ..., dₖ]` becomes `[..., w₁, ..., wₖ, p₁, ..., pₖ]`, in which element
  /// `[..., i₁, ..., iₖ, o₁, ..., oₖ]` is the operand's at `[..., o₁ s₁ + i₁ t₁, ..., oₖ sₖ + iₖ tₖ]`, with s the strides and
  /// t the dilations. So `i` counts within a window and `o` counts the windows, of which
  /// p = ⌊(d − t (w − 1) − 1) / s⌋ + 1 fit. What convolution and pooling are made of (im2col); its adjoint is [Fold].
  ///
  /// @param sizes w, how many elements a window has, for each of the last axes
  /// @param strides s, the distance between the first elements of neighbouring windows
  /// @param dilations t, the distance between neighbouring elements of a window
  record Windows(List<Integer> sizes, List<Integer> strides, List<Integer> dilations) implements View {
    /// Copies the lists.
    public Windows {
      sizes = ImmutableList.copyOf(sizes);
      strides = ImmutableList.copyOf(strides);
      dilations = ImmutableList.copyOf(dilations);
    }

    @Override
    public String name() {
      return "windows";
    }

    @Override
    public TensorType type(List<TensorType> x) {
      Shape from = x.getFirst().shape();
      int axes = sizes.size();
      int lead = from.rank() - axes;
      boolean valid = lead >= 0 && strides.size() == axes && dilations.size() == axes;
      int[] dims = Arrays.copyOf(from.dims(), Math.max(0, lead) + 2 * axes);
      for (int i = 0; valid && i < axes; i++) {
        dims[lead + i] = sizes.get(i);
        dims[lead + axes + i] = count(from.dim(lead + i), sizes.get(i), strides.get(i), dilations.get(i));
        valid = sizes.get(i) >= 1 && strides.get(i) >= 1 && dilations.get(i) >= 1 && dims[lead + axes + i] >= 1;
      }
      if (!valid) {
        throw new GradusException(
            "windows", "sizes, strides and dilations must be at least 1 and windows fit into " + from, this, "check them");
      }
      return x.getFirst().withShape(Shape.of(dims));
    }

    /// How many windows fit into an axis; 0 where none does.
    static int count(int length, int size, int stride, int dilation) {
      long span = (size - 1L) * dilation + 1;
      return span > length || stride < 1 ? 0 : (int) ((length - span) / stride) + 1;
    }

    @Override
    public Tensor evaluate(TensorType result, List<Tensor> x) {
      return Strided.read(x.getFirst(), result.shape(), stridesIn(x.getFirst().shape()), 0);
    }

    /// How far apart in an operand of shape `from` two elements are that are neighbours along an axis of the result.
    private int[] stridesIn(Shape from) {
      int[] own = from.strides();
      int axes = sizes.size();
      int lead = own.length - axes;
      int[] all = Arrays.copyOf(own, lead + 2 * axes);
      for (int i = 0; i < axes; i++) {
        all[lead + i] = own[lead + i] * dilations.get(i);
        all[lead + axes + i] = own[lead + i] * strides.get(i);
      }
      return all;
    }

    @Override
    public Node adjoint(Apply out, Node g) {
      int[] dims = out.operand(0).shape().dims();
      int lead = dims.length - sizes.size();
      return new Fold(Ints.asList(dims).subList(lead, dims.length), strides, dilations).of(g);
    }

    @Override
    public String rule(Apply out, int slot) {
      return "g of all windows added up where they overlap";
    }

    @Override
    public String toString() {
      return "sizes " + sizes + " strides " + strides + " dilations " + dilations;
    }
  }

  /// Windows put back and added up where they overlap, the adjoint of [Windows]: `[..., w₁, ..., wₖ, p₁, ..., pₖ]` becomes
  /// `[..., d₁, ..., dₖ]`, in which element `[..., j₁, ..., jₖ]` is the sum of the operand's at all
  /// `[..., i₁, ..., iₖ, o₁, ..., oₖ]` with o s + i t = j along each axis (col2im, overlap-add).
  ///
  /// @param sizes d, the sizes of the last axes of the result
  /// @param strides s, the distance between the first elements of neighbouring windows
  /// @param dilations t, the distance between neighbouring elements of a window
  record Fold(List<Integer> sizes, List<Integer> strides, List<Integer> dilations) implements View {
    /// Copies the lists.
    public Fold {
      sizes = ImmutableList.copyOf(sizes);
      strides = ImmutableList.copyOf(strides);
      dilations = ImmutableList.copyOf(dilations);
    }

    @Override
    public String name() {
      return "fold";
    }

    @Override
    public TensorType type(List<TensorType> x) {
      Shape from = x.getFirst().shape();
      int axes = sizes.size();
      int lead = from.rank() - 2 * axes;
      boolean valid = lead >= 0 && strides.size() == axes && dilations.size() == axes;
      int[] dims = Arrays.copyOf(from.dims(), Math.max(0, lead) + axes);
      for (int i = 0; valid && i < axes; i++) {
        dims[lead + i] = sizes.get(i);
        int windows = Windows.count(sizes.get(i), from.dim(lead + i), strides.get(i), dilations.get(i));
        valid = from.dim(lead + i) >= 1 && strides.get(i) >= 1 && dilations.get(i) >= 1
            && windows >= 1 && windows == from.dim(lead + axes + i);
      }
      if (!valid) {
        throw new GradusException(
            "fold", "the windows of " + from + " must be all that fit into the sizes", this, "check sizes, strides and dilations");
      }
      return x.getFirst().withShape(Shape.of(dims));
    }

    @Override
    public Tensor evaluate(TensorType result, List<Tensor> x) {
      int[] strides = windows(x.getFirst().shape()).stridesIn(result.shape());
      int[] to = Strided.offsets(x.getFirst().shape().dims(), strides, 0);
      return Scatter.into(Tensor.zeros(result.shape(), result.dtype()), to, x.getFirst());
    }

    /// The windows that `from` holds.
    private Windows windows(Shape from) {
      int lead = from.rank() - 2 * sizes.size();
      return new Windows(Ints.asList(from.dims()).subList(lead, lead + sizes.size()), strides, dilations);
    }

    @Override
    public Node adjoint(Apply out, Node g) {
      return windows(out.operand(0).shape()).of(g);
    }

    @Override
    public String rule(Apply out, int slot) {
      return "the windows of g";
    }

    @Override
    public String toString() {
      return "sizes " + sizes + " strides " + strides + " dilations " + dilations;
    }
  }
}
