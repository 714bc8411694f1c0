package dev.gradus.command;

import dev.gradus.GradusException;
import dev.gradus.examples.Example;
import dev.gradus.examples.Examples;
import dev.gradus.examples.Screen;
import dev.gradus.optim.ProgressDisplay;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Lists the examples, or runs one.
@Command(
    name = "examples",
    mixinStandardHelpOptions = true,
    description = "Lists the examples of a lecture, or runs one; results go to standard output, progress to standard error.",
    footer = {"", "Example: gradus examples digits --seeds 5"})
final class ExampleList implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The example to run.")
  private @Nullable String name;

  @Option(names = "--seeds", paramLabel = "COUNT", description = "Train from this many seeds; for examples that are random.")
  private @Nullable Integer seeds;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (name == null) {
      list(out);
    } else {
      run(Examples.get(name), out);
    }
    return 0;
  }

  private static void list(PrintWriter out) {
    int width = Examples.all().stream().mapToInt(example -> example.name().length()).max().orElse(0);
    for (Example example : Examples.all()) {
      out.println(example.name() + " ".repeat(width - example.name().length()) + "  " + example.summary());
    }
  }

  private void run(Example example, PrintWriter out) {
    if (seeds != null && !example.isRandom()) {
      throw new GradusException("examples", "--seeds is for examples that are random", example.name(), "leave it out");
    }
    if (seeds != null && seeds < 1) {
      throw new GradusException("examples", "there must be a seed", seeds, "give --seeds at least 1");
    }
    ProgressDisplay progress = new ProgressDisplay(spec.commandLine().getErr(), ProgressDisplay.isTerminal());
    example.run(new Screen(out, progress, seeds == null ? 0 : seeds));
  }
}
