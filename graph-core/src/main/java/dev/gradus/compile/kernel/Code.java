package dev.gradus.compile.kernel;

import dev.gradus.compile.kernel.Instruction.Operation;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.scalar.Expression;
import dev.gradus.scalar.KernelFunction;
import dev.gradus.scalar.ScalarFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Straight-line code on numbers, in which equal instructions are one.
///
/// Functions that hardware lacks are spelled out for F32 ([SinglePrecision]), so that a kernel is made of operations that
/// every lane of a vector can do, and computes the same bits with and without vectors. For F64 they are calls of Java's.
public final class Code {
  private final List<Instruction> instructions = new ArrayList<>();
  private final Map<Instruction.Key, Instruction> known = new HashMap<>();
  private final Map<Instruction, Instruction> exponentials = new HashMap<>();
  private final SinglePrecision single = new SinglePrecision(this);

  /// All instructions, operands first.
  List<Instruction> instructions() {
    return instructions;
  }

  /// The number of instructions.
  public int size() {
    return instructions.size();
  }

  private Instruction intern(Instruction instruction) {
    Instruction.Key key = instruction.key();
    Instruction before = known.get(key);
    if (before != null) {
      return before;
    }
    instruction.place = instructions.size();
    instructions.add(instruction);
    known.put(key, instruction);
    return instruction;
  }

  /// A number.
  public Instruction constant(Register type, double number) {
    double rounded = type == Register.F32 ? (float) number : number;
    return intern(new Instruction(Operation.CONSTANT, type, rounded, 0, null, null));
  }

  Instruction bits(int pattern) {
    return intern(new Instruction(Operation.CONSTANT, Register.BITS, pattern, 0, null, null));
  }

  /// The element that load `index` of the loop nest reads.
  public Instruction load(Register type, int index) {
    return intern(new Instruction(Operation.LOAD, type, 0, index, null, null));
  }

  /// What reduction `index` of the loop nest comes to.
  public Instruction reduced(Register type, int index) {
    return intern(new Instruction(Operation.REDUCED, type, 0, index, null, null));
  }

  /// `x` in another type, as Java converts; numbers are true where they are not 0.
  public Instruction convert(Instruction x, Register type) {
    if (x.type == type) {
      return x;
    }
    if (x.isConstant() && x.type != Register.BITS && type != Register.BITS) {
      double number =
          switch (type) {
            case BOOL -> x.number != 0 ? 1 : 0;
            case I64 -> (double) (long) x.number;
            default -> x.number;
          };
      return constant(type, number);
    }
    return intern(new Instruction(Operation.CONVERT, type, 0, 0, null, null, x));
  }

  /// A 64-bit integer cut to its low 32 bits.
  public Instruction cut(Instruction x) {
    return intern(new Instruction(Operation.CUT, Register.I64, 0, 0, null, null, x));
  }

  /// A float cast to a 32-bit integer: too large numbers become the largest.
  public Instruction saturate(Instruction x) {
    Instruction wide = convert(x, Register.I64);
    Instruction high = call(Arithmetic.MINIMUM, Register.I64, wide, constant(Register.I64, Integer.MAX_VALUE));
    return call(Arithmetic.MAXIMUM, Register.I64, high, constant(Register.I64, Integer.MIN_VALUE));
  }

  /// The value of a formula whose variables are `x`, computed in `type`.
  public Instruction formula(Expression formula, Register type, List<Instruction> x) {
    Map<Expression, Instruction> found = new HashMap<>();
    Expression inlined = inlined(formula);
    for (Expression part : inlined.parts()) {
      found.put(
          part,
          switch (part) {
            case Expression.Constant constant -> constant(type, constant.value());
            case Expression.Variable variable -> x.get(variable.slot());
            case Expression.Call call -> {
              Instruction[] arguments = new Instruction[call.arguments().size()];
              for (int i = 0; i < arguments.length; i++) {
                arguments[i] = found(found, call.arguments().get(i));
              }
              yield call(call.function(), type, arguments);
            }
          });
    }
    return found(found, inlined);
  }

  private final Map<Expression, Expression> inlinedFormulas = new HashMap<>();

  private Expression inlined(Expression formula) {
    return inlinedFormulas.computeIfAbsent(formula, Expression::inlined);
  }

  private static Instruction found(Map<Expression, Instruction> map, Expression key) {
    Instruction value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("not visited yet: " + key);
    }
    return value;
  }

  /// A function at arguments, computed in `type`; truth stays truth.
  Instruction call(ScalarFunction function, Register type, Instruction... x) {
    return switch (function) {
      case Arithmetic arithmetic -> arithmetic(arithmetic, type, x);
      case KernelFunction kernel -> kernel(kernel, type, x[0]);
      case DefinedFunction defined -> throw new IllegalStateException("not inlined: " + defined);
    };
  }

  private Instruction kernel(KernelFunction kernel, Register type, Instruction x) {
    Instruction operand = convert(x, type);
    Expression formula = type == Register.F32 ? kernel.singlePrecision() : null;
    if (formula != null) {
      return formula(formula, type, List.of(operand));
    }
    return intern(new Instruction(Operation.KERNEL, type, 0, 0, null, kernel, operand));
  }

  private Instruction arithmetic(Arithmetic function, Register type, Instruction... x) {
    switch (function) {
      case AND, OR, NOT -> {
        return function(function, Register.BOOL, converted(x, Register.BOOL));
      }
      case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL, IS_NAN -> {
        return function(function, Register.BOOL, converted(x, type));
      }
      case SELECT -> {
        return select(convert(x[0], Register.BOOL), convert(x[1], type), convert(x[2], type));
      }
      default -> {
        Instruction[] operands = converted(x, type);
        Instruction simpler = simpler(function, type, operands);
        if (simpler != null) {
          return simpler;
        }
        Instruction spelled = type == Register.F32 ? single.spell(function, operands) : null;
        Instruction result = spelled != null ? spelled : function(function, type, operands);
        if (function == Arithmetic.EXP) {
          exponentials.put(operands[0], result);
        }
        return result;
      }
    }
  }

  /// Powers by small constants as products; with a constant that is finite and not 0 nothing is masked.
  private @Nullable Instruction simpler(Arithmetic function, Register type, Instruction[] x) {
    if (function == Arithmetic.POW && x[1].isConstant() && type != Register.I64) {
      Instruction square = arithmetic(Arithmetic.MULTIPLY, type, x[0], x[0]);
      if (x[1].number == 2) {
        return square;
      }
      if (x[1].number == 3) {
        return arithmetic(Arithmetic.MULTIPLY, type, square, x[0]);
      }
      if (x[1].number == -1) {
        return arithmetic(Arithmetic.DIVIDE, type, constant(type, 1), x[0]);
      }
      if (x[1].number == -2) {
        return arithmetic(Arithmetic.DIVIDE, type, constant(type, 1), square);
      }
    }
    if (function == Arithmetic.MASKED_MULTIPLY && (masksNothing(x[0]) || masksNothing(x[1]))) {
      return arithmetic(Arithmetic.MULTIPLY, type, x);
    }
    if (function == Arithmetic.EXP) {
      return reciprocalOfKnown(type, x[0]);
    }
    if (function == Arithmetic.DIVIDE) {
      return logistic(type, x);
    }
    if (function == Arithmetic.MULTIPLY) {
      return x[0].isConstant() && x[0].number == 1 ? x[1] : x[1].isConstant() && x[1].number == 1 ? x[0] : null;
    }
    if (function == Arithmetic.SIGN && type != Register.I64) {
      Instruction zero = constant(type, 0);
      return select(
          function(Arithmetic.GREATER, Register.BOOL, x[0], zero),
          constant(type, 1),
          select(function(Arithmetic.LESS, Register.BOOL, x[0], zero), constant(type, -1), x[0]));
    }
    return null;
  }

  /// e⁻ˣ as 1/eˣ where that is known, and the other way round.
  private @Nullable Instruction reciprocalOfKnown(Register type, Instruction x) {
    Instruction opposite = x.operation == Operation.FUNCTION && x.function == Arithmetic.NEGATE ? x.x[0] : negativeOf(type, x);
    Instruction known = opposite == null ? null : exponentials.get(opposite);
    return known == null ? null : function(Arithmetic.DIVIDE, type, constant(type, 1), known);
  }

  private @Nullable Instruction negativeOf(Register type, Instruction x) {
    return known.get(new Instruction(Operation.FUNCTION, type, 0, 0, Arithmetic.NEGATE, null, x).key());
  }

  /// 1 / (1/e + 1) = e / (1 + e) for an exponential e: with 1 / (1 + e) at hand this is no further division. Where e is infinite
  /// it is 1.
  private @Nullable Instruction logistic(Register type, Instruction[] x) {
    Instruction sum = x[1];
    if (!isOne(x[0]) || sum.function != Arithmetic.ADD || !(isOne(sum.x[0]) || isOne(sum.x[1]))) {
      return null;
    }
    Instruction quotient = sum.x[isOne(sum.x[0]) ? 1 : 0];
    if (quotient.function != Arithmetic.DIVIDE || !isOne(quotient.x[0]) || !exponentials.containsValue(quotient.x[1])) {
      return null;
    }
    Instruction e = quotient.x[1];
    Instruction other = function(Arithmetic.DIVIDE, type, x[0], sameOrder(type, sum, e));
    Instruction isInfinite =
        function(Arithmetic.EQUAL, Register.BOOL, e, constant(type, Double.POSITIVE_INFINITY));
    return select(isInfinite, x[0], function(Arithmetic.MULTIPLY, type, e, other));
  }

  /// e + 1, written as the sum with 1/e was, so that it is found if it is known.
  private Instruction sameOrder(Register type, Instruction sum, Instruction e) {
    return isOne(sum.x[0]) ? arithmetic(Arithmetic.ADD, type, sum.x[0], e) : arithmetic(Arithmetic.ADD, type, e, sum.x[1]);
  }

  private static boolean isOne(Instruction x) {
    return x.isConstant() && x.number == 1;
  }

  private static boolean masksNothing(Instruction x) {
    return x.isConstant() && x.number != 0 && Double.isFinite(x.number);
  }

  private Instruction[] converted(Instruction[] x, Register type) {
    Instruction[] all = new Instruction[x.length];
    for (int i = 0; i < x.length; i++) {
      all[i] = convert(x[i], type);
    }
    return all;
  }

  Instruction function(Arithmetic function, Register type, Instruction... x) {
    return intern(new Instruction(Operation.FUNCTION, type, 0, 0, function, null, x));
  }

  Instruction select(Instruction condition, Instruction x, Instruction y) {
    if (condition.isConstant()) {
      return condition.number != 0 ? x : y;
    }
    return x == y ? x : function(Arithmetic.SELECT, x.type, condition, x, y);
  }

  Instruction fma(Instruction a, Instruction b, Instruction c) {
    return intern(new Instruction(Operation.FMA, a.type, 0, 0, null, null, a, b, c));
  }

  Instruction toBits(Instruction x) {
    return intern(new Instruction(Operation.TO_BITS, Register.BITS, 0, 0, null, null, x));
  }

  Instruction fromBits(Instruction x) {
    return intern(new Instruction(Operation.FROM_BITS, Register.F32, 0, 0, null, null, x));
  }

  Instruction onBits(Operation operation, Instruction a, Instruction b) {
    return intern(new Instruction(operation, Register.BITS, 0, 0, null, null, a, b));
  }

  Instruction shift(Operation operation, Instruction a, int distance) {
    return intern(new Instruction(operation, Register.BITS, 0, distance, null, null, a));
  }

  Instruction patch(Instruction condition, Instruction fast, Arithmetic function, Instruction x) {
    return intern(new Instruction(Operation.PATCH, Register.F32, 0, 0, function, null, condition, fast, x));
  }
}
