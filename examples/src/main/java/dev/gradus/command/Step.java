package dev.gradus.command;

import dev.gradus.formula.Formula;
import dev.gradus.run.Interpreter;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.terminal.Stepper;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Walks through the steps that differentiate a formula.
@Command(
    name = "step",
    mixinStandardHelpOptions = true,
    description = {
      "Walks through a formula's graph step by step: the value of every node, then the sum over the users of each.",
      "On a terminal by keys; else, or with --plain, by commands read from standard input, one a line: "
          + "n (or nothing) next, p back, f the next sum of several terms, g NODE, b begin, e end, ? help, q quit."
    },
    footer = {"", "Example: gradus step 'sigmoid(sigmoid(x1*w1)*w2 + x2)' x1=11 x2=5 w1=0 w2=0"})
final class Step implements Callable<Integer> {
  @ParentCommand private Gradus gradus;

  @Mixin private FormulaArguments arguments;

  @Option(names = "--plain", description = "Read commands by line and print text, without colours and cursor control.")
  private boolean plain;

  @Mixin private Language language;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Sentences sentences = language.sentences();
    Formula.Bound graph = arguments.build();
    Replay replay = Replay.of(graph.result(), arguments.gradients(graph.result()), Interpreter.run(graph.result()));
    Stepper stepper = Stepper.of(replay, sentences);
    Keyboard keyboard = gradus.keyboard();
    boolean isScreen = !plain && keyboard.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    if (!isScreen || !stepper.screen()) {
      stepper.plain(keyboard.lines(), spec.commandLine().getOut(), keyboard.isTerminal());
    }
    return 0;
  }
}
