package dev.gradus.command;

import dev.gradus.GradusException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import picocli.CommandLine;

/// Where the `gradus` command starts. Exit codes: 0 done, 1 a check found something wrong, 2 bad input.
public final class Main {
  /// Bad input.
  static final int BAD_INPUT = 2;

  private Main() {}

  /// Runs the command line and exits.
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(Keyboard.system(), out, err, arguments));
  }

  /// Runs the command line on the given streams, where nobody types.
  ///
  /// @return the exit code
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return run(Keyboard.none(), out, err, arguments);
  }

  /// Runs the command line on the given streams.
  ///
  /// @return the exit code
  static int run(Keyboard keyboard, PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(new Gradus(keyboard));
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((problem, command, parsed) -> {
      if (problem instanceof GradusException || problem instanceof IOException || problem instanceof UncheckedIOException) {
        err.println("gradus: " + message(problem));
        return BAD_INPUT;
      }
      throw problem;
    });
    line.setParameterExceptionHandler((problem, rejected) -> {
      err.println("gradus: " + problem.getMessage());
      if (!CommandLine.UnmatchedArgumentException.printSuggestions(problem, err)) {
        err.println("Try '" + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
      }
      return BAD_INPUT;
    });
    int code = line.execute(arguments);
    out.flush();
    err.flush();
    return code;
  }

  /// What went wrong, in words; of a file at least its name and that it was a file.
  static String message(Exception problem) {
    return switch (problem) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file";
      case AccessDeniedException closed -> closed.getFile() + ": access denied";
      case FileAlreadyExistsException taken -> taken.getFile() + ": there is a file of this name";
      case NotDirectoryException file -> file.getFile() + ": no folder";
      case FileSystemException other when other.getReason() == null -> other.getFile() + ": cannot be read or written";
      default -> String.valueOf(problem.getMessage());
    };
  }
}
