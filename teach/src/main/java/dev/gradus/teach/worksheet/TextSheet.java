package dev.gradus.teach.worksheet;

import dev.gradus.graph.Node;
import dev.gradus.show.TextTable;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.replay.Writing;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A worksheet in plain text.
final class TextSheet {
  private static final int WIDTH = 80;
  private static final int FORMULA = 44;
  private static final int RULE = 40;
  private static final String GAP = "________";
  private static final String SHORT_GAP = "____";

  private final Narration narration;
  private final Sentences sentences;
  private final Plan plan;
  private final Settings settings;
  private final boolean isFilled;
  private final Words words;

  TextSheet(Narration narration, Plan plan, Settings settings, boolean isFilled) {
    this.narration = narration;
    this.sentences = narration.sentences();
    this.plan = plan;
    this.settings = settings;
    this.isFilled = isFilled;
    this.words = new Words(narration, Writing.TEXT);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    String title = settings.title().isEmpty() ? sentences.say("worksheet.title") : Words.visible(settings.title());
    text.append(isFilled ? sentences.say("worksheet.answers", Map.of("title", title)) : title).append("\n\n");
    if (!isFilled) {
      text.append(sentences.say("worksheet.name")).append(" ______________________________   ");
      text.append(sentences.say("worksheet.date")).append(" ______________\n\n");
    }
    text.append(TextTable.wrapped(plan.task(isFilled ? "worksheet.marked.text" : "worksheet.task", sentences), WIDTH));
    text.append('\n').append(given()).append('\n').append(forward()).append('\n').append(backward());
    return text.toString();
  }

  private String given() {
    TextTable table = new TextTable(sentences.say("worksheet.leaf"), sentences.say("worksheet.given"));
    plan.leaves().forEach(leaf -> table.row(words.name(leaf), Figures.text(plan.value(leaf).value())));
    return table.toString();
  }

  private String forward() {
    TextTable table = new TextTable(sentences.say("worksheet.forward"), sentences.say("worksheet.value")).limit(0, FORMULA);
    for (Node u : plan.computed()) {
      table.row(words.name(u) + " = " + definition(u), shown(plan.value(u)));
    }
    return table.toString();
  }

  private String definition(Node u) {
    return Words.dotted(narration.definition(u));
  }

  private String backward() {
    StringBuilder text = new StringBuilder();
    text.append(sentences.say("worksheet.backward")).append('\n');
    text.append("-".repeat(sentences.say("worksheet.backward").length())).append('\n');
    Quantity seed = plan.gradient(plan.replay().result());
    if (seed != null) {
      text.append(words.gradient(plan.replay().result())).append(" = ").append(shown(seed)).append('\n');
    }
    for (Plan.Sum sum : plan.sums()) {
      text.append('\n');
      boolean isAlone = sum.terms().size() == 1;
      for (int i = 0; i < sum.terms().size(); i++) {
        Plan.Term term = sum.terms().get(i);
        Node v = term.share().term().use().user();
        String of = isAlone ? words.gradient(sum.u()) : sentences.say("worksheet.term", Map.of("number", String.valueOf(i + 1), "u", words.name(sum.u())));
        text.append(of).append(" = ").append(factors(v, term)).append('\n');
        if (term.local() != null) {
          text.append("    ").append(Words.visible(narration.partial(term.share().term().use()))).append(rule(term)).append(" = ").append(shown(term.local())).append('\n');
        }
        text.append("   ").append(term.local() == null ? rule(term)
            : (term.share().isSummedBack() ? " ∑ " : " ") + reference(term.upstream(), words.gradient(v)) + " " + Writing.sign(term.share().areArrays()) + " " + factor(term.local()));
        text.append(" = ").append(shown(term.product())).append('\n');
      }
      if (!isAlone) {
        text.append(words.gradient(sum.u())).append(" = ").append(sentences.say("worksheet.sum")).append(" = ").append(shown(sum.gradient())).append('\n');
      }
    }
    return text.toString();
  }

  private String factors(Node v, Plan.Term term) {
    return term.local() == null
        ? sentences.say("worksheet.by.rule", Map.of("v", words.name(v)))
        : (term.share().isSummedBack() ? "∑ " : "") + Writing.TEXT.times(words.gradient(v), Words.visible(narration.partial(term.share().term().use())), term.share().areArrays());
  }

  /// The rule in symbols, unless finding it is the task.
  private String rule(Plan.Term term) {
    String rule = term.local() != null && settings.blanks().contains(Blank.LOCALS) ? null : words.rule(term.share());
    return rule == null || rule.length() > RULE || isNumber(rule) ? "" : " = " + Words.dotted(rule);
  }

  private static boolean isNumber(String rule) {
    return rule.matches("-?[0-9.]+");
  }

  private static String reference(@Nullable Quantity quantity, String otherwise) {
    return quantity == null ? otherwise : quantity.isBlank() ? "(" + quantity.number() + ")" : Figures.text(quantity.value());
  }

  /// In parentheses where a sign stands before it.
  private static String factor(Quantity quantity) {
    String text = reference(quantity, "");
    return text.startsWith("−") || text.startsWith("≈") ? Writing.TEXT.parentheses(text) : text;
  }

  private String shown(Quantity quantity) {
    if (!quantity.isBlank()) {
      return Figures.text(quantity.value());
    }
    String number = "(" + quantity.number() + ") ";
    int size = quantity.value().size();
    return isFilled
        ? number + "*" + Figures.text(quantity.value()) + "*"
        : number + Figures.nested(Collections.nCopies(size, size == 1 ? GAP : SHORT_GAP), quantity.value());
  }
}
