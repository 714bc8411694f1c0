package dev.gradus.teach.picture;

import com.google.common.collect.ImmutableList;

/// The kinds of text in pictures.
enum Typeface {
  /// What a box is called.
  NAME(true, false, 13.5),
  /// What is less important.
  SMALL(false, false, 11),
  /// Numbers.
  NUMBER(false, true, 12);

  private static final String NARROW = " .,:;'|!()[]{}/\\ijlIftr-";
  private static final String WIDE = "mwMW@%&#~^=+<>";

  private final boolean bold;
  private final boolean monospaced;
  private final double size;

  Typeface(boolean bold, boolean monospaced, double size) {
    this.bold = bold;
    this.monospaced = monospaced;
    this.size = size;
  }

  boolean isBold() {
    return bold;
  }

  boolean isMonospaced() {
    return monospaced;
  }

  double size() {
    return size;
  }

  /// Fonts to take, the first that there is; the last is any of its kind. All have the signs that lessons need.
  ImmutableList<String> families() {
    return monospaced
        ? ImmutableList.of("DejaVu Sans Mono", "Menlo", "Consolas", "monospace")
        : ImmutableList.of("DejaVu Sans", "Verdana", "Segoe UI", "Helvetica", "sans-serif");
  }

  /// How wide a text is, estimated from a wide font: the fonts of who looks at an SVG are not known.
  double width(String text) {
    double em = monospaced
        ? 0.602 * text.codePointCount(0, text.length())
        : text.codePoints().mapToDouble(Typeface::em).sum() * (bold ? 1.11 : 1);
    return em * size;
  }

  private static double em(int c) {
    if (c >= 0x2e80) {
      return 1;
    }
    if (NARROW.indexOf(c) >= 0) {
      return 0.38;
    }
    return WIDE.indexOf(c) >= 0 ? 0.97 : Character.isUpperCase(c) ? 0.7 : 0.615;
  }

  /// The text, cut where it is wider than `most`.
  String fitted(String text, double most) {
    if (width(text) <= most) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + "…") > most) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + "…";
  }
}
