package dev.gradus.benchmarks;

import dev.gradus.GradusException;
import dev.gradus.ops.Vocabulary;
import java.util.List;
import java.util.stream.Stream;

/// All workloads, in the sizes that are compared.
final class Workloads {
  private static final Moons MOONS = new Moons(100, 16);

  /// Those that the peers run, too.
  static final List<Workload> COMPARED =
      List.of(
          new Quiz(),
          MOONS,
          new Mlp("mlp", 64, List.of(784, 256, 128, 10)),
          new Pointwise(1 << 20),
          new Lenet(64, 28),
          new Lstm(32, 64, 64, 128),
          new Transformer(8, 128, 128, 4),
          new Chain("chain", 1_000_000));

  /// Derivatives written by hand.
  static final List<Workload> BY_HAND = List.of(new QuizByHand(), new MoonsByHand(MOONS));

  /// Others of the same kind, to see that time grows as the work does.
  static final List<Workload> SIZES =
      List.of(
          new Mlp("mlp-2x", 64, List.of(1568, 512, 256, 10)),
          new Mlp("mlp-4x", 64, List.of(3136, 1024, 512, 10)),
          new Chain("chain-10k", 10_000),
          new Chain("chain-100k", 100_000));

  private Workloads() {}

  static List<Workload> all() {
    return Stream.of(COMPARED, BY_HAND, SIZES).flatMap(List::stream).toList();
  }

  /// The workload of that name.
  ///
  /// @throws GradusException when there is none; the message names one that may be meant, or says which there are
  static Workload get(String name) {
    List<String> names = all().stream().map(Workload::name).toList();
    int at = names.indexOf(name);
    if (at < 0) {
      throw new GradusException(
          "bench", "there must be a workload of this name", name, Vocabulary.suggestion(name, names, "there are " + String.join(", ", names)));
    }
    return all().get(at);
  }
}
