package dev.gradus.optim;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Shows how training goes: on a terminal a bar that is redrawn in place, elsewhere plain lines, at most one a second.
/// Standard error is the place for it, so that results on standard output can be piped.
public final class ProgressDisplay implements Listener {
  private static final int BAR = 24;
  private static final long REDRAW = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LINE = TimeUnit.SECONDS.toNanos(1);

  /// A longer line would wrap, and could then not be redrawn. The common width, since Java cannot ask for the true one.
  private static final int COLUMNS = 79;

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private long began = -1;
  private long shown = -1;
  private int width;
  private @Nullable Evaluation latest;
  private boolean latestIsShown = true;

  /// A display on any stream.
  ///
  /// @param terminal whether the stream is a terminal, on which a line can be redrawn
  public ProgressDisplay(PrintWriter out, boolean terminal) {
    this(out, terminal, System::nanoTime);
  }

  ProgressDisplay(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
  }

  /// A display on standard error, with a bar where that is a terminal.
  public static ProgressDisplay onStandardError() {
    return new ProgressDisplay(new PrintWriter(System.err, true, Charset.defaultCharset()), isTerminal());
  }

  /// Whether standard error is a terminal that can redraw. Java knows of standard input and output only; a script that
  /// starts the program may tell by the system property `gradus.terminal`, `true` or `false`.
  public static boolean isTerminal() {
    // Without the module jdk.internal.le, as in some run-time images, there is no console at all.
    Optional<Console> console = Optional.ofNullable(System.console());
    String told = System.getProperty("gradus.terminal");
    boolean terminal = told == null ? console.map(Console::isTerminal).orElse(false) : Boolean.parseBoolean(told);
    return terminal && !"dumb".equals(System.getenv("TERM"));
  }

  @Override
  public void stepped(Step step, double progress) {
    if (began < 0) {
      began = nanoTime.getAsLong();
    }
    if (terminal && isDue(REDRAW)) {
      redraw(bar(step, progress));
    }
  }

  @Override
  public void evaluated(Evaluation evaluation) {
    latest = evaluation;
    latestIsShown = false;
    if (!terminal && isDue(LINE)) {
      printLatest();
    }
  }

  @Override
  public void ended(History history) {
    clear();
    printLatest();
    out.println(history.reason());
    out.flush();
    reset();
  }

  @Override
  public void failed() {
    clear();
    printLatest();
    reset();
  }

  private void clear() {
    if (terminal) {
      redraw("");
      out.print('\r');
      out.flush();
    }
  }

  private void reset() {
    began = -1;
    shown = -1;
    latest = null;
    latestIsShown = true;
  }

  private boolean isDue(long interval) {
    long now = nanoTime.getAsLong();
    if (shown >= 0 && now - shown < interval) {
      return false;
    }
    shown = now;
    return true;
  }

  private void redraw(String text) {
    String line = text.substring(0, Math.min(COLUMNS, text.length()));
    out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    out.flush();
    width = line.length();
  }

  private void printLatest() {
    Evaluation evaluation = latest;
    if (evaluation != null && !latestIsShown) {
      out.println(describe(evaluation));
      out.flush();
      latestIsShown = true;
    }
  }

  private String bar(Step step, double progress) {
    StringBuilder line = new StringBuilder();
    if (!Double.isNaN(progress)) {
      int filled = (int) Math.round(Math.min(1, progress) * BAR);
      line.append('[').append("#".repeat(filled)).append("-".repeat(BAR - filled)).append("] ");
      line.append(text("%3d%%  ", (int) (100 * progress)));
    }
    line.append(text("step %,d", step.step()));
    Evaluation evaluation = latest;
    if (evaluation == null) {
      line.append("  loss ").append(number(step.loss()));
    } else {
      line.append("  ").append(numbers(evaluation));
    }
    double seconds = (nanoTime.getAsLong() - began) * 1e-9;
    if (progress > 0.02 && seconds > 1) {
      line.append(text("  %.0f s left", seconds / progress * (1 - progress)));
    }
    return line.toString();
  }

  private static String describe(Evaluation evaluation) {
    return text("epoch %.1f  step %,d  ", evaluation.epoch(), evaluation.step()) + numbers(evaluation);
  }

  private static String numbers(Evaluation evaluation) {
    StringBuilder text = new StringBuilder("loss ").append(number(evaluation.trainingLoss()));
    if (!Double.isNaN(evaluation.validationLoss())) {
      text.append("  validation ").append(number(evaluation.validationLoss()));
    }
    evaluation.measures().forEach((name, value) -> text.append("  ").append(name).append(' ').append(number(value)));
    return text.toString();
  }

  private static String number(double value) {
    return text("%.4g", value);
  }

  @FormatMethod
  private static String text(@FormatString String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
