package dev.gradus.compile;

import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import dev.gradus.tensor.raw.RawTensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A [Program] bound to arrays: inputs are read from and results written to the caller's own arrays, run after run, and
/// nothing is allocated in between. An array is a `double[]`, `float[]`, `long[]`, `int[]` or `boolean[]` in row-major
/// order, as the node's dtype asks.
///
/// ```java
/// double[] w = {0.5};
/// double[] gradient = new double[1];
/// Call call = program.call().input(weight, w).output(dLdw, gradient);
/// for (...) {
///   call.run(); // reads w, writes gradient
/// }
/// ```
///
/// Belongs to one thread at a time; several calls of one program may run at once.
public final class Call {
  private final Program program;
  private final Map<Node, Object> inputs = new LinkedHashMap<>();
  private final Map<Node, Object> results = new HashMap<>();

  Call(Program program) {
    this.program = program;
  }

  /// Lets a leaf read `array` at every run; a leaf that is updated is written there too. A parameter that is given no array
  /// has one of its own that starts at its initial value.
  public Call input(Node leaf, Object array) {
    inputs.put(leaf, array);
    return this;
  }

  /// Sets a leaf to a value, which is copied.
  public Call set(Node leaf, Tensor value) {
    return input(leaf, RawTensors.array(copy(value)));
  }

  /// Writes an output to `array` at every run.
  public Call output(Node output, Object array) {
    results.put(output, array);
    return this;
  }

  /// Runs the program once.
  public void run() {
    Map<Node, Tensor> feeds = new HashMap<>();
    inputs.forEach((node, array) -> feeds.put(node, copy(RawTensors.wrap(node.shape(), array))));
    List<Node> wanted = new ArrayList<>(program.outputs());
    wanted.addAll(program.updates().values());
    Values values = Interpreter.run(wanted, feeds);
    program.outputs().forEach(node -> {
      Object array = results.computeIfAbsent(node, n -> RawTensors.array(Tensor.zeros(n.shape(), n.dtype())));
      System.arraycopy(RawTensors.array(values.of(node)), 0, array, 0, node.shape().size());
    });
    program.updates().forEach((leaf, next) ->
        inputs.put(leaf, put(inputs.get(leaf), values.of(next))));
  }

  private static Object put(@org.jspecify.annotations.Nullable Object array, Tensor value) {
    Object to = array == null ? RawTensors.array(Tensor.zeros(value.shape(), value.dtype())) : array;
    System.arraycopy(RawTensors.array(value), 0, to, 0, value.size());
    return to;
  }

  /// The value of an output after the last run, as a copy.
  public Tensor value(Node output) {
    Object array = results.get(output);
    if (array == null) {
      throw new IllegalStateException("not run yet: " + output);
    }
    return copy(RawTensors.wrap(output.shape(), array));
  }

  private static Tensor copy(Tensor value, Shape shape) {
    Object to = RawTensors.array(Tensor.zeros(shape, value.dtype()));
    System.arraycopy(RawTensors.array(value), 0, to, 0, value.size());
    return RawTensors.wrap(shape, to);
  }

  private static Tensor copy(Tensor value) {
    return copy(value, value.shape());
  }
}
