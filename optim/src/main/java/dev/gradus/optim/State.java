package dev.gradus.optim;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.Tensor;
import dev.gradus.tensor.raw.RawTensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What training changes: the current values of parameters and optimizer slots, and how far it has come. With the seed
/// this decides everything that follows, so a state that is saved and restored goes on bit for bit.
///
/// A [Trainer] owns and advances it; what is handed out are immutable tensors and does not change with it.
public final class State {
  private final ImmutableList<Parameter> parameters;
  private final Optimizer optimizer;
  private final long seed;
  private final List<Object> arrays = new ArrayList<>();
  private final List<List<Object>> slotArrays = new ArrayList<>();
  private @Nullable List<Tensor> values;
  private long step;
  private long examples;

  State(List<Parameter> parameters, Optimizer optimizer, long seed) {
    this.parameters = ImmutableList.copyOf(parameters);
    this.optimizer = optimizer;
    this.seed = seed;
    for (Parameter parameter : parameters) {
      Tensor initial = parameter.initial();
      arrays.add(Engine.Arrays.of(initial));
      slotArrays.add(optimizer.slots().stream()
          .map(s -> Engine.Arrays.of(Tensor.full(initial.shape(), initial.dtype(), s.initial())))
          .toList());
    }
  }

  /// The parameters, in the order in which the loss reaches them.
  public List<Parameter> parameters() {
    return parameters;
  }

  /// The current value of a parameter.
  ///
  /// @throws GradusException when the loss does not use it
  public Tensor of(Parameter parameter) {
    int at = parameters.indexOf(parameter);
    if (at < 0) {
      throw new GradusException("state", "the parameter must be used by the loss", parameter, "train it, or read its initial()");
    }
    return current().get(at);
  }

  /// The current value of every parameter, as a run takes it.
  public Map<Node, Tensor> values() {
    Map<Node, Tensor> all = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      all.put(parameters.get(i), current().get(i));
    }
    return all;
  }

  /// Copies of the parameters' arrays, made again after each update that somebody looks behind.
  private List<Tensor> current() {
    List<Tensor> known = values;
    if (known == null) {
      known = new ArrayList<>();
      for (int i = 0; i < parameters.size(); i++) {
        known.add(tensor(i, arrays.get(i)));
      }
      values = known;
    }
    return known;
  }

  private Tensor tensor(int parameter, Object array) {
    return Engine.Arrays.copy(RawTensors.wrap(parameters.get(parameter).shape(), array));
  }

  /// Lets a runner read the parameters themselves.
  void bindTo(Engine.Runner runner) {
    for (int i = 0; i < arrays.size(); i++) {
      runner.bind(parameters.get(i), arrays.get(i));
    }
  }

  /// Lets a runner read and write the parameters and slots themselves.
  ///
  /// @param slotInputs for each parameter the inputs that stand for its slots
  void bindTo(Engine.Runner runner, List<List<Input>> slotInputs) {
    for (int i = 0; i < arrays.size(); i++) {
      runner.bind(parameters.get(i), arrays.get(i));
      for (int k = 0; k < slotInputs.get(i).size(); k++) {
        runner.bind(slotInputs.get(i).get(k), slotArrays.get(i).get(k));
      }
    }
  }

  /// The number of updates done.
  public long step() {
    return step;
  }

  /// The number of examples seen, repeats counted.
  public long examples() {
    return examples;
  }

  /// The seed of all that is random in training.
  public long seed() {
    return seed;
  }

  /// Counts an update that has been written into the arrays.
  void advanced(int batch) {
    values = null;
    step++;
    examples += batch;
  }

  /// Everything in this state as a value that can be saved.
  public Checkpoint checkpoint() {
    List<Checkpoint.Entry> entries = new ArrayList<>();
    List<Slot> names = optimizer.slots();
    for (int i = 0; i < parameters.size(); i++) {
      Map<String, Tensor> kept = new LinkedHashMap<>();
      for (int k = 0; k < names.size(); k++) {
        kept.put(names.get(k).name(), tensor(i, slotArrays.get(i).get(k)));
      }
      entries.add(new Checkpoint.Entry(nameOf(i), current().get(i), kept));
    }
    return new Checkpoint(seed, step, examples, entries, Map.of());
  }

  /// Goes back, or forward, to a checkpoint of the same model, optimizer and seed.
  ///
  /// @throws GradusException when it is of others; this state is left as it was
  public void restore(Checkpoint checkpoint) {
    List<String> slotNames = optimizer.slots().stream().map(Slot::name).toList();
    require(checkpoint.seed() == seed, "the seed must be " + seed, checkpoint.seed(), "train with that seed");
    require(
        checkpoint.entries().size() == parameters.size(),
        "there must be " + parameters.size() + " parameters",
        checkpoint.entries().size(),
        "build the same model");
    List<Tensor> newValues = new ArrayList<>();
    List<List<Tensor>> newSlots = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Checkpoint.Entry entry = checkpoint.entries().get(i);
      Tensor value = entry.value();
      String wanted = nameOf(i) + " " + parameters.get(i).type();
      String got = entry.name() + " " + value.dtype() + value.shape();
      require(wanted.equals(got), "parameter " + i + " must be " + wanted, got, "build the same model");
      require(
          List.copyOf(entry.slots().keySet()).equals(slotNames),
          "the slots of " + entry.name() + " must be " + slotNames,
          entry.slots().keySet(),
          "use the same optimizer");
      newValues.add(value);
      newSlots.add(List.copyOf(entry.slots().values()));
    }
    for (int i = 0; i < newValues.size(); i++) {
      Engine.Arrays.write(newValues.get(i), arrays.get(i));
      for (int k = 0; k < newSlots.get(i).size(); k++) {
        Engine.Arrays.write(newSlots.get(i).get(k), slotArrays.get(i).get(k));
      }
    }
    values = null;
    step = checkpoint.step();
    examples = checkpoint.examples();
  }

  private String nameOf(int parameter) {
    String name = parameters.get(parameter).name();
    return name == null ? "" : name;
  }

  private static void require(boolean holds, String rule, Object got, String remedy) {
    if (!holds) {
      throw new GradusException("checkpoint", rule, got, remedy);
    }
  }
}
