package dev.gradus.compile.kernel;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.gradus.graph.Reduce;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.tensor.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;

/// Calls of the Vector API, one for each operation; every lane computes the same bits as the scalar code would.
final class VectorWriter {
  private static final String PACKAGE = "jdk.incubator.vector.";
  private static final ClassDesc VECTOR = ClassDesc.of(PACKAGE + "Vector");
  private static final ClassDesc FLOATS = ClassDesc.of(PACKAGE + "FloatVector");
  private static final ClassDesc DOUBLES = ClassDesc.of(PACKAGE + "DoubleVector");
  private static final ClassDesc INTS = ClassDesc.of(PACKAGE + "IntVector");
  private static final ClassDesc MASK = ClassDesc.of(PACKAGE + "VectorMask");
  private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");
  private static final ClassDesc OPERATORS = ClassDesc.of(PACKAGE + "VectorOperators");
  private static final ClassDesc COMPARISON = ClassDesc.of(PACKAGE + "VectorOperators$Comparison");
  private static final ClassDesc TEST = ClassDesc.of(PACKAGE + "VectorOperators$Test");
  private static final ClassDesc BINARY = ClassDesc.of(PACKAGE + "VectorOperators$Binary");
  private static final ClassDesc VECTORS = ClassDesc.of("dev.gradus.compile.kernel.Vectors");
  private static final ClassDesc ARITHMETIC = ClassDesc.of("dev.gradus.scalar.Arithmetic");

  /// Whether vectors can do this.
  static boolean can(Instruction instruction) {
    return switch (instruction.operation) {
      case LOAD -> instruction.type != Register.I64;
      case FUNCTION -> instruction.x[0].type != Register.I64 && canFunction(instruction.function);
      case CONVERT ->
          (instruction.x[0].type == Register.BOOL && instruction.type != Register.I64)
              || (instruction.type == Register.BOOL && instruction.x[0].type != Register.I64);
      case CUT, KERNEL -> false;
      default -> true;
    };
  }

  private static boolean canFunction(@org.jspecify.annotations.Nullable Arithmetic function) {
    return switch (function) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE, MASKED_MULTIPLY, SQRT, ABS, MINIMUM, MAXIMUM, LESS, LESS_EQUAL, GREATER,
          GREATER_EQUAL, EQUAL, NOT_EQUAL, AND, OR, NOT, IS_NAN, SELECT -> true;
      case null, default -> false;
    };
  }

  int lanes(Register type) {
    return Math.max(1, Vectors.BITS / (type == Register.F64 ? 64 : 32));
  }

  private static ClassDesc vector(Register type) {
    return switch (type) {
      case F64 -> DOUBLES;
      case F32 -> FLOATS;
      case BITS -> INTS;
      default -> MASK;
    };
  }

  private static ClassDesc element(Register type) {
    return type == Register.F64 ? CD_double : type == Register.F32 ? CD_float : type == Register.BITS ? CD_int : CD_boolean;
  }

  void species(CodeBuilder out, Register type) {
    out.getstatic(vector(type), "SPECIES_" + Vectors.BITS, SPECIES);
  }

  /// Repeats the scalar on the stack in all lanes.
  void broadcast(CodeBuilder out, Register type) {
    int scalar = out.allocateLocal(kind(type));
    out.storeLocal(kind(type), scalar);
    species(out, type);
    out.loadLocal(kind(type), scalar);
    out.invokestatic(vector(type), "broadcast", MethodTypeDesc.of(vector(type), SPECIES, element(type)));
  }

  private static TypeKind kind(Register type) {
    return type == Register.F64 ? TypeKind.DOUBLE : type == Register.F32 ? TypeKind.FLOAT : TypeKind.INT;
  }

  void maskAll(CodeBuilder out, Register number) {
    int scalar = out.allocateLocal(TypeKind.INT);
    out.istore(scalar);
    species(out, number);
    out.iload(scalar).invokeinterface(SPECIES, "maskAll", MethodTypeDesc.of(MASK, CD_boolean));
  }

  /// Whether lanes can be read from, or written to, places that are not neighbours.
  static boolean gathers(LoopNest.Access access) {
    return access.inner() > 1 && access.inner() < Vectors.STRIDES && (access.dtype() == DType.F32 || access.dtype() == DType.F64);
  }

  /// With species, array and place on the stack.
  void fromArray(CodeBuilder out, Register type, int stride) {
    if (stride == 1) {
      out.invokestatic(
          vector(type), "fromArray", MethodTypeDesc.of(vector(type), SPECIES, element(type).arrayType(), CD_int));
      return;
    }
    if (stride == 2 && type == Register.F32) {
      out.invokestatic(VECTORS, "everySecond", MethodTypeDesc.of(FLOATS, SPECIES, CD_float.arrayType(), CD_int));
      return;
    }
    steps(out, stride);
    out.loadConstant(0).invokestatic(
        vector(type),
        "fromArray",
        MethodTypeDesc.of(vector(type), SPECIES, element(type).arrayType(), CD_int, CD_int.arrayType(), CD_int));
  }

  /// With vector, array and place on the stack.
  void store(CodeBuilder out, Register type, int stride) {
    if (stride == 1) {
      out.invokevirtual(vector(type), "intoArray", MethodTypeDesc.of(CD_void, element(type).arrayType(), CD_int));
      return;
    }
    steps(out, stride);
    out.loadConstant(0).invokevirtual(
        vector(type),
        "intoArray",
        MethodTypeDesc.of(CD_void, element(type).arrayType(), CD_int, CD_int.arrayType(), CD_int));
  }

  /// With two vectors of floats on the stack: leaves one half of them, lanes in turn.
  void inTurn(CodeBuilder out, boolean isUpper) {
    out.invokestatic(VECTORS, isUpper ? "upper" : "lower", MethodTypeDesc.of(FLOATS, FLOATS, FLOATS));
  }

  private static void steps(CodeBuilder out, int stride) {
    out.loadConstant(stride).invokestatic(VECTORS, "steps", MethodTypeDesc.of(CD_int.arrayType(), CD_int));
  }

  void load(CodeBuilder out, Instruction x, Map<Instruction, Integer> registers) {
    Integer local = registers.get(x);
    if (local == null) {
      throw new IllegalStateException("not computed yet: " + x);
    }
    out.aload(local);
  }

  void combine(CodeBuilder out, Reduce.Kind kind, Register type) {
    binary(
        out,
        switch (kind) {
          case SUM -> "add";
          case PRODUCT -> "mul";
          case MAX -> "max";
          case MIN -> "min";
        },
        type);
  }

  private static void binary(CodeBuilder out, String name, Register type) {
    out.invokevirtual(vector(type), name, MethodTypeDesc.of(vector(type), VECTOR));
  }

  private static void unary(CodeBuilder out, String name, Register type) {
    out.invokevirtual(vector(type), name, MethodTypeDesc.of(vector(type)));
  }

  private static void blend(CodeBuilder out, Register type) {
    out.invokevirtual(vector(type), "blend", MethodTypeDesc.of(vector(type), VECTOR, MASK));
  }

  private void compare(CodeBuilder out, String how, Register type) {
    // vector, other vector -> vector, comparison, other vector
    int other = out.allocateLocal(TypeKind.REFERENCE);
    out.astore(other).getstatic(OPERATORS, how, COMPARISON).aload(other);
    out.invokevirtual(vector(type), "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
  }

  private void zero(CodeBuilder out, Register type) {
    species(out, type);
    out.invokestatic(vector(type), "zero", MethodTypeDesc.of(vector(type), SPECIES));
  }

  private void one(CodeBuilder out, Register type) {
    species(out, type);
    if (type == Register.F64) {
      out.loadConstant(1.0);
    } else {
      out.loadConstant(1f);
    }
    out.invokestatic(vector(type), "broadcast", MethodTypeDesc.of(vector(type), SPECIES, element(type)));
  }

  private static void masks(CodeBuilder out, String name) {
    out.invokevirtual(MASK, name, MethodTypeDesc.of(MASK, MASK));
  }

  private void isNan(CodeBuilder out, Register type) {
    out.getstatic(OPERATORS, "IS_NAN", TEST).invokevirtual(vector(type), "test", MethodTypeDesc.of(MASK, TEST));
  }

  /// Leaves the result of an instruction on the stack.
  void operate(CodeBuilder out, Instruction instruction, Map<Instruction, Integer> registers) {
    Instruction[] x = instruction.x;
    switch (instruction.operation) {
      case CONVERT -> {
        if (instruction.type == Register.BOOL) {
          load(out, x[0], registers);
          zero(out, x[0].type);
          compare(out, "NE", x[0].type);
        } else {
          zero(out, instruction.type);
          one(out, instruction.type);
          load(out, x[0], registers);
          blend(out, instruction.type);
        }
      }
      case FMA -> {
        load(out, x[0], registers);
        load(out, x[1], registers);
        load(out, x[2], registers);
        out.invokevirtual(
            vector(instruction.type), "fma", MethodTypeDesc.of(vector(instruction.type), VECTOR, VECTOR));
      }
      case TO_BITS -> {
        load(out, x[0], registers);
        out.invokevirtual(FLOATS, "reinterpretAsInts", MethodTypeDesc.of(INTS));
      }
      case FROM_BITS -> {
        load(out, x[0], registers);
        out.invokevirtual(INTS, "reinterpretAsFloats", MethodTypeDesc.of(FLOATS));
      }
      case BITS_ADD -> onBits(out, "ADD", x, registers);
      case BITS_AND -> onBits(out, "AND", x, registers);
      case BITS_XOR -> onBits(out, "XOR", x, registers);
      case BITS_SHIFT_LEFT -> shift(out, "LSHL", instruction, registers);
      case BITS_SHIFT_RIGHT -> shift(out, "ASHR", instruction, registers);
      case PATCH -> patch(out, instruction, registers);
      case FUNCTION -> function(out, instruction, registers);
      default -> throw new IllegalStateException("no vectors for " + instruction);
    }
  }

  private void onBits(CodeBuilder out, String name, Instruction[] x, Map<Instruction, Integer> registers) {
    load(out, x[0], registers);
    out.getstatic(OPERATORS, name, name.equals("ADD") || name.equals("AND") || name.equals("XOR") ? ASSOCIATIVE : BINARY);
    load(out, x[1], registers);
    out.invokevirtual(INTS, "lanewise", MethodTypeDesc.of(INTS, BINARY, VECTOR));
  }

  private static final ClassDesc ASSOCIATIVE = ClassDesc.of(PACKAGE + "VectorOperators$Associative");

  private void shift(CodeBuilder out, String name, Instruction instruction, Map<Instruction, Integer> registers) {
    load(out, instruction.x[0], registers);
    out.getstatic(OPERATORS, name, BINARY).loadConstant(instruction.index);
    out.invokevirtual(INTS, "lanewise", MethodTypeDesc.of(INTS, BINARY, CD_int));
  }

  private void patch(CodeBuilder out, Instruction instruction, Map<Instruction, Integer> registers) {
    Arithmetic function = instruction.function;
    if (function == null) {
      throw new IllegalStateException("no function: " + instruction);
    }
    load(out, instruction.x[0], registers);
    out.invokevirtual(MASK, "anyTrue", MethodTypeDesc.of(CD_boolean));
    out.ifThenElse(
        then -> {
          load(then, instruction.x[0], registers);
          load(then, instruction.x[1], registers);
          load(then, instruction.x[2], registers);
          then.getstatic(ARITHMETIC, function.name(), ARITHMETIC);
          then.invokestatic(VECTORS, "patch", MethodTypeDesc.of(FLOATS, MASK, FLOATS, FLOATS, ARITHMETIC));
        },
        otherwise -> load(otherwise, instruction.x[1], registers));
  }

  private void function(CodeBuilder out, Instruction instruction, Map<Instruction, Integer> registers) {
    Instruction[] x = instruction.x;
    Register type = x[0].type;
    Arithmetic function = instruction.function;
    switch (function) {
      case SELECT -> select(out, x, registers);
      case AND, OR -> {
        load(out, x[0], registers);
        load(out, x[1], registers);
        masks(out, function == Arithmetic.AND ? "and" : "or");
      }
      case NOT -> {
        load(out, x[0], registers);
        out.invokevirtual(MASK, "not", MethodTypeDesc.of(MASK));
      }
      case MASKED_MULTIPLY -> {
        load(out, x[0], registers);
        load(out, x[1], registers);
        binary(out, "mul", type);
        int product = out.allocateLocal(TypeKind.REFERENCE);
        out.astore(product).aload(product);
        zero(out, type);
        out.aload(product);
        isNan(out, type);
        load(out, x[0], registers);
        zero(out, type);
        compare(out, "EQ", type);
        load(out, x[1], registers);
        zero(out, type);
        compare(out, "EQ", type);
        masks(out, "or");
        masks(out, "and");
        blend(out, type);
      }
      case null -> throw new IllegalStateException("no function: " + instruction);
      default -> {
        for (Instruction operand : x) {
          load(out, operand, registers);
        }
        switch (function) {
          case ADD -> binary(out, "add", type);
          case SUBTRACT -> binary(out, "sub", type);
          case MULTIPLY -> binary(out, "mul", type);
          case DIVIDE -> binary(out, "div", type);
          case MINIMUM -> binary(out, "min", type);
          case MAXIMUM -> binary(out, "max", type);
          case NEGATE -> unary(out, "neg", type);
          case ABS -> unary(out, "abs", type);
          case SQRT -> unary(out, "sqrt", type);
          case LESS -> compare(out, "LT", type);
          case LESS_EQUAL -> compare(out, "LE", type);
          case GREATER -> compare(out, "GT", type);
          case GREATER_EQUAL -> compare(out, "GE", type);
          case EQUAL -> compare(out, "EQ", type);
          case NOT_EQUAL -> compare(out, "NE", type);
          case IS_NAN -> isNan(out, type);
          default -> throw new IllegalStateException("no vectors for " + instruction);
        }
      }
    }
  }

  private void select(CodeBuilder out, Instruction[] x, Map<Instruction, Integer> registers) {
    if (x[1].type == Register.BOOL) {
      // (condition and x) or (not condition and y)
      load(out, x[0], registers);
      load(out, x[1], registers);
      masks(out, "and");
      load(out, x[2], registers);
      load(out, x[0], registers);
      masks(out, "andNot");
      masks(out, "or");
      return;
    }
    load(out, x[2], registers);
    load(out, x[1], registers);
    load(out, x[0], registers);
    blend(out, x[1].type);
  }
}
