package dev.gradus.command;

import dev.gradus.GradusException;
import dev.gradus.WholeFile;
import dev.gradus.examples.Example;
import dev.gradus.examples.Examples;
import dev.gradus.examples.Screen;
import dev.gradus.optim.ProgressDisplay;
import dev.gradus.show.SvgPlot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
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
  /// Terminals by their TERM: the Linux console, and what is no terminal of its own.
  private static final Set<String> HAVE_NO_BRAILLE = Set.of("linux", "dumb");

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The example to run.")
  private @Nullable String name;

  @Option(names = "--seeds", paramLabel = "COUNT", description = "Train from this many seeds; for examples that are random.")
  private @Nullable Integer seeds;

  @Option(names = "--svg", paramLabel = "FILE", description = "Write the plots to an SVG file as well; for examples that draw.")
  private @Nullable Path svg;

  @Option(names = "--ascii", description = "Draw plots on the terminal in ASCII characters instead of braille dots.")
  private boolean ascii;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
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

  private void run(Example example, PrintWriter out) throws IOException {
    if (seeds != null && !example.isRandom()) {
      throw new GradusException("examples", "--seeds is for examples that are random", example.name(), "leave it out");
    }
    if (seeds != null && seeds < 1) {
      throw new GradusException("examples", "there must be a seed", seeds, "give --seeds at least 1");
    }
    if (svg != null && !example.isDrawn()) {
      throw new GradusException("examples", "--svg is for examples that draw", example.name(), "leave it out");
    }
    if (svg != null && !Files.isDirectory(folder(svg))) {
      throw new GradusException("examples", "--svg must name a file in a folder that exists", svg, "make " + folder(svg));
    }
    ProgressDisplay progress = new ProgressDisplay(spec.commandLine().getErr(), ProgressDisplay.isTerminal());
    Screen screen = new Screen(out, progress, seeds == null ? 0 : seeds, ascii || HAVE_NO_BRAILLE.contains(terminal()));
    example.run(screen);
    if (svg != null) {
      WholeFile.write(svg, SvgPlot.of(screen.plots()).getBytes(StandardCharsets.UTF_8));
      out.println("wrote " + svg);
    }
  }

  private static String terminal() {
    return String.valueOf(System.getenv("TERM"));
  }

  private static Path folder(Path file) {
    return Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
  }
}
