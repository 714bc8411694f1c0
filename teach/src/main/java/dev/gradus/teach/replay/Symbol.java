package dev.gradus.teach.replay;

import com.google.common.collect.ImmutableMap;
import com.google.common.xml.XmlEscapers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Labels as mathematics writes them: `w1` with an index, `theta` as a Greek letter, longer words upright.
final class Symbol {
  private static final ImmutableMap<String, String> GREEK =
      ImmutableMap.<String, String>builder()
          .put("alpha", "α").put("beta", "β").put("gamma", "γ").put("delta", "δ").put("epsilon", "ε").put("zeta", "ζ")
          .put("eta", "η").put("theta", "θ").put("iota", "ι").put("kappa", "κ").put("lambda", "λ").put("mu", "μ")
          .put("nu", "ν").put("xi", "ξ").put("pi", "π").put("rho", "ρ").put("sigma", "σ").put("tau", "τ")
          .put("phi", "φ").put("chi", "χ").put("psi", "ψ").put("omega", "ω")
          .buildOrThrow();

  private static final Pattern WITH_INDEX =
      Pattern.compile("(?<stem>\\p{L}+)_?(?<index>[0-9\\u2080-\\u2089]+)(?<primes>'*)");

  private static final Pattern LETTER = Pattern.compile("\\p{L}'*");

  private Symbol() {}

  static String latex(String label) {
    Matcher parts = WITH_INDEX.matcher(label);
    return parts.matches()
        ? latexStem(parts.group("stem")) + "_{" + digits(parts.group("index")) + "}" + parts.group("primes")
        : latexStem(label);
  }

  private static String latexStem(String word) {
    if (GREEK.containsKey(word)) {
      return "\\" + word;
    }
    return LETTER.matcher(word).matches() ? word : "\\mathrm{" + escaped(word) + "}";
  }

  /// A word with what LaTeX would take for commands escaped.
  static String escaped(String word) {
    StringBuilder text = new StringBuilder();
    word.codePoints().forEach(c -> {
      switch (c) {
        case '\\' -> text.append("\\backslash ");
        case '~' -> text.append("\\sim ");
        case '^' -> text.append("\\hat{}");
        case ' ' -> text.append("\\ ");
        case '_', '#', '$', '%', '&', '{', '}' -> text.append('\\').appendCodePoint(c);
        default -> text.appendCodePoint(c);
      }
    });
    return text.toString();
  }

  static String mathMl(String label) {
    Matcher parts = WITH_INDEX.matcher(label);
    return parts.matches()
        ? "<msub>" + mathMlStem(parts.group("stem") + parts.group("primes")) + "<mn>" + digits(parts.group("index")) + "</mn></msub>"
        : mathMlStem(label);
  }

  private static String mathMlStem(String word) {
    return "<mi>" + XmlEscapers.xmlContentEscaper().escape(GREEK.getOrDefault(word, word)) + "</mi>";
  }

  private static String digits(String index) {
    StringBuilder plain = new StringBuilder();
    index.chars().forEach(c -> plain.append(c < 0x2080 ? c - '0' : c - 0x2080));
    return plain.toString();
  }
}
