package dev.gradus.command;

import com.google.common.primitives.Doubles;
import dev.gradus.GradusException;
import dev.gradus.command.TableModel.Description;
import dev.gradus.data.Dataset;
import dev.gradus.data.Standardizer;
import dev.gradus.data.Table;
import dev.gradus.optim.History;
import dev.gradus.optim.Interruption;
import dev.gradus.optim.Mlp;
import dev.gradus.optim.ProgressDisplay;
import dev.gradus.optim.Stopping;
import dev.gradus.optim.Trainer;
import dev.gradus.show.Numbers;
import dev.gradus.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Trains a network to tell one column of a table from the others.
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Trains a network to tell one column of a table from the others, and tests it on rows held out.",
    footer = {
      "",
      "A text column becomes a feature of 0s and 1s for each of its texts. Features, and a label that is a number, are "
          + "standardised by the rows to learn from. Ctrl-C ends training with what was learned so far. Results go to "
          + "standard output, progress to standard error.",
      "",
      "Example: gradus train iris.csv --label species --save iris.model"
    })
final class Train implements Callable<Integer> {
  @Parameters(paramLabel = "TABLE.csv", description = "A table whose first line names the columns.")
  private Path file;

  @Mixin private TableOptions tableOptions;

  @Mixin private TrainingOptions options;

  @Option(names = "--save", paramLabel = "MODEL", description = "Where to save the model, for gradus predict.")
  private @Nullable Path save;

  @Spec private CommandSpec spec;

  /// A table, made ready.
  ///
  /// @param description what the network shall take and give
  /// @param train the part to learn from
  /// @param test the rows held out
  private record Ready(Description description, Dataset train, Table test) {}

  @Override
  public Integer call() throws IOException {
    // A model that cannot be saved should not be trained.
    OutputFile.require("train", "--save", save);
    Ready ready = prepare(Table.read(file));
    Description description = ready.description;
    PrintWriter out = spec.commandLine().getOut();
    Mlp network = description.network(options.seed);
    int parameters = network.parameters().stream().mapToInt(p -> p.shape().size()).sum();
    Scores.line(out, "rows", ready.train.size() + " to learn from, " + ready.test.size() + " held out");
    Scores.line(out, "network", describe(description) + ", " + parameters + " parameters");
    Trainer trainer = options.set(Trainer.of((x, y) -> description.loss().of(network.apply(x), y), ready.train))
        .listener(new ProgressDisplay(spec.commandLine().getErr(), ProgressDisplay.isTerminal()))
        .build();
    // All that shall happen although the program is told to end.
    try (var _ = Interruption.guard(trainer::stop)) {
      History history = trainer.epochs(options.batch, Stopping.epochs(options.epochs));
      TableModel model = new TableModel(description, trainer.state().checkpoint());
      if (save != null) {
        model.save(save);
      }
      Scores.line(out, "training", history.reason() + ", loss " + Numbers.text(trainer.loss(), 4));
      if (ready.test.size() > 0) {
        Scores.print(out, description, model.answers(ready.test), ready.test, "held out");
      }
      if (save != null) {
        Scores.line(out, "saved", save.toString());
      }
      out.flush();
    }
    return 0;
  }

  private Ready prepare(Table table) {
    Label label = tableOptions.label(table, options.loss);
    Loss loss = options.loss(label);
    List<int[]> parts = tableOptions.split(label, options.seed);
    List<FeatureColumn> columns = tableOptions.columns(table, table.rows(parts.getFirst()));
    Dataset all = Dataset.of(FeatureColumn.read(columns, table), label.values());
    if (parts.getFirst().length == 0 || (tableOptions.holdsOut() && parts.getLast().length == 0)) {
      throw new GradusException(
          "train",
          "there must be rows to learn from and rows to test on",
          table.size() + " rows in all",
          "add rows or choose another --test-share");
    }
    Dataset raw = all.rows(parts.getFirst());
    Standardizer scale = Standardizer.fit(raw);
    Standardizer labelScale = label.isClassification()
        ? new Standardizer(Tensor.vector(0), Tensor.vector(1))
        : Standardizer.fit(raw.withFeatures(raw.targets()));
    Description description = new Description(
        label.name(),
        label.classes(),
        columns,
        Doubles.asList(scale.mean().toDoubles()),
        Doubles.asList(scale.scale().toDoubles()),
        labelScale.mean().get(0),
        labelScale.scale().get(0),
        options.hidden(),
        options.activation,
        loss,
        options.toString());
    Tensor targets = switch (loss) {
      case CROSS_ENTROPY -> raw.targets();
      case BINARY_CROSS_ENTROPY -> raw.column();
      case MSE, MAE, HUBER -> labelScale.apply(raw.targets());
    };
    return new Ready(description, Dataset.of(scale.apply(raw.features()), targets), table.rows(parts.getLast()));
  }

  private static String describe(Description description) {
    StringBuilder text = new StringBuilder(description.mean().size() + " features, ");
    description.hidden().forEach(units -> text.append(units).append(' ').append(description.activation()).append(", "));
    return text
        + (description.isClassification()
            ? description.classes().size() + " classes of \"" + description.label() + "\""
            : "the number \"" + description.label() + "\"");
  }
}
