package dev.gradus.optim;

import dev.gradus.graph.Parameter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Makes the parameters of a model, each started from one seed and its number: the same program and seed start at the same
/// bits, and changing one parameter's rule leaves the others as they were.
public final class Parameters {
  private final long seed;
  private final DType dtype;
  private final List<Parameter> made = new ArrayList<>();

  /// Parameters of dtype f64.
  public Parameters(long seed) {
    this(seed, DType.F64);
  }

  /// Parameters of the given floating-point dtype.
  public Parameters(long seed, DType dtype) {
    this.seed = seed;
    this.dtype = dtype;
  }

  /// The next parameter, started at random.
  public Parameter make(String name, Initializer rule, int... dims) {
    return make(name, rule.draw(Shape.of(dims), seed, made.size()));
  }

  /// The next parameter, started at 0 as biases are.
  public Parameter zeros(String name, int... dims) {
    return make(name, Tensor.zeros(Shape.of(dims)));
  }

  /// The next parameter, started at a given value.
  public Parameter make(String name, Tensor initial) {
    Parameter parameter = Parameter.of(name, initial.cast(dtype));
    made.add(parameter);
    return parameter;
  }

  /// All parameters made so far, in order.
  public List<Parameter> all() {
    return Collections.unmodifiableList(made);
  }
}
