package dev.gradus.optim;

import dev.gradus.GradusException;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A whole update as one graph, for one batch size: from the batch, the state, the learning rate and the step to the loss,
/// the gradient's norm and the next state.
final class TrainingStep {
  private final Traced traced;
  private final List<List<Input>> slots = new ArrayList<>();
  private final Input learningRate = Input.of("learning_rate", Shape.SCALAR);
  private final Input number = Input.of("step", Shape.SCALAR);
  private final Node gradientNorm;
  private final Node largest;
  private final Engine.Runner runner;

  TrainingStep(Traced traced, State state, Optimizer optimizer, Clipping clipping, Engine engine) {
    this.traced = traced;
    List<Parameter> parameters = state.parameters();
    Gradients all = Backward.from(traced.loss());
    List<Node> gradients = parameters.stream().map(all::of).toList();
    List<Node> clipped = clipping.apply(gradients);
    gradientNorm = Clipping.globalNorm(gradients);
    Map<Node, Node> updates = new LinkedHashMap<>();
    Node size = Ops.constant(0.0);
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      List<Input> kept = slotInputs(optimizer, parameter);
      slots.add(kept);
      Update update = optimizer.update(
          parameter, clipped.get(i), List.copyOf(kept), Ops.cast(learningRate, parameter.dtype()), number);
      requireTypes(optimizer, parameter, kept.size(), update);
      updates.put(parameter, update.parameter());
      for (int k = 0; k < kept.size(); k++) {
        updates.put(kept.get(k), update.slots().get(k));
      }
      if (parameter.shape().size() > 0) {
        size = Ops.maximum(size, Ops.cast(Ops.max(Ops.abs(update.parameter())), DType.F64));
      }
    }
    largest = size;
    runner = engine.runner(List.of(traced.loss(), gradientNorm, largest), updates);
    state.bindTo(runner, slots);
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
    traced.feeds(batch).forEach(runner::set);
    runner.set(learningRate, Tensor.scalar(rate));
    runner.set(number, Tensor.scalar((double) (state.step() + 1)));
    boolean accepted = runner.run(() -> isFinite(traced.loss()) && isFinite(gradientNorm) && isFinite(largest));
    Outcome outcome = new Outcome(runner.number(traced.loss()), runner.number(gradientNorm));
    if (!accepted) {
      requireFinite("the loss", outcome.loss, state);
      requireFinite("the gradient", outcome.gradientNorm, state);
      requireFinite("every parameter", runner.number(largest), state);
    }
    state.advanced(size);
    return outcome;
  }

  private boolean isFinite(Node output) {
    return Double.isFinite(runner.number(output));
  }

  private static void requireFinite(String what, double value, State state) {
    if (!Double.isFinite(value)) {
      throw new GradusException(
          "train", what + " must stay finite", value + " at step " + (state.step() + 1), "lower the learning rate or clip the gradients");
    }
  }
}
