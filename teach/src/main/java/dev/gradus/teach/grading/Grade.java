package dev.gradus.teach.grading;

import com.google.common.collect.ImmutableList;
import dev.gradus.graph.Input;
import dev.gradus.graph.Parameter;
import dev.gradus.teach.replay.Sentences;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A student's numbers, graded.
///
/// @param values the marks of values in the order of the forward pass; empty where none were given
/// @param gradients the marks of gradients in the order of the backward pass
/// @param unknown names that no node has
public record Grade(ImmutableList<Mark> values, ImmutableList<Mark> gradients, ImmutableList<Unknown> unknown) {

  /// A name that no node has.
  ///
  /// @param name the name
  /// @param nearest the name of a node that may be meant, or null where none is much like it
  public record Unknown(String name, @Nullable String nearest) {}

  private Stream<Mark> all() {
    return Stream.concat(values.stream(), gradients.stream());
  }

  /// The first wrong number in the order of the algorithm; one that was not given, where a mistake made with it explains those that
  /// were.
  public Optional<Mark> first() {
    return all()
        .filter(mark -> mark.verdict() == Verdict.WRONG || mark.verdict() == Verdict.SHAPE || (mark.verdict() == Verdict.MISSING && mark.finding() != null))
        .findFirst();
  }

  /// How many numbers have a verdict.
  public int count(Verdict verdict) {
    return (int) all().filter(mark -> mark.verdict() == verdict).count();
  }

  /// Whether every number given is right, every name known, and the gradient of no leaf missing.
  public boolean passed() {
    return unknown.isEmpty()
        && all().allMatch(mark -> mark.verdict() == Verdict.RIGHT || (mark.verdict() == Verdict.MISSING && !isLeaf(mark)));
  }

  private static boolean isLeaf(Mark mark) {
    return mark.node() instanceof Parameter || mark.node() instanceof Input;
  }

  /// Whether something in the answers cannot be graded: a name that no node has, or a shape that is not the node's.
  public boolean isUnreadable() {
    return !unknown.isEmpty() || count(Verdict.SHAPE) > 0;
  }

  /// The marks as a table, and what there is to say about them, in at most 80 columns.
  public String text(Sentences sentences) {
    return new GradeText(this, sentences).text();
  }

  /// The marks in English.
  @Override
  public String toString() {
    return text(Sentences.english());
  }
}
