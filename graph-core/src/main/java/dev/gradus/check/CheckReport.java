package dev.gradus.check;

import com.google.common.collect.ImmutableList;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Node;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a [GradientCheck] found, as data and as a table.
///
/// @param result the node whose gradients were checked
/// @param rows the comparisons, node by node
/// @param skipped the nodes that were not compared, and why
/// @param culprit the first node whose own rule is wrong; null where none is
/// @param kink where a gradient is wrong but no rule: the first node at a kink, whose convention need not add up with
///     others, as in relu(x) - relu(-x) at 0; else null
/// @param origin where a gradient or value that is not finite comes from; null where all are finite
public record CheckReport(
    Node result,
    List<Row> rows,
    List<Skipped> skipped,
    @Nullable Culprit culprit,
    @Nullable Apply kink,
    @Nullable NonFinite origin) {
  private static final int MOST_ROWS = 40;

  /// A node without comparisons.
  ///
  /// @param node the node
  /// @param reason why there is nothing to compare
  public record Skipped(Node node, String reason) {}

  /// Copies the lists.
  public CheckReport {
    rows = ImmutableList.copyOf(rows);
    skipped = ImmutableList.copyOf(skipped);
  }

  /// Whether every gradient agrees with its differences or is an admissible convention at a kink.
  public boolean passed() {
    return rows.stream().allMatch(row -> row.verdict().passes());
  }

  /// Does nothing if the check passed.
  ///
  /// @throws AssertionError with the table and the culprit, if it did not
  public void assertCorrect() {
    if (!passed()) {
      throw new AssertionError(toString());
    }
  }

  /// How many comparisons came out like this.
  public int count(Verdict verdict) {
    return (int) rows.stream().filter(row -> row.verdict() == verdict).count();
  }

  /// The table, failures first where it is long, and under it the culprit.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("gradient check of ").append(result).append(": ").append(summary()).append('\n');
    if (!rows.isEmpty()) {
      text.append(line("node", "element", "by rule", "by differences", "+-", "verdict"));
    }
    List<Row> shown = shown();
    shown.forEach(row -> text.append(line(row)));
    if (shown.size() < rows.size()) {
      text.append("... ").append(rows.size() - shown.size()).append(" more\n");
    }
    for (Skipped skip : skipped) {
      text.append(skip.node).append(": not compared, ").append(skip.reason).append('\n');
    }
    if (culprit != null) {
      text.append(culprit).append('\n');
    } else if (kink != null) {
      text.append("no rule is wrong, but ").append(kink);
      text.append(kink.sourceLine() == null ? "" : " (" + kink.sourceLine() + ")");
      text.append(" is at a kink: conventions at kinks need not add up\n");
    }
    if (origin != null) {
      text.append("not finite: ").append(origin).append('\n');
    }
    return text.toString();
  }

  private String summary() {
    StringBuilder text = new StringBuilder(passed() ? "passed" : "FAILED");
    String separator = ", ";
    for (Verdict verdict : Verdict.values()) {
      int count = count(verdict);
      if (count > 0) {
        text.append(separator).append(count).append(' ').append(verdict);
      }
    }
    return text.toString();
  }

  private List<Row> shown() {
    if (rows.size() <= MOST_ROWS) {
      return rows;
    }
    ImmutableList.Builder<Row> order = ImmutableList.builder();
    rows.stream().filter(row -> !row.verdict().passes()).limit(MOST_ROWS).forEach(order::add);
    int left = MOST_ROWS - order.build().size();
    rows.stream().filter(row -> row.verdict().passes()).limit(left).forEach(order::add);
    return order.build();
  }

  private static String line(Row row) {
    String name = row.node().name() == null ? row.node().kind() : row.node().name();
    return line(
        name,
        row.place(),
        "%.9e".formatted(row.analytic()),
        "%.9e".formatted(row.numeric()),
        Double.isFinite(row.error()) ? "%.0e".formatted(row.error()) : "-",
        row.verdict().toString());
  }

  private static String line(String node, String place, String analytic, String numeric, String error, String verdict) {
    return String.format(
        Locale.ROOT,
        "%-14s %-12s %17s %17s %5s %s%n",
        shortened(node, 14),
        shortened(place, 12),
        analytic,
        numeric,
        error,
        verdict);
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
