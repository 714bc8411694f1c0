package dev.gradus.tensor;

import dev.gradus.GradusException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Nested Java arrays and lists, to tensors and back.
final class Nested {
  private Nested() {}

  static Tensor read(Object nested) {
    List<Integer> dims = new ArrayList<>();
    Object first = nested;
    while (isSequence(first)) {
      int length = length(first);
      dims.add(length);
      if (length == 0) {
        break;
      }
      first = element(first, 0);
    }
    Shape shape = Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
    List<Object> elements = new ArrayList<>(shape.size());
    collect(nested, shape, 0, elements);
    return pack(shape, elements, nested);
  }

  private static void collect(Object part, Shape shape, int depth, List<Object> into) {
    boolean leaf = depth == shape.rank();
    if (leaf == isSequence(part) || (!leaf && length(part) != shape.dim(depth))) {
      String got = isSequence(part) ? "a list of " + length(part) : "a single element";
      throw new GradusException(
          "tensor", "nested lists must be rectangular, here " + shape, got + " at depth " + depth, "make all rows equally long");
    }
    if (leaf) {
      into.add(part);
      return;
    }
    for (int i = 0; i < shape.dim(depth); i++) {
      collect(element(part, i), shape, depth + 1, into);
    }
  }

  private static Tensor pack(Shape shape, List<Object> elements, Object nested) {
    DType dtype = elements.isEmpty() ? emptyType(nested) : typeOf(elements.getFirst());
    for (Object element : elements) {
      dtype = common(dtype, typeOf(element));
    }
    switch (dtype) {
      case BOOL -> {
        boolean[] all = new boolean[elements.size()];
        for (int i = 0; i < all.length; i++) {
          all[i] = (Boolean) elements.get(i);
        }
        return Tensor.of(shape, all);
      }
      case I64, I32 -> {
        long[] all = elements.stream().mapToLong(e -> ((Number) e).longValue()).toArray();
        return Tensor.of(shape, all).cast(dtype);
      }
      default -> {
        double[] all = elements.stream().mapToDouble(e -> ((Number) e).doubleValue()).toArray();
        return Tensor.of(shape, all).cast(dtype);
      }
    }
  }

  /// The dtype that holds both: floating-point where one is, the wider of two alike.
  private static DType common(DType a, DType b) {
    if (a == b) {
      return a;
    }
    if (a == DType.BOOL || b == DType.BOOL) {
      throw new GradusException("tensor", "elements must be all numbers or all bools", a + " and " + b, "use 0 and 1");
    }
    return a.isInteger() && b.isInteger() ? DType.I64 : DType.F64;
  }

  private static DType typeOf(@Nullable Object element) {
    return switch (element) {
      case Double d -> DType.F64;
      case Float f -> DType.F32;
      case Long l -> DType.I64;
      case Integer i -> DType.I32;
      case Short s -> DType.I32;
      case Byte b -> DType.I32;
      case Boolean b -> DType.BOOL;
      case null, default ->
          throw new GradusException(
              "tensor",
              "elements must be numbers or bools",
              element == null ? "null" : element.getClass().getSimpleName(),
              "convert them");
    };
  }

  private static DType emptyType(Object nested) {
    Class<?> type = nested.getClass();
    while (type.isArray()) {
      type = type.componentType();
    }
    return type == float.class ? DType.F32
        : type == long.class ? DType.I64
        : type == int.class ? DType.I32
        : type == boolean.class ? DType.BOOL
        : DType.F64;
  }

  private static boolean isSequence(@Nullable Object part) {
    return part instanceof List<?> || (part != null && part.getClass().isArray());
  }

  private static int length(Object part) {
    return part instanceof List<?> list ? list.size() : Array.getLength(part);
  }

  private static Object element(Object part, int index) {
    return part instanceof List<?> list ? list.get(index) : Array.get(part, index);
  }

  /// The elements as nested lists of [Double], [Long] or [Boolean]; a scalar is the bare element.
  static Object write(Tensor tensor) {
    return write(tensor, 0, 0, tensor.size());
  }

  private static Object write(Tensor tensor, int depth, int start, int span) {
    if (depth == tensor.rank()) {
      return tensor.element(start);
    }
    int length = tensor.shape().dim(depth);
    List<Object> all = new ArrayList<>(length);
    int inner = length == 0 ? 0 : span / length;
    for (int i = 0; i < length; i++) {
      all.add(write(tensor, depth + 1, start + i * inner, inner));
    }
    return all;
  }
}
