package dev.gradus.command;

import dev.gradus.GradusException;
import dev.gradus.teach.lessons.Lessons;
import dev.gradus.teach.lessons.Topic;
import dev.gradus.teach.replay.Sentences;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Writes the lessons that ship, or lists them.
@Command(
    name = "lessons",
    mixinStandardHelpOptions = true,
    description = "Writes the lessons as web pages that work without a network, with index.html to start from.",
    footer = {"", "Example: gradus lessons pages"})
final class LessonFolder implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder to write to; made if missing.")
  private @Nullable Path folder;

  @Option(names = "--list", description = "List the lessons instead.")
  private boolean list;

  @Mixin private Language language;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Sentences sentences = language.sentences();
    if (list) {
      list(out, sentences);
    } else if (folder == null) {
      throw new GradusException("lessons", "there must be a folder to write to", "none", "name one, or give --list");
    } else {
      OutputFile.makeFolder("lessons", folder);
      Lessons.writeAll(folder, sentences);
      out.println("wrote " + Lessons.all().size() + " lessons; open " + folder.resolve("index.html"));
    }
    return 0;
  }

  private static void list(PrintWriter out, Sentences sentences) {
    int width = Lessons.all().stream().mapToInt(topic -> topic.name().length()).max().orElse(0);
    for (Topic topic : Lessons.all()) {
      out.println(topic.name() + " ".repeat(width - topic.name().length()) + "  " + topic.summary(sentences));
    }
  }
}
