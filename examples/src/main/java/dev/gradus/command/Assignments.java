package dev.gradus.command;

import dev.gradus.GradusException;
import dev.gradus.formula.Formula;
import dev.gradus.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The `name=value` words of a command line.
final class Assignments {
  private Assignments() {}

  /// The values by name, in order.
  ///
  /// @throws GradusException for a word without `=`, a name given twice or a value that is no number or nested list
  static Map<String, Tensor> read(List<String> words) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new GradusException("values", "values must read name=value", word, "write x=2 or x='[[1, 2], [3, 4]]'");
      }
      String name = word.substring(0, equals).strip();
      if (values.put(name, Formula.value(word.substring(equals + 1))) != null) {
        throw new GradusException("values", "each name must be given once", name + " twice", "leave one out");
      }
    }
    return values;
  }
}
