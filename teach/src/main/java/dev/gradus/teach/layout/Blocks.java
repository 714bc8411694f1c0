package dev.gradus.teach.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds blocks: the repetitions of a structure that stands several times in a row in topological order, such as the layers of
/// a network or the steps of a recurrence. Leaves are put aside first, and join the block that alone uses them.
///
/// A period is a distance at which many signatures return. Time is linear in members and links for each of a fixed number of
/// candidates.
final class Blocks {
  private static final int SHORTEST = 3;
  private static final int CANDIDATES = 24;

  /// Twice alone is repetition enough for a period of this length, three times for a shorter one.
  private static final int LONG = 12;

  /// The longest period is taken that covers this share of what the best one covers.
  private static final double NEARLY = 0.8;

  /// Less than this share of all members is not worth it.
  private static final double LEAST = 0.25;

  private final Quotient quotient;
  private final Portion portion;
  private final Signatures signatures;
  private final int[] crossing;

  /// A stretch that repeats.
  ///
  /// @param from where it begins
  /// @param repetitions how often the structure stands there
  private record Run(int from, int repetitions) {}

  private Blocks(Quotient quotient, Portion portion) {
    this.quotient = quotient;
    this.portion = portion;
    this.signatures = new Signatures(quotient);
    this.crossing = signatures.crossing();
  }

  static Pieces of(Quotient quotient, Portion portion) {
    return new Blocks(quotient, portion).find();
  }

  private Pieces find() {
    List<Integer> candidates = candidates();
    int[] covered = candidates.stream().mapToInt(this::covered).toArray();
    int best = Arrays.stream(covered).max().orElse(0);
    if (best < LEAST * signatures.count() || best == 0) {
      return new Pieces(quotient, GroupKind.BLOCK);
    }
    int longest = 0;
    for (int i = 0; i < covered.length; i++) {
      longest = covered[i] >= NEARLY * best ? Math.max(longest, candidates.get(i)) : longest;
    }
    return cut(longest);
  }

  /// The distances at which signatures return most.
  private List<Integer> candidates() {
    int count = signatures.count();
    int[] last = new int[count + 1];
    int[] returns = new int[count + 1];
    for (int i = 0; i < count; i++) {
      int before = last[signatures.of(i)] - 1;
      returns[before < 0 ? 0 : i - before]++;
      last[signatures.of(i)] = i + 1;
    }
    List<Integer> periods = new ArrayList<>();
    for (int period = SHORTEST; period <= count / 2; period++) {
      if (returns[period] > 0) {
        periods.add(period);
      }
    }
    periods.sort((one, other) -> Long.compare((long) returns[other] * other, (long) returns[one] * one));
    return periods.size() > CANDIDATES ? periods.subList(0, CANDIDATES) : periods;
  }

  private int covered(int period) {
    int covered = 0;
    for (Run run : runs(period)) {
      covered += run.repetitions * period;
    }
    return covered;
  }

  private List<Run> runs(int period) {
    List<Run> runs = new ArrayList<>();
    int count = signatures.count();
    int free = 0;
    int i = 0;
    while (i + period < count) {
      int from = i;
      while (i + period < count && signatures.of(i) == signatures.of(i + period)) {
        i++;
      }
      if (i - from >= (period >= LONG ? period : 2 * period)) {
        runs.add(run(begin(from, free, period), i + period, period));
        free = i + period;
        i = free;
      } else {
        i = Math.max(i, from) + 1;
      }
    }
    return runs;
  }

  /// What is first in a row is often wired otherwise: kinds decide there.
  private int begin(int from, int free, int period) {
    int begin = from;
    while (begin > free && begin > from - period && signatures.kind(begin - 1) == signatures.kind(begin - 1 + period)) {
      begin--;
    }
    return begin;
  }

  /// The repetitions from where the fewest values cross from one to the next.
  private Run run(int from, int end, int period) {
    int best = from;
    double fewest = Double.POSITIVE_INFINITY;
    for (int phase = 0; phase < period && from + phase + period <= end; phase++) {
      int repetitions = (end - from - phase) / period;
      double mean = 0;
      for (int k = 0; k <= repetitions; k++) {
        mean += crossing[from + phase + k * period];
      }
      mean /= repetitions + 1;
      if (mean < fewest) {
        fewest = mean;
        best = from + phase;
      }
    }
    return new Run(best, (end - best) / period);
  }

  private Pieces cut(int period) {
    List<Run> runs = runs(period);
    int all = 0;
    for (Run run : runs) {
      all += run.repetitions;
    }
    Pieces oneByOne = cut(runs, period, 1);
    boolean areFew = all <= portion.most() / 2 || oneByOne.remaining() <= portion.most();
    return areFew ? oneByOne : cut(runs, period, Math.ceilDiv(portion.size(), period));
  }

  private Pieces cut(List<Run> runs, int period, int together) {
    Pieces pieces = new Pieces(quotient, GroupKind.BLOCK);
    for (Run run : runs) {
      for (int done = 0; done < run.repetitions; done += together) {
        int repetitions = Math.min(together, run.repetitions - done);
        pieces.begin(repetitions);
        for (int i = 0; i < repetitions * period; i++) {
          pieces.add(signatures.place(run.from + done * period + i));
        }
      }
    }
    return pieces.withLeaves();
  }
}
