package dev.gradus.compile.numbers;

import com.google.common.primitives.ImmutableIntArray;
import dev.gradus.compile.numbers.NumberLoops.ScalarFunctionRef;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.scalar.Expression;
import dev.gradus.scalar.KernelFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Collects operations on single numbers, in any order in which operands come first, and sorts them into the batches of a
/// [NumberLoops].
public final class NumberWriter {
  private final Map<Long, Integer> constants = new HashMap<>();
  private final Map<Object, Integer> functionNumbers = new HashMap<>();
  private final List<ScalarFunctionRef> functions = new ArrayList<>();
  private final Map<Expression, Template> templates = new HashMap<>();

  private double[] initial = new double[64];
  private boolean[] isGiven = new boolean[64];
  private int[] function = new int[64];
  private int[] a = new int[64];
  private int[] b = new int[64];
  private int[] c = new int[64];
  private int[] levels = new int[64];
  private int count;

  /// A formula as operations: operand k of an operation is a variable (k ≥ 0), a constant, or an earlier operation.
  ///
  /// @param functions the function of each operation
  /// @param operands three for each operation: a variable's slot, or −1 − the index of what is made earlier
  /// @param constants the constants, made before the operations
  private record Template(ImmutableIntArray functions, ImmutableIntArray operands, List<Double> constants, int result) {}

  private int next() {
    if (count == function.length) {
      int larger = 2 * count;
      initial = Arrays.copyOf(initial, larger);
      isGiven = Arrays.copyOf(isGiven, larger);
      function = Arrays.copyOf(function, larger);
      a = Arrays.copyOf(a, larger);
      b = Arrays.copyOf(b, larger);
      c = Arrays.copyOf(c, larger);
      levels = Arrays.copyOf(levels, larger);
    }
    return count++;
  }

  /// A number that is given to every run.
  public int given() {
    int number = next();
    isGiven[number] = true;
    return number;
  }

  /// A constant.
  public int constant(double value) {
    return constants.computeIfAbsent(Double.doubleToRawLongBits(value), key -> {
      int number = given();
      initial[number] = value;
      return number;
    });
  }

  /// The value of a formula whose variables are `x`.
  public int formula(Expression formula, int[] x) {
    Template template = templates.computeIfAbsent(formula, this::template);
    int made = template.constants.size();
    int[] numbers = new int[made + template.functions.length()];
    for (int i = 0; i < made; i++) {
      numbers[i] = constant(template.constants.get(i));
    }
    for (int i = 0; i < template.functions.length(); i++) {
      int first = operand(template, 3 * i, x, numbers);
      int second = operand(template, 3 * i + 1, x, numbers);
      int third = operand(template, 3 * i + 2, x, numbers);
      numbers[made + i] = operation(template.functions.get(i), first, second, third);
    }
    return template.result >= 0 ? x[template.result] : numbers[-1 - template.result];
  }

  private static int operand(Template template, int at, int[] x, int[] numbers) {
    int operand = template.operands.get(at);
    return operand >= 0 ? x[operand] : numbers[-1 - operand];
  }

  private int operation(int f, int first, int second, int third) {
    int number = next();
    function[number] = f;
    a[number] = first;
    b[number] = second;
    c[number] = third;
    levels[number] = 1 + Math.max(levels[first], Math.max(levels[second], levels[third]));
    return number;
  }

  private Template template(Expression formula) {
    Expression inlined = formula.inlined();
    Map<Expression, Integer> places = new HashMap<>();
    List<Double> numbers = new ArrayList<>();
    for (Expression part : inlined.parts()) {
      switch (part) {
        case Expression.Constant constant -> {
          places.put(part, -1 - numbers.size());
          numbers.add(constant.value());
        }
        case Expression.Variable variable -> places.put(part, variable.slot());
        case Expression.Call call -> {}
      }
    }
    ImmutableIntArray.Builder calls = ImmutableIntArray.builder();
    ImmutableIntArray.Builder operands = ImmutableIntArray.builder();
    int made = numbers.size();
    for (Expression part : inlined.parts()) {
      if (part instanceof Expression.Call call) {
        calls.add(number(call));
        int first = place(places, call.arguments().getFirst());
        for (int i = 0; i < 3; i++) {
          operands.add(i < call.arguments().size() ? place(places, call.arguments().get(i)) : first);
        }
        places.put(part, -1 - made++);
      }
    }
    return new Template(calls.build(), operands.build(), numbers, place(places, inlined));
  }

  private static int place(Map<Expression, Integer> places, Expression part) {
    Integer place = places.get(part);
    if (place == null) {
      throw new IllegalStateException("not visited yet: " + part);
    }
    return place;
  }

  private int number(Expression.Call call) {
    return functionNumbers.computeIfAbsent(call.function(), key -> {
      functions.add(
          switch (call.function()) {
            case Arithmetic arithmetic -> new ScalarFunctionRef(arithmetic, null);
            case KernelFunction kernel -> new ScalarFunctionRef(null, kernel);
            case DefinedFunction defined -> throw new IllegalStateException("not inlined: " + defined);
          });
      return functions.size() - 1;
    });
  }

  /// The loops. Results of one level wait for none of each other; those of one function are a batch.
  public NumberLoops finish() {
    int given = 0;
    int deepest = 0;
    for (int i = 0; i < count; i++) {
      given += isGiven[i] ? 1 : 0;
      deepest = Math.max(deepest, levels[i]);
    }
    int[] order = sorted(deepest);
    int[] places = new int[count];
    int[] byPlace = new int[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      if (isGiven[i]) {
        byPlace[at] = i;
        places[i] = at++;
      }
    }
    for (int i : order) {
      byPlace[at] = i;
      places[i] = at++;
    }
    int results = count - given;
    int[] first = new int[results];
    int[] second = new int[results];
    int[] third = new int[results];
    List<ScalarFunctionRef> batches = new ArrayList<>();
    int[] starts = new int[16];
    for (int place = given; place < count; place++) {
      int i = byPlace[place];
      first[place - given] = places[a[i]];
      second[place - given] = places[b[i]];
      third[place - given] = places[c[i]];
      int before = place == given ? -1 : byPlace[place - 1];
      if (before < 0 || levels[before] != levels[i] || function[before] != function[i]) {
        if (batches.size() + 1 >= starts.length) {
          starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[batches.size()] = place;
        batches.add(functions.get(function[i]));
      }
    }
    starts[batches.size()] = count;
    double[] values = new double[given];
    for (int i = 0; i < given; i++) {
      values[i] = initial[byPlace[i]];
    }
    return new NumberLoops(
        given, count, Arrays.copyOf(starts, batches.size() + 1), batches, first, second, third, places, values);
  }

  /// All operations by level, then function, then as they were written: counted, not compared.
  private int[] sorted(int deepest) {
    int kinds = Math.max(1, functions.size());
    int[] byFunction = counted(null, function, kinds);
    return counted(byFunction, levels, deepest + 1);
  }

  /// A stable counting sort of the operations, as they come or in an order.
  private int[] counted(int @org.jspecify.annotations.Nullable [] order, int[] keys, int range) {
    int[] starts = new int[range + 1];
    int operations = 0;
    for (int i = 0; i < count; i++) {
      if (!isGiven[i]) {
        starts[keys[i] + 1]++;
        operations++;
      }
    }
    for (int i = 0; i < range; i++) {
      starts[i + 1] += starts[i];
    }
    int[] sorted = new int[operations];
    int total = order == null ? count : order.length;
    for (int k = 0; k < total; k++) {
      int i = order == null ? k : order[k];
      if (!isGiven[i]) {
        sorted[starts[keys[i]]++] = i;
      }
    }
    return sorted;
  }
}
