package dev.gradus.formula;

import dev.gradus.GradusException;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.SourceLine;
import dev.gradus.graph.Typing;
import dev.gradus.ops.Entry;
import dev.gradus.ops.Ops;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Builds the nodes of a formula: runs its instructions over a stack.
final class Building {

  /// Where the nodes of free names come from.
  @FunctionalInterface
  interface Leaves {
    /// The node of a name, asked for once.
    ///
    /// @param indexed where the name stands in the place of indices, the shape of what they index; else null
    Node leaf(String name, @Nullable Shape indexed);
  }

  /// What lies on the stack. Literals and names wait for the op that takes them: it decides their dtype.
  private sealed interface Item {
    record Made(Node node) implements Item {}

    record Literal(Object value) implements Item {}

    record Free(String name) implements Item {}
  }

  /// The ops that take a plain number as it is, without a node of its own.
  private static final Map<String, Arithmetic> WITH_NUMBER =
      Map.of(
          "add", Arithmetic.ADD,
          "subtract", Arithmetic.SUBTRACT,
          "multiply", Arithmetic.MULTIPLY,
          "divide", Arithmetic.DIVIDE,
          "pow", Arithmetic.POW);

  private final Source source;
  private final Leaves leaves;
  private final Consumer<Node> watcher;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Deque<Item> stack = new ArrayDeque<>();

  Building(Source source, Leaves leaves, Consumer<Node> watcher) {
    this.source = source;
    this.leaves = leaves;
    this.watcher = watcher;
  }

  Formula.Bound run(List<Instruction> instructions) {
    Node result = null;
    for (Instruction instruction : instructions) {
      switch (instruction) {
        case Instruction.Literal literal -> stack.push(new Item.Literal(literal.value()));
        case Instruction.Load load -> {
          Node known = nodes.get(load.name());
          stack.push(known == null ? new Item.Free(load.name()) : new Item.Made(known));
        }
        case Instruction.Call call -> push(call.at(), () -> call(call));
        case Instruction.Stack list -> push(list.at(), () -> Ops.stack(0, nodes(pop(list.count())).toArray(Node[]::new)));
        case Instruction.Subscript subscript -> {
          Node whole = node(pop(1).getFirst(), DType.F64);
          push(subscript.at(), () -> part(whole, subscript));
        }
        case Instruction.Define define -> result = define(define);
      }
    }
    if (result == null) {
      throw new IllegalStateException("a formula has at least one definition");
    }
    requireSingle(result);
    return new Formula.Bound(result, nodes);
  }

  private void requireSingle(Node result) {
    if (result.isTuple()) {
      throw new GradusException(
          "formula", "the value must be one tensor", result.results().size() + " results of " + result.kind(), "choose one, as in [0]");
    }
  }

  /// Pushes a node whose place in the formula is known to it and to its errors.
  private void push(int at, Supplier<Node> build) {
    SourceLine place = source.place(at);
    try (var _ = SourceLine.inherit(place)) {
      Node node = build.get();
      watcher.accept(node);
      stack.push(new Item.Made(node));
    } catch (GradusException e) {
      throw e.at(place.toString());
    }
  }

  private List<Item> pop(int count) {
    Item[] items = new Item[count];
    for (int i = count - 1; i >= 0; i--) {
      items[i] = stack.pop();
    }
    return Arrays.asList(items);
  }

  private Node call(Instruction.Call call) {
    Entry entry = call.entry();
    List<Item> items = pop(call.operands());
    for (int slot = 0; slot < items.size(); slot++) {
      if (items.get(slot) instanceof Item.Free free && !isIndex(entry, slot)) {
        items.set(slot, leaf(free, null));
      }
    }
    Node shortcut = call.settings().isEmpty() && items.size() == 2 ? withNumber(entry, items.get(0), items.get(1)) : null;
    return shortcut != null ? shortcut : entry.make(operands(entry, items), call.settings());
  }

  private static boolean isIndex(Entry entry, int slot) {
    return entry.indexSlots().contains(slot);
  }

  private List<Node> operands(Entry entry, List<Item> items) {
    DType dtype = dtype(items);
    Shape indexed = items.isEmpty() || !(items.getFirst() instanceof Item.Made(Node first)) ? Shape.of(0) : first.shape();
    List<Node> operands = new ArrayList<>();
    for (int slot = 0; slot < items.size(); slot++) {
      Item item = items.get(slot);
      operands.add(isIndex(entry, slot) ? index(item, indexed) : node(item, dtype));
    }
    return operands;
  }

  private Node index(Item item, Shape indexed) {
    return switch (item) {
      case Item.Free free -> leaf(free, indexed).node();
      case Item.Literal(Object value) -> {
        Tensor tensor = Tensor.of(value);
        yield Constant.of(LeavesAtValues.isIndex(tensor, indexed) ? tensor.cast(DType.I64) : tensor);
      }
      case Item.Made(Node node) -> node;
    };
  }

  /// `node ∘ number` as one node with the number inside.
  private static @Nullable Node withNumber(Entry entry, Item left, Item right) {
    Arithmetic function = WITH_NUMBER.get(entry.name());
    if (function == null) {
      return null;
    }
    if (left instanceof Item.Made(Node x) && right instanceof Item.Literal(Double number)) {
      return Elementwise.withNumber(function, x, number);
    }
    boolean commutes = function == Arithmetic.ADD || function == Arithmetic.MULTIPLY;
    return commutes && left instanceof Item.Literal(Double number) && right instanceof Item.Made(Node x)
        ? Elementwise.withNumber(function, x, number)
        : null;
  }

  /// The dtype that literals take: that of the first operand that holds numbers.
  private static DType dtype(List<Item> items) {
    for (Item item : items) {
      if (item instanceof Item.Made(Node node) && !node.isTuple() && node.dtype() != DType.BOOL) {
        return node.dtype();
      }
    }
    return DType.F64;
  }

  private List<Node> nodes(List<Item> items) {
    items.replaceAll(item -> item instanceof Item.Free free ? leaf(free, null) : item);
    DType dtype = dtype(items);
    return items.stream().map(item -> node(item, dtype)).toList();
  }

  private Node node(Item item, DType dtype) {
    return switch (item) {
      case Item.Made(Node node) -> node;
      case Item.Free free -> leaf(free, null).node();
      case Item.Literal(Object value) -> literal(value, dtype);
    };
  }

  private static Node literal(Object value, DType dtype) {
    Tensor tensor = Tensor.of(value);
    if (tensor.dtype() == DType.BOOL) {
      return Constant.of(tensor);
    }
    for (double number : tensor.toDoubles()) {
      Typing.requireMeets("formula", dtype, number);
    }
    return Constant.of(tensor.cast(dtype));
  }

  private Item.Made leaf(Item.Free free, @Nullable Shape indexed) {
    return new Item.Made(nodes.computeIfAbsent(free.name(), name -> leaves.leaf(name, indexed)));
  }

  /// Part of a tensor as NumPy takes it, or one result of a tuple.
  private Node part(Node whole, Instruction.Subscript subscript) {
    List<Instruction.Range> ranges = subscript.ranges();
    if (whole.isTuple()) {
      int chosen = ranges.size() == 1 && ranges.getFirst().isSingle() ? single(ranges.getFirst()) : Integer.MAX_VALUE;
      return whole.results().get(inside(chosen, whole.results().size(), subscript));
    }
    Shape shape = whole.shape();
    if (ranges.size() > shape.rank()) {
      throw source.error(subscript.at(), "there must be at most one index for each axis of " + shape, ranges.size(), "leave some out");
    }
    List<@Nullable Integer> starts = new ArrayList<>();
    List<@Nullable Integer> ends = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    List<Integer> single = new ArrayList<>();
    for (int axis = 0; axis < ranges.size(); axis++) {
      Instruction.Range range = ranges.get(axis);
      if (range.isSingle()) {
        int at = inside(single(range), shape.dim(axis), subscript);
        starts.add(at);
        ends.add(at + 1);
        single.add(axis);
      } else {
        starts.add(range.start());
        ends.add(range.end());
      }
      steps.add(range.step());
    }
    Node cut = Ops.slice(whole, starts, ends, steps);
    return single.isEmpty() ? cut : Ops.squeeze(cut, single.stream().mapToInt(Integer::intValue).toArray());
  }

  private static int single(Instruction.Range range) {
    Integer at = range.start();
    return at == null ? Integer.MAX_VALUE : at;
  }

  private int inside(int index, int length, Instruction.Subscript subscript) {
    if (index < -length || index >= length) {
      String got = index == Integer.MAX_VALUE ? "something else" : String.valueOf(index);
      throw source.error(
          subscript.at(), "the index must be a number in [-" + length + ", " + length + ")", got, "count from 0, or from the end with -1");
    }
    return index < 0 ? index + length : index;
  }

  /// Names what lies on the stack. A leaf, or a node that has a name already, stays the node it is.
  private Node define(Instruction.Define define) {
    Node value = node(pop(1).getFirst(), DType.F64);
    List<String> names = define.names();
    if (names.size() > 1) {
      List<Node> results = value.results();
      if (results.size() != names.size()) {
        throw source.error(define.at(), names.size() + " names must stand for as many results", results.size(), "give one name for each");
      }
      for (int i = 0; i < names.size(); i++) {
        nodes.put(names.get(i), results.get(i).named(names.get(i)));
      }
      return value;
    }
    boolean isNamed = value.name() != null;
    if (names.isEmpty()) {
      return value;
    }
    Node named = isNamed ? value : value.named(names.getFirst());
    nodes.put(names.getFirst(), named);
    return named;
  }
}
