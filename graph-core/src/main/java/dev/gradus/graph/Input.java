package dev.gradus.graph;

import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A leaf whose value is fed to every run, such as a batch of examples.
public final class Input extends Node {
  private final TensorType type;

  private Input(@Nullable String name, TensorType type, @Nullable SourceLine sourceLine) {
    super(name, sourceLine);
    this.type = type;
  }

  /// A new input of the given name, dtype and shape.
  public static Input of(String name, DType dtype, Shape shape) {
    return new Input(NameScope.qualify(name), new TensorType(shape, dtype), SourceLine.current());
  }

  /// A new f64 input of the given name and shape.
  public static Input of(String name, Shape shape) {
    return of(name, DType.F64, shape);
  }

  /// A nameless stand-in for an operand, as an expansion is written against.
  static Input placeholder(TensorType type) {
    return new Input(null, type, null);
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
    return "input";
  }

  @Override
  Node renamed(String fullName) {
    return new Input(fullName, type, sourceLine());
  }
}
