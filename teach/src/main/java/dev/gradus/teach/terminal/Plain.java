package dev.gradus.teach.terminal;

import dev.gradus.teach.replay.Sentences;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Steps line by line: a command is read, the step is printed. Nothing but text, so that it can be piped and read aloud.
final class Plain {
  private static final int WIDTH = 80;

  private final Frame frame;
  private final Guide guide;
  private final Sentences sentences;
  private final PrintWriter out;

  Plain(Frame frame, Guide guide, Sentences sentences, PrintWriter out) {
    this.frame = frame;
    this.guide = guide;
    this.sentences = sentences;
    this.out = out;
  }

  /// Prints the first step, then what each line asks for, until `q` or the end of the input.
  void run(BufferedReader commands, boolean isAsking) throws IOException {
    View view = View.FIRST;
    print(frame.plain(view, WIDTH));
    while (view.mode() != View.Mode.DONE) {
      if (isAsking) {
        out.print(sentences.say("terminal.prompt") + " ");
      }
      out.flush();
      String line = commands.readLine();
      if (line == null) {
        return;
      }
      view = obey(view, line.strip());
    }
  }

  private View obey(View view, String line) {
    String word = line.isEmpty() ? Command.NEXT.key() : line.split("\\s+", 2)[0];
    Optional<Command> command = Command.of(word);
    if (command.isEmpty()) {
      return told(view, view.noting(sentences.say("terminal.command.none", Map.of("command", line))));
    }
    return switch (command.get()) {
      case GO -> told(view, guide.go(view, line.substring(word.length())));
      case HELP -> {
        print(frame.help());
        yield view;
      }
      default -> told(view, guide.react(view, command.get()));
    };
  }

  /// Prints what is new: a note, or the step.
  private View told(View before, View after) {
    String note = after.note();
    if (note != null) {
      print(List.of(Line.of(note)));
      return before;
    }
    if (after.mode() != View.Mode.DONE) {
      print(frame.plain(after, WIDTH));
    }
    return after;
  }

  private void print(List<Line> lines) {
    lines.forEach(line -> out.println(line.text().stripTrailing()));
    out.println();
  }
}
