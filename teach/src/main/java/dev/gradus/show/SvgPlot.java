package dev.gradus.show;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.List;
import java.util.Locale;

/// Draws plots as an SVG picture, one below the other or, where they are many, two side by side. Colours are those of Okabe
/// and Ito (*Color universal design*, 2008), which people with any colour vision can tell apart; curves differ in their
/// dashes as well. A viewer that prefers dark pictures gets one.
public final class SvgPlot {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 340;
  private static final int LEFT = 62;
  private static final int RIGHT = 22;
  private static final int TOP = 62;
  private static final int BOTTOM = 50;
  private static final int MOST_IN_A_COLUMN = 3;

  /// The usual width of a character of the legend.
  private static final double CHARACTER = 6.8;

  private static final int MOST_X_TICKS = 8;
  private static final int MOST_Y_TICKS = 5;
  private static final int STYLES = 4;

  private static final String STYLE =
      """
      <style>
      text { font-family: system-ui, "DejaVu Sans", sans-serif; font-size: 12px; fill: #333 }
      .title { font-size: 14px; font-weight: 600; fill: #111 }
      .paper { fill: #fff }
      .grid { stroke: #e2e2e2; stroke-width: 1 }
      .frame { stroke: #777; stroke-width: 1; fill: none }
      .curve { fill: none; stroke-width: 2.2; stroke-linejoin: round }
      .point { stroke-width: 1.6 }
      .hollow { fill: #fff }
      .s0 { stroke: #0072b2 } .f0 { fill: #0072b2 }
      .s1 { stroke: #d55e00 } .f1 { fill: #d55e00 }
      .s2 { stroke: #009e73; } .f2 { fill: #009e73 }
      .s3 { stroke: #cc79a7; } .f3 { fill: #cc79a7 }
      .curve.s1 { stroke-dasharray: 2 4 } .curve.s2 { stroke-dasharray: 9 4 } .curve.s3 { stroke-dasharray: 10 4 2 4 }
      @media (prefers-color-scheme: dark) {
        text { fill: #ccc } .title { fill: #eee } .paper, .hollow { fill: #1c1c1e }
        .grid { stroke: #3a3a3c } .frame { stroke: #999 }
        .s0 { stroke: #56b4e9 } .f0 { fill: #56b4e9 }
        .s1 { stroke: #e69f00 } .f1 { fill: #e69f00 }
      }
      </style>
      """;

  private final StringBuilder svg = new StringBuilder();

  private SvgPlot() {}

  /// The text of an SVG file.
  ///
  /// @param plots at least one
  public static String of(List<Plot> plots) {
    if (plots.isEmpty()) {
      throw new IllegalArgumentException("nothing to draw");
    }
    return new SvgPlot().draw(plots);
  }

  private String draw(List<Plot> plots) {
    int columns = plots.size() > MOST_IN_A_COLUMN ? 2 : 1;
    int width = columns * WIDTH;
    int height = (plots.size() + columns - 1) / columns * HEIGHT;
    add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">",
        width, height, width, height);
    add("<title>%s</title>", escaped(String.join("; ", plots.stream().map(Plot::title).toList())));
    svg.append(STYLE);
    add("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", width, height);
    for (int i = 0; i < plots.size(); i++) {
      add("<g transform=\"translate(%d %d)\">", i % columns * WIDTH, i / columns * HEIGHT);
      draw(plots.get(i), "area" + i);
      add("</g>");
    }
    add("</svg>");
    return svg.toString();
  }

  private void draw(Plot plot, String id) {
    Axis x = plot.xAxis(MOST_X_TICKS);
    Axis y = plot.yAxis(MOST_Y_TICKS);
    int innerWidth = WIDTH - LEFT - RIGHT;
    int innerHeight = HEIGHT - TOP - BOTTOM;
    text(LEFT, 24, "title", "start", plot.title());
    legend(plot);
    for (double tick : x.ticks()) {
      add("<line class=\"grid\" x1=\"%.2f\" y1=\"%d\" x2=\"%.2f\" y2=\"%d\"/>", x(x, tick), TOP, x(x, tick), HEIGHT - BOTTOM);
      text(x(x, tick), HEIGHT - BOTTOM + 18, "tick", "middle", Axis.label(tick));
    }
    for (double tick : y.ticks()) {
      add("<line class=\"grid\" x1=\"%d\" y1=\"%.2f\" x2=\"%d\" y2=\"%.2f\"/>", LEFT, y(y, tick), WIDTH - RIGHT, y(y, tick));
      text(LEFT - 8, y(y, tick) + 4, "tick", "end", Axis.label(tick));
    }
    add("<rect class=\"frame\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", LEFT, TOP, innerWidth, innerHeight);
    text(LEFT + innerWidth / 2.0, HEIGHT - 12, "label", "middle", plot.xLabel());
    if (!plot.yLabel().isEmpty()) {
      add("<text transform=\"translate(16 %.2f) rotate(-90)\" text-anchor=\"middle\">%s</text>",
          TOP + innerHeight / 2.0, escaped(plot.yLabel()));
    }
    add("<clipPath id=\"%s\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></clipPath>",
        id, LEFT, TOP - 1, innerWidth, innerHeight + 2);
    add("<g clip-path=\"url(#%s)\">", id);
    for (int i = 0; i < plot.series().size(); i++) {
      if (plot.series().get(i).isJoined()) {
        curve(plot.series().get(i), i % STYLES, x, y);
      }
    }
    add("</g>");
    for (int i = 0; i < plot.series().size(); i++) {
      if (!plot.series().get(i).isJoined()) {
        points(plot.series().get(i), i % STYLES, x, y);
      }
    }
  }

  private static double x(Axis axis, double value) {
    return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT);
  }

  private static double y(Axis axis, double value) {
    return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - TOP - BOTTOM);
  }

  private void curve(Series series, int style, Axis x, Axis y) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < series.size(); i++) {
      if (series.isFinite(i)) {
        boolean begins = i == 0 || !series.isFinite(i - 1);
        path.append(String.format(
            Locale.ROOT, "%s%.2f %.2f", begins ? "M" : "L", x(x, series.x().get(i)), y(y, series.y().get(i))));
      }
    }
    add("<path class=\"curve s%d\" d=\"%s\"/>", style, path);
  }

  private void points(Series series, int style, Axis x, Axis y) {
    for (int i = 0; i < series.size(); i++) {
      if (series.isFinite(i) && x.holds(series.x().get(i)) && y.holds(series.y().get(i))) {
        point(x(x, series.x().get(i)), y(y, series.y().get(i)), style);
      }
    }
  }

  private void point(double x, double y, int style) {
    String fill = style % 2 == 0 ? "f" + style : "hollow";
    if (style < 2) {
      add("<circle class=\"point s%d %s\" cx=\"%.2f\" cy=\"%.2f\" r=\"4\"/>", style, fill, x, y);
    } else {
      add("<path class=\"point s%d %s\" d=\"M%.2f %.2fl4.8 8.4h-9.6z\"/>", style, fill, x, y - 5.6);
    }
  }

  private void legend(Plot plot) {
    double at = LEFT;
    for (int i = 0; i < plot.series().size(); i++) {
      Series series = plot.series().get(i);
      if (!series.label().isEmpty()) {
        if (series.isJoined()) {
          add("<path class=\"curve s%d\" d=\"M%.2f 44h26\"/>", i % STYLES, at);
        } else {
          point(at + 13, 44, i % STYLES);
        }
        text(at + 32, 48, "label", "start", series.label());
        at += 32 + CHARACTER * series.label().length() + 18;
      }
    }
  }

  private void text(double x, double y, String style, String anchor, String text) {
    if (!text.isEmpty()) {
      add("<text class=\"%s\" x=\"%.2f\" y=\"%.2f\" text-anchor=\"%s\">%s</text>", style, x, y, anchor, escaped(text));
    }
  }

  @FormatMethod
  private void add(@FormatString String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
