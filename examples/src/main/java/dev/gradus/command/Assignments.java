package dev.gradus.command;

import dev.gradus.GradusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The `name=value` words of a command line.
final class Assignments {
  private Assignments() {}

  /// The names and what is written for them, in order.
  ///
  /// @throws GradusException for a word without a name and `=`
  static List<Map.Entry<String, String>> split(List<String> words) {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new GradusException("values", "values must read name=value", word, "write x=2 or x='[[1, 2], [3, 4]]'");
      }
      all.add(Map.entry(word.substring(0, equals).strip(), word.substring(equals + 1)));
    }
    return all;
  }
}
