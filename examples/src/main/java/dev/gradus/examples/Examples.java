package dev.gradus.examples;

import dev.gradus.GradusException;
import dev.gradus.ops.Vocabulary;
import java.util.List;

/// All examples.
public final class Examples {
  private static final List<Example> ALL =
      List.of(
          new SingleNeuron(),
          new DenseLayer(),
          new Perceptron(),
          new MultilayerPerceptron(),
          new Activations(),
          new Nand(),
          new ChainRule(),
          new Xor(),
          new BreastCancer(),
          new Digits(),
          new DataAmount(),
          new Chain(10_000, 100_000, 1_000_000));

  private Examples() {}

  /// All of them, in the order of a lecture.
  public static List<Example> all() {
    return ALL;
  }

  /// The example of that name.
  ///
  /// @throws GradusException when there is none; the message names one that may be meant, or says which there are
  public static Example get(String name) {
    List<String> names = ALL.stream().map(Example::name).toList();
    int at = names.indexOf(name);
    if (at < 0) {
      throw new GradusException(
          "examples", "there must be an example of this name", name, Vocabulary.suggestion(name, names, "there are " + String.join(", ", names)));
    }
    return ALL.get(at);
  }
}
