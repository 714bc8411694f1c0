package dev.gradus.formula;

import dev.gradus.GradusException;
import dev.gradus.graph.SourceLine;

/// The text of a formula, and places in it.
///
/// @param text what was written
record Source(String text) {

  /// An error that points at the place `at`.
  GradusException error(int at, String rule, Object got, String remedy) {
    SourceLine place = place(at);
    int from = text.lastIndexOf('\n', at - 1) + 1;
    int to = text.indexOf('\n', from);
    String line = text.substring(from, to < 0 ? text.length() : to);
    String pointer = System.lineSeparator() + "  " + line + System.lineSeparator() + "  " + " ".repeat(at - from) + "^";
    return new GradusException(
        "formula", rule, got, remedy + " (column " + place.column() + (line.equals(text) ? ")" : ", line " + place.line() + ")") + pointer);
  }

  /// The line and column of the place `at`, both from 1.
  SourceLine place(int at) {
    String before = text.substring(0, at);
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return new SourceLine("formula", line, at - before.lastIndexOf('\n'));
  }
}
