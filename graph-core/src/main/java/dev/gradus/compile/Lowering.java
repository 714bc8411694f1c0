package dev.gradus.compile;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Expansion;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Op;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Primitive;
import dev.gradus.graph.Projection;
import dev.gradus.graph.RandomDraw;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.StopGradient;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.View;
import dev.gradus.graph.index.NodeIndex;
import dev.gradus.scalar.Expression;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From nodes to [Value]s: opens composites, merges what is equal (never random draws), computes what is constant, and
/// simplifies by rules that change no value, NaN, infinities and signs of zeros included.
final class Lowering {
  /// Constants are worked out up to this many elements; larger ones are cheaper to compute than to keep.
  private static final int FOLDED = 1 << 12;

  private final List<Value> values = new ArrayList<>();
  private final Map<Key, Value> known = new HashMap<>();
  private final Map<Value, Node> leaves = new HashMap<>();
  private final List<Input> inputs = new ArrayList<>();
  private int nodes;
  private int opened;
  private int merged;
  private int simplified;
  private int folded;

  /// What makes two applications equal.
  private record Key(Op op, List<Value> operands, TensorType type) {
    @Override
    public int hashCode() {
      int hash = op instanceof Elementwise map ? System.identityHashCode(map.formula()) : op.hashCode();
      for (Value operand : operands) {
        hash = 31 * hash + operand.number;
      }
      return hash;
    }
  }

  /// A constant by its bits.
  private record Bits(Tensor value) {}

  private final Map<Bits, Value> constants = new HashMap<>();

  /// The values of `outputs`, in order.
  List<Value> lower(List<? extends Node> outputs) {
    Graph graph = Graph.of(outputs);
    nodes = graph.size();
    NodeIndex places = new NodeIndex();
    List<@Nullable Value> found = new ArrayList<>(graph.size());
    lower(graph, places, found);
    List<Value> all = new ArrayList<>();
    for (Node output : outputs) {
      all.add(find(output, places, found));
    }
    return all;
  }

  private static Value find(Node node, NodeIndex places, List<@Nullable Value> found) {
    Value value = found.get(places.get(node));
    if (value == null) {
      throw new IllegalStateException("a tuple has no value of its own: " + node);
    }
    return value;
  }

  private void lower(Graph graph, NodeIndex places, List<@Nullable Value> found) {
    Map<Node, List<Value>> tuples = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (places.contains(node)) {
        continue;
      }
      Value value =
          switch (node) {
            case Constant constant -> constant(constant.value());
            case Input input -> {
              inputs.add(input);
              yield leaf(input);
            }
            case Parameter parameter -> leaf(parameter);
            case Projection projection -> results(tuples, projection.tuple()).get(projection.index());
            case Apply apply -> {
              List<Value> x = new ArrayList<>(apply.operands().size());
              for (Node operand : apply.operands()) {
                x.add(find(operand, places, found));
              }
              List<Value> results = lower(apply, x);
              if (apply.isTuple()) {
                tuples.put(apply, results);
                yield null;
              }
              yield results.getFirst();
            }
          };
      places.add(node, found.size());
      found.add(value);
    }
  }

  private Value leaf(Node node) {
    Value value = add(Value.leaf(values.size(), node.type(), node.kind()));
    leaves.put(value, node);
    return value;
  }

  private static List<Value> results(Map<Node, List<Value>> tuples, Node tuple) {
    List<Value> results = tuples.get(tuple);
    if (results == null) {
      throw new IllegalStateException("not lowered yet: " + tuple);
    }
    return results;
  }

  private List<Value> lower(Apply apply, List<Value> x) {
    return switch (apply.op()) {
      case Primitive primitive -> List.of(apply(primitive, x, apply.type()));
      case Opaque opaque -> opaque(apply, opaque, x);
      case Composite composite -> open(apply, x);
    };
  }

  private List<Value> open(Apply apply, List<Value> x) {
    Expansion inside = apply.expansion();
    if (inside == null) {
      throw new IllegalStateException("a composite without expansion: " + apply);
    }
    opened++;
    NodeIndex places = new NodeIndex();
    List<@Nullable Value> found = new ArrayList<>(x);
    for (int i = 0; i < x.size(); i++) {
      places.add(inside.inputs().get(i), i);
    }
    lower(inside.graph(), places, found);
    List<Value> results = new ArrayList<>();
    for (Node output : inside.outputs()) {
      results.add(find(output, places, found));
    }
    return results;
  }

  private List<Value> opaque(Apply apply, Opaque op, List<Value> x) {
    Key key = new Key(op, x, apply.types().getFirst());
    Value tuple = known.get(key);
    if (tuple == null) {
      tuple = add(Value.opaque(values.size(), op, new Value.Call(apply.types(), apply.sourceLine()), x));
      known.put(key, tuple);
    } else {
      merged++;
    }
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < apply.types().size(); i++) {
      results.add(projection(tuple, apply.types().get(i), i));
    }
    return results;
  }

  private final Map<List<Integer>, Value> projections = new HashMap<>();

  private Value projection(Value tuple, TensorType type, int index) {
    return projections.computeIfAbsent(
        List.of(tuple.number, index), k -> add(Value.projection(values.size(), tuple, type, index)));
  }

  private Value add(Value value) {
    values.add(value);
    return value;
  }

  Value constant(Tensor tensor) {
    Bits bits = new Bits(tensor);
    Value value = constants.get(bits);
    if (value == null) {
      value = add(Value.constant(values.size(), tensor));
      constants.put(bits, value);
    }
    return value;
  }

  /// One number everywhere: a scalar, broadcast.
  private Value filled(TensorType type, double number) {
    Value scalar = constant(Tensor.scalar(type.dtype(), number));
    return broadcast(scalar, type);
  }

  private Value broadcast(Value x, TensorType type) {
    return x.type.equals(type) ? x : apply(new View.Broadcast(type.shape()), List.of(x), type);
  }

  private Value reshape(Value x, TensorType type) {
    return x.type.equals(type) ? x : apply(new View.Reshape(type.shape()), List.of(x), type);
  }

  private Value apply(Primitive op, List<Value> x, TensorType type) {
    Value simpler = simpler(op, x, type);
    if (simpler != null) {
      simplified++;
      return simpler;
    }
    if (op instanceof RandomDraw) {
      return add(Value.apply(values.size(), type, op, x));
    }
    Value constant = folded(op, x, type);
    if (constant != null) {
      folded++;
      return constant;
    }
    return interned(op, x, type);
  }

  /// The application, or an equal one that was there before.
  private Value interned(Primitive op, List<Value> x, TensorType type) {
    Key key = new Key(op, List.copyOf(x), type);
    Value value = known.get(key);
    if (value == null) {
      value = add(Value.apply(values.size(), type, op, x));
      known.put(key, value);
    } else {
      merged++;
    }
    return value;
  }

  private @Nullable Value folded(Primitive op, List<Value> x, TensorType type) {
    if (type.shape().size() > FOLDED || op instanceof View.Broadcast) {
      return null;
    }
    List<Tensor> tensors = new ArrayList<>(x.size());
    for (Value operand : x) {
      Tensor tensor = operand.constant != null ? operand.constant : null;
      Double filling = tensor == null ? operand.filling() : null;
      if (filling != null && operand.size() <= 16 * FOLDED) {
        tensor = Tensor.full(operand.type.shape(), operand.type.dtype(), filling);
      }
      if (tensor == null) {
        return null;
      }
      tensors.add(tensor);
    }
    return constant(op.evaluate(type, tensors));
  }

  private @Nullable Value simpler(Primitive op, List<Value> x, TensorType type) {
    Value first = x.getFirst();
    return switch (op) {
      case StopGradient stop -> first;
      case Cast cast -> cast.dtype() == first.type.dtype() ? first : null;
      case View view -> simplerView(view, first, type);
      case Elementwise map -> simplerMap(map, x, type);
      case Reduce reduce -> simplerReduce(reduce, first, type);
      default -> null;
    };
  }

  private @Nullable Value simplerView(View view, Value x, TensorType type) {
    if (x.type.equals(type) && (view instanceof View.Reshape || view instanceof View.Broadcast)) {
      return x;
    }
    boolean rearranges = view instanceof View.Reshape
        || view instanceof View.Permute
        || view instanceof View.Slice
        || view instanceof View.Flip
        || view instanceof View.Broadcast;
    if (rearranges && x.op instanceof View.Broadcast && x.operand(0).size() == 1) {
      return broadcast(reshape(x.operand(0), type.withShape(Shape.SCALAR)), type);
    }
    return switch (view) {
      case View.Reshape reshape when x.op instanceof View.Reshape -> reshape(x.operand(0), type);
      case View.Broadcast broadcast when x.op instanceof View.Broadcast -> broadcast(x.operand(0), type);
      case View.Permute permute when isIdentity(permute.axes()) -> x;
      case View.Permute permute when x.op instanceof View.Permute before -> {
        List<Integer> axes = permute.axes().stream().map(before.axes()::get).toList();
        yield apply(new View.Permute(axes), List.of(x.operand(0)), type);
      }
      case View.Flip flip when flip.axes().isEmpty() -> x;
      case View.Slice slice when x.type.equals(type) -> x;
      default -> null;
    };
  }

  private static boolean isIdentity(List<Integer> axes) {
    for (int i = 0; i < axes.size(); i++) {
      if (axes.get(i) != i) {
        return false;
      }
    }
    return true;
  }

  /// Numbers known to be the same everywhere go into the formula, whose own rules then simplify it; what it does not mention
  /// any more is dropped.
  private @Nullable Value simplerMap(Elementwise map, List<Value> x, TensorType type) {
    int size = x.size();
    boolean exact = !type.dtype().isFloating() && x.stream().noneMatch(operand -> operand.type.dtype().isFloating());
    boolean changes = false;
    for (int i = 0; i < size && !changes && (!exact || isSafe(map.formula(), x)); i++) {
      changes = !map.formula().mentions(i) || (isNumber(x.get(i)) && x.get(i).filling() != null);
    }
    if (!changes) {
      return map.formula() instanceof Expression.Variable && x.getFirst().type.dtype() == type.dtype()
          ? broadcast(x.getFirst(), type)
          : null;
    }
    List<Expression> bySlot = new ArrayList<>(size);
    List<Value> left = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Double filling = isNumber(x.get(i)) ? x.get(i).filling() : null;
      if (filling != null) {
        bySlot.add(Expression.constant(filling));
      } else if (map.formula().mentions(i)) {
        bySlot.add(Expression.variable(left.size()));
        left.add(x.get(i));
      } else {
        bySlot.add(Expression.constant(0));
      }
    }
    Expression formula = map.formula().substitute(bySlot);
    if (formula instanceof Expression.Constant constant) {
      return !exact || holds(type.dtype(), constant.value()) ? filled(type, constant.value()) : null;
    }
    if (left.isEmpty()) {
      return null;
    }
    List<Value> used = new ArrayList<>();
    List<Expression> renumbered = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      renumbered.add(Expression.variable(used.size()));
      if (formula.mentions(i)) {
        used.add(left.get(i));
      }
    }
    boolean floats = left.stream().anyMatch(operand -> operand.type.dtype().isFloating());
    boolean stillFloats = used.stream().anyMatch(operand -> operand.type.dtype().isFloating());
    if (used.size() < left.size() && floats != stillFloats) {
      return null;
    }
    Expression smaller = used.size() < left.size() ? formula.substitute(renumbered) : formula;
    if (smaller instanceof Expression.Variable && used.getFirst().type.dtype() == type.dtype()) {
      return broadcast(used.getFirst(), type);
    }
    return interned(new Elementwise(map.name(), smaller, map.typing()), used, type);
  }

  /// Formulas hold doubles: exact for floating-point numbers, bools and small integers.
  private static boolean isNumber(Value x) {
    if (x.type.dtype().isFloating()) {
      return true;
    }
    Double filling = x.filling();
    return filling != null && isWhole(filling);
  }

  /// Whether a formula of whole numbers is worked out right in doubles: one function, whose result is looked at, or truth alone.
  private static boolean isSafe(Expression formula, List<Value> x) {
    return x.stream().allMatch(operand -> operand.type.dtype() == DType.BOOL)
        || !(formula instanceof Expression.Call call)
        || call.arguments().stream().noneMatch(Expression.Call.class::isInstance);
  }

  /// Whether a number is one of an integer dtype, or truth, so that nothing wraps around.
  private static boolean holds(DType dtype, double number) {
    return isWhole(number) && (dtype != DType.I32 || number == (int) number);
  }

  private static boolean isWhole(double number) {
    return number == Math.rint(number) && Math.abs(number) < 0x1p53;
  }

  /// A reduction over axes of size 1 is a reshape; a sum turns -0 into 0.
  private @Nullable Value simplerReduce(Reduce reduce, Value x, TensorType type) {
    boolean trivial = reduce.axes().stream().allMatch(axis -> x.type.shape().dim(axis) == 1);
    if (!trivial || x.type.dtype() != type.dtype()) {
      return null;
    }
    if (reduce.reduction() == Reduce.Kind.SUM && type.dtype().isFloating()) {
      Elementwise plusZero =
          new Elementwise("add", Expression.variable(0).plus(0), dev.gradus.graph.Typing.Rule.FLOATING);
      return reshape(apply(plusZero, List.of(x), x.type), type);
    }
    return reshape(x, type);
  }

  /// All inputs of the graph, also those that nothing live needs.
  List<Input> inputs() {
    return inputs;
  }

  /// The node of a leaf's value.
  Node leaf(Value value) {
    Node leaf = leaves.get(value);
    if (leaf == null) {
      throw new IllegalStateException("no leaf: " + value);
    }
    return leaf;
  }

  /// What the passes did, for [Program#explain].
  String report(int live) {
    return String.format(
        "%d nodes: opened %d boxes, simplified %d, folded %d, merged %d; %d values live",
        nodes, opened, simplified, folded, merged, live);
  }

  /// The values that `outputs` need, in topological order.
  List<Value> live(List<Value> outputs) {
    return live(values, outputs);
  }

  /// Those of `values`, numbered as they stand there, that `outputs` need.
  static List<Value> live(List<Value> values, List<Value> outputs) {
    boolean[] isLive = new boolean[values.size()];
    for (Value output : outputs) {
      isLive[output.number] = true;
    }
    List<Value> live = new ArrayList<>();
    for (int i = values.size() - 1; i >= 0; i--) {
      if (isLive[i]) {
        Value value = values.get(i);
        live.add(value);
        for (Value operand : value.operands) {
          isLive[operand.number] = true;
        }
      }
    }
    Value[] order = live.reversed().toArray(Value[]::new);
    return Arrays.asList(order);
  }
}
