package dev.gradus.scalar;

import dev.gradus.GradusException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A formula as a straight list of instructions over registers: the reference way to run it over arrays.
///
/// The first registers hold the variables, the next the constants; each instruction fills one more. Arrays are worked
/// through in blocks, an instruction at a time.
public final class Kernel {
  private static final int BLOCK = 256;

  private final int arity;
  private final int variables;
  private final double[] constants;
  private final Instruction[] instructions;
  private final int result;

  /// `function` of up to three registers; unused ones are 0.
  private record Instruction(ScalarFunction function, int a, int b, int c) {
    double apply(double x, double y, double z) {
      return switch (function) {
        case Arithmetic arithmetic -> arithmetic.apply(x, y, z);
        case KernelFunction kernel -> kernel.apply(x);
        case DefinedFunction defined -> throw new IllegalStateException("not inlined: " + defined);
      };
    }

    Arithmetic.LongKernel exact() {
      Arithmetic.LongKernel kernel = function instanceof Arithmetic arithmetic ? arithmetic.longs() : null;
      if (kernel == null) {
        throw new GradusException(
            function.label(), "operands must be floating-point numbers", "integers", "cast them to f64 first");
      }
      return kernel;
    }
  }

  private Kernel(int arity, double[] constants, Instruction[] instructions, int result) {
    this.arity = arity;
    this.variables = registersFor(arity);
    this.constants = constants;
    this.instructions = instructions;
    this.result = result;
  }

  static Kernel of(Expression formula) {
    Expression inlined = formula.inlined();
    List<Double> constants = new ArrayList<>();
    List<Expression.Call> calls = new ArrayList<>();
    Map<Expression, Integer> registers = new HashMap<>();
    int variables = registersFor(formula.arity());
    for (Expression part : inlined.parts()) {
      switch (part) {
        case Expression.Variable variable -> registers.put(part, variable.slot());
        case Expression.Constant constant -> {
          registers.put(part, variables + constants.size());
          constants.add(constant.value());
        }
        case Expression.Call call -> calls.add(call);
      }
    }
    Instruction[] instructions = new Instruction[calls.size()];
    for (int i = 0; i < instructions.length; i++) {
      Expression.Call call = calls.get(i);
      int[] from = new int[3];
      for (int k = 0; k < call.arguments().size(); k++) {
        from[k] = register(registers, call.arguments().get(k));
      }
      instructions[i] = new Instruction(call.function(), from[0], from[1], from[2]);
      registers.put(call, variables + constants.size() + i);
    }
    double[] values = constants.stream().mapToDouble(Double::doubleValue).toArray();
    return new Kernel(formula.arity(), values, instructions, register(registers, inlined));
  }

  private static int register(Map<Expression, Integer> registers, Expression part) {
    Integer register = registers.get(part);
    if (register == null) {
      throw new IllegalStateException("no register for " + part);
    }
    return register;
  }

  /// A constant formula has a register for a variable too: it may be run over the elements of an operand.
  private static int registersFor(int arity) {
    return Math.max(1, arity);
  }

  private int registers() {
    return variables + constants.length + instructions.length;
  }

  /// The value at one point.
  ///
  /// @throws GradusException where a variable has no value
  public double apply(double... point) {
    requireVariables(point.length);
    double[] r = new double[registers()];
    System.arraycopy(point, 0, r, 0, Math.min(point.length, variables));
    System.arraycopy(constants, 0, r, variables, constants.length);
    int to = variables + constants.length;
    for (Instruction instruction : instructions) {
      r[to++] = instruction.apply(r[instruction.a], r[instruction.b], r[instruction.c]);
    }
    return r[result];
  }

  /// The values at `length` points: variable i of point k is `operands[i][k]`.
  public void apply(double[][] operands, double[] out, int length) {
    requireVariables(operands.length);
    if (length == 1) {
      double[] point = new double[operands.length];
      for (int i = 0; i < point.length; i++) {
        point[i] = operands[i][0];
      }
      out[0] = apply(point);
      return;
    }
    int block = Math.min(BLOCK, length);
    double[][] r = new double[registers()][block];
    for (int i = 0; i < constants.length; i++) {
      Arrays.fill(r[variables + i], constants[i]);
    }
    for (int start = 0; start < length; start += block) {
      int count = Math.min(block, length - start);
      for (int i = 0; i < Math.min(variables, operands.length); i++) {
        System.arraycopy(operands[i], start, r[i], 0, count);
      }
      int to = variables + constants.length;
      for (Instruction instruction : instructions) {
        run(instruction, r[instruction.a], r[instruction.b], r[instruction.c], r[to++], count);
      }
      System.arraycopy(r[result], 0, out, start, count);
    }
  }

  private static void run(Instruction instruction, double[] a, double[] b, double[] c, double[] out, int count) {
    switch (instruction.function) {
      case Arithmetic.ADD -> {
        for (int i = 0; i < count; i++) {
          out[i] = a[i] + b[i];
        }
      }
      case Arithmetic.SUBTRACT -> {
        for (int i = 0; i < count; i++) {
          out[i] = a[i] - b[i];
        }
      }
      case Arithmetic.MULTIPLY -> {
        for (int i = 0; i < count; i++) {
          out[i] = a[i] * b[i];
        }
      }
      case Arithmetic arithmetic -> {
        Arithmetic.DoubleKernel kernel = arithmetic.doubles();
        for (int i = 0; i < count; i++) {
          out[i] = kernel.apply(a[i], b[i], c[i]);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          out[i] = instruction.apply(a[i], b[i], c[i]);
        }
      }
    }
  }

  /// The exact values at `length` points of integers; truth is 1 and 0.
  ///
  /// @throws GradusException where a function has no meaning on integers, or a constant is not whole
  public void apply(long[][] operands, long[] out, int length) {
    requireVariables(operands.length);
    long[] r = new long[registers()];
    for (int i = 0; i < constants.length; i++) {
      if (constants[i] != Math.rint(constants[i]) || Math.abs(constants[i]) > 0x1p53) {
        throw new GradusException(
            "integers", "a number that meets integers must be whole", constants[i], "cast to f64 first");
      }
      r[variables + i] = (long) constants[i];
    }
    Arithmetic.LongKernel[] kernels = new Arithmetic.LongKernel[instructions.length];
    Arrays.setAll(kernels, i -> instructions[i].exact());
    for (int k = 0; k < length; k++) {
      for (int i = 0; i < Math.min(variables, operands.length); i++) {
        r[i] = operands[i][k];
      }
      int to = variables + constants.length;
      for (int i = 0; i < kernels.length; i++) {
        Instruction from = instructions[i];
        r[to++] = kernels[i].apply(r[from.a], r[from.b], r[from.c]);
      }
      out[k] = r[result];
    }
  }

  private void requireVariables(int given) {
    if (given < arity) {
      throw new GradusException("formula", "takes " + arity + " variables", given, "pass one for each");
    }
  }
}
