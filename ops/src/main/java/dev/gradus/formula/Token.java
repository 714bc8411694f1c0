package dev.gradus.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A word of a formula.
///
/// @param kind what it is
/// @param text the characters; of a quoted text those between the quotes
/// @param at where it begins
record Token(Kind kind, String text, int at) {
  enum Kind {
    NUMBER,
    NAME,
    QUOTED,
    SYMBOL,
    END
  }

  /// Names are letters of any script, digits, subscript digits, primes and underscores: `w1`, `θ`, `a₃`, `x'`.
  private static final Pattern WORD =
      Pattern.compile(
          "(?<space>\\s+)"
              + "|(?<number>(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?)"
              + "|(?<name>[\\p{L}_][\\p{L}\\p{Nd}\\p{M}_\\u2080-\\u2089]*'*)"
              + "|(?<quoted>\"[^\"]*\"|'[^']*')"
              + "|(?<symbol>\\*\\*|<=|>=|==|!=|[-+*/^@<>=(),;:\\[\\]])");

  /// The words of a formula; the last is the end.
  static List<Token> of(Source source) {
    List<Token> tokens = new ArrayList<>();
    String text = source.text();
    Matcher word = WORD.matcher(text);
    for (int at = 0; at < text.length(); at = word.end()) {
      if (!word.find(at) || word.start() != at) {
        String got = new String(Character.toChars(text.codePointAt(at)));
        throw source.error(at, "characters must belong to a name, a number or an operator", "'" + got + "'", "take it out");
      }
      if (word.group("space") == null) {
        tokens.add(token(word));
      }
    }
    tokens.add(new Token(Kind.END, "", text.length()));
    return tokens;
  }

  private static Token token(Matcher word) {
    String text = word.group();
    Kind kind = word.group("number") != null ? Kind.NUMBER
        : word.group("name") != null ? Kind.NAME
        : word.group("symbol") != null ? Kind.SYMBOL
        : Kind.QUOTED;
    return new Token(kind, kind == Kind.QUOTED ? text.substring(1, text.length() - 1) : text, word.start());
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /// As error messages show it.
  @Override
  public String toString() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }
}
