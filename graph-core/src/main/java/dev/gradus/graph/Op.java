package dev.gradus.graph;

import java.util.List;

/// A function of tensors. There are three kinds:
///
/// - a [Primitive] is one of the few functions the engine knows itself;
/// - a [Composite] says how it *expands* into other ops, and everything else follows from that;
/// - an [Opaque] brings its own kernel and gradient rule.
///
/// Anyone may write composites and opaque ops; there is nothing to register. An op that is a record of plain
/// settings is equal to another of the same settings.
public sealed interface Op permits Primitive, Composite, Opaque {

  /// The op's name in lower snake case, as formulas, tables and error messages show it.
  String name();

  /// The types of the results for operands of the given types.
  ///
  /// @throws dev.gradus.GradusException when the op does not take such operands
  List<TensorType> types(List<TensorType> x);

  /// The gradient rule for operand `slot` of `out`, in symbols: `x`, `y`, ... are the operands, `out` is the
  /// result, `g` the upstream gradient.
  String rule(Apply out, int slot);

  /// Applies this op.
  default Apply of(Node... operands) {
    return Apply.of(this, List.of(operands));
  }
}
