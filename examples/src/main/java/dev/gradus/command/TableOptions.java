package dev.gradus.command;

import com.google.common.primitives.Doubles;
import dev.gradus.GradusException;
import dev.gradus.data.Missing;
import dev.gradus.data.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options that say how a table is read.
final class TableOptions {
  @Option(names = "--label", required = true, paramLabel = "COLUMN", description = "The column to tell.")
  String label;

  @ArgGroup private @Nullable Task task;

  /// What the label is.
  static final class Task {
    @Option(names = "--classification", description = "The label is classes, even if it looks like measured numbers.")
    private boolean classification;

    @Option(names = "--regression", description = "The label is a number, even if it looks like a few classes.")
    private boolean regression;

    boolean isForClasses() {
      return classification && !regression;
    }
  }

  @Option(names = "--drop", split = ",", paramLabel = "COLUMN", description = "Columns not to learn from.")
  private List<String> dropped = List.of();

  @Option(
      names = "--text",
      split = ",",
      paramLabel = "COLUMN",
      description = "Columns that are text although they look like numbers, such as codes.")
  private List<String> asText = List.of();

  @Option(
      names = "--missing",
      defaultValue = "refuse",
      converter = MissingConverter.class,
      paramLabel = "refuse|mean|NUMBER",
      description = "What a missing number becomes: an error, the mean of its column, or a number. A missing text is then "
          + "none of its column's texts. Default: ${DEFAULT-VALUE}.")
  private Missing missing;

  @Option(
      names = "--test-share",
      defaultValue = "0.2",
      paramLabel = "SHARE",
      description = "The share of rows that are held out; 0 learns from all. Default: ${DEFAULT-VALUE}.")
  private double testShare;

  /// Reads `--missing`.
  static final class MissingConverter implements ITypeConverter<Missing> {
    @Override
    public Missing convert(String text) {
      Double number = Doubles.tryParse(text);
      if (number != null && Double.isFinite(number)) {
        return Missing.value(number);
      }
      return switch (text) {
        case "refuse" -> Missing.refused();
        case "mean" -> Missing.mean();
        default -> throw new TypeConversionException("'" + text + "' is none of refuse, mean and a number");
      };
    }
  }

  /// The label of every row, as the options or a loss that was asked for decide, else as it looks.
  Label label(Table table, @Nullable Loss loss) {
    Boolean asked = task != null ? Boolean.valueOf(task.isForClasses())
        : loss != null ? Boolean.valueOf(loss.isForClasses())
        : null;
    return Label.read(table, label, asked);
  }

  /// The rows to learn from and those held out.
  List<int[]> split(Label labels, long seed) {
    if (!(testShare >= 0 && testShare < 1)) {
      throw new GradusException("train", "--test-share must lie in [0, 1)", testShare, "0.2 is usual");
    }
    return labels.split(testShare, seed);
  }

  /// Whether rows are held out.
  boolean holdsOut() {
    return testShare > 0;
  }

  /// The columns to learn from.
  List<FeatureColumn> columns(Table table, Table train) {
    List<String> names = new ArrayList<>(table.without(dropped.toArray(String[]::new)).columns());
    names.remove(label);
    asText.forEach(table::texts);
    if (names.isEmpty()) {
      throw new GradusException("train", "there must be a column to learn from", "only \"" + label + "\"", "drop fewer");
    }
    return FeatureColumn.fit(table, train, names, asText, missing);
  }
}
