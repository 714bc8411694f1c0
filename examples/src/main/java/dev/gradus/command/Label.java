package dev.gradus.command;

import dev.gradus.GradusException;
import dev.gradus.data.Dataset;
import dev.gradus.data.Missing;
import dev.gradus.data.Split;
import dev.gradus.data.Table;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The column of a table that is to be told: classes, or a number.
///
/// @param name its name
/// @param classes its texts, in order; empty for numbers
/// @param values the class number of each row, i64 of shape `[rows]`, or the number, of shape `[rows, 1]`
record Label(String name, List<String> classes, Tensor values) {
  /// More different whole numbers than this are measured rather than named.
  private static final int MOST_CLASSES = 20;

  /// Reads the label of every row.
  ///
  /// @param asClasses whether it is classes; null to decide by its looks: text is, and so are a few whole numbers each of
  ///     which comes up twice on average
  static Label read(Table table, String name, @Nullable Boolean asClasses) {
    if (table.size() == 0) {
      throw new GradusException("train", "there must be rows to learn from", "none in " + table.name(), "add some");
    }
    boolean classification = asClasses == null ? looksLikeClasses(table, name) : asClasses;
    if (!classification) {
      return new Label(name, List.of(), table.features(List.of(name), Missing.refused()));
    }
    List<String> classes = table.categories(name);
    Tensor numbers = table.labels(name, classes);
    if (classes.size() < 2) {
      throw new GradusException(
          "train", "there must be two classes to tell apart", "only \"" + classes.getFirst() + "\" in \"" + name + "\"", "add rows of another");
    }
    return new Label(name, classes, numbers);
  }

  private static boolean looksLikeClasses(Table table, String name) {
    if (!table.isNumeric(name)) {
      return true;
    }
    List<String> different = table.categories(name);
    boolean whole = different.stream().allMatch(text -> text.matches("[+-]?\\d+"));
    return whole && different.size() <= MOST_CLASSES && 2 * different.size() <= table.size();
  }

  boolean isClassification() {
    return !classes.isEmpty();
  }

  /// The rows in two random parts, of classes with the same share of each; of few rows one part may be empty.
  ///
  /// @return the rows to learn from and those held out
  List<int[]> split(double testShare, long seed) {
    int rows = values.shape().dim(0);
    int[] all = IntStream.range(0, rows).toArray();
    if (testShare == 0) {
      return List.of(all, new int[0]);
    }
    Tensor numbered = Tensor.of(Shape.of(rows), all);
    Split split = new Dataset(numbered, values, List.of(), classes).split(1 - testShare, seed);
    return List.of(rows(split.train()), rows(split.test()));
  }

  private static int[] rows(Dataset part) {
    return Arrays.stream(part.features().toLongs()).mapToInt(row -> (int) row).toArray();
  }
}
