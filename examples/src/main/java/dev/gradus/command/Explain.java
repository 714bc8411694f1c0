package dev.gradus.command;

import dev.gradus.check.NonFinite;
import dev.gradus.diff.Gradients;
import dev.gradus.formula.Formula;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.show.Walkthrough;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs a formula forward and backward and shows every node.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Shows a formula's graph with every value, every gradient and the terms of the chain rule.",
    footer = {"", "Example: gradus explain 'sigmoid(sigmoid(x1*w1)*w2 + x2)' x1=11 x2=5 w1=0 w2=0"})
final class Explain implements Callable<Integer> {
  @Mixin private FormulaArguments arguments;

  @Option(names = "--json", description = "Print JSON: values, order, gradients and, for each node, its terms.")
  private boolean json;

  @Option(names = "--latex", description = "Print the equations as LaTeX.")
  private boolean latex;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Formula.Bound graph = arguments.build();
    Gradients gradients = arguments.gradients(graph.result());
    Values values = Interpreter.run(graph.result());
    String text = json ? Json.write(ExplanationJson.of(graph.result(), graph.nodes(), gradients, values))
        : latex ? ExplanationLatex.of(gradients, values)
        : walk(graph.result(), gradients, values);
    spec.commandLine().getOut().println(text);
    return 0;
  }

  private static String walk(Node result, Gradients gradients, Values values) {
    String tables = Walkthrough.of(result, gradients, values).toString().stripTrailing();
    return NonFinite.trace(values, gradients)
        .map(origin -> tables + System.lineSeparator().repeat(2) + "The first number that is not finite: " + origin)
        .orElse(tables);
  }
}
