package dev.gradus.data;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What the text of a cell says.
final class Cells {
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "?");

  // Narrower than Double.parseDouble, which also takes "1d", "0x1p3" and "NaN".
  private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  static final Comparator<String> BY_TEXT = Comparator.naturalOrder();

  static final Comparator<String> BY_NUMBER = Comparator.comparingDouble(Double::parseDouble).thenComparing(BY_TEXT);

  private Cells() {}

  static boolean isMissing(String cell) {
    return MISSING.contains(cell.toLowerCase(Locale.ROOT));
  }

  /// Whether it is a number that is neither too large for a double nor spelt in a way of programming languages.
  static boolean isNumber(String cell) {
    return NUMBER.matcher(cell).matches() && Double.isFinite(Double.parseDouble(cell));
  }
}
