package dev.gradus.compile;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.List;

/// Where the time of a program goes: its steps and how long each took.
///
/// @param steps in the order in which they run
public record Profile(List<Part> steps) {
  /// Copies the list.
  public Profile {
    steps = ImmutableList.copyOf(steps);
  }

  /// One step.
  ///
  /// @param what what it does
  /// @param micros the median of its times, in microseconds
  /// @param operations about how many floating-point operations it takes
  public record Part(String what, double micros, long operations) {}

  /// The sum over all steps, in microseconds.
  public double micros() {
    return steps.stream().mapToDouble(Part::micros).sum();
  }

  /// A line for each step, the longest first.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    steps.stream().sorted(Comparator.comparingDouble(Part::micros).reversed()).forEach(part -> text.append(String.format(
        "%10.1f µs %8.2f GFLOP/s  %s%n", part.micros, part.operations / Math.max(1e-3, part.micros) * 1e-3, part.what)));
    return text.append(String.format("%10.1f µs in all%n", micros())).toString();
  }
}
