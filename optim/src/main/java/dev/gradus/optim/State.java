package dev.gradus.optim;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What training changes: the current values of parameters and optimizer slots, and how far it has come. With the seed
/// this decides everything that follows, so a state that is saved and restored goes on bit for bit.
///
/// A [Trainer] owns and advances it; what is handed out are immutable tensors and does not change with it.
public final class State {
  private final ImmutableList<Parameter> parameters;
  private final Optimizer optimizer;
  private final long seed;
  private List<Tensor> values = new ArrayList<>();
  private List<List<Tensor>> slots = new ArrayList<>();
  private long step;
  private long examples;

  State(List<Parameter> parameters, Optimizer optimizer, long seed) {
    this.parameters = ImmutableList.copyOf(parameters);
    this.optimizer = optimizer;
    this.seed = seed;
    for (Parameter parameter : parameters) {
      Tensor initial = parameter.initial();
      values.add(initial);
      slots.add(optimizer.slots().stream().map(s -> Tensor.full(initial.shape(), initial.dtype(), s.initial())).toList());
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
    return values.get(at);
  }

  /// The current value of every parameter, as a run takes it.
  public Map<Node, Tensor> values() {
    Map<Node, Tensor> all = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      all.put(parameters.get(i), values.get(i));
    }
    return all;
  }

  /// The current value of a slot of a parameter.
  Tensor slot(int parameter, int slot) {
    return slots.get(parameter).get(slot);
  }

  Tensor value(int parameter) {
    return values.get(parameter);
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

  /// Takes one update's results.
  void advance(List<Tensor> newValues, List<List<Tensor>> newSlots, int batch) {
    values = newValues;
    slots = newSlots;
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
        kept.put(names.get(k).name(), slots.get(i).get(k));
      }
      entries.add(new Checkpoint.Entry(nameOf(i), values.get(i), kept));
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
    values = newValues;
    slots = newSlots;
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
