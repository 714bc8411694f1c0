package dev.gradus.command;

import dev.gradus.GradusException;
import dev.gradus.WholeFile;
import dev.gradus.diff.Gradients;
import dev.gradus.formula.Formula;
import dev.gradus.run.Interpreter;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.worksheet.Blank;
import dev.gradus.teach.worksheet.Settings;
import dev.gradus.teach.worksheet.Worksheet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Makes a worksheet of a formula, and its answers.
@Command(
    name = "worksheet",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes a worksheet of a formula's graph, to be filled in by hand, and the answers to it.",
    footer = {
      "",
      "Without --html the sheet is plain text on standard output. In --html and --answers files that end in .html are pages to print.",
      "",
      "Example: gradus worksheet 'sigmoid(x*w + b)' --friendly --html sheet.html --answers answers.html"
    })
final class WorksheetCommand implements Callable<Integer> {
  @Mixin private FormulaArguments arguments;

  @Option(
      names = "--blanks",
      split = ",",
      paramLabel = "KIND",
      description = "What to leave blank: values, locals, terms, sums; all of them by default.")
  private List<Blank> blanks = List.of(Blank.values());

  @Option(names = "--html", paramLabel = "FILE", description = "Write the sheet as a page to print.")
  private @Nullable Path html;

  @Option(names = "--answers", paramLabel = "FILE", description = "Write the sheet filled in; - prints it as text.")
  private @Nullable String answers;

  @Option(
      names = "--friendly",
      description = "Choose numbers that come out short for the names that have no value and for each ? in a value, as in x=? or x='[1, ?]'.")
  private boolean friendly;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Another seed finds other friendly numbers.")
  private long seed;

  @Option(names = "--title", paramLabel = "TEXT", description = "What stands at the top.")
  private String title = "";

  @Mixin private Language language;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path filled = answers == null || answers.equals("-") ? null : Path.of(answers);
    OutputFile.require("worksheet", "--html", html);
    OutputFile.require("worksheet", "--answers", filled);
    OutputFile.requireDifferent("worksheet", html, filled);
    Formula.Bound graph = graph();
    Gradients gradients = arguments.gradients(graph.result());
    Sentences sentences = language.sentences();
    Replay replay = Replay.of(graph.result(), gradients, Interpreter.run(graph.result()));
    Worksheet sheet = Worksheet.of(replay, sentences, Settings.of(EnumSet.copyOf(blanks), title));
    PrintWriter out = spec.commandLine().getOut();
    boolean isText = html == null;
    if (html == null) {
      out.print(sheet.text());
    } else {
      write(html, sheet.html());
    }
    if (filled != null) {
      write(filled, filled.toString().toLowerCase(Locale.ROOT).endsWith(".html") ? sheet.answersHtml() : sheet.answersText());
    } else if (answers != null) {
      out.print((isText ? System.lineSeparator() : "") + sheet.answersText());
    }
    if (friendly) {
      String key = sheet.exactNumbers() == sheet.numbers() ? "worksheet.exact.all" : "worksheet.exact";
      Map<String, String> counts = Map.of("exact", String.valueOf(sheet.exactNumbers()), "all", String.valueOf(sheet.numbers()));
      spec.commandLine().getErr().println(sentences.say(key, counts));
    }
    return 0;
  }

  private Formula.Bound graph() {
    if (friendly) {
      return FreeNumbers.of(arguments.formula(), arguments.words()).build(seed);
    }
    for (String word : arguments.words()) {
      if (word.contains("?")) {
        throw new GradusException("values", "? needs --friendly, which chooses a number", word, "add --friendly or write a number");
      }
    }
    return arguments.build();
  }

  private static void write(Path file, String text) throws IOException {
    WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
