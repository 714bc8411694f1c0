package dev.gradus.laws;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/// Random programs.
final class Programs {
  private static final int LONGEST = 14;

  private Programs() {}

  /// Up to 14 instructions over all templates; operands are mostly among the newest results.
  static Arbitrary<Program> arbitrary() {
    Arbitrary<Integer> template = Arbitraries.integers().between(0, Templates.count() - 1).withDistribution(uniform());
    Arbitrary<Integer> back = Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.integers().between(0, 2)),
        Tuple.of(1, Arbitraries.integers().between(0, LONGEST)));
    Arbitrary<Integer> setting = Arbitraries.integers().between(0, 9999).withDistribution(uniform());
    return Combinators.combine(template, back, back, back, setting)
        .as(Instruction::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(LONGEST)
        .map(Program::new);
  }

  private static RandomDistribution uniform() {
    return RandomDistribution.uniform();
  }
}
