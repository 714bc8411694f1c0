package dev.gradus.examples;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.gradus.optim.Listener;
import dev.gradus.show.Plot;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/// Where an [Example] shows what it does, and what it was asked for.
public final class Screen {
  private static final int COLUMNS = 72;
  private static final int ROWS = 12;

  private final PrintWriter out;
  private final Listener progress;
  private final int seeds;
  private final boolean ascii;
  private final List<Plot> plots = new ArrayList<>();

  /// A screen.
  ///
  /// @param out takes the results
  /// @param progress is told how training goes
  /// @param seeds how many seeds to train from, or 0 for as many as the example thinks fit
  /// @param ascii whether plots are drawn in ASCII characters, for terminals that have no braille
  public Screen(PrintWriter out, Listener progress, int seeds, boolean ascii) {
    this.out = out;
    this.progress = progress;
    this.seeds = seeds;
    this.ascii = ascii;
  }

  /// Prints a line, or several.
  @FormatMethod
  public void say(@FormatString String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    out.flush();
  }

  /// Prints what has lines of its own, such as a table, and an empty line.
  public void show(Object table) {
    out.println(table.toString().stripTrailing());
    out.println();
    out.flush();
  }

  /// Draws a plot, and an empty line.
  public void draw(Plot plot) {
    plots.add(plot);
    show(plot.toText(COLUMNS, ROWS, ascii));
  }

  /// What was drawn.
  public List<Plot> plots() {
    return Collections.unmodifiableList(plots);
  }

  /// The one to tell how training goes.
  public Listener progress() {
    return progress;
  }

  /// The seeds to train from: 1, 2, ...
  ///
  /// @param usual how many, where nothing else was asked for
  public long[] seeds(int usual) {
    return LongStream.rangeClosed(1, seeds == 0 ? usual : seeds).toArray();
  }
}
