package dev.gradus.command;

import dev.gradus.GradusException;
import dev.gradus.data.Missing;
import dev.gradus.data.Table;
import dev.gradus.tensor.Tensor;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A column of a table that a model learns from.
///
/// @param name its name
/// @param categories the texts it may hold, each of which becomes a feature of 0s and 1s; null for a column of numbers
/// @param missing what a missing number becomes (a missing text is none of the categories); null where that is an error
record FeatureColumn(String name, @Nullable List<String> categories, @Nullable Double missing) {
  /// More different texts than this are no categories, unless the table is ten times as long.
  private static final int MOST_CATEGORIES = 20;

  /// Learns what columns hold.
  ///
  /// @param table the whole table, which shows whether they are numbers or text
  /// @param train the part to learn from, from which means are taken
  /// @param asText columns that are text although they look like numbers
  static List<FeatureColumn> fit(
      Table table, Table train, List<String> names, Collection<String> asText, Missing missing) {
    return names.stream()
        .map(name -> table.isNumeric(name) && !asText.contains(name) ? numbers(train, name, missing) : text(table, name, missing))
        .toList();
  }

  private static FeatureColumn numbers(Table train, String name, Missing missing) {
    Double filled = switch (missing) {
      case Missing.Value(double value) -> value;
      case Missing.Mean mean -> mean(train.numbers(name, mean));
      default -> null;
    };
    return new FeatureColumn(name, null, filled);
  }

  private static double mean(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum / numbers.length;
  }

  private static FeatureColumn text(Table table, String name, Missing missing) {
    List<String> categories = table.categories(name);
    if (categories.size() > Math.max(MOST_CATEGORIES, table.size() / 10)) {
      throw new GradusException(
          "train",
          "a text column must hold few different texts",
          categories.size() + " in \"" + name + "\" of " + table.name(),
          "leave it out with --drop \"" + name + "\"");
    }
    return new FeatureColumn(name, categories, missing instanceof Missing.Refused ? null : 0.0);
  }

  /// The features of every row, of shape `[rows, features]`.
  ///
  /// @throws GradusException when a column is missing, or for a bad cell: the message tells line and column
  static Tensor read(List<FeatureColumn> columns, Table table) {
    List<String> absent = columns.stream().map(FeatureColumn::name).filter(name -> !table.columns().contains(name)).toList();
    if (!absent.isEmpty()) {
      throw new GradusException(
          "predict", "the table must have the columns that the model learned from", "none of " + absent + " in " + table.name(), "add them");
    }
    Table read = table.select(columns.stream().map(FeatureColumn::name).toList());
    Map<String, Double> fills = new HashMap<>();
    for (FeatureColumn column : columns) {
      Missing missing = column.missing == null ? Missing.refused() : Missing.value(column.missing);
      if (column.missing != null) {
        fills.put(column.name, column.missing);
      }
      if (column.categories != null) {
        read = read.oneHot(column.name, column.categories, missing);
      }
    }
    return read.features(read.columns(), new Missing.Values(fills));
  }
}
