package dev.gradus.teach.replay;

import com.google.common.collect.ImmutableMap;
import com.google.common.xml.XmlEscapers;
import java.util.Map;
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

  private static final ImmutableMap<String, String> GREEK_LETTERS =
      GREEK.entrySet().stream().collect(ImmutableMap.toImmutableMap(Map.Entry::getValue, Map.Entry::getKey));

  /// The characters that mean something to LaTeX, and the signs that rules and names are written with.
  private static final ImmutableMap<Integer, String> LATEX = latexSigns();

  private static final Pattern WITH_INDEX =
      Pattern.compile("(?<stem>\\p{L}+)_?(?<index>[0-9\\u2080-\\u2089]+)(?<primes>'*)");

  private static final Pattern LETTER = Pattern.compile("\\p{L}'*");

  private Symbol() {}

  private static ImmutableMap<Integer, String> latexSigns() {
    ImmutableMap.Builder<Integer, String> signs = ImmutableMap.builder();
    "_#$%&{}".chars().forEach(c -> signs.put(c, "\\" + (char) c));
    GREEK.forEach((name, letter) -> signs.put(letter.codePointAt(0), "\\" + name + " "));
    return signs
        .put((int) ' ', "\\ ").put((int) '\\', "\\backslash ").put((int) '~', "\\sim ").put((int) '^', "\\hat{\\ }")
        .put((int) 'ᵀ', "{{}^{\\top}}").put((int) '∂', "\\partial ").put((int) '·', "\\cdot ").put((int) '×', "\\times ")
        .put((int) '√', "\\surd ").put((int) 'Σ', "\\Sigma ").put((int) '∑', "\\sum ").put((int) '−', "-").put((int) '≤', "\\le ")
        .put((int) '≥', "\\ge ").put((int) '≠', "\\ne ").put((int) '→', "\\to ").put((int) '…', "\\ldots ").put((int) '∈', "\\in ")
        .put((int) '∞', "\\infty ").put((int) 'Γ', "\\Gamma ").put((int) 'Δ', "\\Delta ").put((int) '²', "{{}^{2}}").put((int) '³', "{{}^{3}}")
        .buildOrThrow();
  }

  static String latex(String label) {
    Matcher parts = WITH_INDEX.matcher(label);
    if (parts.matches()) {
      return latexStem(parts.group("stem")) + "_{" + digits(parts.group("index")) + "}" + parts.group("primes");
    }
    int end = label.length();
    while (end > 1 && label.charAt(end - 1) == '\'') {
      end--;
    }
    return latexStem(label.substring(0, end)) + label.substring(end);
  }

  private static String latexStem(String word) {
    String greek = GREEK.containsKey(word) ? word : GREEK_LETTERS.get(word);
    if (greek != null) {
      return "\\" + greek;
    }
    return LETTER.matcher(word).matches() && word.charAt(0) < 0x80 ? word : "\\mathrm{" + latexText(word) + "}";
  }

  /// Any text inside of `\mathrm` or `\operatorname`. What is no ASCII stands in a box of text: mathematics has no accents.
  static String latexText(String word) {
    StringBuilder text = new StringBuilder();
    word.codePoints().forEach(c -> {
      String known = LATEX.get(c);
      if (known != null) {
        text.append(known);
      } else if (Character.isISOControl(c)) {
        text.append("\\ ");
      } else if (c < 0x80) {
        text.appendCodePoint(c);
      } else {
        text.append("\\text{").appendCodePoint(c).append('}');
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
