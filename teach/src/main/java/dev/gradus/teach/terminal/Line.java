package dev.gradus.teach.terminal;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jline.utils.WCWidth;

/// A line on the screen: pieces of text, each in a style. Widths are columns of a terminal, in which some characters take two.
record Line(ImmutableList<Piece> pieces) {
  /// The empty line.
  static final Line EMPTY = new Line(ImmutableList.of());

  private static final String CUT = "…";

  /// Some text in one style. Characters that control a terminal become `�`: a node's name may hold any.
  record Piece(String text, Style style) {
    Piece {
      text = text.codePoints()
          .map(c -> Character.isISOControl(c) ? 0xFFFD : c)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
    }
  }

  static Line of(String text) {
    return of(text, Style.PLAIN);
  }

  static Line of(String text, Style style) {
    return new Line(ImmutableList.of(new Piece(text, style)));
  }

  /// This line and another after it.
  Line plus(Line other) {
    return new Line(ImmutableList.<Piece>builder().addAll(pieces).addAll(other.pieces).build());
  }

  /// This line, filled up with blanks or cut off at a width.
  Line fit(int width) {
    Line cut = cut(width);
    return cut.plus(of(" ".repeat(Math.max(0, width - cut.width()))));
  }

  /// This line, cut off at a width.
  Line cut(int width) {
    if (width() <= width) {
      return this;
    }
    ImmutableList.Builder<Piece> kept = ImmutableList.builder();
    int left = width;
    for (Piece piece : pieces) {
      int w = width(piece.text);
      if (w >= left) {
        kept.add(new Piece(cut(piece.text, left, w == left), piece.style));
        break;
      }
      kept.add(piece);
      left -= w;
    }
    return new Line(kept.build());
  }

  private static String cut(String text, int width, boolean always) {
    return !always && width(text) <= width ? text : start(text, width - 1) + (width > 0 ? CUT : "");
  }

  /// The text, cut off at a width.
  static String cut(String text, int width) {
    return cut(text, width, false);
  }

  /// The text filled up with blanks, or cut off, on the right; on the left for numbers.
  static String pad(String text, int width, boolean alignRight) {
    String cut = cut(text, width);
    String blanks = " ".repeat(Math.max(0, width - width(cut)));
    return alignRight ? blanks + cut : cut + blanks;
  }

  private static String start(String text, int width) {
    StringBuilder start = new StringBuilder();
    int left = width;
    for (int c : text.codePoints().toArray()) {
      left -= Math.max(0, WCWidth.wcwidth(c));
      if (left < 0) {
        break;
      }
      start.appendCodePoint(c);
    }
    return start.toString();
  }

  int width() {
    return pieces.stream().mapToInt(piece -> width(piece.text)).sum();
  }

  /// The columns that a text takes.
  static int width(String text) {
    return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
  }

  /// The line without styles.
  String text() {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }

  /// A text in lines of at most `width` columns, broken at blanks where there are some.
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (width(rest) > width && width > 1) {
      String start = start(rest, width);
      int end = rest.startsWith(" ", start.length()) ? start.length() : start.lastIndexOf(' ');
      end = end > 0 ? end : start.length();
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
