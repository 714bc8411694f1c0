package dev.gradus.command;

import dev.gradus.GradusException;
import dev.gradus.formula.Formula;
import dev.gradus.graph.Node;
import dev.gradus.teach.worksheet.FriendlyNumbers;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The `name=value` words of a command line in which `?` stands for a number to be chosen; a name without a word is one such number.
final class FreeNumbers {
  private final Formula formula;
  private final Map<String, Tensor> values;

  private FreeNumbers(Formula formula, Map<String, Tensor> values) {
    this.formula = formula;
    this.values = values;
  }

  static FreeNumbers of(Formula formula, List<String> words) {
    List<Map.Entry<String, String>> filled = new ArrayList<>();
    Set<String> open = new HashSet<>();
    for (Map.Entry<String, String> word : Assignments.split(words)) {
      String value = word.getValue();
      if (value.contains("?")) {
        open.add(word.getKey());
        if (value.contains("inf")) {
          throw new GradusException("values", "? stands among finite numbers", value + " for " + word.getKey(), "leave out inf");
        }
      }
      filled.add(Map.entry(word.getKey(), value.replace("?", "inf")));
    }
    Map<String, Tensor> all = new LinkedHashMap<>();
    formula.names().forEach(name -> all.put(name, Tensor.scalar(Double.NaN)));
    Formula.values(filled).forEach((name, value) -> all.put(name, open.contains(name) ? open(value) : value));
    return new FreeNumbers(formula, all);
  }

  private static Tensor open(Tensor value) {
    if (!value.dtype().isFloating()) {
      return value;
    }
    double[] elements = value.toDoubles();
    for (int i = 0; i < elements.length; i++) {
      elements[i] = Double.isInfinite(elements[i]) ? Double.NaN : elements[i];
    }
    return Tensor.of(value.shape(), elements);
  }

  /// The formula's nodes at numbers that a search chose.
  Formula.Bound build(long seed) {
    Map<String, Tensor> start = new LinkedHashMap<>();
    values.forEach((name, value) -> start.put(name, ones(value)));
    Formula.Bound graph = formula.at(start);
    Map<Node, Tensor> leaves = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      if (hasFree(value)) {
        leaves.put(graph.node(name), value);
      }
    });
    FriendlyNumbers found = FriendlyNumbers.search(graph.result(), leaves, seed);
    Map<String, Tensor> chosen = new LinkedHashMap<>(values);
    values.forEach((name, value) -> chosen.put(name, found.leaves().getOrDefault(graph.node(name), value)));
    return formula.at(chosen);
  }

  private static boolean hasFree(Tensor value) {
    for (double x : value.toDoubles()) {
      if (Double.isNaN(x)) {
        return true;
      }
    }
    return false;
  }

  private static Tensor ones(Tensor value) {
    if (!value.dtype().isFloating()) {
      return value;
    }
    double[] elements = value.toDoubles();
    for (int i = 0; i < elements.length; i++) {
      elements[i] = Double.isNaN(elements[i]) ? 1 : elements[i];
    }
    return Tensor.of(value.shape(), elements);
  }
}
