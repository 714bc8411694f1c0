package dev.gradus.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gradus.GradusException;
import dev.gradus.data.Standardizer;
import dev.gradus.data.Table;
import dev.gradus.optim.Checkpoint;
import dev.gradus.optim.Mlp;
import dev.gradus.optim.Parameters;
import dev.gradus.optim.Predictor;
import dev.gradus.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// A network that was trained on a table, with all that is needed to use it on another: the file that `train` saves and
/// `predict` reads is a [Checkpoint] with this description as a note.
///
/// @param description everything but the parameters
/// @param checkpoint the parameters
record TableModel(Description description, Checkpoint checkpoint) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTE = "table model 1";

  /// What a network takes and gives.
  ///
  /// @param label the column that it tells
  /// @param classes the texts of that column, in the order of the outputs; empty for a column of numbers
  /// @param columns the columns it learned from
  /// @param mean the mean of each feature in the part it learned from
  /// @param scale the standard deviation of each
  /// @param labelMean the mean of the label where it is a number, else 0
  /// @param labelScale the standard deviation of the label where it is a number, else 1
  /// @param hidden the number of units of each hidden layer
  /// @param activation what they apply
  /// @param loss what the outputs were trained for
  /// @param training how it was trained, for the record
  record Description(
      String label,
      List<String> classes,
      List<FeatureColumn> columns,
      List<Double> mean,
      List<Double> scale,
      double labelMean,
      double labelScale,
      List<Integer> hidden,
      Activation activation,
      Loss loss,
      String training) {

    boolean isClassification() {
      return loss.isForClasses();
    }

    /// A network of this kind, untrained.
    Mlp network(long seed) {
      IntStream units = IntStream.concat(
          IntStream.of(mean.size()),
          IntStream.concat(hidden.stream().mapToInt(Integer::intValue), IntStream.of(loss.outputs(classes.size()))));
      return new Mlp(new Parameters(seed), activation.function, activation.weights, units.toArray());
    }

    /// The standardised features of a table.
    Tensor features(Table table) {
      return new Standardizer(vector(mean), vector(scale)).apply(FeatureColumn.read(columns, table));
    }

    private static Tensor vector(List<Double> numbers) {
      return Tensor.vector(numbers.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  /// What the network says of each row: the probability of each class, of shape `[rows, classes]`, or a number, of shape
  /// `[rows, 1]`.
  Tensor answers(Table table) {
    Mlp network = description.network(checkpoint.seed());
    Tensor said = new Predictor(x -> description.loss.answer(network.apply(x)))
        .apply(description.features(table), checkpoint.values(network.parameters()));
    double[] numbers = said.toDoubles();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = numbers[i] * description.labelScale + description.labelMean;
    }
    return Tensor.of(said.shape(), numbers);
  }

  /// Writes the model to a file, all of it or nothing.
  void save(Path file) throws IOException {
    try {
      checkpoint.withNote(NOTE, JSON.writeValueAsString(description)).save(file);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a model from a file.
  ///
  /// @throws GradusException when the file is damaged or something else
  static TableModel load(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "a folder, not a model");
    }
    Checkpoint checkpoint = Checkpoint.load(file);
    String note = checkpoint.notes().get(NOTE);
    if (note == null) {
      throw new GradusException(
          "predict", "the file must be a model that train saved", "a checkpoint of something else", "train one with --save");
    }
    return new TableModel(JSON.readValue(note, Description.class), checkpoint);
  }
}
