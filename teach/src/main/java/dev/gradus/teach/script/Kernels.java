package dev.gradus.teach.script;

import dev.gradus.scalar.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The formulas of elementwise ops as JavaScript functions, each once, numbered in the order in which they were asked for.
final class Kernels {
  private final Library library = new Library();
  private final JavaScript doubles = new JavaScript(new Doubles(), library);
  private final JavaScript wholeNumbers = new JavaScript(new WholeNumbers(), library);
  private final Map<Expression, Integer> overDoubles = new HashMap<>();
  private final Map<Expression, Integer> overWholeNumbers = new HashMap<>();
  private final List<String> functions = new ArrayList<>();

  /// The number of a formula's function.
  ///
  /// @param isExact whether it is one of BigInts
  int of(Expression formula, boolean isExact) {
    return (isExact ? overWholeNumbers : overDoubles).computeIfAbsent(formula, added -> {
      functions.add((isExact ? wholeNumbers : doubles).function(added));
      return functions.size() - 1;
    });
  }

  /// An expression of JavaScript: the array of all functions.
  String source() {
    String array = "[\n" + String.join(",\n", functions) + "\n]";
    String definitions = library.source();
    return definitions.isEmpty() ? array : "(()=>{\n" + definitions + "\nreturn " + array + "\n})()";
  }
}
