package dev.gradus.ops;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.gradus.GradusException;
import dev.gradus.diff.Flow;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.SourceLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One op of the vocabulary: what `./gradus ops` prints and what formulas call by name. For an elementwise op the
/// entry *is* the declaration: formula and derivatives are printed from the expression that runs.
public final class Entry {

  /// How an entry makes its node.
  @FunctionalInterface
  interface Maker {
    /// The node for these operands and settings.
    Node make(List<Node> x, Attributes settings);
  }

  private final String name;
  private final ImmutableList<String> aliases;
  private final String doc;
  private final ImmutableList<String> operands;
  private final int optional;
  private final boolean variadic;
  private final ImmutableSet<Integer> indexSlots;
  private final Map<String, @Nullable Object> defaults;
  private final EntryBuilder.Print print;
  private final String domain;
  private final String convention;
  private final Flow gradient;
  private final Maker maker;
  private final @Nullable Elementwise elementwise;

  Entry(EntryBuilder from) {
    this.name = from.name;
    this.aliases = from.aliases;
    this.doc = from.doc;
    this.operands = from.operands;
    this.optional = from.optional;
    this.variadic = from.variadic;
    this.indexSlots = from.indexSlots;
    this.defaults = Collections.unmodifiableMap(new LinkedHashMap<>(from.defaults));
    this.print = from.print;
    this.domain = from.domain;
    this.convention = from.convention;
    this.gradient = from.gradient;
    this.maker = from.maker;
    this.elementwise = from.elementwise;
  }

  /// The name in formulas and tables, in lower snake case.
  public String name() {
    return name;
  }

  /// Other names under which formulas find it, such as `mse` for `mse_loss`.
  public List<String> aliases() {
    return aliases;
  }

  /// One line that says what the op is.
  public String doc() {
    return doc;
  }

  /// The names of the operands, in order.
  public List<String> operands() {
    return operands;
  }

  /// How many of the last operands may be left out, as the bias of a convolution.
  public int optional() {
    return optional;
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
    return print.formula().get();
  }

  /// The derivative rules: for an elementwise op its local derivatives, else what is sent to each operand, with `g`
  /// the upstream gradient and `out` the result. Empty where the op has no gradient.
  public List<String> derivatives() {
    return print.derivatives().get();
  }

  /// The derivative in terms of the value y, as lectures write it: for sigmoid `y * (1 - y)`. Empty where there is
  /// none.
  public String identity() {
    return print.identity().get();
  }

  /// Where it is defined.
  public String domain() {
    return domain;
  }

  /// What is chosen at kinks and special values; empty where there is nothing to choose.
  public String convention() {
    return convention;
  }

  /// Whether gradients flow through it, or why they do not.
  public Flow gradient() {
    return gradient;
  }

  /// The primitive behind an elementwise entry without settings, else null.
  public @Nullable Elementwise elementwise() {
    return elementwise;
  }

  /// The call as formulas write it, such as `softmax(x, axis=-1)`; `?` marks an operand that may be left out.
  public String signature() {
    List<String> all = new ArrayList<>(required());
    operands.subList(required().size(), operands.size()).forEach(operand -> all.add(operand + "?"));
    if (variadic) {
      all.add("...");
    }
    defaults.forEach((key, value) -> all.add(key + "=" + text(value)));
    return name + "(" + String.join(", ", all) + ")";
  }

  private List<String> required() {
    return operands.subList(0, operands.size() - optional);
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value).replace("Infinity", "inf");
  }

  /// The node for these operands with all settings at their defaults.
  public Node of(Node... x) {
    return make(List.of(x), Map.of());
  }

  /// The node for these operands and settings.
  ///
  /// @throws GradusException for a wrong number of operands, an unknown setting or what the op itself refuses
  public Node make(List<? extends Node> x, Map<String, ? extends @Nullable Object> settings) {
    return SourceLine.locate(() -> checked(x, settings));
  }

  private Node checked(List<? extends Node> x, Map<String, ? extends @Nullable Object> settings) {
    boolean counted = x.size() >= required().size() && (variadic || x.size() <= operands.size());
    if (!counted) {
      String wanted = (variadic ? "at least " : "") + operands.size() + (operands.size() == 1 ? " operand" : " operands");
      String optionally = optional == 0 ? "" : ", or up to " + optional + " less";
      throw new GradusException(name, "takes " + wanted + optionally, x.size(), "write " + signature());
    }
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(defaults);
    settings.forEach((key, value) -> {
      if (!defaults.containsKey(key)) {
        String rule = defaults.isEmpty() ? "has no settings" : "its settings are " + String.join(", ", defaults.keySet());
        throw new GradusException(name, rule, key, "write " + signature());
      }
      merged.put(key, value);
    });
    merged.forEach((key, value) -> {
      if (value == EntryBuilder.REQUIRED) {
        throw new GradusException(name, key + " must be given", "none", "write " + signature());
      }
    });
    return maker.make(List.copyOf(x), new Attributes(name, merged));
  }

  @Override
  public String toString() {
    return signature();
  }
}
