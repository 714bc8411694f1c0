package dev.gradus.graph;

import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;

/// What is known of a node's value before anything runs: its shape and the dtype of its elements.
///
/// @param shape the shape, static
/// @param dtype the dtype of every element
public record TensorType(Shape shape, DType dtype) {

  /// The type of a given tensor.
  public static TensorType of(Tensor tensor) {
    return new TensorType(tensor.shape(), tensor.dtype());
  }

  /// The same dtype in another shape.
  public TensorType withShape(Shape other) {
    return other.equals(shape) ? this : new TensorType(other, dtype);
  }

  /// The same shape with another dtype.
  public TensorType withDType(DType other) {
    return other == dtype ? this : new TensorType(shape, other);
  }

  /// Whether derivatives pass through such a value: only floating-point numbers have them.
  public boolean isDifferentiable() {
    return dtype.isFloating();
  }

  @Override
  public String toString() {
    return dtype + shape.toString();
  }
}
