package dev.gradus.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The root of the command line; alone it prints what there is.
@Command(
    name = "gradus",
    version = "gradus 0.1.0-SNAPSHOT",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Computational graphs with automatic differentiation, node by node.",
    footer = {"", "gradus COMMAND --help explains a command."},
    subcommands = {
      Demo.class,
      ExampleList.class,
      Explain.class,
      Step.class,
      Serve.class,
      Check.class,
      OpList.class,
      Train.class,
      Predict.class,
      LessonFolder.class,
      Bench.class,
      WorksheetCommand.class,
      GradeCommand.class,
    })
final class Gradus implements Runnable {
  private final Keyboard keyboard;

  @Spec private CommandSpec spec;

  Gradus(Keyboard keyboard) {
    this.keyboard = keyboard;
  }

  /// Where commands that ask read from.
  Keyboard keyboard() {
    return keyboard;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
