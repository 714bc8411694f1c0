package dev.gradus.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A table in plain text: a head, a rule, and rows whose cells may have several lines. Columns are as wide as they
/// need to be; those with a limit wrap at spaces.
///
/// ```java
/// var table = new TextTable("x", "sigmoid(x)").alignRight(0, 1);
/// table.row("0", "0.5");
/// out.print(table);
/// ```
public final class TextTable {
  private static final String GAP = "  ";

  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] right;
  private final int[] limits;

  /// A table with these columns.
  public TextTable(String... head) {
    this.head = List.of(head);
    this.right = new boolean[head.length];
    this.limits = new int[head.length];
    Arrays.fill(limits, Integer.MAX_VALUE);
  }

  /// Aligns these columns, counted from 0, on the right.
  public TextTable alignRight(int... columns) {
    for (int column : columns) {
      right[column] = true;
    }
    return this;
  }

  /// Wraps a column at this many characters.
  public TextTable limit(int column, int characters) {
    limits[column] = characters;
    return this;
  }

  /// Adds a row; cells that are left out at its end are empty.
  public TextTable row(Object... cells) {
    if (cells.length > head.size()) {
      throw new IllegalArgumentException(cells.length + " cells in a table of " + head.size() + " columns");
    }
    List<String> row = new ArrayList<>();
    for (int column = 0; column < head.size(); column++) {
      row.add(column < cells.length ? wrap(String.valueOf(cells[column]), limits[column]) : "");
    }
    rows.add(row);
    return this;
  }

  /// Text in lines of at most this many characters, each ended.
  public static String wrapped(String text, int characters) {
    return wrap(text, characters) + "\n";
  }

  private static String wrap(String text, int limit) {
    return String.join("\n", text.lines().flatMap(line -> pieces(line, limit).stream()).toList());
  }

  private static List<String> pieces(String line, int limit) {
    List<String> pieces = new ArrayList<>();
    String rest = line;
    while (rest.length() > limit) {
      int space = rest.lastIndexOf(' ', limit);
      int end = space > 0 ? space : limit;
      pieces.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    pieces.add(rest);
    return pieces;
  }

  /// The table, each line ended.
  @Override
  public String toString() {
    int[] widths = IntStream.range(0, head.size()).map(this::width).toArray();
    StringBuilder text = new StringBuilder();
    write(head, widths, text);
    List<String> rule = Arrays.stream(widths).mapToObj("-"::repeat).toList();
    write(rule, widths, text);
    rows.forEach(row -> write(row, widths, text));
    return text.toString();
  }

  private int width(int column) {
    int widest = length(head.get(column));
    for (List<String> row : rows) {
      widest = Math.max(widest, row.get(column).lines().mapToInt(TextTable::length).max().orElse(0));
    }
    return widest;
  }

  private void write(List<String> row, int[] widths, StringBuilder into) {
    List<List<String>> cells = row.stream().map(cell -> cell.lines().toList()).toList();
    int height = Math.max(1, cells.stream().mapToInt(List::size).max().orElse(1));
    for (int i = 0; i < height; i++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = i < cells.get(column).size() ? cells.get(column).get(i) : "";
        String padding = " ".repeat(widths[column] - length(cell));
        line.append(column == 0 ? "" : GAP).append(right[column] ? padding + cell : cell + padding);
      }
      into.append(line.toString().stripTrailing()).append('\n');
    }
  }

  /// The number of characters, which is the width on a terminal: no wide or combining characters are used here.
  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
