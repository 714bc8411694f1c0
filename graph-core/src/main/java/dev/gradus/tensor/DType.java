package dev.gradus.tensor;

import dev.gradus.GradusException;
import java.util.Locale;

/// The type of a tensor's elements.
public enum DType {
  /// 64-bit floating-point, the default.
  F64(8),
  /// 32-bit floating-point.
  F32(4),
  /// 64-bit integer.
  I64(8),
  /// 32-bit integer.
  I32(4),
  /// True or false.
  BOOL(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /// The dtype of that lower-case name.
  ///
  /// @throws GradusException for another word
  public static DType of(String name) {
    for (DType dtype : values()) {
      if (dtype.toString().equals(name)) {
        return dtype;
      }
    }
    throw new GradusException("dtype", "must be f64, f32, i64, i32 or bool", name, "choose one of them");
  }

  /// Whether elements are floating-point numbers, the only ones with derivatives.
  public boolean isFloating() {
    return this == F64 || this == F32;
  }

  /// Whether elements are integers.
  public boolean isInteger() {
    return this == I64 || this == I32;
  }

  /// The size of an element in bytes.
  public int bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
