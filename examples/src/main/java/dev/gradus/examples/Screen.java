package dev.gradus.examples;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.gradus.optim.Listener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.LongStream;

/// Where an [Example] shows what it does, and what it was asked for.
public final class Screen {
  private final PrintWriter out;
  private final Listener progress;
  private final int seeds;

  /// A screen.
  ///
  /// @param out takes the results
  /// @param progress is told how training goes
  /// @param seeds how many seeds to train from, or 0 for as many as the example thinks fit
  public Screen(PrintWriter out, Listener progress, int seeds) {
    this.out = out;
    this.progress = progress;
    this.seeds = seeds;
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
