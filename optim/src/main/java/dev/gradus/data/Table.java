package dev.gradus.data;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.gradus.GradusException;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table as a file holds it: named columns of text cells, each row with its line in the file. Whether a column is
/// numeric shows when it is asked for numbers; a cell that is none is told with line and column.
public final class Table {
  private final String name;
  private final ImmutableList<String> columns;
  private final List<List<String>> cells;
  private final long[] lines;

  /// Columns of equal length, with the line of each row.
  Table(String name, Map<String, List<String>> columns, long[] lines) {
    this.name = name;
    this.columns = ImmutableList.copyOf(columns.keySet());
    this.cells = columns.values().stream().map(List::copyOf).toList();
    this.lines = lines;
  }

  /// Reads a CSV file: UTF-8, with or without byte order mark, the first line names the columns, cells may be quoted. The
  /// separator is the one of comma, semicolon and tab that the first line holds most of.
  ///
  /// @throws GradusException when the content is no table
  /// @throws IOException when the file cannot be read
  public static Table read(Path file) throws IOException {
    return CsvFormat.read(file);
  }

  /// Reads the text of a CSV file.
  ///
  /// @param name the name to use in errors
  public static Table parse(String name, String text) {
    return CsvFormat.parse(name, text);
  }

  /// The name of the file.
  public String name() {
    return name;
  }

  /// The names of the columns.
  public List<String> columns() {
    return columns;
  }

  /// The number of rows, the header not counted.
  public int size() {
    return lines.length;
  }

  /// The line of the file on which row `row` begins, counted from 1.
  public long line(int row) {
    return lines[row];
  }

  /// The cells of a column, trimmed.
  ///
  /// @throws GradusException when there is no such column; the message names those there are
  public List<String> texts(String column) {
    int at = columns.indexOf(column);
    if (at < 0) {
      throw new GradusException(
          "csv", "the column must be one of " + columns + " of " + name, "\"" + column + "\"", "check the spelling");
    }
    return cells.get(at);
  }

  /// Whether a column holds numbers: half or more of its cells that are not missing read as one. Those that do not are
  /// mistakes and told by [#numbers].
  public boolean isNumeric(String column) {
    int numbers = 0;
    int others = 0;
    for (String cell : texts(column)) {
      if (!Cells.isMissing(cell)) {
        if (Cells.isNumber(cell)) {
          numbers++;
        } else {
          others++;
        }
      }
    }
    return numbers > 0 && numbers >= others;
  }

  /// A column as numbers.
  ///
  /// @throws GradusException for a cell that is no number, or is missing and refused: the message tells line and column
  public double[] numbers(String column, Missing missing) {
    List<String> texts = texts(column);
    double[] numbers = new double[texts.size()];
    for (int row = 0; row < numbers.length; row++) {
      String cell = texts.get(row);
      if (Cells.isMissing(cell)) {
        numbers[row] = Double.NaN;
      } else if (Cells.isNumber(cell)) {
        numbers[row] = Double.parseDouble(cell);
      } else {
        throw badCell("a numeric cell is needed", "\"" + cell + "\"", row, column, "");
      }
    }
    return filled(numbers, column, missing);
  }

  private double[] filled(double[] numbers, String column, Missing missing) {
    double mean = Arrays.stream(numbers).filter(x -> !Double.isNaN(x)).average().orElse(Double.NaN);
    double[] filled = numbers.clone();
    for (int row = 0; row < numbers.length; row++) {
      if (Double.isNaN(numbers[row])) {
        Double value =
            switch (missing) {
              case Missing.Refused refused -> null;
              case Missing.Mean ofColumn -> Double.isNaN(mean) ? null : mean;
              case Missing.Value(double number) -> number;
              case Missing.Values(Map<String, Double> byColumn) -> byColumn.get(column);
            };
        if (value == null) {
          throw missingCell(row, column);
        }
        filled[row] = value;
      }
    }
    return filled;
  }

  private GradusException missingCell(int row, String column) {
    return badCell("a cell is needed", "none", row, column, " or say what missing cells become");
  }

  private GradusException badCell(String rule, String got, int row, String column, String orElse) {
    return new GradusException(
        "csv", rule, got, "fix line " + lines[row] + ", column \"" + column + "\" of " + name + orElse);
  }

  /// The columns named, in that order.
  public Table select(Collection<String> names) {
    Map<String, List<String>> selected = new LinkedHashMap<>();
    names.forEach(column -> selected.put(column, texts(column)));
    return new Table(name, selected, lines);
  }

  /// All columns but those named.
  public Table without(String... names) {
    List<String> left = new ArrayList<>(columns);
    for (String column : names) {
      texts(column);
      left.remove(column);
    }
    return select(left);
  }

  /// The given rows, in that order.
  public Table rows(int... rows) {
    Map<String, List<String>> chosen = new LinkedHashMap<>();
    for (String column : columns) {
      List<String> texts = texts(column);
      chosen.put(column, Arrays.stream(rows).mapToObj(texts::get).toList());
    }
    return new Table(name, chosen, Arrays.stream(rows).mapToLong(row -> lines[row]).toArray());
  }

  /// A text column replaced by one column of 0s and 1s for each of `categories`, called `column=category`. Missing cells,
  /// unless they are refused, have 0 in all of them.
  ///
  /// @throws GradusException for a cell that is none of the categories, or is missing and refused
  public Table oneHot(String column, List<String> categories, Missing missing) {
    List<String> texts = texts(column);
    for (int row = 0; row < texts.size(); row++) {
      String cell = texts.get(row);
      boolean filled = Cells.isMissing(cell) && !(missing instanceof Missing.Refused);
      if (!filled && !categories.contains(cell)) {
        throw Cells.isMissing(cell)
            ? missingCell(row, column)
            : badCell("a cell must be one of " + categories, "\"" + cell + "\"", row, column, "");
      }
    }
    Map<String, List<String>> replaced = new LinkedHashMap<>();
    for (String other : columns) {
      if (!other.equals(column)) {
        replaced.put(other, texts(other));
      } else {
        for (String category : categories) {
          String feature = column + "=" + category;
          if (columns.contains(feature)) {
            throw new GradusException("csv", "columns must have names of their own", "\"" + feature + "\" twice", "rename it in " + name);
          }
          replaced.put(feature, texts.stream().map(cell -> cell.equals(category) ? "1" : "0").toList());
        }
      }
    }
    return new Table(name, replaced, lines);
  }

  /// The different cells of a column, numbers by size and text by letters; missing ones do not count.
  public List<String> categories(String column) {
    List<String> texts = texts(column).stream().filter(cell -> !Cells.isMissing(cell)).distinct().toList();
    boolean numeric = texts.stream().allMatch(Cells::isNumber);
    return texts.stream().sorted(numeric ? Cells.BY_NUMBER : Cells.BY_TEXT).toList();
  }

  /// The columns named as a tensor of shape `[rows, columns]`.
  ///
  /// @throws GradusException for a cell that is no number: the message tells line and column
  public Tensor features(List<String> names, Missing missing) {
    double[] all = new double[size() * names.size()];
    for (int column = 0; column < names.size(); column++) {
      double[] numbers = numbers(names.get(column), missing);
      for (int row = 0; row < numbers.length; row++) {
        all[row * names.size() + column] = numbers[row];
      }
    }
    return Tensor.of(Shape.of(size(), names.size()), all);
  }

  /// The class number of each row, of shape `[rows]`, for labels out of `classNames`.
  ///
  /// @throws GradusException for a label that is none of them: the message tells line and column
  public Tensor labels(String column, List<String> classNames) {
    ImmutableMap.Builder<String, Long> numbers = ImmutableMap.builder();
    for (int i = 0; i < classNames.size(); i++) {
      numbers.put(classNames.get(i), (long) i);
    }
    ImmutableMap<String, Long> byName = numbers.buildOrThrow();
    List<String> texts = texts(column);
    long[] labels = new long[texts.size()];
    for (int row = 0; row < labels.length; row++) {
      Long label = byName.get(texts.get(row));
      if (label == null && Cells.isMissing(texts.get(row))) {
        throw badCell("a label is needed", "none", row, column, " or leave the row out");
      }
      if (label == null) {
        throw badCell("a label must be one of " + classNames, "\"" + texts.get(row) + "\"", row, column, "");
      }
      labels[row] = label;
    }
    return Tensor.of(Shape.of(labels.length), labels);
  }

  /// Examples with a class each: `label` names the classes, all other columns are features.
  public Dataset classification(String label, Missing missing) {
    List<String> classes = categories(label);
    List<String> names = without(label).columns();
    return new Dataset(features(names, missing), labels(label, classes), names, classes);
  }

  /// Examples with a number each: `target` is that number, of shape `[rows, 1]`, all other columns are features. A missing
  /// target is an error.
  public Dataset regression(String target, Missing missing) {
    List<String> names = without(target).columns();
    return new Dataset(features(names, missing), features(List.of(target), Missing.refused()), names, List.of());
  }

  /// The size and the columns.
  @Override
  public String toString() {
    return name + ": " + size() + " rows of " + columns;
  }
}
