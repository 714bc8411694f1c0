package dev.gradus.command;

import dev.gradus.check.CheckReport;
import dev.gradus.check.GradientCheck;
import dev.gradus.check.Row;
import dev.gradus.formula.Formula;
import dev.gradus.graph.Node;
import dev.gradus.tensor.Tensor;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Compares a formula's gradients with finite differences.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Checks a formula's gradients by central differences, element by element.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:every gradient agrees", "1:a gradient is wrong", "2:bad input"},
    footer = {"", "Example: gradus check 'sum(tanh(x @ w)^2)' x='[[1, 2], [3, 4]]' w='[[0.1], [0.2]]'"})
final class Check implements Callable<Integer> {
  private static final int WRONG = 1;

  @Mixin private FormulaArguments arguments;

  @Option(
      names = "--tolerance",
      paramLabel = "RELATIVE",
      defaultValue = "1e-6",
      description = "The relative difference that counts as agreement (default: ${DEFAULT-VALUE}).")
  private double tolerance;

  @Option(names = "--curve", description = "Print the differences and their errors for each step size.")
  private boolean curve;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Formula.Bound graph = arguments.build();
    Node result = graph.result();
    GradientCheck check = GradientCheck.of(result).tolerance(tolerance);
    Tensor upstream = arguments.upstream(result);
    check = upstream == null ? check : check.upstream(upstream);
    return print(spec.commandLine().getOut(), (curve ? check.curve() : check).run());
  }

  /// Prints the table, and the steps of each row that has them.
  ///
  /// @return the exit code
  static int print(PrintWriter out, CheckReport report) {
    out.print(report);
    report.rows().stream().filter(row -> !row.curve().isEmpty()).forEach(row -> print(out, row));
    return report.passed() ? 0 : WRONG;
  }

  private static void print(PrintWriter out, Row row) {
    out.println();
    out.println("steps of " + row.node().name() + " " + row.place());
    out.println("%10s %24s %10s".formatted("h", "difference", "error"));
    for (Row.Step step : row.curve()) {
      out.println(String.format(Locale.ROOT, "%10.1e %24.15e %10.1e", step.h(), step.difference(), step.error()));
    }
  }
}
