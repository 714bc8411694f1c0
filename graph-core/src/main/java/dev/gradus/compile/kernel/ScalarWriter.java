package dev.gradus.compile.kernel;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.gradus.graph.Reduce;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.KernelFunction;
import dev.gradus.tensor.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Bytecode for one number at a time, operation by operation; the counterpart of [VectorWriter].
final class ScalarWriter {
  private static final ClassDesc LANES = ClassDesc.of("dev.gradus.compile.kernel.Lanes");
  private static final ClassDesc ARITHMETIC = ClassDesc.of("dev.gradus.scalar.Arithmetic");
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");

  /// A function that brings its own Java code.
  static final ClassDesc FUNCTION = ClassDesc.of("dev.gradus.scalar.KernelFunction");

  private final List<KernelFunction> functions = new ArrayList<>();
  private CodeBuilder out;

  ScalarWriter(CodeBuilder out) {
    this.out = out;
  }

  /// The functions that the class must be given.
  List<KernelFunction> functions() {
    return functions;
  }

  void identity(Reduce.@Nullable Kind kind, Register type) {
    if (kind == null) {
      throw new IllegalStateException("nothing to combine");
    }
    boolean whole = type == Register.I64;
    double identity =
        switch (kind) {
          case SUM -> 0;
          case PRODUCT -> 1;
          case MAX -> Double.NEGATIVE_INFINITY;
          case MIN -> Double.POSITIVE_INFINITY;
        };
    if (whole) {
      out.loadConstant(
          switch (kind) {
            case SUM -> 0L;
            case PRODUCT -> 1L;
            case MAX -> Long.MIN_VALUE;
            case MIN -> Long.MAX_VALUE;
          });
    } else if (type == Register.F32) {
      out.loadConstant((float) identity);
    } else {
      out.loadConstant(identity);
    }
  }

  /// Combines the two numbers on the stack.
  void combine(Reduce.Kind kind, Register type) {
    switch (kind) {
      case SUM -> arithmetic(type, CodeBuilder::dadd, CodeBuilder::fadd, CodeBuilder::ladd);
      case PRODUCT -> arithmetic(type, CodeBuilder::dmul, CodeBuilder::fmul, CodeBuilder::lmul);
      case MAX -> math("max", type, 2);
      case MIN -> math("min", type, 2);
    }
  }

  static TypeKind kind(Register type) {
    return switch (type) {
      case F64 -> TypeKind.DOUBLE;
      case F32 -> TypeKind.FLOAT;
      case I64 -> TypeKind.LONG;
      case BITS, BOOL -> TypeKind.INT;
    };
  }

  static ClassDesc desc(Register type) {
    return switch (type) {
      case F64 -> CD_double;
      case F32 -> CD_float;
      case I64 -> CD_long;
      case BITS -> CD_int;
      case BOOL -> CD_boolean;
    };
  }

  static ClassDesc arrayType(DType dtype) {
    return switch (dtype) {
      case F64 -> CD_double.arrayType();
      case F32 -> CD_float.arrayType();
      case I64 -> CD_long.arrayType();
      case I32 -> CD_int.arrayType();
      case BOOL -> CD_boolean.arrayType();
    };
  }

  void loadElement(DType dtype) {
    switch (dtype) {
      case F64 -> out.daload();
      case F32 -> out.faload();
      case I64 -> out.laload();
      case I32 -> out.iaload().i2l();
      case BOOL -> out.baload();
    }
  }

  void storeElement(DType dtype) {
    switch (dtype) {
      case F64 -> out.dastore();
      case F32 -> out.fastore();
      case I64 -> out.lastore();
      case I32 -> out.l2i().iastore();
      case BOOL -> out.bastore();
    }
  }

  /// Pushes what an instruction gave.
  void load(Instruction instruction, Map<Instruction, Integer> registers) {
    if (instruction.isConstant()) {
      switch (instruction.type) {
        case F64 -> out.loadConstant(instruction.number);
        case F32 -> out.loadConstant((float) instruction.number);
        case I64 -> out.loadConstant((long) instruction.number);
        case BITS, BOOL -> out.loadConstant((int) instruction.number);
      }
      return;
    }
    Integer local = registers.get(instruction);
    if (local == null) {
      throw new IllegalStateException("not computed yet: " + instruction);
    }
    out.loadLocal(kind(instruction.type), local);
  }

  /// Leaves the result of an instruction on the stack.
  void operate(Instruction instruction, Map<Instruction, Integer> registers) {
    Instruction[] x = instruction.x;
    switch (instruction.operation) {
      case CONSTANT, REDUCED, LOAD -> throw new IllegalStateException("not computed here: " + instruction);
      case CONVERT -> {
        load(x[0], registers);
        convert(x[0].type, instruction.type);
      }
      case CUT -> {
        load(x[0], registers);
        out.l2i().i2l();
      }
      case FUNCTION -> function(instruction, registers);
      case KERNEL -> {
        out.aload(0).getfield(Emitter.NAME, Emitter.FUNCTIONS, FUNCTION.arrayType()).loadConstant(functionIndex(instruction)).aaload();
        load(x[0], registers);
        convert(instruction.type, Register.F64);
        out.invokevirtual(FUNCTION, "apply", MethodTypeDesc.of(CD_double, CD_double));
        convert(Register.F64, instruction.type);
      }
      case FMA -> {
        loadAll(x, registers);
        ClassDesc type = desc(instruction.type);
        out.invokestatic(MATH, "fma", MethodTypeDesc.of(type, type, type, type));
      }
      case TO_BITS -> {
        load(x[0], registers);
        out.invokestatic(ClassDesc.of("java.lang.Float"), "floatToRawIntBits", MethodTypeDesc.of(CD_int, CD_float));
      }
      case FROM_BITS -> {
        load(x[0], registers);
        out.invokestatic(ClassDesc.of("java.lang.Float"), "intBitsToFloat", MethodTypeDesc.of(CD_float, CD_int));
      }
      case BITS_ADD -> {
        loadAll(x, registers);
        out.iadd();
      }
      case BITS_AND -> {
        loadAll(x, registers);
        out.iand();
      }
      case BITS_XOR -> {
        loadAll(x, registers);
        out.ixor();
      }
      case BITS_SHIFT_LEFT -> {
        load(x[0], registers);
        out.loadConstant(instruction.index).ishl();
      }
      case BITS_SHIFT_RIGHT -> {
        load(x[0], registers);
        out.loadConstant(instruction.index).ishr();
      }
      case PATCH -> {
        load(x[0], registers);
        out.ifThenElse(
            Opcode.IFNE,
            then -> within(then, () -> {
              load(x[2], registers);
              convert(Register.F32, Register.F64);
              function(required(instruction.function), Register.F64);
              convert(Register.F64, Register.F32);
            }),
            otherwise -> within(otherwise, () -> load(x[1], registers)));
      }
    }
  }

  /// Writes into a nested block.
  private void within(CodeBuilder block, Runnable body) {
    CodeBuilder before = out;
    out = block;
    body.run();
    out = before;
  }

  private int functionIndex(Instruction instruction) {
    KernelFunction kernel = instruction.kernel;
    if (kernel == null) {
      throw new IllegalStateException("no function: " + instruction);
    }
    if (!functions.contains(kernel)) {
      functions.add(kernel);
    }
    return functions.indexOf(kernel);
  }

  private static Arithmetic required(@Nullable Arithmetic function) {
    if (function == null) {
      throw new IllegalStateException("no function");
    }
    return function;
  }

  private void loadAll(Instruction[] x, Map<Instruction, Integer> registers) {
    for (Instruction operand : x) {
      load(operand, registers);
    }
  }

  private void function(Instruction instruction, Map<Instruction, Integer> registers) {
    Arithmetic function = required(instruction.function);
    Instruction[] x = instruction.x;
    if (function == Arithmetic.SELECT) {
      load(x[0], registers);
      out.ifThenElse(
          Opcode.IFNE,
          then -> within(then, () -> load(x[1], registers)),
          otherwise -> within(otherwise, () -> load(x[2], registers)));
      return;
    }
    if (instruction.type == Register.F32 && !isOfFloats(function)) {
      for (Instruction operand : x) {
        load(operand, registers);
        convert(Register.F32, Register.F64);
      }
      function(function, Register.F64);
      convert(Register.F64, Register.F32);
      return;
    }
    loadAll(x, registers);
    function(function, x[0].type);
  }

  private static boolean isOfFloats(Arithmetic function) {
    return switch (function) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE, MASKED_MULTIPLY, ABS, MINIMUM, MAXIMUM -> true;
      default -> false;
    };
  }

  /// Applies a function to operands of `type` on the stack.
  private void function(Arithmetic function, Register type) {
    switch (function) {
      case ADD -> arithmetic(type, CodeBuilder::dadd, CodeBuilder::fadd, CodeBuilder::ladd);
      case SUBTRACT -> arithmetic(type, CodeBuilder::dsub, CodeBuilder::fsub, CodeBuilder::lsub);
      case MULTIPLY -> arithmetic(type, CodeBuilder::dmul, CodeBuilder::fmul, CodeBuilder::lmul);
      case DIVIDE -> arithmetic(type, CodeBuilder::ddiv, CodeBuilder::fdiv, null);
      case NEGATE -> arithmetic(type, CodeBuilder::dneg, CodeBuilder::fneg, CodeBuilder::lneg);
      case MASKED_MULTIPLY -> {
        if (type == Register.I64) {
          out.lmul();
        } else {
          out.invokestatic(LANES, "masked", MethodTypeDesc.of(desc(type), desc(type), desc(type)));
        }
      }
      case ABS -> math("abs", type, 1);
      case MINIMUM -> math("min", type, 2);
      case MAXIMUM -> math("max", type, 2);
      case LESS -> compare(type, true, Opcode.IFLT);
      case LESS_EQUAL -> compare(type, true, Opcode.IFLE);
      case GREATER -> compare(type, false, Opcode.IFGT);
      case GREATER_EQUAL -> compare(type, false, Opcode.IFGE);
      case EQUAL -> compare(type, false, Opcode.IFEQ);
      case NOT_EQUAL -> compare(type, false, Opcode.IFNE);
      case IS_NAN -> {
        switch (type) {
          case F64 -> out.invokestatic(ClassDesc.of("java.lang.Double"), "isNaN", MethodTypeDesc.of(CD_boolean, CD_double));
          case F32 -> out.invokestatic(ClassDesc.of("java.lang.Float"), "isNaN", MethodTypeDesc.of(CD_boolean, CD_float));
          default -> out.pop2().loadConstant(0);
        }
      }
      case AND -> out.iand();
      case OR -> out.ior();
      case NOT -> out.loadConstant(1).ixor();
      default -> {
        String name = type == Register.F64 ? javaName(function) : null;
        if (name != null) {
          math(name, type, function.arity());
        } else {
          general(function, type);
        }
      }
    }
  }

  /// The method of [Math] that a function's row names, or null.
  private static @Nullable String javaName(Arithmetic function) {
    return switch (function) {
      case EXP, EXPM1, LOG, LOG10, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, CBRT, FLOOR, CEIL, SQRT, POW, ATAN2,
          HYPOT -> function.label();
      case ROUND -> "rint";
      case SIGN -> "signum";
      default -> null;
    };
  }

  private void general(Arithmetic function, Register type) {
    ClassDesc of = desc(type);
    if (function.arity() == 1) {
      out.loadConstant(0).i2l();
      if (type == Register.F64) {
        out.l2d();
      }
    }
    int b = out.allocateLocal(kind(type));
    int a = out.allocateLocal(kind(type));
    out.storeLocal(kind(type), b).storeLocal(kind(type), a);
    out.getstatic(ARITHMETIC, function.name(), ARITHMETIC).loadLocal(kind(type), a).loadLocal(kind(type), b);
    out.invokestatic(LANES, "exact", MethodTypeDesc.of(of, ARITHMETIC, of, of));
  }

  private void arithmetic(
      Register type, Consumer<CodeBuilder> doubles, Consumer<CodeBuilder> floats, @Nullable Consumer<CodeBuilder> longs) {
    Consumer<CodeBuilder> chosen =
        switch (type) {
          case F64 -> doubles;
          case F32 -> floats;
          default -> longs;
        };
    if (chosen == null) {
      throw new IllegalStateException("no such operation on " + type);
    }
    chosen.accept(out);
  }

  private void math(String name, Register type, int arity) {
    ClassDesc[] operands = new ClassDesc[arity];
    Arrays.fill(operands, desc(type));
    out.invokestatic(MATH, name, MethodTypeDesc.of(desc(type), operands));
  }

  private void compare(Register type, boolean nanIsGreater, Opcode holds) {
    switch (type) {
      case F64 -> {
        if (nanIsGreater) {
          out.dcmpg();
        } else {
          out.dcmpl();
        }
      }
      case F32 -> {
        if (nanIsGreater) {
          out.fcmpg();
        } else {
          out.fcmpl();
        }
      }
      case I64 -> out.lcmp();
      default -> out.isub();
    }
    out.ifThenElse(holds, then -> then.loadConstant(1), otherwise -> otherwise.loadConstant(0));
  }

  private void convert(Register from, Register to) {
    if (from == to) {
      return;
    }
    switch (from) {
      case F64 -> {
        switch (to) {
          case F32 -> out.d2f();
          case I64 -> out.d2l();
          default -> {
            out.loadConstant(0.0);
            compare(Register.F64, false, Opcode.IFNE);
          }
        }
      }
      case F32 -> {
        switch (to) {
          case F64 -> out.f2d();
          case I64 -> out.f2l();
          default -> {
            out.loadConstant(0f);
            compare(Register.F32, false, Opcode.IFNE);
          }
        }
      }
      case I64 -> {
        switch (to) {
          case F64 -> out.l2d();
          case F32 -> out.l2f();
          default -> {
            out.loadConstant(0L);
            compare(Register.I64, false, Opcode.IFNE);
          }
        }
      }
      case BOOL, BITS -> {
        switch (to) {
          case F64 -> out.i2d();
          case F32 -> out.i2f();
          default -> out.i2l();
        }
      }
    }
  }
}
