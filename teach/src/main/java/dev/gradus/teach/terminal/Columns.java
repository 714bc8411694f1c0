package dev.gradus.teach.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Rows of cells below each other: the first two columns begin on the left, the others, which are numbers, end on the right.
final class Columns {
  private static final String GAP = "  ";
  private static final int LEFT = 2;
  private static final int NARROWEST = 9;

  private final List<List<String>> rows = new ArrayList<>();
  private final List<Style> styles = new ArrayList<>();

  void row(Style style, String... cells) {
    rows.add(List.of(cells));
    styles.add(style);
  }

  /// The lines. A column is as wide as it must be, and numbers no narrower than most of them, so that little moves from step to
  /// step.
  List<Line> lines() {
    int[] widths = IntStream.range(0, rows.stream().mapToInt(List::size).max().orElse(0)).map(this::width).toArray();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < rows.get(i).size(); column++) {
        String gap = column == 0 ? "" : column == 1 ? " " : GAP;
        text.append(gap).append(Line.pad(rows.get(i).get(column), widths[column], column >= LEFT));
      }
      lines.add(Line.of(text.toString().stripTrailing(), styles.get(i)));
    }
    return lines;
  }

  private int width(int column) {
    int widest = rows.stream()
        .filter(row -> column < row.size())
        .mapToInt(row -> Line.width(row.get(column)))
        .max()
        .orElse(0);
    return column < LEFT ? widest : Math.max(NARROWEST, widest);
  }
}
