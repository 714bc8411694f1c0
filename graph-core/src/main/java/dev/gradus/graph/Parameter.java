package dev.gradus.graph;

import dev.gradus.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A leaf that training changes: an identity, a type and an initial value. Its current value belongs to the run
/// (or to the state of a trainer), never to the node; a run that is told nothing else uses the initial value.
public final class Parameter extends Node {
  private final Tensor initial;
  private final TensorType type;

  private Parameter(@Nullable String name, Tensor initial, @Nullable SourceLine sourceLine) {
    super(name, sourceLine);
    this.initial = initial;
    this.type = TensorType.of(initial);
  }

  /// A new parameter of the given name that starts at `initial`.
  public static Parameter of(String name, Tensor initial) {
    return new Parameter(NameScope.qualify(name), initial, SourceLine.current());
  }

  /// A new f64 scalar parameter that starts at `initial`.
  public static Parameter of(String name, double initial) {
    return of(name, Tensor.scalar(initial));
  }

  /// The value a run uses unless it is given another.
  public Tensor initial() {
    return initial;
  }

  @Override
  public TensorType type() {
    return type;
  }

  @Override
  public List<Node> operands() {
    return List.of();
  }

  @Override
  public String kind() {
    return "parameter";
  }

  @Override
  Node renamed(String fullName) {
    return new Parameter(fullName, initial, sourceLine());
  }
}
