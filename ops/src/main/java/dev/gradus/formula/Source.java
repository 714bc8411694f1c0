package dev.gradus.formula;

import dev.gradus.GradusException;
import dev.gradus.graph.SourceLine;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The text of a formula, and places in it.
final class Source {
  private final String before;
  private final String text;
  private final int[] lineStarts;

  /// @param text what was written
  Source(String text) {
    this("", text);
  }

  /// @param before what stands before it on the first line, where errors are shown
  /// @param text what was written
  Source(String before, String text) {
    this.before = before;
    this.text = text;
    this.lineStarts =
        IntStream.concat(
                IntStream.of(0), IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n').map(i -> i + 1))
            .toArray();
  }

  String text() {
    return text;
  }

  /// What was written, and what stands before it.
  String whole() {
    return before + text;
  }

  /// An error that points at the place `at`.
  GradusException error(int at, String rule, Object got, String remedy) {
    SourceLine place = place(at);
    int from = lineStarts[place.line() - 1];
    int to = text.indexOf('\n', from);
    String indent = from == 0 ? before : "";
    String line = indent + text.substring(from, to < 0 ? text.length() : to);
    String where = "column " + (indent.length() + place.column()) + (lineStarts.length == 1 ? "" : ", line " + place.line());
    String pointer = System.lineSeparator() + "  " + line + System.lineSeparator() + "  " + " ".repeat(indent.length() + at - from) + "^";
    return new GradusException("formula", rule, got, remedy + " (" + where + ")" + pointer);
  }

  /// The line and column of the place `at`, both from 1.
  SourceLine place(int at) {
    int found = Arrays.binarySearch(lineStarts, at);
    int line = found >= 0 ? found : -found - 2;
    return new SourceLine("formula", line + 1, at - lineStarts[line] + 1);
  }
}
