package dev.gradus.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Draws a [Plot] in characters.
final class TerminalPlot {
  private static final int COLUMNS_A_TICK = 8;
  private static final int ROWS_A_TICK = 2;

  private final Plot plot;
  private final Axis x;
  private final Axis y;
  private final boolean ascii;
  private final int gutter;
  private final int width;
  private final int rows;

  private TerminalPlot(Plot plot, int columns, int rows, boolean ascii) {
    this.plot = plot;
    this.ascii = ascii;
    this.rows = rows;
    this.y = plot.yAxis(Math.max(1, rows / ROWS_A_TICK));
    this.gutter = y.ticks().stream().mapToInt(tick -> Axis.label(tick).length()).max().orElse(0) + 1;
    this.width = columns - gutter - 1;
    this.x = plot.xAxis(Math.max(1, width / COLUMNS_A_TICK));
    if (width < 10 || rows < 3) {
      throw new IllegalArgumentException("a plot needs more room than " + columns + " columns and " + rows + " rows");
    }
  }

  static String of(Plot plot, int columns, int rows, boolean ascii) {
    return new TerminalPlot(plot, columns, rows, ascii).draw();
  }

  private String draw() {
    List<String> lines = new ArrayList<>();
    lines.add(plot.title());
    lines.addAll(legend());
    if (!plot.yLabel().isEmpty()) {
      lines.add(" ".repeat(Math.max(0, gutter - plot.yLabel().length() / 2)) + plot.yLabel());
    }
    area(lines);
    lines.add(" ".repeat(gutter) + (ascii ? "+" : "└") + xRule());
    lines.add(" ".repeat(gutter + 1) + xLabels());
    if (!plot.xLabel().isEmpty()) {
      lines.add(" ".repeat(gutter + 1 + Math.max(0, width - plot.xLabel().length())) + plot.xLabel());
    }
    StringBuilder text = new StringBuilder();
    lines.stream().filter(line -> !line.isEmpty()).forEach(line -> text.append(line.stripTrailing()).append('\n'));
    return text.toString();
  }

  private void area(List<String> lines) {
    Canvas canvas = new Canvas(width, rows, ascii);
    for (boolean joined : new boolean[] {true, false}) {
      for (int i = 0; i < plot.series().size(); i++) {
        Series series = plot.series().get(i);
        if (series.isJoined() == joined) {
          draw(series, i, canvas);
        }
      }
    }
    String[] labels = new String[rows];
    Arrays.fill(labels, "");
    y.ticks().forEach(tick -> labels[(int) Math.round((1 - y.place(tick)) * (rows - 1))] = Axis.label(tick));
    for (int row = 0; row < rows; row++) {
      String label = " ".repeat(gutter - 1 - labels[row].length()) + labels[row];
      String rule = labels[row].isEmpty() ? (ascii ? "|" : "│") : ascii ? "+" : "┤";
      lines.add(label + " " + rule + canvas.row(row));
    }
  }

  private void draw(Series series, int index, Canvas canvas) {
    int drawn = 0;
    for (int i = 0; i < series.size(); i++) {
      if (!series.isFinite(i)) {
        continue;
      }
      double toX = x.place(series.x().get(i));
      double toY = y.place(series.y().get(i));
      if (!series.isJoined()) {
        canvas.point(toX, toY, index);
      } else if (i > 0 && series.isFinite(i - 1)) {
        drawn = canvas.line(x.place(series.x().get(i - 1)), y.place(series.y().get(i - 1)), toX, toY, index, drawn);
      }
    }
  }

  /// A sample of each series and its label, in as many lines as they need.
  private List<String> legend() {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < plot.series().size(); i++) {
      Series series = plot.series().get(i);
      if (series.label().isEmpty()) {
        continue;
      }
      String entry = sample(series, i) + " " + series.label();
      if (line.length() > 0 && line.length() + 3 + entry.length() > gutter + 1 + width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? " ".repeat(gutter + 1) : "   ").append(entry);
    }
    lines.add(line.toString());
    return lines;
  }

  private String sample(Series series, int index) {
    Canvas canvas = new Canvas(series.isJoined() ? 5 : 1, 1, ascii);
    if (series.isJoined()) {
      canvas.line(0, 0.5, 1, 0.5, index, 0);
    } else {
      canvas.point(0, 0.5, index);
    }
    return canvas.row(0);
  }

  private int column(double tick) {
    return (int) Math.round(x.place(tick) * (width - 1));
  }

  private String xRule() {
    char[] rule = new char[width];
    Arrays.fill(rule, ascii ? '-' : '─');
    x.ticks().forEach(tick -> rule[column(tick)] = ascii ? '+' : '┬');
    return new String(rule);
  }

  /// The labels of x, each centred below its tick; those that would touch their neighbour are left out.
  private String xLabels() {
    StringBuilder line = new StringBuilder();
    for (double tick : x.ticks()) {
      String label = Axis.label(tick);
      int start = Math.max(0, Math.min(width - label.length(), column(tick) - label.length() / 2));
      if (line.length() == 0 || start > line.length()) {
        line.append(" ".repeat(start - line.length())).append(label);
      }
    }
    return line.toString();
  }
}
