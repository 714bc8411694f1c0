package dev.gradus.command;

import dev.gradus.examples.Example;
import dev.gradus.examples.Examples;
import dev.gradus.examples.Screen;
import dev.gradus.optim.ProgressDisplay;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The first thing to see: a graph differentiated node by node, and a network trained on real data.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Differentiates a graph node by node, then trains a network on handwritten digits.")
final class Demo implements Callable<Integer> {
  private static final List<String> PARTS = List.of("quiz", "digits");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ProgressDisplay progress = new ProgressDisplay(spec.commandLine().getErr(), ProgressDisplay.isTerminal());
    Screen screen = new Screen(spec.commandLine().getOut(), progress, 0, false);
    for (String part : PARTS) {
      Example example = Examples.get(part);
      screen.say("== %s", example.summary());
      screen.say("");
      example.run(screen);
    }
    return 0;
  }
}
