package dev.gradus.teach.grading;

import dev.gradus.show.Numbers;
import dev.gradus.show.TextTable;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A [Grade] in plain text.
final class GradeText {
  private static final int DIGITS = 4;
  static final int WIDTH = 80;
  private static final int NAME = 18;
  private static final int NUMBER = 18;
  private static final int VERDICT = 18;

  private final Grade grade;
  private final Sentences sentences;

  GradeText(Grade grade, Sentences sentences) {
    this.grade = grade;
    this.sentences = sentences;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    if (!grade.values().isEmpty()) {
      text.append(table("grade.values", grade.values())).append('\n');
    }
    text.append(table("grade.gradients", grade.gradients())).append('\n');
    sayings().forEach(saying -> text.append(TextTable.wrapped(saying, WIDTH)));
    return text.toString();
  }

  private String table(String head, List<Mark> marks) {
    TextTable table = new TextTable(sentences.say(head), sentences.say("grade.given"), sentences.say("grade.is"), "")
        .limit(0, NAME).limit(1, NUMBER).limit(2, NUMBER).limit(3, VERDICT);
    for (Mark mark : marks) {
      Tensor given = mark.given();
      table.row(mark.label(), given == null ? "–" : Numbers.text(given, DIGITS), Numbers.text(mark.right(), DIGITS), sentences.say(mark.verdict().key()));
    }
    return table.toString();
  }

  private List<String> sayings() {
    List<String> all = new ArrayList<>();
    for (Grade.Unknown unknown : grade.unknown()) {
      String nearest = unknown.nearest();
      all.add(nearest == null
          ? sentences.say("grade.unknown.none", Map.of("name", unknown.name()))
          : sentences.say("grade.unknown", Map.of("name", unknown.name(), "nearest", nearest)));
    }
    Optional<Mark> first = grade.first();
    first.ifPresent(mark -> all.add(first(mark)));
    first.map(Mark::finding).ifPresent(finding -> all.add(finding.sentence(sentences)));
    for (Mark mark : grade.gradients()) {
      if (mark.verdict() == Verdict.WRONG && mark.finding() != null && first.stream().noneMatch(mark::equals)) {
        all.add(sentences.say("grade.also", Map.of("u", mark.label(), "mistake", mark.finding().sentence(sentences))));
      }
    }
    if (grade.count(Verdict.FOLLOWS) > 0) {
      all.add(sentences.say("grade.following", Map.of("count", String.valueOf(grade.count(Verdict.FOLLOWS)))));
    }
    if (given() > 0) {
      all.add(sentences.say("grade.score", Map.of("right", String.valueOf(grade.count(Verdict.RIGHT)), "all", String.valueOf(given()))));
    }
    return all;
  }

  private String first(Mark mark) {
    String key = mark.verdict() == Verdict.MISSING ? "grade.first.hidden"
        : mark.verdict() == Verdict.SHAPE ? "grade.first.shape"
        : mark.isGradient() ? "grade.first.gradient"
        : "grade.first.value";
    Tensor given = mark.given();
    Finding finding = mark.finding();
    Map<String, String> places = new HashMap<>(finding == null ? Map.of() : finding.places());
    places.put("u", mark.label());
    places.put("shape", mark.right().shape().toString());
    places.put("given", given == null ? "–" : given.shape().toString());
    return sentences.say(key, places);
  }

  private int given() {
    return grade.values().size() + grade.gradients().size() - grade.count(Verdict.MISSING);
  }
}
