package dev.gradus.teach.terminal;

import com.google.common.base.Strings;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/// A walk through the steps of a [Replay] in a terminal: forward, back, to a node, to the next sum of several terms.
///
/// ```java
/// Replay replay = Replay.of(loss, Backward.from(loss), Interpreter.run(loss));
/// if (!Stepper.of(replay, Sentences.english()).screen()) {
///   Stepper.of(replay, Sentences.english()).plain(commands, out, false);
/// }
/// ```
public final class Stepper {
  private static final int FEWEST_COLORS = 8;

  private final Frame frame;
  private final Guide guide;
  private final Sentences sentences;

  private Stepper(Replay replay, Sentences sentences) {
    Walk walk = new Walk(replay);
    this.sentences = sentences;
    this.guide = new Guide(walk, new Labels(replay), sentences);
    this.frame = new Frame(walk, new Narration(replay, sentences), guide);
  }

  /// A walk through `replay` in the language of `sentences`.
  public static Stepper of(Replay replay, Sentences sentences) {
    replay.evaluate();
    return new Stepper(replay, sentences);
  }

  /// Line by line: prints the first step, reads a command, prints what it leads to, until `q` or the end of the commands. An
  /// empty line is the next step.
  ///
  /// @param isAsking whether to ask for each command
  public void plain(BufferedReader commands, PrintWriter out, boolean isAsking) throws IOException {
    new Plain(frame, guide, sentences, out).run(commands, isAsking);
  }

  /// On the whole screen of the terminal that this process runs in, key by key.
  ///
  /// @return false where there is no terminal that could show it, and nothing was done
  public boolean screen() throws IOException {
    try (Terminal terminal = systemTerminal()) {
      if (terminal == null || terminal.getStringCapability(Capability.cursor_address) == null) {
        return false;
      }
      new Screen(terminal, frame, guide, isColoured(terminal)).run();
      return true;
    }
  }

  /// The terminal of this process; null where JLine finds no way to talk to it.
  private static @Nullable Terminal systemTerminal() throws IOException {
    try {
      return TerminalBuilder.builder().system(true).dumb(false).encoding(StandardCharsets.UTF_8).build();
    } catch (IllegalStateException _) {
      return null;
    }
  }

  private static boolean isColoured(Terminal terminal) {
    Integer colors = terminal.getNumericCapability(Capability.max_colors);
    return colors != null && colors >= FEWEST_COLORS && Strings.isNullOrEmpty(System.getenv("NO_COLOR"));
  }
}
