package dev.gradus.teach.grading;

import com.google.common.collect.ImmutableList;
import dev.gradus.check.Culprit;
import dev.gradus.show.TextTable;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A student's op, graded: its values, and what its pullback sends to each operand.
///
/// @param op the name of the op
/// @param areValuesRight whether its values agree with the right op's
/// @param slots one row for each operand that has a derivative
/// @param culprit what a check against differences found, where it looked for the op in a graph; else null
public record OpGrade(String op, boolean areValuesRight, ImmutableList<Slot> slots, @Nullable Culprit culprit) {

  /// What the pullback sends to one operand.
  ///
  /// @param slot which operand, from 0
  /// @param isRight whether it is right
  /// @param given what it sends under an upstream gradient of random numbers
  /// @param right what it should send
  /// @param finding the known mistake that it looks like, if any
  public record Slot(int slot, boolean isRight, Tensor given, Tensor right, @Nullable Finding finding) {}

  static OpGrade of(String op, boolean areValuesRight, List<Slot> slots, @Nullable Culprit culprit) {
    return new OpGrade(op, areValuesRight, ImmutableList.copyOf(slots), culprit);
  }

  /// Whether values and pullback are right.
  public boolean passed() {
    return areValuesRight && slots.stream().allMatch(Slot::isRight);
  }

  /// The grade in sentences, in at most 80 columns.
  public String text(Sentences sentences) {
    StringBuilder text = new StringBuilder();
    text.append(TextTable.wrapped(sentences.say(areValuesRight ? "grade.op.values" : "grade.op.values.wrong", Map.of("op", op)), GradeText.WIDTH));
    for (Slot slot : slots) {
      Map<String, String> places = Map.of("op", op, "slot", String.valueOf(slot.slot + 1));
      Finding finding = slot.finding;
      String said = sentences.say(slot.isRight ? "grade.op.right" : "grade.op.wrong", places);
      text.append(TextTable.wrapped(finding == null ? said : said + " " + finding.sentence(sentences), GradeText.WIDTH));
    }
    return text.toString();
  }

  /// The grade in English.
  @Override
  public String toString() {
    return text(Sentences.english());
  }
}
