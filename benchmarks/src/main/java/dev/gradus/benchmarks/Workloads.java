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
          new Mlp(64, List.of(784, 256, 128, 10)),
          new Pointwise(1 << 20),
          new Lenet(64, 28),
          new Lstm(32, 64, 64, 128),
          new Transformer(8, 128, 128, 4),
          new Chain(1_000_000));

  /// Derivatives written by hand.
  static final List<Workload> BY_HAND = List.of(new QuizByHand(), new MoonsByHand(MOONS));

  private Workloads() {}

  static List<Workload> all() {
    return Stream.concat(COMPARED.stream(), BY_HAND.stream()).toList();
  }

  /// The workload of that name.
  ///
  /// @throws GradusException when there is none; the message names the nearest
  static Workload get(String name) {
    List<String> names = all().stream().map(Workload::name).toList();
    int at = names.indexOf(name);
    if (at < 0) {
      throw new GradusException(
          "bench", "there must be a workload of this name", name, "did you mean " + Vocabulary.nearest(name, names) + "?");
    }
    return all().get(at);
  }
}
