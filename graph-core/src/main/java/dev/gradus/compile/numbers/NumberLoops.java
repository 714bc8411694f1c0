package dev.gradus.compile.numbers;

import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.KernelFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A long computation with single f64 numbers, as loops: straight-line code of that length would take the JVM's compiler
/// half a minute.
///
/// All numbers stand in one array: first those that are given, then the results in the order in which they are computed.
/// A *batch* is a run of results of one function whose operands are all known before it starts; it is one loop.
public final class NumberLoops {
  private final int given;
  private final int size;
  private final int[] starts;
  private final ScalarFunctionRef[] functions;
  private final int[] a;
  private final int[] b;
  private final int[] c;
  private final int[] places;
  private final double[] initial;

  /// A function of the table, or one that brings its own Java code.
  record ScalarFunctionRef(@Nullable Arithmetic arithmetic, @Nullable KernelFunction kernel) {}

  NumberLoops(
      int given,
      int size,
      int[] starts,
      List<ScalarFunctionRef> functions,
      int[] a,
      int[] b,
      int[] c,
      int[] places,
      double[] initial) {
    this.given = given;
    this.size = size;
    this.starts = starts;
    this.functions = functions.toArray(ScalarFunctionRef[]::new);
    this.a = a;
    this.b = b;
    this.c = c;
    this.places = places;
    this.initial = initial;
  }

  /// The numbers of a run: those that are given, constants among them in place already.
  public double[] numbers() {
    return java.util.Arrays.copyOf(initial, size);
  }

  /// How many numbers a run keeps.
  public int size() {
    return size;
  }

  /// How many loops a run takes.
  public int batches() {
    return functions.length;
  }

  /// Where the result stands that was numbered so when this was written.
  public int place(int number) {
    return places[number];
  }

  /// Computes all results.
  public void run(double[] v) {
    for (int i = 0; i < functions.length; i++) {
      int from = starts[i];
      int to = starts[i + 1];
      ScalarFunctionRef function = functions[i];
      if (function.arithmetic != null) {
        batch(function.arithmetic, v, from, to);
      } else if (function.kernel != null) {
        Loops.apply(function.kernel, v, a, given, from, to);
      }
    }
  }

  private void batch(Arithmetic function, double[] v, int from, int to) {
    switch (function) {
      case ADD -> Loops.add(v, a, b, given, from, to);
      case SUBTRACT -> Loops.subtract(v, a, b, given, from, to);
      case MULTIPLY -> Loops.multiply(v, a, b, given, from, to);
      case MASKED_MULTIPLY -> Loops.maskedMultiply(v, a, b, given, from, to);
      case DIVIDE -> Loops.divide(v, a, b, given, from, to);
      case NEGATE -> Loops.negate(v, a, given, from, to);
      case MAXIMUM -> Loops.maximum(v, a, b, given, from, to);
      case MINIMUM -> Loops.minimum(v, a, b, given, from, to);
      case GREATER -> Loops.greater(v, a, b, given, from, to);
      case LESS -> Loops.less(v, a, b, given, from, to);
      case SELECT -> Loops.select(v, a, b, c, given, from, to);
      case EXP -> Loops.exp(v, a, given, from, to);
      case SIN -> Loops.sin(v, a, given, from, to);
      case COS -> Loops.cos(v, a, given, from, to);
      default -> Loops.apply(function, v, a, b, c, given, from, to);
    }
  }
}
