package dev.gradus.optim;

import dev.gradus.GradusException;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// A whole update as one graph, for one batch size: from the batch, the state, the learning rate and the step to the loss,
/// the gradient's norm and the next state.
final class TrainingStep {
  private final Traced traced;
  private final List<Parameter> parameters;
  private final List<List<Input>> slots = new ArrayList<>();
  private final Input learningRate = Input.of("learning_rate", Shape.SCALAR);
  private final Input number = Input.of("step", Shape.SCALAR);
  private final Engine engine;

  TrainingStep(Traced traced, List<Parameter> parameters, Optimizer optimizer, Clipping clipping) {
    this.traced = traced;
    this.parameters = parameters;
    Gradients all = Backward.from(traced.loss());
    List<Node> gradients = parameters.stream().map(all::of).toList();
    List<Node> clipped = clipping.apply(gradients);
    List<Node> outputs = new ArrayList<>(List.of(traced.loss(), Clipping.globalNorm(gradients)));
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      List<Input> kept = slotInputs(optimizer, parameter);
      slots.add(kept);
      Update update = optimizer.update(
          parameter, clipped.get(i), List.copyOf(kept), Ops.cast(learningRate, parameter.dtype()), number);
      requireTypes(optimizer, parameter, kept.size(), update);
      outputs.add(update.parameter());
      outputs.addAll(update.slots());
    }
    engine = new Engine(outputs);
  }

  private static List<Input> slotInputs(Optimizer optimizer, Parameter parameter) {
    String name = parameter.name() == null ? "" : parameter.name() + "/";
    return optimizer.slots().stream()
        .map(slot -> Input.of(name + slot.name(), parameter.dtype(), parameter.shape()))
        .toList();
  }

  private static void requireTypes(Optimizer optimizer, Parameter parameter, int slots, Update update) {
    List<Node> all = new ArrayList<>(update.slots());
    all.add(update.parameter());
    boolean valid = update.slots().size() == slots && all.stream().allMatch(n -> n.type().equals(parameter.type()));
    if (!valid) {
      throw new GradusException(
          "update",
          optimizer + " must give a parameter and " + slots + " slots of type " + parameter.type(),
          update,
          "mind broadcasting and dtypes");
    }
  }

  /// What an update reports.
  ///
  /// @param loss the loss before the update
  /// @param gradientNorm the norm of the gradient, before clipping
  record Outcome(double loss, double gradientNorm) {}

  /// Takes the step and advances the state; where loss, gradient or new values are not finite, the state stays as it was.
  Outcome run(State state, List<Tensor> batch, int size, double rate) {
    Map<Node, Tensor> feeds = traced.feeds(batch);
    feeds.putAll(state.values());
    feeds.put(learningRate, Tensor.scalar(rate));
    feeds.put(number, Tensor.scalar((double) (state.step() + 1)));
    for (int i = 0; i < parameters.size(); i++) {
      for (int k = 0; k < slots.get(i).size(); k++) {
        feeds.put(slots.get(i).get(k), state.slot(i, k));
      }
    }
    Iterator<Tensor> results = engine.run(feeds).iterator();
    Outcome outcome = new Outcome(results.next().item(), results.next().item());
    requireFinite("the loss", outcome.loss, state);
    requireFinite("the gradient", outcome.gradientNorm, state);
    List<Tensor> values = new ArrayList<>();
    List<List<Tensor>> kept = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Tensor value = results.next();
      requireFinite("every parameter", largest(value), state);
      values.add(value);
      List<Tensor> own = new ArrayList<>();
      for (int k = 0; k < slots.get(i).size(); k++) {
        own.add(results.next());
      }
      kept.add(own);
    }
    state.advance(values, kept, size);
    return outcome;
  }

  /// The largest size of an element, or NaN where there is one.
  private static double largest(Tensor value) {
    return Arrays.stream(value.toDoubles()).map(Math::abs).reduce(0, Math::max);
  }

  private static void requireFinite(String what, double value, State state) {
    if (!Double.isFinite(value)) {
      throw new GradusException(
          "train", what + " must stay finite", value + " at step " + (state.step() + 1), "lower the learning rate or clip the gradients");
    }
  }
}
