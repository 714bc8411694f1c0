package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.op;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Gather;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.View;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ops that choose elements by integer indices.
final class Indexing {
  private Indexing() {}

  static final Entry TAKE =
      op("take", List.of("x", "indices"), (x, a) -> take(x.get(0), x.get(1), a.integerOrNull("axis")))
          .indices(1)
          .attribute("axis", null)
          .doc("the elements of x at indices along an axis; without axis, of x flattened")
          .formula("x[indices]")
          .derivatives("g added into the places it was taken from, 0 elsewhere")
          .domain("indices from -n to n - 1")
          .convention("negative indices count from the end; an index taken twice receives both gradients")
          .build();

  static final Entry ONE_HOT =
      op("one_hot", List.of("indices"), (x, a) -> oneHot(x.getFirst(), a.integer("depth")))
          .indices(0)
          .required("depth")
          .doc("for each index a row of zeros with a 1 at its place, as integers")
          .formula("out[..., k] = [indices[...] = k]")
          .discrete()
          .domain("indices from 0 to depth - 1")
          .build();

  static final Entry EMBEDDING =
      op("embedding", List.of("indices", "table"), (x, a) -> new Embedding().of(x.get(0), x.get(1)))
          .indices(0)
          .doc("the rows of a table at indices: take along its first axis, with the indices first")
          .formula("table[indices]")
          .derivatives("to table: g added into the rows it was taken from, 0 elsewhere")
          .domain("indices from -n to n - 1")
          .convention("a row taken twice receives both gradients")
          .build();

  static final Entry MASKED_FILL =
      op("masked_fill", List.of("x", "mask"), (x, a) -> maskedFill(x.get(0), x.get(1), a.number("value")))
          .required("value")
          .doc("x, but a number where the mask (bool) holds")
          .formula("where(mask, value, x)")
          .derivatives("to x: where(mask, 0, g)")
          .convention("what is filled gets no gradient, whatever its value")
          .build();

  static final List<Entry> ENTRIES = List.of(TAKE, EMBEDDING, ONE_HOT, MASKED_FILL);

  static Node maskedFill(Node x, Node mask, double value) {
    return new MaskedFill(value).of(x, mask);
  }

  /// Without an axis, from `x` flattened.
  static Node take(Node x, Node indices, @Nullable Integer axis) {
    return axis == null
        ? new Gather(0).of(View.reshape(x, Shape.of(x.shape().size())), indices)
        : new Gather(x.shape().axis("take", axis)).of(x, indices);
  }

  static Node oneHot(Node indices, int depth) {
    return new OneHot("one_hot", depth, null, DType.I64).of(indices);
  }

  record Embedding() implements Composite {
    @Override
    public String name() {
      return "embedding";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      TensorType indices = x.get(0).type();
      if (!indices.dtype().isInteger()) {
        throw new GradusException("embedding", "indices must be integers", indices.dtype(), "cast them to i64");
      }
      if (x.get(1).shape().rank() == 0) {
        throw new GradusException("embedding", "the table must have rows", x.get(1).type(), "reshape it");
      }
      return List.of(new Gather(0).of(x.get(1), x.get(0)));
    }

    @Override
    public String rule(Apply out, int slot) {
      return slot == 0 ? "none: an index" : "g added into the rows it was taken from, 0 elsewhere";
    }
  }

  record MaskedFill(double value) implements Composite {
    @Override
    public String name() {
      return "masked_fill";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Node mask = x.get(1);
      if (mask.dtype() != DType.BOOL) {
        throw new GradusException("masked_fill", "the mask must be bool", mask.dtype(), "cast the mask");
      }
      Shape.broadcast("masked_fill", x.get(0).shape(), mask.shape());
      return List.of(Arithmetics.WHERE.of(mask, Arithmetics.number("masked_fill", x.get(0), value), x.get(0)));
    }

    @Override
    public String rule(Apply out, int slot) {
      return slot == 0 ? "where(y, 0, g)" : "none: a condition";
    }
  }

  /// Rows of zeros with a 1 at each index; an index equal to `ignored` gives a row without a 1.
  ///
  /// @param name the op that is told of in errors
  record OneHot(String name, int depth, @Nullable Integer ignored, DType dtype) implements Opaque {
    @Override
    public List<TensorType> types(List<TensorType> x) {
      TensorType indices = x.getFirst();
      if (!indices.dtype().isInteger()) {
        throw new GradusException(name, "indices must be integers", indices.dtype(), "cast them to i64");
      }
      if (depth < 0) {
        throw new GradusException(name, "depth must be at least 0", depth, "pass the number of classes");
      }
      int[] dims = Arrays.copyOf(indices.shape().dims(), indices.shape().rank() + 1);
      dims[dims.length - 1] = depth;
      return List.of(new TensorType(Shape.of(dims), dtype));
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> x) {
      long[] indices = x.getFirst().toLongs();
      Shape shape = types(List.of(TensorType.of(x.getFirst()))).getFirst().shape();
      boolean[] hot = new boolean[shape.size()];
      for (int i = 0; i < indices.length; i++) {
        if (ignored != null && indices[i] == ignored) {
          continue;
        }
        if (indices[i] < 0 || indices[i] >= depth) {
          throw new GradusException(
              name, "a class must lie in [0, " + depth + ")", indices[i] + " at place " + i, "check the labels");
        }
        hot[i * depth + (int) indices[i]] = true;
      }
      return List.of(Tensor.of(shape, hot).cast(dtype));
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      return Collections.singletonList(null);
    }

    @Override
    public String rule(Apply out, int slot) {
      return "none: an index";
    }
  }
}
