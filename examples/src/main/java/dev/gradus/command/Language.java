package dev.gradus.command;

import dev.gradus.teach.replay.Sentences;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The language of lessons, for all commands that say something about one.
final class Language {
  @Option(
      names = "--language",
      paramLabel = "FILE",
      description = "A properties file with sentences in another language; what it leaves out is said in English.")
  private @Nullable Path file;

  Sentences sentences() throws IOException {
    return file == null ? Sentences.english() : Sentences.english().translated(file);
  }
}
