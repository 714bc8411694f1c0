package dev.gradus.optim;

import dev.gradus.compile.Call;
import dev.gradus.compile.Program;
import dev.gradus.compile.Settings;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Tensor;
import dev.gradus.tensor.raw.RawTensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What runs graphs in training and prediction.
public enum Engine {
  /// Programs compiled for the graph: the usual choice.
  COMPILED,
  /// The interpreter, node by node: slow, and the meaning of everything.
  INTERPRETED;

  /// Some outputs and updates, ready to be computed again and again on arrays that are bound to leaves.
  interface Runner {
    /// Lets a leaf read an array at every run; a leaf that is updated is written there too.
    void bind(Node leaf, Object array);

    /// Sets a leaf for the next runs.
    void set(Node leaf, Tensor value);

    /// Computes the outputs; then, where they are accepted, updates the leaves. Says whether they were.
    boolean run(BooleanSupplier accept);

    /// The value of an output after the last run.
    Tensor value(Node output);

    /// The value of an output of one element after the last run.
    default double number(Node output) {
      return value(output).item();
    }
  }

  Runner runner(List<Node> outputs, Map<Node, Node> updates) {
    return switch (this) {
      case COMPILED -> new CompiledRunner(Program.of(outputs, updates, Settings.standard()).call());
      case INTERPRETED -> new InterpretedRunner(outputs, updates);
    };
  }

  private record CompiledRunner(Call call) implements Runner {
    @Override
    public void bind(Node leaf, Object array) {
      var _ = call.input(leaf, array);
    }

    @Override
    public void set(Node leaf, Tensor value) {
      var _ = call.set(leaf, value);
    }

    @Override
    public boolean run(BooleanSupplier accept) {
      return call.run(accept);
    }

    @Override
    public Tensor value(Node output) {
      return call.value(output);
    }
  }

  private static final class InterpretedRunner implements Runner {
    private final List<Node> outputs;
    private final Map<Node, Node> updates;
    private final Map<Node, Object> arrays = new HashMap<>();
    private final Map<Node, Tensor> feeds = new HashMap<>();
    private @Nullable Values values;

    InterpretedRunner(List<Node> outputs, Map<Node, Node> updates) {
      this.outputs = List.copyOf(outputs);
      this.updates = Map.copyOf(updates);
    }

    @Override
    public void bind(Node leaf, Object array) {
      arrays.put(leaf, array);
    }

    @Override
    public void set(Node leaf, Tensor value) {
      feeds.put(leaf, value);
    }

    @Override
    public boolean run(BooleanSupplier accept) {
      arrays.forEach((leaf, array) -> feeds.put(leaf, Arrays.copy(RawTensors.wrap(leaf.shape(), array))));
      List<Node> wanted = new ArrayList<>(outputs);
      wanted.addAll(updates.values());
      Values now = Interpreter.run(wanted, feeds);
      values = now;
      boolean accepted = accept.getAsBoolean();
      if (accepted) {
        updates.forEach((leaf, next) -> write(leaf, now.of(next)));
      }
      return accepted;
    }

    private void write(Node leaf, Tensor value) {
      Object array = arrays.get(leaf);
      if (array == null) {
        feeds.put(leaf, value);
      } else {
        Arrays.write(value, array);
      }
    }

    @Override
    public Tensor value(Node output) {
      Values now = values;
      if (now == null) {
        throw new IllegalStateException("not run yet");
      }
      return now.of(output);
    }
  }

  /// The plain arrays of values that change.
  static final class Arrays {
    private Arrays() {}

    static Tensor copy(Tensor value) {
      return RawTensors.wrap(value.shape(), of(value));
    }

    /// An array of its own that starts at a value.
    static Object of(Tensor value) {
      Object array = RawTensors.array(Tensor.zeros(value.shape(), value.dtype()));
      write(value, array);
      return array;
    }

    static void write(Tensor value, Object array) {
      System.arraycopy(RawTensors.array(value), 0, array, 0, value.size());
    }
  }
}
