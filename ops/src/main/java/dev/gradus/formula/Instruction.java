package dev.gradus.formula;

import dev.gradus.ops.Entry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A step of building a formula's nodes, on a stack of values.
sealed interface Instruction {

  /// Where in the text it was read.
  int at();

  /// Pushes a number, a truth value or nested lists of them.
  record Literal(Object value, int at) implements Instruction {}

  /// Pushes what a name stands for.
  record Load(String name, int at) implements Instruction {}

  /// Pops `operands` values and pushes the op applied to them.
  record Call(Entry entry, int operands, Map<String, @Nullable Object> settings, int at) implements Instruction {}

  /// Pops `count` values and pushes them stacked along a new first axis.
  record Stack(int count, int at) implements Instruction {}

  /// Pops a value and pushes a part of it.
  record Subscript(List<Range> ranges, int at) implements Instruction {}

  /// Pops a value and gives it a name, or its several results as many names; with no name it is the formula's value.
  record Define(List<String> names, int at) implements Instruction {}

  /// One place between the brackets of a subscript: `i` or `start:end:step`.
  ///
  /// @param isSingle whether it is a single index, `start`
  record Range(boolean isSingle, @Nullable Integer start, @Nullable Integer end, int step) {}
}
