package dev.gradus.command;

import dev.gradus.command.TableModel.Description;
import dev.gradus.data.Metrics;
import dev.gradus.data.Missing;
import dev.gradus.data.Table;
import dev.gradus.show.TextTable;
import dev.gradus.tensor.Tensor;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// How well a model tells the label of rows for which it is known.
final class Scores {
  /// A table of more classes would not fit on a screen.
  private static final int MOST_CLASSES = 12;

  private Scores() {}

  /// Prints accuracy and confusion, or RMSE and R².
  ///
  /// @param answers what the model says of each row
  /// @param rows in words, such as `held out`
  static void print(PrintWriter out, Description model, Tensor answers, Table table, String rows) {
    if (!model.isClassification()) {
      Tensor right = table.features(List.of(model.label()), Missing.refused());
      line(out, "rmse", "%.6g (%d %s)".formatted(Metrics.rmse(answers, right), table.size(), rows));
      line(out, "r2", String.format(Locale.ROOT, "%.4f", Metrics.r2(answers, right)));
      return;
    }
    Tensor right = table.labels(model.label(), model.classes());
    double accuracy = Metrics.accuracy(answers, right);
    long hits = Math.round(accuracy * table.size());
    line(out, "accuracy", String.format(Locale.ROOT, "%.4f (%d of %d %s)", accuracy, hits, table.size(), rows));
    if (model.classes().size() <= MOST_CLASSES) {
      out.println();
      out.print(confusion(model.classes(), Metrics.confusion(Metrics.classes(answers, 0), right, model.classes().size())));
    }
  }

  private static TextTable confusion(List<String> classes, Tensor counts) {
    int size = classes.size();
    String[] head = new String[size + 1];
    head[0] = "is \\ told";
    for (int c = 0; c < size; c++) {
      head[c + 1] = classes.get(c);
    }
    TextTable table = new TextTable(head).alignRight(IntStream.rangeClosed(1, size).toArray());
    for (int row = 0; row < size; row++) {
      Object[] cells = new Object[size + 1];
      cells[0] = classes.get(row);
      for (int c = 0; c < size; c++) {
        cells[c + 1] = counts.getLong(row, c);
      }
      table.row(cells);
    }
    return table;
  }

  /// A line of results: what it is, and what it says.
  static void line(PrintWriter out, String what, String text) {
    out.println("%-10s %s".formatted(what, text));
  }
}
