package dev.gradus.command;

import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.formula.Formula;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `explain`, `step`, `check`, `worksheet` and `grade` take: a formula, values for its names and, where the result is no single number, an
/// upstream gradient.
final class FormulaArguments {
  @Parameters(
      index = "0",
      paramLabel = "FORMULA",
      description = {
        "A formula such as 'h = sigmoid(x @ W + b); mean(h)': names, numbers, + - * / ^ @, comparisons, [[1, 2], [3, 4]], "
            + "x[0, 1:] and calls of the ops that 'gradus ops' lists. Write -- before one that begins with a minus."
      })
  private String formula;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "name=value",
      description = "A number or nested list for each name that the formula does not define: x=2, x='[[1, 2], [3, 4]]'.")
  private List<String> values = List.of();

  @Option(
      names = "--upstream",
      paramLabel = "VALUE",
      description = "The gradient that comes from above, in the result's shape; 1 by default, where the result is a single number.")
  private @Nullable String upstream;

  /// The formula as it was written.
  String text() {
    return formula;
  }

  /// The formula, not built.
  Formula formula() {
    return Formula.parse(formula);
  }

  /// The words that read `name=value`.
  List<String> words() {
    return values;
  }

  /// The formula's nodes at the values.
  Formula.Bound build() {
    return Formula.parse(formula).at(Formula.values(Assignments.split(values)));
  }

  /// The upstream gradient in the dtype of the result, or null where none was given.
  @Nullable Tensor upstream(Node result) {
    return upstream == null ? null : Formula.value(upstream).cast(result.dtype());
  }

  /// The gradients of the result.
  Gradients gradients(Node result) {
    Tensor given = upstream(result);
    return given == null ? Backward.from(result) : Backward.from(result, Constant.of("upstream", given));
  }
}
