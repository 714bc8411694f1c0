package dev.gradus.tensor;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.gradus.GradusException;
import dev.gradus.tensor.raw.RawTensors;
import java.util.Arrays;

/// An immutable n-dimensional array of numbers or bools: a [Shape], a [DType] and the elements in row-major order.
@CheckReturnValue
public final class Tensor {
  private final Shape shape;
  private final DType dtype;
  private final Object array;

  static {
    RawTensors.open(
        new RawTensors() {
          @Override
          protected Object arrayOf(Tensor tensor) {
            return tensor.array;
          }

          @Override
          protected Tensor over(Shape shape, Object array) {
            return new Tensor(shape, array);
          }
        });
  }

  private Tensor(Shape shape, Object array) {
    int length;
    switch (array) {
      case double[] a -> {
        dtype = DType.F64;
        length = a.length;
      }
      case float[] a -> {
        dtype = DType.F32;
        length = a.length;
      }
      case long[] a -> {
        dtype = DType.I64;
        length = a.length;
      }
      case int[] a -> {
        dtype = DType.I32;
        length = a.length;
      }
      case boolean[] a -> {
        dtype = DType.BOOL;
        length = a.length;
      }
      default -> throw new IllegalArgumentException("no tensor of " + array.getClass());
    }
    if (length != shape.size()) {
      throw new GradusException(
          "tensor", "shape " + shape + " needs " + shape.size() + " elements", length, "change the shape or the elements");
    }
    this.shape = shape;
    this.array = array;
  }

  /// An f64 scalar.
  public static Tensor scalar(double value) {
    return new Tensor(Shape.SCALAR, new double[] {value});
  }

  /// An f32 scalar.
  public static Tensor scalar(float value) {
    return new Tensor(Shape.SCALAR, new float[] {value});
  }

  /// An i64 scalar.
  public static Tensor scalar(long value) {
    return new Tensor(Shape.SCALAR, new long[] {value});
  }

  /// An i32 scalar.
  public static Tensor scalar(int value) {
    return new Tensor(Shape.SCALAR, new int[] {value});
  }

  /// A bool scalar.
  public static Tensor scalar(boolean value) {
    return new Tensor(Shape.SCALAR, new boolean[] {value});
  }

  /// A scalar of the given dtype, converted as by [#cast].
  public static Tensor scalar(DType dtype, double value) {
    return full(Shape.SCALAR, dtype, value);
  }

  /// An f64 tensor of the given elements in row-major order.
  public static Tensor of(Shape shape, double... elements) {
    return new Tensor(shape, elements.clone());
  }

  /// An f32 tensor of the given elements in row-major order.
  public static Tensor of(Shape shape, float... elements) {
    return new Tensor(shape, elements.clone());
  }

  /// An i64 tensor of the given elements in row-major order.
  public static Tensor of(Shape shape, long... elements) {
    return new Tensor(shape, elements.clone());
  }

  /// An i32 tensor of the given elements in row-major order.
  public static Tensor of(Shape shape, int... elements) {
    return new Tensor(shape, elements.clone());
  }

  /// A bool tensor of the given elements in row-major order.
  public static Tensor of(Shape shape, boolean... elements) {
    return new Tensor(shape, elements.clone());
  }

  /// A tensor of nested Java arrays or lists, such as `new double[][] {{1, 2}, {3, 4}}`, or of one number or bool.
  /// The elements' Java type decides the dtype; a list that mixes whole and other numbers gives f64.
  ///
  /// @throws GradusException where rows are not equally long, or elements are no numbers or bools
  public static Tensor of(Object nested) {
    return Nested.read(nested);
  }

  /// An f64 vector.
  public static Tensor vector(double... elements) {
    return of(Shape.of(elements.length), elements);
  }

  /// One number repeated, converted to the dtype as by [#cast].
  public static Tensor full(Shape shape, DType dtype, double value) {
    int size = shape.size();
    switch (dtype) {
      case F64 -> {
        double[] all = new double[size];
        Arrays.fill(all, value);
        return new Tensor(shape, all);
      }
      case F32 -> {
        float[] all = new float[size];
        Arrays.fill(all, (float) value);
        return new Tensor(shape, all);
      }
      case I64 -> {
        long[] all = new long[size];
        Arrays.fill(all, (long) value);
        return new Tensor(shape, all);
      }
      case I32 -> {
        int[] all = new int[size];
        Arrays.fill(all, (int) value);
        return new Tensor(shape, all);
      }
      case BOOL -> {
        boolean[] all = new boolean[size];
        Arrays.fill(all, value != 0);
        return new Tensor(shape, all);
      }
    }
    throw new AssertionError(dtype);
  }

  /// f64 zeros.
  public static Tensor zeros(Shape shape) {
    return zeros(shape, DType.F64);
  }

  /// Zeros (or false) of the given dtype.
  public static Tensor zeros(Shape shape, DType dtype) {
    return full(shape, dtype, 0);
  }

  /// f64 ones.
  public static Tensor ones(Shape shape) {
    return ones(shape, DType.F64);
  }

  /// Ones (or true) of the given dtype.
  public static Tensor ones(Shape shape, DType dtype) {
    return full(shape, dtype, 1);
  }

  /// The i64 numbers 0 to `count` − 1.
  public static Tensor arange(int count) {
    long[] all = new long[requireCount("arange", count)];
    Arrays.setAll(all, i -> i);
    return new Tensor(Shape.of(count), all);
  }

  /// The f64 numbers `start`, `start + step`, ... below `stop` (above it for a negative step).
  public static Tensor arange(double start, double stop, double step) {
    double count = Math.ceil((stop - start) / step);
    if (step == 0 || !(count <= Integer.MAX_VALUE)) {
      throw new GradusException(
          "arange", "the step must lead from start to stop", start + ", " + stop + ", " + step, "use a nonzero step");
    }
    double[] all = new double[Math.max(0, (int) count)];
    Arrays.setAll(all, i -> start + i * step);
    return new Tensor(Shape.of(all.length), all);
  }

  /// `count` f64 numbers at equal distances, from `start` to `stop`, both included.
  public static Tensor linspace(double start, double stop, int count) {
    double[] all = new double[requireCount("linspace", count)];
    Arrays.setAll(
        all, i -> i == count - 1 && count > 1 ? stop : start + (count == 1 ? 0 : i * ((stop - start) / (count - 1))));
    return new Tensor(Shape.of(count), all);
  }

  private static int requireCount(String op, int count) {
    if (count < 0) {
      throw new GradusException(op, "the count must be at least 0", count, "check the arguments");
    }
    return count;
  }

  /// Standard normal f64 numbers: the same for the same seed on every machine ([Philox], stream 0).
  public static Tensor normal(Shape shape, long seed) {
    double[] all = new double[shape.size()];
    Philox.normal(seed, 0, all);
    return new Tensor(shape, all);
  }

  /// Uniform f64 numbers in [0, 1): the same for the same seed on every machine ([Philox], stream 0).
  public static Tensor uniform(Shape shape, long seed) {
    double[] all = new double[shape.size()];
    Philox.uniform(seed, 0, all);
    return new Tensor(shape, all);
  }

  /// The shape.
  public Shape shape() {
    return shape;
  }

  /// The dtype of the elements.
  public DType dtype() {
    return dtype;
  }

  /// The number of axes.
  public int rank() {
    return shape.rank();
  }

  /// The number of elements.
  public int size() {
    return shape.size();
  }

  /// One element as a double, bools as 0 and 1; negative indices count from the end.
  public double get(int... index) {
    return asDouble(flat(index));
  }

  /// One element as a long, floating-point numbers truncated, bools as 0 and 1; negative indices count from the end.
  public long getLong(int... index) {
    return asLong(flat(index));
  }

  /// The only element as a double.
  ///
  /// @throws GradusException where there are more or fewer than one
  public double item() {
    if (size() != 1) {
      throw new GradusException("item", "the tensor must have one element", "shape " + shape, "use get(index)");
    }
    return asDouble(0);
  }

  private int flat(int[] index) {
    if (index.length != rank()) {
      throw new GradusException(
          "get", "there must be one index for each axis of " + shape, Arrays.toString(index), "give " + rank());
    }
    int at = 0;
    for (int axis = 0; axis < index.length; axis++) {
      int length = shape.dim(axis);
      if (index[axis] < -length || index[axis] >= length) {
        throw new GradusException(
            "get", "indices must lie inside " + shape, Arrays.toString(index), "negative ones count from the end");
      }
      at = at * length + (index[axis] < 0 ? index[axis] + length : index[axis]);
    }
    return at;
  }

  private double asDouble(int at) {
    return switch (array) {
      case double[] a -> a[at];
      case float[] a -> a[at];
      case long[] a -> a[at];
      case int[] a -> a[at];
      case boolean[] a -> a[at] ? 1 : 0;
      default -> throw new AssertionError(dtype);
    };
  }

  private long asLong(int at) {
    return switch (array) {
      case double[] a -> (long) a[at];
      case float[] a -> (long) a[at];
      case long[] a -> a[at];
      case int[] a -> a[at];
      case boolean[] a -> a[at] ? 1 : 0;
      default -> throw new AssertionError(dtype);
    };
  }

  /// One element as [Double], [Long] or [Boolean].
  Object element(int at) {
    if (array instanceof boolean[] bools) {
      return bools[at];
    }
    if (array instanceof float[] floats) {
      return Double.parseDouble(Float.toString(floats[at]));
    }
    return dtype.isFloating() ? (Object) asDouble(at) : (Object) asLong(at);
  }

  /// The elements in row-major order as doubles, in a new array; bools as 0 and 1.
  public double[] toDoubles() {
    if (array instanceof double[] doubles) {
      return doubles.clone();
    }
    double[] all = new double[size()];
    Arrays.setAll(all, this::asDouble);
    return all;
  }

  /// The elements in row-major order as longs, in a new array; floating-point numbers truncated, bools as 0 and 1.
  public long[] toLongs() {
    if (array instanceof long[] longs) {
      return longs.clone();
    }
    long[] all = new long[size()];
    Arrays.setAll(all, this::asLong);
    return all;
  }

  /// The elements as nested lists of [Double], [Long] or [Boolean]; a scalar is the bare element.
  public Object toNested() {
    return Nested.write(this);
  }

  /// The same numbers in another dtype, as Java converts them: floating-point numbers are rounded to f32 and truncated
  /// to integers (NaN becomes 0, numbers too large the largest), i64 keeps its low bits in i32, a bool is true where
  /// the number is not 0 and counts as 1.
  public Tensor cast(DType to) {
    if (to == dtype) {
      return this;
    }
    int size = size();
    switch (to) {
      case F64 -> {
        return new Tensor(shape, toDoubles());
      }
      case F32 -> {
        float[] all = new float[size];
        for (int i = 0; i < size; i++) {
          all[i] = dtype.isFloating() ? (float) asDouble(i) : (float) asLong(i);
        }
        return new Tensor(shape, all);
      }
      case I64 -> {
        return new Tensor(shape, toLongs());
      }
      case I32 -> {
        int[] all = new int[size];
        for (int i = 0; i < size; i++) {
          all[i] = dtype.isFloating() ? (int) asDouble(i) : (int) asLong(i);
        }
        return new Tensor(shape, all);
      }
      case BOOL -> {
        boolean[] all = new boolean[size];
        for (int i = 0; i < size; i++) {
          all[i] = dtype.isFloating() ? asDouble(i) != 0 : asLong(i) != 0;
        }
        return new Tensor(shape, all);
      }
    }
    throw new AssertionError(to);
  }

  /// The same elements in another shape of the same size.
  public Tensor reshape(Shape to) {
    return to.equals(shape) ? this : new Tensor(to, array);
  }

  /// Whether `other` has the same shape and its elements x satisfy |this − x| ≤ `absolute` + `relative` · |x|, NaN
  /// being close to NaN and an infinity to itself.
  public boolean closeTo(Tensor other, double relative, double absolute) {
    if (!shape.equals(other.shape)) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      double a = asDouble(i);
      double b = other.asDouble(i);
      boolean same = a == b || (Double.isNaN(a) && Double.isNaN(b));
      boolean near = Double.isFinite(a - b) && Math.abs(a - b) <= absolute + relative * Math.abs(b);
      if (!same && !near) {
        return false;
      }
    }
    return true;
  }

  /// Whether `other` has the same dtype and shape and the same elements bit by bit: NaN equals NaN, 0.0 is not -0.0.
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Tensor tensor
            && shape.equals(tensor.shape)
            && dtype == tensor.dtype
            && switch (array) {
              case double[] a -> Arrays.equals(a, (double[]) tensor.array);
              case float[] a -> Arrays.equals(a, (float[]) tensor.array);
              case long[] a -> Arrays.equals(a, (long[]) tensor.array);
              case int[] a -> Arrays.equals(a, (int[]) tensor.array);
              case boolean[] a -> Arrays.equals(a, (boolean[]) tensor.array);
              default -> throw new AssertionError(dtype);
            });
  }

  @Override
  public int hashCode() {
    int elements =
        switch (array) {
          case double[] a -> Arrays.hashCode(a);
          case float[] a -> Arrays.hashCode(a);
          case long[] a -> Arrays.hashCode(a);
          case int[] a -> Arrays.hashCode(a);
          case boolean[] a -> Arrays.hashCode(a);
          default -> throw new AssertionError(dtype);
        };
    return 31 * shape.hashCode() + elements;
  }

  /// The elements as nested lists, with the dtype where it is not f64; large tensors are abbreviated.
  @Override
  public String toString() {
    return TensorText.of(this);
  }
}
