package dev.gradus.compile;

import dev.gradus.graph.Concat;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.Typing;
import dev.gradus.graph.View;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.Expression;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Rewrites what is live in patterns that need to know who else uses a value: a sum with a matrix product that nobody else
/// wants becomes one operation, which adds to what is there; operands of a concatenation, and pads that interleave, are computed in their
/// place.
final class Rewriting {
  /// Sums of more pads than this are not looked at.
  private static final int MOST_PADS = 16;

  private final List<Value> rewritten = new ArrayList<>();
  private final Map<Value, Value> now = new HashMap<>();
  private final int[] uses;

  Rewriting(List<Value> live, List<Value> outputs) {
    this.uses = new int[live.isEmpty() ? 0 : live.getLast().number + 1];
    for (Value value : live) {
      for (Value operand : value.operands) {
        uses[operand.number]++;
      }
    }
    outputs.forEach(output -> uses[output.number] += 2);
    live.forEach(this::rewrite);
  }

  List<Value> values() {
    return rewritten;
  }

  /// What a value has become.
  Value of(Value before) {
    Value value = now.get(before);
    if (value == null) {
      throw new IllegalStateException("not rewritten: " + before);
    }
    return value;
  }

  private void rewrite(Value value) {
    Value added =
        switch (value.op) {
          case Elementwise map -> {
            Value assembled = assembled(value);
            yield assembled != null ? assembled : multiplyAdd(value, map);
          }
          case View.Slice slice -> slicedProduct(value, slice);
          case null, default -> null;
        };
    if (added == null) {
      Value[] operands = new Value[value.operands.length];
      for (int i = 0; i < operands.length; i++) {
        operands[i] = of(value.operands[i]);
      }
      if (value.op instanceof Concat concat) {
        place(operands, concat, value);
      }
      added = value.with(rewritten.size(), operands);
    }
    rewritten.add(added);
    now.put(value, added);
  }

  /// Puts each operand of a concatenation in its place by itself, so that the loop that computes it can write it there.
  private void place(Value[] operands, Concat concat, Value whole) {
    int rank = whole.type.shape().rank();
    int start = 0;
    for (int i = 0; i < operands.length; i++) {
      int end = start + operands[i].type.shape().dim(concat.axis());
      View.Pad pad =
          new View.Pad(
              at(rank, concat.axis(), start),
              at(rank, concat.axis(), whole.type.shape().dim(concat.axis()) - end),
              Collections.nCopies(rank, 1));
      operands[i] = Value.piece(rewritten.size(), whole.type, pad, operands[i]);
      rewritten.add(operands[i]);
      start = end;
    }
  }

  /// A number for one axis, 0 for the others.
  private static List<Integer> at(int rank, int axis, int number) {
    List<Integer> numbers = new ArrayList<>(Collections.nCopies(rank, 0));
    numbers.set(axis, number);
    return numbers;
  }

  /// A sum of pads that nobody else wants, whose elements interleave along one axis so that each place gets one of them: they are put
  /// there, as those of a concatenation are.
  private @Nullable Value assembled(Value sum) {
    if (!sum.type.dtype().isFloating()) {
      return null;
    }
    List<Value> pads = pads(sum);
    if (pads.size() < 2) {
      return null;
    }
    int axis = 0;
    while (axis < sum.type.shape().rank() && pad(pads.getFirst()).steps().get(axis) == 1) {
      axis++;
    }
    BitSet starts = new BitSet();
    long elements = 0;
    for (Value pad : pads) {
      if (!interleaves(pad(pad), axis, pads.size())) {
        return null;
      }
      starts.set(pad(pad).before().get(axis));
      elements += pad.operand(0).size();
    }
    if (starts.cardinality() < pads.size() || elements != sum.size()) {
      return null;
    }
    List<Value> pieces = new ArrayList<>();
    for (Value pad : pads) {
      // Elements are added to zeros, where -0 becomes 0.
      Elementwise plusZero = new Elementwise("add", X.plus(0), Typing.Rule.FLOATING);
      Value element = Value.apply(rewritten.size(), pad.operand(0).type, plusZero, List.of(of(pad.operand(0))));
      rewritten.add(element);
      pieces.add(Value.piece(rewritten.size(), sum.type, pad(pad), element));
      rewritten.add(pieces.getLast());
    }
    return Value.apply(rewritten.size(), sum.type, new Concat(axis), pieces);
  }

  /// The pads that a sum adds up, if there are few, all of its type, and it adds nothing else; else none.
  private List<Value> pads(Value sum) {
    List<Value> pads = new ArrayList<>();
    Deque<Value> left = new ArrayDeque<>(List.of(sum));
    while (!left.isEmpty() && pads.size() + left.size() <= MOST_PADS) {
      Value value = left.pop();
      if (!value.type.equals(sum.type) || (value != sum && uses[value.number] != 1)) {
        return List.of();
      }
      if (value.op instanceof View.Pad) {
        pads.add(value);
      } else if (value.op instanceof Elementwise map && map.formula() == SUM) {
        // What was added last comes first: in a long sum that is what tells.
        left.push(value.operand(0));
        left.push(value.operand(1));
      } else {
        return List.of();
      }
    }
    return left.isEmpty() ? pads : List.of();
  }

  private static View.Pad pad(Value value) {
    return (View.Pad) Objects.requireNonNull(value.op);
  }

  /// Whether a pad puts elements at every `step`th place of an axis, starting with one of the first, and fills all other axes.
  private static boolean interleaves(View.Pad pad, int axis, int step) {
    for (int i = 0; i < pad.steps().size(); i++) {
      boolean fits = i == axis
          ? pad.steps().get(i) == step && pad.before().get(i) < step
          : pad.steps().get(i) == 1 && pad.before().get(i) == 0 && pad.after().get(i) == 0;
      if (!fits) {
        return false;
      }
    }
    return axis < pad.steps().size();
  }

  /// A part of a product that nobody else wants is the product of a part: along an axis that one operand alone has, that operand
  /// is cut in place of the result.
  private @Nullable Value slicedProduct(Value value, View.Slice slice) {
    Value whole = value.operand(0);
    if (!(whole.op instanceof Contract contract) || whole.operands.length != 2 || uses[whole.number] != 1) {
      return null;
    }
    String[] words = contract.equation().split("->|,", -1);
    Value[] operands = {of(whole.operand(0)), of(whole.operand(1))};
    for (int side = 0; side < 2; side++) {
      int rank = words[side].length();
      Integer[] starts = new Integer[rank];
      Integer[] sizes = new Integer[rank];
      Integer[] steps = new Integer[rank];
      for (int axis = 0; axis < rank; axis++) {
        int out = words[2].indexOf(words[side].charAt(axis));
        starts[axis] = out < 0 ? 0 : slice.starts().get(out);
        sizes[axis] = out < 0 ? operands[side].type.shape().dim(axis) : slice.sizes().get(out);
        steps[axis] = out < 0 ? 1 : slice.steps().get(out);
      }
      View.Slice part = new View.Slice(List.of(starts), List.of(sizes), List.of(steps));
      TensorType type = operands[side].type.withShape(Shape.of(part.sizes().stream().mapToInt(Integer::intValue).toArray()));
      if (!type.equals(operands[side].type)) {
        operands[side] = Value.apply(rewritten.size(), type, part, List.of(operands[side]));
        rewritten.add(operands[side]);
      }
    }
    return Value.apply(rewritten.size(), value.type, contract, List.of(operands));
  }

  private static final Expression X = Expression.variable(0);
  private static final Expression Y = Expression.variable(1);
  private static final Expression SUM = X.plus(Y);
  private static final Expression DIFFERENCE = X.minus(Y);

  private @Nullable Value multiplyAdd(Value value, Elementwise map) {
    boolean sum = map.formula() == SUM;
    if ((!sum && map.formula() != DIFFERENCE) || !value.type.dtype().isFloating()) {
      return null;
    }
    Value added = multiplyAdd(value, value.operand(0), value.operand(1), sum ? 1 : -1);
    return added == null && sum ? multiplyAdd(value, value.operand(1), value.operand(0), 1) : added;
  }

  private @Nullable Value multiplyAdd(Value value, Value sum, Value product, double sign) {
    double scale = sign;
    Value from = product;
    if (from.op instanceof Elementwise map && uses[from.number] == 1 && from.operands.length == 1) {
      Double factor = factor(map.formula());
      if (factor != null && isPlain(factor * sign, value.type.dtype())) {
        scale *= factor;
        from = from.operand(0);
      }
    }
    boolean fits = from.op instanceof Contract
        && from.operands.length == 2
        && uses[from.number] == 1
        && from.type.equals(value.type)
        && sum.type.equals(value.type)
        && sum != product;
    if (!fits || !Contraction.isProducts(from)) {
      return null;
    }
    return Value.multiplyAdd(
        rewritten.size(), value.type, Objects.requireNonNull(from.op), of(from.operand(0)), of(from.operand(1)), of(sum), scale);
  }

  /// Whether a product may be multiplied with a number by those who compute it: with 0 they may leave it out, NaN and infinities included.
  private static boolean isPlain(double factor, DType dtype) {
    double rounded = dtype == DType.F32 ? (float) factor : factor;
    return rounded != 0 && Double.isFinite(rounded);
  }

  /// The number that a formula multiplies its variable with, or null where it does something else.
  private static @Nullable Double factor(Expression formula) {
    if (formula instanceof Expression.Call call && call.function() == Arithmetic.MULTIPLY) {
      Expression first = call.arguments().get(0);
      Expression second = call.arguments().get(1);
      if (first == X && second instanceof Expression.Constant constant) {
        return constant.value();
      }
      if (second == X && first instanceof Expression.Constant constant) {
        return constant.value();
      }
    }
    return null;
  }
}
