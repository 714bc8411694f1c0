package dev.gradus.teach.worksheet;

import dev.gradus.GradusException;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;

/// A graph on paper with some of its numbers left blank, and the same sheet filled in.
///
/// ```java
/// Worksheet sheet = Worksheet.of(Lesson.of(loss).replay(), Sentences.english(), Settings.USUAL);
/// Files.writeString(Path.of("sheet.html"), sheet.html());
/// Files.writeString(Path.of("answers.html"), sheet.answersHtml());
/// ```
///
/// Blanks are numbered in the order of the lecture's algorithm, alike on both.
public final class Worksheet {
  private final Narration narration;
  private final Plan plan;
  private final Settings settings;

  private Worksheet(Narration narration, Plan plan, Settings settings) {
    this.narration = narration;
    this.plan = plan;
    this.settings = settings;
  }

  /// A worksheet.
  ///
  /// @param replay the graph and its numbers
  /// @param sentences the language
  /// @param settings what is left blank, and the title
  /// @throws GradusException where a node has more than 16 elements, or nothing is left blank
  public static Worksheet of(Replay replay, Sentences sentences, Settings settings) {
    replay.evaluate();
    Plan plan = new Plan(replay, settings);
    if (plan.blanks() == 0) {
      throw new GradusException("worksheet", "there must be something to fill in", "no blanks", "take a formula that computes something, or leave more blank");
    }
    return new Worksheet(new Narration(replay, sentences), plan, settings);
  }

  /// How many blanks there are.
  public int blanks() {
    return plan.blanks();
  }

  /// How many numbers the sheet has, element by element, blank or given.
  public int numbers() {
    return plan.quantities().mapToInt(quantity -> quantity.value().size()).sum();
  }

  /// How many of them are short enough to be written exactly.
  public int exactNumbers() {
    return (int) plan.quantities().flatMap(quantity -> Figures.elements(quantity.value()).stream()).filter(Figures::isWhole).count();
  }

  /// The sheet as a page of HTML to print, which needs nothing else and runs no script.
  public String html() {
    return new HtmlSheet(narration, plan, settings, false).html();
  }

  /// The sheet filled in, answers marked.
  public String answersHtml() {
    return new HtmlSheet(narration, plan, settings, true).html();
  }

  /// The sheet as plain text in at most 80 columns, unless names or tensors are wider.
  public String text() {
    return new TextSheet(narration, plan, settings, false).text();
  }

  /// The plain text filled in, answers marked by stars.
  public String answersText() {
    return new TextSheet(narration, plan, settings, true).text();
  }
}
