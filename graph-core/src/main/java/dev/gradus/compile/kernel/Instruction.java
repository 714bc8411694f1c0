package dev.gradus.compile.kernel;

import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.KernelFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One step of scalar code: an operation on the results of earlier ones.
public final class Instruction {

  /// What an instruction does.
  public enum Operation {
    /// The number itself.
    CONSTANT,
    /// An element of an array: `index` is the number of the load in its loop nest.
    LOAD,
    /// What the reduction `index` of the loop nest came to in this row.
    REDUCED,
    /// The operand in another type, as Java converts it.
    CONVERT,
    /// A 64-bit integer cut to 32 bits.
    CUT,
    /// A built-in function.
    FUNCTION,
    /// A function that brings its own Java code.
    KERNEL,
    /// a · b + c, rounded once.
    FMA,
    /// The raw bits of a float, and back.
    TO_BITS,
    FROM_BITS,
    BITS_ADD,
    BITS_AND,
    BITS_XOR,
    BITS_SHIFT_LEFT,
    BITS_SHIFT_RIGHT,
    /// b, but where the condition a holds the exact value of `function` at c, which is rare.
    PATCH
  }

  final Operation operation;
  final Register type;
  final Instruction[] x;

  /// The number of a constant, or its bits.
  final double number;

  /// Of a load or a reduction, or the distance of a shift.
  final int index;

  final @Nullable Arithmetic function;
  final @Nullable KernelFunction kernel;

  /// Its place among the instructions of its code.
  int place;

  Instruction(
      Operation operation,
      Register type,
      double number,
      int index,
      @Nullable Arithmetic function,
      @Nullable KernelFunction kernel,
      Instruction... x) {
    this.operation = operation;
    this.type = type;
    this.number = number;
    this.index = index;
    this.function = function;
    this.kernel = kernel;
    this.x = x;
  }

  /// What the result is.
  public Register type() {
    return type;
  }

  boolean isConstant() {
    return operation == Operation.CONSTANT;
  }

  /// Equal for instructions that compute the same: operands are merged already, so identity is enough for them.
  record Key(Operation operation, Register type, long bits, int index, @Nullable Object function, List<Integer> x) {}

  Key key() {
    return new Key(
        operation,
        type,
        Double.doubleToRawLongBits(number),
        index,
        function != null ? function : kernel,
        Arrays.stream(x).map(operand -> operand.place).toList());
  }

  @Override
  public String toString() {
    String what = function != null ? function.label() : kernel != null ? kernel.label() : operation.name();
    return "r" + place + " = " + what + Arrays.stream(x).map(r -> "r" + r.place).toList()
        + (isConstant() ? " " + number : "") + (index == 0 ? "" : " #" + index) + " " + Objects.toString(type);
  }
}
