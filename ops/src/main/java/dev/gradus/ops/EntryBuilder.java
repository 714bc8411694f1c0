package dev.gradus.ops;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.gradus.diff.Flow;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Typing;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.scalar.Expression;
import dev.gradus.scalar.ScalarFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Writes an [Entry]: started by [#elementwise], [#withSettings] or [#op], refined step by step, finished by [#build].
final class EntryBuilder {

  /// Stands for a setting that every call must give.
  static final Object REQUIRED = new Object() {
    @Override
    public String toString() {
      return "...";
    }
  };

  final String name;
  final Entry.Maker maker;
  ImmutableList<String> aliases = ImmutableList.of();
  ImmutableList<String> operands = ImmutableList.of();
  int optional;
  boolean variadic;
  ImmutableSet<Integer> indexSlots = ImmutableSet.of();
  final Map<String, @Nullable Object> defaults = new LinkedHashMap<>();
  String doc = "";
  Print print = Print.NONE;
  String domain = "all numbers";
  String convention = "";
  Flow gradient = Flow.FLOWS;
  @Nullable Elementwise elementwise;

  /// What is printed of an op, worked out when it is: most programs never ask.
  ///
  /// @param formula the formula
  /// @param derivatives the derivative rules
  /// @param identity the derivative in terms of the value
  record Print(Supplier<String> formula, Supplier<ImmutableList<String>> derivatives, Supplier<String> identity) {
    static final Print NONE = new Print(() -> "", ImmutableList::of, () -> "");

    Print {
      formula = Suppliers.memoize(formula::get);
      derivatives = Suppliers.memoize(derivatives::get);
      identity = Suppliers.memoize(identity::get);
    }
  }

  private EntryBuilder(String name, Entry.Maker maker) {
    this.name = name;
    this.maker = maker;
  }

  /// An elementwise op: one scalar function of x, y, z.
  static EntryBuilder elementwise(String name, ScalarFunction function, Typing typing) {
    Elementwise op = Elementwise.of(name, function, typing);
    EntryBuilder builder = new EntryBuilder(name, (x, settings) -> op.of(x.toArray(Node[]::new)));
    builder.elementwise = op;
    builder.operands = ImmutableList.copyOf(List.of("x", "y", "z").subList(0, function.arity()));
    return switch (typing) {
      case Typing.Rule.COMPARISON, Typing.Rule.CLASSIFICATION -> builder.scalar(function).derivatives().discrete();
      case Typing.Rule.LOGICAL -> builder.scalar(function).derivatives().discrete().domain("bools");
      default -> builder.scalar(function);
    };
  }

  /// An elementwise op of x with settings: numbers that stand for the arguments of the function after x; null is the
  /// default.
  static EntryBuilder withSettings(String name, ScalarFunction function, Typing typing, Map<String, Double> defaults) {
    EntryBuilder builder =
        new EntryBuilder(
            name,
            (x, settings) -> {
              List<Expression> arguments = new ArrayList<>(List.of(Expression.variable(0)));
              defaults.forEach((key, value) -> {
                Double given = settings.numberOrNull(key);
                if (given != null && !given.equals(value)) {
                  Typing.requireMeets(name, x.getFirst().dtype(), given);
                }
                arguments.add(Expression.constant(given == null ? value : given));
              });
              return new Elementwise(name, Expression.call(function, arguments), typing).of(x.getFirst());
            });
    builder.operands = ImmutableList.of("x");
    builder.defaults.putAll(defaults);
    return builder.scalar(function);
  }

  /// Any other op, with the names of its operands.
  static EntryBuilder op(String name, List<String> operands, Entry.Maker maker) {
    EntryBuilder builder = new EntryBuilder(name, maker);
    builder.operands = ImmutableList.copyOf(operands);
    return builder;
  }

  /// Prints formula and derivatives as this scalar function has them, over the operands and then the settings.
  EntryBuilder scalar(ScalarFunction function) {
    List<String> names = new ArrayList<>(operands);
    names.addAll(defaults.keySet());
    Expression call =
        Expression.call(function, IntStream.range(0, function.arity()).mapToObj(Expression::variable).toList());
    print = new Print(
        () -> (function instanceof DefinedFunction defined ? defined.body() : call).toText(names),
        () -> rules(call, names),
        () -> {
          Expression ofValue = function.identity();
          return ofValue == null ? "" : ofValue.toText(List.of("y"));
        });
    return this;
  }

  private ImmutableList<String> rules(Expression call, List<String> names) {
    ImmutableList.Builder<String> rules = ImmutableList.builder();
    for (int slot = 0; slot < operands.size(); slot++) {
      String by = operands.size() == 1 ? "" : "by " + operands.get(slot) + ": ";
      rules.add(by + call.derivative(slot).toText(names));
    }
    return rules.build();
  }

  /// Other names under which formulas find it.
  EntryBuilder aliases(String... names) {
    aliases = ImmutableList.copyOf(names);
    return this;
  }

  /// One line that says what the op is.
  EntryBuilder doc(String text) {
    doc = text;
    return this;
  }

  /// The last so many operands may be left out.
  EntryBuilder optional(int count) {
    optional = count;
    return this;
  }

  /// Takes any number of operands from those named on.
  EntryBuilder variadic() {
    variadic = true;
    return this;
  }

  /// The operands in these slots are indices or classes.
  EntryBuilder indices(Integer... slots) {
    indexSlots = ImmutableSet.copyOf(slots);
    return this;
  }

  /// A setting and its default.
  EntryBuilder attribute(String key, @Nullable Object defaultValue) {
    defaults.put(key, defaultValue);
    return this;
  }

  /// A setting that every call must give.
  EntryBuilder required(String key) {
    return attribute(key, REQUIRED);
  }

  /// What it computes.
  EntryBuilder formula(String text) {
    print = new Print(() -> text, print.derivatives, print.identity);
    return this;
  }

  /// The derivative rules, one for each differentiable operand.
  EntryBuilder derivatives(String... rules) {
    ImmutableList<String> all = ImmutableList.copyOf(rules);
    print = new Print(print.formula, () -> all, print.identity);
    return this;
  }

  /// Where it is defined.
  EntryBuilder domain(String text) {
    domain = text;
    return this;
  }

  /// What is chosen at kinks and special values.
  EntryBuilder convention(String text) {
    convention = text;
    return this;
  }

  /// Has no gradient: its result is integers or bools.
  EntryBuilder discrete() {
    gradient = Flow.DISCRETE;
    return this;
  }

  /// Lets no gradient through, by declaration.
  EntryBuilder stopped() {
    gradient = Flow.STOPPED;
    return this;
  }

  /// The finished entry.
  Entry build() {
    return new Entry(this);
  }
}
