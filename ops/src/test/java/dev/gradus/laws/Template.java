package dev.gradus.laws;

/// A way to go on with a program.
@FunctionalInterface
interface Template {
  /// Adds to the pool what `instruction` asks for, or nothing where that cannot be.
  void build(Pool pool, Instruction instruction);
}
