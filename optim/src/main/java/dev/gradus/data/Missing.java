package dev.gradus.data;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/// What a missing cell of a numeric column becomes. A cell is missing when it is blank or says `NA`, `N/A`, `NaN`, `null`
/// or `?`, in any case of letters.
public sealed interface Missing {

  /// An error that tells line and column.
  record Refused() implements Missing {}

  /// The mean of the column's other cells.
  record Mean() implements Missing {}

  /// A number.
  ///
  /// @param value the number
  record Value(double value) implements Missing {}

  /// A number for each column, such as the means of the table that a model was trained on; a missing cell of a column that
  /// is not named is an error.
  ///
  /// @param values column name to number
  record Values(Map<String, Double> values) implements Missing {
    /// Copies the map.
    public Values {
      values = ImmutableMap.copyOf(values);
    }
  }

  /// Missing cells are errors.
  static Missing refused() {
    return new Refused();
  }

  /// Missing cells take the mean of their column.
  static Missing mean() {
    return new Mean();
  }

  /// Missing cells take this number.
  static Missing value(double value) {
    return new Value(value);
  }
}
