package dev.gradus.benchmarks;

import dev.gradus.GradusException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Where the launcher goes for `gradus bench`. Exit codes: 0 done, 2 bad input.
@Command(name = "gradus", subcommands = Bench.class)
public final class Main {
  private static final int BAD_INPUT = 2;

  private Main() {}

  /// Runs the command line and exits.
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  /// Runs the command line on the given streams.
  ///
  /// @return the exit code
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setOut(out);
    line.setErr(err);
    line.setExecutionExceptionHandler((problem, command, parsed) -> {
      if (problem instanceof GradusException || problem instanceof IOException) {
        err.println("gradus: " + problem.getMessage());
        return BAD_INPUT;
      }
      throw problem;
    });
    line.setParameterExceptionHandler((problem, rejected) -> {
      err.println("gradus: " + problem.getMessage());
      err.println("Try '" + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
      return BAD_INPUT;
    });
    int code = line.execute(arguments);
    out.flush();
    err.flush();
    return code;
  }
}
