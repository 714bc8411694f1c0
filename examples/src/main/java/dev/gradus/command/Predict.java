package dev.gradus.command;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.gradus.command.TableModel.Description;
import dev.gradus.data.Dataset;
import dev.gradus.data.Metrics;
import dev.gradus.data.Table;
import dev.gradus.show.Numbers;
import dev.gradus.tensor.Tensor;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Uses a trained model on a table.
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = "Tells the label of every row of a table, as CSV on standard output.",
    footer = {
      "",
      "Columns are found by their names; others are ignored. For classes there is a second column, the probability of the "
          + "class told. Where the table has the label too, standard error tells how well the model does.",
      "",
      "Example: gradus predict iris.model flowers.csv > told.csv"
    })
final class Predict implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "MODEL", description = "A model that gradus train saved.")
  private Path model;

  @Parameters(index = "1", paramLabel = "TABLE.csv", description = "A table with the columns that the model learned from.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    TableModel trained = TableModel.load(model);
    Description description = trained.description();
    Table table = Table.read(file);
    Tensor answers = trained.answers(table);
    spec.commandLine().getOut().print(csv(description, answers));
    if (table.columns().contains(description.label())) {
      int[] known = known(description, table);
      if (known.length > 0) {
        Tensor told = Dataset.of(answers, answers).rows(known).features();
        Scores.print(spec.commandLine().getErr(), description, told, table.rows(known), "rows with a known label");
      }
    }
    return 0;
  }

  private static String csv(Description description, Tensor answers) throws IOException {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      int rows = answers.shape().dim(0);
      if (description.isClassification()) {
        csv.writeRecord("prediction", "probability");
        long[] classes = Metrics.classes(answers, 0).toLongs();
        for (int row = 0; row < rows; row++) {
          int told = (int) classes[row];
          csv.writeRecord(description.classes().get(told), Numbers.text(answers.get(row, told), 6));
        }
      } else {
        csv.writeRecord("prediction");
        for (int row = 0; row < rows; row++) {
          csv.writeRecord(Numbers.exact(answers.get(row, 0)));
        }
      }
    }
    return text.toString();
  }

  /// The rows whose label is one that the model can tell.
  private static int[] known(Description description, Table table) {
    Table labels = table.select(List.of(description.label()));
    List<String> texts = labels.texts(description.label());
    return IntStream.range(0, table.size())
        .filter(row -> description.isClassification()
            ? description.classes().contains(texts.get(row))
            : labels.rows(row).isNumeric(description.label()))
        .toArray();
  }
}
