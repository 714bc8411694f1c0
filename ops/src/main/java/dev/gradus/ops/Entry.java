package dev.gradus.ops;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.gradus.GradusException;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Typing;
import dev.gradus.scalar.Expression;
import dev.gradus.scalar.ScalarFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One op of the vocabulary: what `./gradus ops` prints and what formulas call by name. For an elementwise op the
/// entry *is* the declaration: formula and derivative are printed from the expression that runs.
///
/// Entries are written with [#elementwise] or [#op] and refined by the methods that return a changed copy.
public final class Entry {

  /// Stands for a setting that every call must give.
  private static final Object REQUIRED = new Object() {
    @Override
    public String toString() {
      return "...";
    }
  };

  /// How an entry makes its node.
  @FunctionalInterface
  public interface Maker {
    /// The node for these operands and settings.
    Node make(List<Node> x, Attributes attributes);
  }

  private final String name;
  private final String doc;
  private final ImmutableList<String> operands;
  private final boolean variadic;
  private final ImmutableSet<Integer> indexSlots;
  private final Map<String, @Nullable Object> defaults;
  private final String formula;
  private final ImmutableList<String> derivatives;
  private final String domain;
  private final String convention;
  private final Maker maker;
  private final @Nullable Elementwise elementwise;

  private Entry(Builder from) {
    this.name = from.name;
    this.doc = from.doc;
    this.operands = ImmutableList.copyOf(from.operands);
    this.variadic = from.variadic;
    this.indexSlots = ImmutableSet.copyOf(from.indexSlots);
    this.defaults = Collections.unmodifiableMap(new LinkedHashMap<>(from.defaults));
    this.formula = from.formula;
    this.derivatives = ImmutableList.copyOf(from.derivatives);
    this.domain = from.domain;
    this.convention = from.convention;
    this.maker = from.maker;
    this.elementwise = from.elementwise;
  }

  /// An elementwise op: one scalar function.
  public static Builder elementwise(String name, ScalarFunction function, Typing typing) {
    return elementwise(Elementwise.of(name, function, typing));
  }

  /// An elementwise op: one scalar formula.
  public static Builder elementwise(Elementwise op) {
    int arity = Math.max(1, op.formula().arity());
    Builder builder = new Builder(op.name(), (x, attributes) -> op.of(x.toArray(Node[]::new)));
    builder.elementwise = op;
    builder.operands = ImmutableList.copyOf(List.of("x", "y", "z").subList(0, arity));
    builder.formula = op.formula().toText();
    List<String> rules = new ArrayList<>();
    for (int slot = 0; slot < arity; slot++) {
      Expression derivative = op.formula().derivative(slot);
      rules.add((arity == 1 ? "" : "by " + builder.operands.get(slot) + ": ") + derivative.toText());
    }
    builder.derivatives = ImmutableList.copyOf(rules);
    return builder;
  }

  /// Any other op, with the names of its operands.
  public static Builder op(String name, List<String> operands, Maker maker) {
    Builder builder = new Builder(name, maker);
    builder.operands = ImmutableList.copyOf(operands);
    return builder;
  }

  /// The name in formulas and tables, in lower snake case.
  public String name() {
    return name;
  }

  /// One line that says what the op is.
  public String doc() {
    return doc;
  }

  /// The names of the operands, in order.
  public List<String> operands() {
    return operands;
  }

  /// Whether the op takes any number of operands, as concat does.
  public boolean isVariadic() {
    return variadic;
  }

  /// The operands that are indices or classes: integers, where all others are numbers like the first.
  public Set<Integer> indexSlots() {
    return indexSlots;
  }

  /// The settings and their defaults, in order.
  public Map<String, @Nullable Object> defaults() {
    return defaults;
  }

  /// What it computes.
  public String formula() {
    return formula;
  }

  /// The derivative rules: for an elementwise op its local derivatives, else what is sent to each operand, with `g`
  /// the upstream gradient and `out` the result.
  public List<String> derivatives() {
    return derivatives;
  }

  /// Where it is defined.
  public String domain() {
    return domain;
  }

  /// What is chosen at kinks and special values; empty where there is nothing to choose.
  public String convention() {
    return convention;
  }

  /// The primitive behind an elementwise entry without settings, else null.
  public @Nullable Elementwise elementwise() {
    return elementwise;
  }

  /// The call as formulas write it, such as `softmax(x, axis=-1)`.
  public String signature() {
    List<String> all = new ArrayList<>(operands);
    if (variadic) {
      all.add("...");
    }
    defaults.forEach((key, value) -> all.add(key + "=" + value));
    return name + "(" + String.join(", ", all) + ")";
  }

  /// The node for these operands with all settings at their defaults.
  public Node of(Node... x) {
    return make(List.of(x), Map.of());
  }

  /// The node for these operands and settings.
  ///
  /// @throws GradusException for a wrong number of operands, an unknown setting or what the op itself refuses
  public Node make(List<? extends Node> x, Map<String, ? extends @Nullable Object> settings) {
    boolean counted = variadic ? x.size() >= operands.size() : x.size() == operands.size();
    if (!counted) {
      String wanted = (variadic ? "at least " : "") + operands.size();
      throw new GradusException(
          name, "takes " + wanted + (operands.size() == 1 ? " operand" : " operands"), x.size(), "write " + signature());
    }
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(defaults);
    settings.forEach((key, value) -> {
      if (!defaults.containsKey(key)) {
        throw new GradusException(name, "settings are " + defaults.keySet(), key, "write " + signature());
      }
      merged.put(key, value);
    });
    merged.forEach((key, value) -> {
      if (value == REQUIRED) {
        throw new GradusException(name, key + " must be given", "none", "write " + signature());
      }
    });
    return maker.make(List.copyOf(x), new Attributes(name, merged));
  }

  /// Writes an entry step by step.
  public static final class Builder {
    private final String name;
    private final Maker maker;
    private List<String> operands = List.of();
    private boolean variadic;
    private List<Integer> indexSlots = List.of();
    private final Map<String, @Nullable Object> defaults = new LinkedHashMap<>();
    private String doc = "";
    private String formula = "";
    private List<String> derivatives = List.of();
    private String domain = "all numbers";
    private String convention = "";
    private @Nullable Elementwise elementwise;

    private Builder(String name, Maker maker) {
      this.name = name;
      this.maker = maker;
    }

    /// One line that says what the op is.
    public Builder doc(String text) {
      doc = text;
      return this;
    }

    /// Takes any number of operands from those named on.
    public Builder variadic() {
      variadic = true;
      return this;
    }

    /// The operands in these slots are indices or classes.
    public Builder indices(Integer... slots) {
      indexSlots = ImmutableList.copyOf(slots);
      return this;
    }

    /// A setting and its default.
    public Builder attribute(String key, @Nullable Object defaultValue) {
      defaults.put(key, defaultValue);
      return this;
    }

    /// A setting that every call must give.
    public Builder required(String key) {
      return attribute(key, REQUIRED);
    }

    /// What it computes; elementwise entries print their expression.
    public Builder formula(String text) {
      formula = text;
      return this;
    }

    /// The derivative rules, one for each differentiable operand.
    public Builder derivatives(String... rules) {
      derivatives = ImmutableList.copyOf(rules);
      return this;
    }

    /// Where it is defined.
    public Builder domain(String text) {
      domain = text;
      return this;
    }

    /// What is chosen at kinks and special values.
    public Builder convention(String text) {
      convention = text;
      return this;
    }

    /// The finished entry.
    public Entry build() {
      return new Entry(this);
    }
  }

  @Override
  public String toString() {
    return signature();
  }

  static ImmutableMap<String, Entry> byName(List<Entry> entries) {
    ImmutableMap.Builder<String, Entry> all = ImmutableMap.builder();
    entries.forEach(entry -> all.put(entry.name(), entry));
    return all.buildOrThrow();
  }
}
