package dev.gradus.compile;

import dev.gradus.graph.Op;
import dev.gradus.graph.SourceLine;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.View;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the compiler computes: a node after boxes were opened, equal ones merged and what is known simplified.
///
/// A leaf, a constant, the application of a primitive or opaque op, or one result of an op that has several. Numbers grow
/// from operands to users.
final class Value {
  private static final Value[] NONE = new Value[0];

  /// Its place in topological order.
  final int number;

  /// The type; for an op with several results that of the first, which is never read.
  final TensorType type;

  final @Nullable Op op;
  final Value[] operands;

  /// What kind of leaf this is the value of. Which one is up to the [Program], so that others of this structure can share the [Plan].
  final @Nullable String leaf;

  final @Nullable Tensor constant;

  /// The application of an opaque op.
  ///
  /// @param types of its results
  /// @param line where it was made
  record Call(List<TensorType> types, @Nullable SourceLine line) {}

  final @Nullable Call call;

  /// Which result of an opaque op this is, or -1.
  final int result;

  /// Of a contraction with a third operand: what its products are multiplied with before they are added to that.
  final double scale;

  /// Whether this is a pad whose elements go to their places in another value's array, between those of other pieces instead of zeros.
  private final boolean isPiece;

  private Value(
      int number,
      TensorType type,
      @Nullable Op op,
      Value[] operands,
      @Nullable String leaf,
      @Nullable Tensor constant,
      @Nullable Call call,
      int result,
      double scale,
      boolean isPiece) {
    this.number = number;
    this.type = type;
    this.op = op;
    this.operands = operands;
    this.leaf = leaf;
    this.constant = constant;
    this.call = call;
    this.result = result;
    this.scale = scale;
    this.isPiece = isPiece;
  }

  static Value leaf(int number, TensorType type, String kind) {
    return new Value(number, type, null, NONE, kind, null, null, -1, 1, false);
  }

  static Value constant(int number, Tensor value) {
    return new Value(number, TensorType.of(value), null, NONE, null, value, null, -1, 1, false);
  }

  static Value apply(int number, TensorType type, Op op, List<Value> operands) {
    return new Value(number, type, op, operands.toArray(NONE), null, null, null, -1, 1, false);
  }

  static Value opaque(int number, Op op, Call call, List<Value> operands) {
    return new Value(number, call.types().getFirst(), op, operands.toArray(NONE), null, null, call, -1, 1, false);
  }

  static Value projection(int number, Value tuple, TensorType type, int result) {
    return new Value(number, type, null, new Value[] {tuple}, null, null, null, result, 1, false);
  }

  /// `sum` + `scale` · the product of two operands.
  static Value multiplyAdd(int number, TensorType type, Op contract, Value left, Value right, Value sum, double scale) {
    return new Value(number, type, contract, new Value[] {left, right, sum}, null, null, null, -1, scale, false);
  }

  /// A part of the array of a whole, which is of type `type`: an operand of a concatenation or of a sum of pads, in its place.
  static Value piece(int number, TensorType type, View.Pad pad, Value operand) {
    return new Value(number, type, pad, new Value[] {operand}, null, null, null, -1, 1, true);
  }

  boolean isPiece() {
    return isPiece;
  }

  /// The same computation on other operands, under another number.
  Value with(int newNumber, Value[] newOperands) {
    return new Value(newNumber, type, op, newOperands, leaf, constant, call, result, scale, isPiece);
  }

  Value operand(int slot) {
    return operands[slot];
  }

  int size() {
    return type.shape().size();
  }

  boolean isConstant() {
    return constant != null;
  }

  /// The number that every element is, or null where there is none such, it is not known, or no double is that number.
  @Nullable Double filling() {
    Value from = this;
    while (from.op instanceof View.Broadcast) {
      from = from.operands[0];
    }
    if (from.constant == null || from.size() != 1) {
      return null;
    }
    double number = from.constant.item();
    return type.dtype() == DType.I64 && Math.abs(number) >= 0x1p53 ? null : (Double) number;
  }

  @Override
  public String toString() {
    String what = leaf != null ? leaf : constant != null ? "constant" : op != null ? op.name() : "result " + result;
    return "%" + number + " " + what + " " + type;
  }
}
