package dev.gradus.compile.kernel;

/// What an instruction's result is.
public enum Register {
  F64,
  F32,
  I64,
  /// Raw bits of an F32, while a function is computed.
  BITS,
  /// Truth.
  BOOL
}
