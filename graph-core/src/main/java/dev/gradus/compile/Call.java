package dev.gradus.compile;

import dev.gradus.GradusException;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.TensorType;
import dev.gradus.tensor.Tensor;
import dev.gradus.tensor.raw.RawTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A [Program] bound to arrays: inputs are read from and results written to the caller's own arrays, run after run, and
/// nothing large is allocated in between. An array is a `double[]`, `float[]`, `long[]`, `int[]` or `boolean[]` in row-major
/// order, as the node's dtype asks.
///
/// ```java
/// Parameter weight = Ops.parameter("w", 0.5);
/// Node loss = Ops.square(weight);
/// Node slope = Backward.from(loss).of(weight);
///
/// double[] w = {0.5};
/// double[] gradient = new double[1];
/// Call call = Program.of(slope).call().input(weight, w).output(slope, gradient);
/// for (int step = 0; step < 100; step++) {
///   call.run(); // reads w, writes gradient
///   w[0] -= 0.1 * gradient[0];
/// }
/// ```
///
/// Belongs to one thread at a time; several calls of one program may run at once.
public final class Call {
  private final Program program;
  private final Map<Node, Object> leaves = new HashMap<>();
  private final Map<Node, Object> results = new LinkedHashMap<>();
  private final Map<Value, Object> own = new HashMap<>();

  /// Outputs that are leaves which are updated, as they were when the program ran.
  private final Map<Value, Object> before = new HashMap<>();
  private final Map<Planner.Buffer, Object> buffers = new HashMap<>();
  private Step.Action @Nullable [] actions;
  private final int late;
  private Step.Action[] endings = new Step.Action[0];
  private Step.Action[] updates = new Step.Action[0];

  Call(Program program) {
    this.program = program;
    this.late = program.planner().late();
  }

  /// Lets a leaf read `array` at every run; a leaf that is updated is written there too. A parameter that is given no array
  /// has one of its own that starts at its initial value.
  ///
  /// @throws GradusException when `leaf` is none, or the array is not of its dtype and size
  public Call input(Node leaf, Object array) {
    Program.requireLeaf("call", leaf);
    requireArray(leaf, array);
    leaves.put(leaf, array);
    actions = null;
    return this;
  }

  /// Sets a leaf to a value, which is copied.
  ///
  /// @throws GradusException when `leaf` is none, or the value is of another type
  public Call set(Node leaf, Tensor value) {
    Program.requireLeaf("call", leaf);
    Program.requireType(leaf, TensorType.of(value));
    Object array = leaves.get(leaf);
    if (array == null) {
      array = Storage.allocate(value.dtype(), value.size());
      leaves.put(leaf, array);
      actions = null;
    }
    System.arraycopy(RawTensors.array(value), 0, array, 0, value.size());
    return this;
  }

  /// Writes an output to `array` at every run.
  ///
  /// @throws GradusException when `output` is no output of the program, or the array is not of its dtype and size
  public Call output(Node output, Object array) {
    var _ = program.value(output);
    requireArray(output, array);
    results.put(output, array);
    actions = null;
    return this;
  }

  private static void requireArray(Node node, Object array) {
    int length = Storage.length(array);
    if (length != node.shape().size() || !Storage.holds(array, node.dtype())) {
      throw new GradusException(
          "call",
          "the array of " + (node.name() == null ? node.kind() : node.name()) + " must hold " + node.shape().size() + " "
              + node.dtype(),
          length < 0 ? array.getClass().getSimpleName() : array.getClass().getComponentType() + "[" + length + "]",
          "pass a plain Java array of that type and length");
    }
  }

  /// Runs the program once.
  ///
  /// @throws GradusException when an input has no array; nothing has run then
  public void run() {
    compute();
    commit();
  }

  /// Runs the program once, but updates leaves only where the outputs are accepted.
  ///
  /// @param accept looks at the outputs
  /// @return whether they were accepted
  public boolean run(BooleanSupplier accept) {
    compute();
    boolean accepted = accept.getAsBoolean();
    if (accepted) {
      commit();
    }
    return accepted;
  }

  /// Computes everything but what is written over leaves.
  private void compute() {
    Step.Action[] all = bound();
    for (int i = 0; i < late; i++) {
      all[i].run();
    }
    for (Step.Action ending : endings) {
      ending.run();
    }
  }

  private void commit() {
    Step.Action[] all = bound();
    for (int i = late; i < all.length; i++) {
      all[i].run();
    }
    for (Step.Action update : updates) {
      update.run();
    }
  }

  /// Runs the program several times, updates included, and tells how long each step takes.
  ///
  /// @param runs how often; the first runs of a program are slower than later ones
  public Profile profile(int runs) {
    Step.Action[] all = bound();
    int count = Math.max(1, runs);
    double[][] times = new double[all.length][count];
    for (int run = 0; run < count; run++) {
      for (int i = 0; i < all.length; i++) {
        long start = System.nanoTime();
        all[i].run();
        times[i][run] = (System.nanoTime() - start) * 1e-3;
      }
    }
    List<Profile.Part> parts = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      Step step = program.planner().steps().get(i);
      Arrays.sort(times[i]);
      parts.add(new Profile.Part(step.describe(), times[i][count / 2], step.operations()));
    }
    return new Profile(parts);
  }

  /// The outputs for these feeds; leaves are left as they are.
  List<Tensor> run(Map<? extends Node, Tensor> feeds) {
    program.requireFeeds(feeds);
    for (Node leaf : program.leaves()) {
      Tensor value = feeds.get(leaf);
      if (value != null) {
        set(leaf, value);
      } else if (leaf instanceof Parameter parameter) {
        set(leaf, parameter.initial());
      }
    }
    compute();
    return program.outputs().stream().map(this::value).toList();
  }

  static GradusException missing(Input input) {
    return new GradusException(
        "run", "every input must be fed", "no value for " + input, "pass a tensor of " + input.type());
  }

  /// The value of an output after the last run, as a copy.
  ///
  /// @throws GradusException when `output` is no output of the program
  public Tensor value(Node output) {
    Value value = program.value(output);
    Object kept = before.get(value);
    return ReferenceStep.copy(output.type(), kept == null ? array(value) : kept);
  }

  /// The current value of a leaf, as a copy.
  public Tensor leaf(Node leaf) {
    return ReferenceStep.copy(leaf.type(), leafArray(leaf));
  }

  private Object leafArray(Node leaf) {
    Object array = leaves.get(leaf);
    if (array == null) {
      if (!(leaf instanceof Parameter parameter)) {
        throw missing((Input) leaf);
      }
      array = RawTensors.array(ReferenceStep.copy(leaf.type(), RawTensors.array(parameter.initial())));
      leaves.put(leaf, array);
    }
    return array;
  }

  private Object array(Value value) {
    Node leaf = program.leaf(value);
    if (leaf != null) {
      return leafArray(leaf);
    }
    if (value.constant != null) {
      return RawTensors.array(value.constant);
    }
    Object array = own.get(value);
    if (array != null) {
      return array;
    }
    Value over = program.planner().inPlace().get(value);
    if (over != null) {
      return array(over);
    }
    Planner.Buffer buffer = program.planner().buffers().get(value);
    if (buffer == null) {
      throw new IllegalStateException("not in memory: " + value);
    }
    return buffers.computeIfAbsent(buffer, key -> Storage.allocate(key.dtype(), key.length()));
  }

  private Step.Action[] bound() {
    Step.Action @Nullable [] known = actions;
    return known != null ? known : bind();
  }

  private Step.Action[] bind() {
    for (Node leaf : program.leaves()) {
      leafArray(leaf);
    }
    requireMemory();
    own.clear();
    before.clear();
    List<Step.Action> copies = new ArrayList<>();
    results.forEach((output, array) -> {
      Value value = program.value(output);
      boolean computed = value.leaf == null && value.constant == null;
      if (computed && !own.containsKey(value)) {
        own.put(value, array);
      } else {
        copies.add(() -> System.arraycopy(array(value), 0, array, 0, value.size()));
      }
    });
    for (Node output : program.outputs()) {
      Value value = program.value(output);
      Node leaf = program.leaf(value);
      if (leaf != null && program.updates().containsKey(leaf) && !before.containsKey(value)) {
        Object kept = Storage.allocate(value.type.dtype(), value.size());
        before.put(value, kept);
        copies.add(() -> System.arraycopy(array(value), 0, kept, 0, value.size()));
      }
    }
    bindUpdates();
    endings = copies.toArray(Step.Action[]::new);
    List<Step.Action> all = new ArrayList<>();
    for (Step step : program.planner().steps()) {
      all.add(step.bind(this::array));
    }
    Step.Action[] bound = all.toArray(Step.Action[]::new);
    actions = bound;
    return bound;
  }

  /// Says what does not fit, before anything runs.
  private void requireMemory() {
    List<Planner.Buffer> missing =
        program.planner().arrays().stream().filter(buffer -> !buffers.containsKey(buffer)).toList();
    long needed = missing.stream().mapToLong(Planner.Buffer::bytes).sum();
    if (needed > available()) {
      System.gc(); // what is left is only known without garbage
    }
    if (needed > available()) {
      Planner.Buffer largest = missing.stream().max(Comparator.comparingLong(Planner.Buffer::bytes)).orElseThrow();
      throw new GradusException(
          "run",
          "the arrays of a program must fit into memory",
          String.format(
              "%,d bytes for %d arrays, the largest of %,d for %s",
              needed, missing.size(), largest.bytes(), program.planner().users(largest)),
          String.format("%,d bytes are left: take smaller batches, or give the JVM more with -Xmx", available()));
    }
  }

  private static long available() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }

  /// Next values that are other leaves are put aside before any leaf is written.
  private void bindUpdates() {
    List<Step.Action> aside = new ArrayList<>();
    List<Step.Action> writes = new ArrayList<>();
    program.updates().forEach((leaf, next) -> {
      Value value = program.value(next);
      Object to = leafArray(leaf);
      Object from = array(value);
      int size = value.size();
      if (value.leaf != null) {
        Object kept = Storage.allocate(value.type.dtype(), size);
        Object source = from;
        aside.add(() -> System.arraycopy(source, 0, kept, 0, size));
        from = kept;
      }
      Object source = from;
      if (source != to) {
        writes.add(() -> System.arraycopy(source, 0, to, 0, size));
      }
    });
    aside.addAll(writes);
    updates = aside.toArray(Step.Action[]::new);
  }
}
