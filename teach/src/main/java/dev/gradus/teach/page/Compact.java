package dev.gradus.teach.page;

/// Scripts and style sheets without comments and without spaces that mean nothing, so that pages stay small. Line breaks of scripts
/// stay, since they may end a statement.
final class Compact {
  private final String source;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private Compact(String source) {
    this.source = source;
  }

  static String style(String source) {
    return source
        .replaceAll("(?s)/\\*.*?\\*/", "")
        .replaceAll("\\s+", " ")
        .replaceAll(" ?([{};,]) ?", "$1")
        .replaceAll(": ", ":")
        .strip() + "\n";
  }

  static String script(String source) {
    Compact compact = new Compact(source);
    while (compact.at < source.length()) {
      compact.token();
    }
    return compact.last() == '\n' ? compact.out.toString() : compact.out.append('\n').toString();
  }

  private void token() {
    char c = source.charAt(at);
    if (source.startsWith("//", at)) {
      at = end(source.indexOf('\n', at));
    } else if (source.startsWith("/*", at)) {
      at = end(source.indexOf("*/", at) + 2);
    } else if (c == '\'' || c == '"') {
      copy(quoted(c));
    } else if (c == '`') {
      copy(template());
    } else if (c == '/' && isBeforeOperand()) {
      copy(regularExpression());
    } else if (Character.isWhitespace(c)) {
      space();
    } else {
      copy(at + 1);
    }
  }

  private int end(int found) {
    return found < 0 ? source.length() : found;
  }

  private void copy(int to) {
    out.append(source, at, to);
    at = to;
  }

  /// A run of white space: a line break if it has one, else a space between words and between signs that would become others.
  private void space() {
    boolean isBreak = false;
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      isBreak |= source.charAt(at++) == '\n';
    }
    char before = last();
    char after = at < source.length() ? source.charAt(at) : '\n';
    boolean isNeeded = (isWord(before) && isWord(after)) || ("+-/".indexOf(before) >= 0 && "+-/".indexOf(after) >= 0);
    if (isBreak && before != '\n') {
      out.append('\n');
    } else if (isNeeded && !isBreak) {
      out.append(' ');
    }
  }

  /// What was written last; a line break at the start.
  private char last() {
    return out.isEmpty() ? '\n' : out.charAt(out.length() - 1);
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  /// Whether an operand comes next, so that a slash begins a regular expression.
  private boolean isBeforeOperand() {
    return "(,=:[!&|?{};\n>".indexOf(last()) >= 0 || out.lastIndexOf("return") == Math.max(0, out.length() - 6);
  }

  private int quoted(char quote) {
    int i = at + 1;
    while (source.charAt(i) != quote) {
      i += source.charAt(i) == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  /// A template up to its last quote; what stands in its braces stays as it is, and holds no template of its own.
  private int template() {
    int i = at + 1;
    while (source.charAt(i) != '`') {
      i += source.charAt(i) == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  private int regularExpression() {
    int i = at + 1;
    for (boolean isInClass = false; source.charAt(i) != '/' || isInClass; i++) {
      if (source.charAt(i) == '\\') {
        i++;
      } else if (source.charAt(i) == '[') {
        isInClass = true;
      } else if (source.charAt(i) == ']') {
        isInClass = false;
      }
    }
    return i + 1;
  }
}
