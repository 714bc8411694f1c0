package dev.gradus.teach.script;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.primitives.Ints;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Concat;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Gather;
import dev.gradus.graph.Primitive;
import dev.gradus.graph.RandomDraw;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.ScatterAdd;
import dev.gradus.graph.StopGradient;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.View;
import dev.gradus.scalar.Expression;
import dev.gradus.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Primitives as the engine of a page reads them: a word and the settings it needs. Views are told by strides, so that one loop
/// serves them all.
final class Operations {
  static final ArrayNode LEAF = row("leaf");
  static final ArrayNode CONSTANT = row("constant");
  static final ArrayNode PLAYED = row("played");
  private static final ArrayNode COPY = row("copy");

  private final Kernels kernels;
  private final Map<Expression, Boolean> hasTwin = new HashMap<>();

  Operations(Kernels kernels) {
    this.kernels = kernels;
  }

  /// The row of a primitive over operands of the given types, or null where it has no twin in JavaScript.
  @Nullable ArrayNode of(Primitive op, TensorType result, List<TensorType> x) {
    return switch (op) {
      case Elementwise map -> elementwise(map, result, x);
      case Reduce reduce -> reduce(reduce, x.getFirst().shape());
      case Contract contract -> contract(contract.equation(), x.get(0).shape(), x.get(1).shape());
      case View view -> view(view, result.shape(), x.getFirst().shape());
      case Concat concat -> row("concat").add(concat.axis());
      case Gather gather -> row("take").add(gather.axis());
      case ScatterAdd scatter -> row("add_at").add(scatter.axis());
      case Cast cast -> COPY;
      case StopGradient stop -> COPY;
      case RandomDraw draw -> null;
    };
  }

  private @Nullable ArrayNode elementwise(Elementwise map, TensorType result, List<TensorType> x) {
    boolean isExact = !result.dtype().isFloating() && x.stream().noneMatch(type -> type.dtype().isFloating());
    if (!hasTwin.computeIfAbsent(map.formula(), JavaScript::knows)) {
      return null;
    }
    return row("map").add(kernels.of(map.formula(), isExact)).add(isExact ? 1 : 0);
  }

  /// For each axis of the operand how far apart in the result two neighbours end: 0 where they are reduced to one.
  private static ArrayNode reduce(Reduce reduce, Shape operand) {
    int[] dims = operand.dims();
    reduce.axes().forEach(axis -> dims[axis] = 1);
    int[] strides = Shape.of(dims).strides();
    reduce.axes().forEach(axis -> strides[axis] = 0);
    return row("reduce").add(reduce.reduction().name().toLowerCase(Locale.ROOT)).add(list(strides));
  }

  /// The sizes of the summed axes; the strides in both operands along the axes of the result, then along the summed ones.
  private static ArrayNode contract(String equation, Shape left, Shape right) {
    int comma = equation.indexOf(',');
    int arrow = equation.indexOf("->");
    String x = equation.substring(0, comma);
    String y = equation.substring(comma + 1, arrow);
    String result = equation.substring(arrow + 2);
    String summed = x.chars().filter(letter -> result.indexOf(letter) < 0).mapToObj(Character::toString).reduce("", String::concat);
    return row("contract")
        .add(list(summed.chars().map(letter -> left.dim(x.indexOf(letter))).toArray()))
        .add(list(strides(result, x, left)))
        .add(list(strides(result, y, right)))
        .add(list(strides(summed, x, left)))
        .add(list(strides(summed, y, right)));
  }

  private static int[] strides(String axes, String operand, Shape shape) {
    int[] own = shape.strides();
    return axes.chars().map(letter -> operand.indexOf(letter)).map(axis -> axis < 0 ? 0 : own[axis]).toArray();
  }

  /// `read`: where the elements of the result stand in the operand; `spread`: where those of the operand end in the result.
  private static ArrayNode view(View view, Shape result, Shape operand) {
    int[] from = operand.strides();
    int[] to = result.strides();
    return switch (view) {
      case View.Reshape reshape -> COPY;
      case View.Permute permute -> read(0, permute.axes().stream().mapToInt(axis -> from[axis]).toArray());
      case View.Broadcast broadcast -> read(0, broadcast(operand, result));
      case View.Slice slice -> read(dot(from, slice.starts()), times(from, slice.steps()));
      case View.Flip flip -> {
        int start = 0;
        for (int axis : flip.axes()) {
          start += Math.max(0, operand.dim(axis) - 1) * from[axis];
          from[axis] = -from[axis];
        }
        yield read(start, from);
      }
      case View.Windows windows -> read(0, windows(from, windows.strides(), windows.dilations()));
      case View.Pad pad -> spread(dot(to, pad.before()), times(to, pad.steps()));
      case View.Fold fold -> spread(0, windows(to, fold.strides(), fold.dilations()));
    };
  }

  private static int[] broadcast(Shape from, Shape to) {
    int[] own = from.strides();
    int lead = to.rank() - from.rank();
    int[] strides = new int[to.rank()];
    for (int axis = 0; axis < own.length; axis++) {
      strides[lead + axis] = from.dim(axis) == 1 ? 0 : own[axis];
    }
    return strides;
  }

  /// The strides of an array along the axes of its windows: first within a window, then from window to window.
  private static int[] windows(int[] own, List<Integer> strides, List<Integer> dilations) {
    int axes = strides.size();
    int lead = own.length - axes;
    int[] all = Arrays.copyOf(own, lead + 2 * axes);
    for (int i = 0; i < axes; i++) {
      all[lead + i] = own[lead + i] * dilations.get(i);
      all[lead + axes + i] = own[lead + i] * strides.get(i);
    }
    return all;
  }

  private static int dot(int[] strides, List<Integer> index) {
    int sum = 0;
    for (int i = 0; i < strides.length; i++) {
      sum += strides[i] * index.get(i);
    }
    return sum;
  }

  private static int[] times(int[] strides, List<Integer> steps) {
    int[] all = strides.clone();
    Arrays.setAll(all, i -> strides[i] * steps.get(i));
    return all;
  }

  private static ArrayNode read(int start, int[] strides) {
    return row("read").add(start).add(list(strides));
  }

  private static ArrayNode spread(int start, int[] strides) {
    return row("spread").add(start).add(list(strides));
  }

  private static ArrayNode row(String word) {
    return JsonNodeFactory.instance.arrayNode().add(word);
  }

  static ArrayNode list(int... numbers) {
    return list(Ints.asList(numbers));
  }

  static ArrayNode list(List<Integer> numbers) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    numbers.forEach(number -> list.add(number.intValue()));
    return list;
  }
}
