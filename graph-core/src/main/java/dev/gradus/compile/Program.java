package dev.gradus.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.gradus.GradusException;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.TensorType;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A compiled graph: wanted outputs, such as a loss and its gradients, and updates of leaves, such as parameters.
///
/// It means what the [dev.gradus.run.Interpreter] says it means, to rounding. Boxes are opened, equal values merged, constants
/// worked out; what can be is computed together in loops that are compiled for this graph; matrix products go to a library;
/// values share memory when they are not needed at the same time.
///
/// A program does not change and may be used by several threads at once, each with a [Call] of its own.
public final class Program {
  /// How many arrays are listed, the largest.
  private static final int LISTED = 20;

  private final ImmutableList<Node> outputs;
  private final ImmutableMap<Node, Node> updates;
  private final Settings settings;
  private final Map<Node, Value> values = new LinkedHashMap<>();
  private final Map<Value, Node> leafOf = new HashMap<>();
  private final ImmutableList<Node> leaves;
  private final Planner planner;
  private final String passes;

  /// All inputs of the graph, also those that are not read because they do not matter.
  private final ImmutableList<Input> inputs;

  private final Queue<Call> idle = new ConcurrentLinkedQueue<>();

  private Program(List<Node> outputs, Map<Node, Node> updates, Settings settings) {
    this.outputs = ImmutableList.copyOf(outputs);
    this.updates = ImmutableMap.copyOf(updates);
    this.settings = settings;
    Set<Node> distinct = new LinkedHashSet<>(outputs);
    distinct.addAll(updates.values());
    List<Node> nodes = List.copyOf(distinct);
    Lowering lowering = new Lowering();
    List<Value> lowered = lowering.lower(nodes);
    Map<Node, Value> valueOf = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      valueOf.put(nodes.get(i), lowered.get(i));
    }
    List<Value> live = lowering.live(lowered);
    Map<Node, Value> read = new LinkedHashMap<>();
    live.stream().filter(value -> value.leaf != null).forEach(value -> read.put(lowering.leaf(value), value));
    List<Node> wanted = new ArrayList<>(outputs);
    Map<Value, Value> nexts = new LinkedHashMap<>();
    List<Node> written = new ArrayList<>();
    updates.forEach((leaf, next) -> {
      Value before = read.get(leaf);
      if (before == null) {
        wanted.add(next);
      } else {
        nexts.put(before, valueOf.get(next));
        written.add(next);
      }
    });
    Plan plan = Plan.of(live, wanted.stream().map(valueOf::get).toList(), nexts, settings);
    wanted.addAll(written);
    for (int i = 0; i < wanted.size(); i++) {
      values.put(wanted.get(i), plan.wanted().get(i));
    }
    this.leaves = ImmutableList.copyOf(read.keySet());
    for (int i = 0; i < leaves.size(); i++) {
      leafOf.put(plan.leaves().get(i), leaves.get(i));
    }
    this.planner = plan.planner();
    this.inputs = ImmutableList.copyOf(lowering.inputs());
    this.passes = lowering.report(plan.live());
  }

  /// The program that computes `outputs`, with [Settings#standard].
  public static Program of(Node... outputs) {
    return of(List.of(outputs), Map.of(), Settings.standard());
  }

  /// The program that computes `outputs`.
  public static Program of(List<? extends Node> outputs, Settings settings) {
    return of(outputs, Map.of(), settings);
  }

  /// The program that computes `outputs` and then gives each leaf in `updates` the value of its node, all at once.
  ///
  /// @param outputs the nodes wanted
  /// @param updates for inputs and parameters, the node of their next value, of the same type
  /// @throws GradusException where an update is not of a leaf, or of another type
  public static Program of(List<? extends Node> outputs, Map<? extends Node, ? extends Node> updates, Settings settings) {
    for (Node output : outputs) {
      requireSingle(output);
    }
    updates.forEach((leaf, next) -> {
      requireSingle(next);
      if (!(leaf instanceof Input || leaf instanceof Parameter)) {
        throw new GradusException("compile", "only inputs and parameters are updated", leaf, "name a leaf");
      }
      if (!leaf.type().equals(next.type())) {
        throw new GradusException(
            "compile", "the next value of " + leaf + " must be of its type", next.type(), "reshape or cast it");
      }
    });
    return new Program(List.copyOf(outputs), new LinkedHashMap<>(updates), settings);
  }

  private static void requireSingle(Node node) {
    if (node.isTuple()) {
      throw new GradusException("compile", "a node with one result is needed", node, "name one of its results()");
    }
  }

  /// The values of the outputs, in order. Nothing is updated.
  ///
  /// @param feeds values for inputs, and for parameters that shall not have their initial value
  /// @throws GradusException when an input is missing, a feed has the wrong shape or dtype, or is of no leaf; nothing has run
  ///     then
  public List<Tensor> run(Map<? extends Node, Tensor> feeds) {
    Call call = idle.poll();
    if (call == null) {
      call = new Call(this);
    }
    try {
      return call.run(feeds);
    } finally {
      idle.add(call);
    }
  }

  /// How long each step takes, on the given feeds.
  ///
  /// @param runs how often it is run to find out
  public Profile profile(Map<? extends Node, Tensor> feeds, int runs) {
    Call call = new Call(this);
    var _ = call.run(feeds);
    return call.profile(runs);
  }

  /// A call of this program with arrays of its own, for one thread at a time.
  public Call call() {
    return new Call(this);
  }

  /// The nodes that are computed.
  public List<Node> outputs() {
    return outputs;
  }

  /// The leaves that are updated, with the nodes of their next values.
  public Map<Node, Node> updates() {
    return updates;
  }

  /// How it runs.
  public Settings settings() {
    return settings;
  }

  /// The inputs and parameters that it reads.
  public List<Node> leaves() {
    return leaves;
  }

  /// The bytes of the arrays that a call has besides those of leaves.
  public long plannedBytes() {
    return planner.arrays().stream().mapToLong(Planner.Buffer::bytes).sum();
  }

  /// The bytes that the values of all nodes would take, boxes opened, if none were fused and no memory shared; views take none.
  public long intermediateBytes() {
    return planner.intermediateBytes();
  }

  /// About how many floating-point operations a run takes.
  public long operations() {
    return planner.steps().stream().mapToLong(Step::operations).sum();
  }

  Value value(Node output) {
    Value value = values.get(output);
    if (value == null) {
      throw new GradusException("program", "a node that is asked for must be an output", output, "name it when compiling");
    }
    return value;
  }

  /// The input or parameter that a value is of.
  @Nullable Node leaf(Value value) {
    return value.leaf == null ? null : leafOf.get(value);
  }

  Planner planner() {
    return planner;
  }

  /// What the passes did; the steps, with the ops that each computes, the bytes it reads and writes and its operations; the
  /// largest arrays, with the values that share them.
  public String explain() {
    StringBuilder text = new StringBuilder(passes).append('\n');
    for (Step step : planner.steps()) {
      text.append(String.format("  %s; %,d bytes, %,d operations%n", step.describe(), bytes(step), step.operations()));
    }
    planner.arrays().stream()
        .sorted(Comparator.comparingLong(Planner.Buffer::bytes).reversed())
        .limit(LISTED)
        .forEach(array -> text.append(String.format("  array of %,d bytes: %s%n", array.bytes(), planner.users(array))));
    text.append(String.format(
        "%d arrays, %,d bytes; the values of all nodes would take %,d; about %,d operations a run%n",
        planner.arrays().size(), plannedBytes(), intermediateBytes(), operations()));
    return text.toString();
  }

  private static long bytes(Step step) {
    return Stream.concat(step.reads().stream(), step.writes().stream())
        .distinct()
        .mapToLong(value -> (long) value.size() * Storage.bytes(value.type.dtype()))
        .sum();
  }

  /// Holds feeds to what the interpreter asks of them.
  void requireFeeds(Map<? extends Node, Tensor> feeds) {
    feeds.forEach((leaf, value) -> {
      requireLeaf("run", leaf);
      requireType(leaf, TensorType.of(value));
    });
    for (Input input : inputs) {
      if (!feeds.containsKey(input)) {
        throw Call.missing(input);
      }
    }
  }

  static void requireLeaf(String what, Node node) {
    if (!(node instanceof Input || node instanceof Parameter)) {
      throw new GradusException(
          what, "only inputs and parameters are given values", node, "compile a program that starts there");
    }
  }

  static void requireType(Node leaf, TensorType type) {
    if (!leaf.type().equals(type)) {
      throw new GradusException(
          "run",
          "the value fed to " + (leaf.name() == null ? leaf.kind() : leaf.name()) + " must be " + leaf.type(),
          type.toString(),
          "reshape or cast it");
    }
  }
}
