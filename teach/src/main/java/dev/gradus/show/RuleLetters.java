package dev.gradus.show;

import java.util.List;

/// The letters of printed rules, such as `x` and `g` in `g * cos(x)`.
public final class RuleLetters {
  private RuleLetters() {}

  /// Notes what a letter of a rule stands for, `x = w1`, unless the rule lacks it or that is called by the letter anyway.
  public static void bind(String rule, String letter, String label, List<String> bindings) {
    boolean isMentioned = rule.matches(".*(?<![\\p{L}_])" + letter + "(?![\\p{L}_&&[^ᵀ]]).*");
    if (isMentioned && !label.equals(letter)) {
      bindings.add(letter + " = " + label);
    }
  }
}
