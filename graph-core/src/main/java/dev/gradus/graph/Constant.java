package dev.gradus.graph;

import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A leaf with a fixed value.
public final class Constant extends Node {
  private final Tensor value;
  private final TensorType type;

  private Constant(@Nullable String name, Tensor value, @Nullable SourceLine sourceLine) {
    super(name, sourceLine);
    this.value = value;
    this.type = TensorType.of(value);
  }

  /// A nameless constant.
  public static Constant of(Tensor value) {
    return new Constant(null, value, SourceLine.current());
  }

  /// A nameless f64 scalar.
  public static Constant of(double value) {
    return of(Tensor.scalar(value));
  }

  /// A named constant.
  public static Constant of(String name, Tensor value) {
    return new Constant(NameScope.qualify(name), value, SourceLine.current());
  }

  /// A tensor of one repeated number, stored as a scalar and broadcast.
  public static Node filled(TensorType type, double value) {
    Constant scalar = of(Tensor.scalar(type.dtype(), value));
    return type.shape().equals(Shape.SCALAR) ? scalar : View.broadcast(scalar, type.shape());
  }

  /// The scalar `value` in the given dtype.
  public static Constant scalar(DType dtype, double value) {
    return of(Tensor.scalar(dtype, value));
  }

  /// The fixed value.
  public Tensor value() {
    return value;
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
    return "constant";
  }

  @Override
  Node renamed(String fullName) {
    return new Constant(fullName, value, sourceLine());
  }
}
