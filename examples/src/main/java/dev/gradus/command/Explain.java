package dev.gradus.command;

import dev.gradus.check.NonFinite;
import dev.gradus.diff.Gradients;
import dev.gradus.formula.Formula;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.show.Walkthrough;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.page.Source;
import dev.gradus.teach.replay.Sentences;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs a formula forward and backward and shows every node.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a formula's graph with every value, every gradient and the terms of the chain rule: as a walk through the graph, or as "
          + "what the options name, of which several may be given."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gradus explain 'sigmoid(sigmoid(x1*w1)*w2 + x2)' x1=11 x2=5 w1=0 w2=0",
      "  gradus explain 'h = tanh(w*x + b); h^2' w=1 x=2 b=0 --html lesson.html --svg lesson.svg"
    })
final class Explain implements Callable<Integer> {
  @Mixin private FormulaArguments arguments;

  @Mixin private LessonFiles files;

  @Option(names = "--json", description = "Print JSON: values, order, gradients, the terms of each node, and the steps in words.")
  private boolean json;

  @Option(names = "--latex", description = "Print the equations as LaTeX, for the package amsmath.")
  private boolean latex;

  @Option(names = "--dot", description = "Print the graph in the language of Graphviz.")
  private boolean dot;

  @Option(names = "--mermaid", description = "Print the graph in the language of Mermaid.")
  private boolean mermaid;

  @Option(names = "--title", paramLabel = "TEXT", description = "What the page and pictures are called; by default the formula.")
  private @Nullable String title;

  @Mixin private Language language;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    files.check();
    Sentences sentences = language.sentences();
    Formula.Bound graph = arguments.build();
    Gradients gradients = arguments.gradients(graph.result());
    Values values = Interpreter.run(graph.result());
    PrintWriter out = spec.commandLine().getOut();
    boolean isText = json || latex || dot || mermaid;
    if (!isText && files.isEmpty()) {
      out.println(walk(graph.result(), gradients, values));
      return 0;
    }
    Lesson lesson = Lesson.of(graph.result(), gradients, values)
        .titled(title == null ? arguments.text().strip() : title)
        .from(Source.of("formula", arguments.text()))
        .in(sentences);
    if (json) {
      out.println(lesson.toJson(graph.nodes()));
    }
    if (latex) {
      out.println(lesson.toLatex());
    }
    if (dot) {
      out.print(lesson.toDot(files.direction()));
    }
    if (mermaid) {
      out.print(lesson.toMermaid(files.direction()));
    }
    // What other programs read stays alone on standard output.
    files.write(lesson, isText ? spec.commandLine().getErr() : out);
    return 0;
  }

  private static String walk(Node result, Gradients gradients, Values values) {
    Walkthrough walk = Walkthrough.of(result, gradients, values);
    String tables = walk.toString().stripTrailing();
    return NonFinite.trace(values, gradients)
        .map(origin -> tables + System.lineSeparator().repeat(2) + "The first number that is not finite: " + origin.message(walk::label))
        .orElse(tables);
  }
}
