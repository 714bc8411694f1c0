package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.op;

import dev.gradus.graph.Node;
import dev.gradus.graph.Reduce;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sums, products and extremes over axes.
final class Reductions {
  private Reductions() {}

  static final Entry SUM =
      reduction("sum", Reduce.Kind.SUM)
          .doc("the sum over axes")
          .derivatives("g spread over the summed axes")
          .convention("0 over nothing")
          .build();

  static final Entry PROD =
      reduction("prod", Reduce.Kind.PRODUCT)
          .doc("the product over axes")
          .derivatives("g * (product of the other elements)")
          .convention("1 over nothing; differentiated without division, so zeros are fine")
          .build();

  static final Entry MAX =
      reduction("max", Reduce.Kind.MAX)
          .doc("the largest element over axes")
          .derivatives("g where x = out, shared evenly; 0 elsewhere")
          .domain("at least one element")
          .convention("equal maxima share the gradient evenly; NaN wins")
          .build();

  static final Entry MIN =
      reduction("min", Reduce.Kind.MIN)
          .doc("the smallest element over axes")
          .derivatives("g where x = out, shared evenly; 0 elsewhere")
          .domain("at least one element")
          .convention("equal minima share the gradient evenly; NaN wins")
          .build();

  static final Entry ARGMAX = argExtremum("argmax", true);

  static final Entry ARGMIN = argExtremum("argmin", false);

  static final List<Entry> ENTRIES = List.of(SUM, PROD, MAX, MIN, ARGMAX, ARGMIN);

  private static EntryBuilder reduction(String name, Reduce.Kind kind) {
    return op(name, List.of("x"), (x, a) -> reduce(name, kind, x.getFirst(), a.flag("keepdims"), a.axes("axis")))
        .attribute("axis", null)
        .attribute("keepdims", false)
        .formula(name + "(x)");
  }

  private static Entry argExtremum(String name, boolean largest) {
    String word = largest ? "largest" : "smallest";
    return op(
            name,
            List.of("x"),
            (x, a) -> argExtremum(largest, x.getFirst(), a.integerOrNull("axis"), a.flag("keepdims")))
        .attribute("axis", null)
        .attribute("keepdims", false)
        .discrete()
        .doc("the index of the " + word + " element along an axis; without axis, of all in row-major order")
        .formula("the index where x is " + word)
        .domain("at least one element")
        .convention("the first of equals; the first NaN wins")
        .build();
  }

  static Node reduce(String op, Reduce.Kind kind, Node x, boolean keepDims, int... axes) {
    return new Reduce(kind, Axes.of(op, x.shape(), axes), keepDims).of(x);
  }

  static Node argExtremum(boolean largest, Node x, @Nullable Integer axis, boolean keepDims) {
    return new ArgExtremum(largest, axis, keepDims).of(x);
  }
}
