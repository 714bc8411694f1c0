package dev.gradus.teach.worksheet;

import com.google.common.xml.XmlEscapers;
import dev.gradus.graph.Node;
import dev.gradus.graph.Use;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.replay.Writing;
import dev.gradus.teach.text.Html;
import dev.gradus.teach.text.ResourceText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A worksheet as HTML that is XML too: nothing is fetched, and its Content-Security-Policy allows no script.
final class HtmlSheet {
  private final Narration narration;
  private final Sentences sentences;
  private final Plan plan;
  private final Settings settings;
  private final boolean isFilled;
  private final Words words;
  private final StringBuilder html = new StringBuilder();

  HtmlSheet(Narration narration, Plan plan, Settings settings, boolean isFilled) {
    this.narration = narration;
    this.sentences = narration.sentences();
    this.plan = plan;
    this.settings = settings;
    this.isFilled = isFilled;
    this.words = new Words(narration, Writing.MATHML);
  }

  String html() {
    String own = settings.title().isEmpty() ? sentences.say("worksheet.title") : Words.visible(settings.title());
    String title = escaped(isFilled ? sentences.say("worksheet.answers", Map.of("title", own)) : own);
    String style = style();
    html.append("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"").append(escaped(sentences.language())).append("\">\n<head>\n");
    html.append("<meta charset=\"utf-8\"/>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '");
    html.append(Html.hash(style)).append("'; base-uri 'none'; form-action 'none'\"/>\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>").append(title).append("</title>\n");
    html.append("<style>").append(style).append("</style>\n</head>\n<body>\n<header>\n<h1>").append(title).append("</h1>\n");
    if (!isFilled) {
      html.append("<p class=\"who\"><span>").append(say("worksheet.name")).append("</span><span class=\"line\"></span><span>");
      html.append(say("worksheet.date")).append("</span><span class=\"line short\"></span></p>\n");
    }
    html.append("</header>\n<main>\n<p>").append(escaped(plan.task(isFilled ? "worksheet.marked" : "worksheet.task", sentences))).append("</p>\n");
    html.append("<figure>").append(new SheetPicture(narration, plan, isFilled).svg()).append("<figcaption>").append(say("worksheet.picture")).append("</figcaption></figure>\n");
    values();
    gradients();
    html.append("</main>\n</body>\n</html>\n");
    return html.toString();
  }

  private void values() {
    html.append("<section>\n<h2>").append(say("worksheet.forward")).append("</h2>\n<div class=\"given\">").append(say("worksheet.given")).append(": ");
    for (int i = 0; i < plan.leaves().size(); i++) {
      Node leaf = plan.leaves().get(i);
      html.append(i == 0 ? "" : ", ").append("<span>").append(math(words.name(leaf) + "<mo>=</mo>")).append(number(plan.value(leaf))).append("</span>");
    }
    boolean isWide = plan.computed().stream().anyMatch(u -> u.shape().rank() > 0);
    html.append("</div>\n<ul class=\"").append(isWide ? "values" : "values two").append("\">\n");
    for (Node u : plan.computed()) {
      String definition = words.definition(u);
      html.append("<li><span class=\"formula\">").append(definition == null
          ? math(words.name(u) + "<mo>=</mo>") + " <span class=\"words\">" + escaped(Words.visible(narration.definition(u))) + "</span>"
          : math(words.name(u) + "<mo>=</mo>" + definition));
      html.append(math("<mo>=</mo>")).append("</span>").append(number(plan.value(u))).append("</li>\n");
    }
    html.append("</ul>\n</section>\n");
  }

  private void gradients() {
    Node result = plan.replay().result();
    html.append("<section>\n<h2>").append(say("worksheet.backward")).append("</h2>\n");
    Quantity seed = plan.gradient(result);
    if (seed != null) {
      html.append("<div class=\"given\">").append(say("worksheet.given")).append(": <span>").append(math(words.gradient(result) + "<mo>=</mo>")).append(number(seed)).append("</span></div>\n");
    }
    String l = words.name(result);
    html.append("<table class=\"gradients\">\n<thead><tr><th>").append(math("<mi>u</mi>")).append("</th><th>").append(math("<mi>v</mi><mo>∈</mo><mi>Γ</mi><mo>(</mo><mi>u</mi><mo>)</mo>"));
    html.append("</th><th>").append(math(Writing.MATHML.partial(l, "<mi>v</mi>"))).append("</th><th>").append(math(Writing.MATHML.partial("<mi>v</mi>", "<mi>u</mi>")));
    html.append("</th><th>").append(math(Writing.MATHML.times(Writing.MATHML.partial(l, "<mi>v</mi>"), Writing.MATHML.partial("<mi>v</mi>", "<mi>u</mi>"), false)));
    html.append("</th><th>").append(math(Writing.MATHML.partial(l, "<mi>u</mi>"))).append("</th></tr></thead>\n");
    plan.sums().forEach(this::gradient);
    html.append("</table>\n</section>\n");
  }

  private void gradient(Plan.Sum sum) {
    html.append("<tbody>\n");
    int rows = sum.terms().size();
    for (int i = 0; i < rows; i++) {
      Plan.Term term = sum.terms().get(i);
      html.append("<tr>");
      if (i == 0) {
        html.append("<th rowspan=\"").append(rows).append("\">").append(math(words.name(sum.u()))).append("</th>");
      }
      html.append("<td>").append(user(term)).append("</td><td>").append(reference(term.upstream())).append("</td><td>").append(local(term)).append("</td>");
      if (rows == 1) {
        html.append("<td colspan=\"2\">").append(product(term)).append("</td>");
      } else {
        html.append("<td>").append(product(term)).append("</td>");
        html.append(i == 0 ? "<td rowspan=\"" + rows + "\">" + number(sum.gradient()) + "</td>" : "");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody>\n");
  }

  /// v, in words where it needs to be said which of its slots.
  private String user(Plan.Term term) {
    Use use = term.share().term().use();
    return Narration.isRepeated(use)
        ? "<span class=\"words\">" + escaped(Words.visible(narration.user(use))) + "</span>"
        : math(words.name(use.user()));
  }

  /// ∂v/∂u: the rule in symbols and the number.
  private String local(Plan.Term term) {
    return term.local() == null ? "<span class=\"words\">" + say("worksheet.rule") + "</span>" : symbols(term) + number(term.local());
  }

  /// The term; where there is no local derivative its rule says how it comes about.
  private String product(Plan.Term term) {
    String before = term.local() == null ? symbols(term) : term.share().isSummedBack() ? math("<mo>∑</mo>") : "";
    return before + number(term.product());
  }

  /// The rule in symbols, unless finding it is the task or it is but a number.
  private String symbols(Plan.Term term) {
    String rule = term.local() != null && settings.blanks().contains(Blank.LOCALS) ? null : words.rule(term.share());
    return rule == null || rule.matches("(<mo>[-−]</mo>)?<mn>[^<]*</mn>") ? "" : math(rule + "<mo>=</mo>");
  }

  private String reference(@Nullable Quantity quantity) {
    if (quantity == null) {
      return "<span class=\"words\">" + say("worksheet.rule") + "</span>";
    }
    return quantity.isBlank() ? "<span class=\"reference\">(" + quantity.number() + ")</span>" : number(quantity);
  }

  private String number(Quantity quantity) {
    if (quantity.value().rank() > 0) {
      return matrix(quantity);
    }
    String text = Figures.text(quantity.value().toDoubles()[0]);
    return quantity.isBlank()
        ? label(quantity) + "<span class=\"" + (isFilled ? "answer" : "box") + "\">" + (isFilled ? text : "") + "</span>"
        : "<span class=\"number\">" + text + "</span>";
  }

  private static String label(Quantity quantity) {
    return "<span class=\"label\">(" + quantity.number() + ")</span>";
  }

  private String matrix(Quantity quantity) {
    List<String> elements = Figures.elements(quantity.value());
    int columns = Figures.columns(quantity.value());
    String cell = !quantity.isBlank() ? "number" : isFilled ? "answer" : "box";
    boolean isShown = isFilled || !quantity.isBlank();
    boolean isRounded = isShown && elements.stream().anyMatch(element -> element.startsWith("≈"));
    StringBuilder text = new StringBuilder(quantity.isBlank() ? label(quantity) : "").append(isRounded ? "≈ " : "").append(columns > 2 ? "<table class=\"matrix wide\"><tbody>" : "<table class=\"matrix\"><tbody>");
    for (int i = 0; i < elements.size(); i++) {
      text.append(i % columns == 0 ? "<tr>" : "").append("<td class=\"").append(cell).append("\">");
      text.append(isShown ? elements.get(i).replace("≈ ", "") : "").append("</td>").append(i % columns == columns - 1 ? "</tr>" : "");
    }
    return text.append("</tbody></table>").toString();
  }

  /// Parentheses need to be as high as fractions, and around others some fonts would set them wide apart.
  private static String math(String inside) {
    String set = inside.contains("<mfrac") ? inside : inside.replace("<mo>(</mo>", "<mo stretchy=\"false\">(</mo>").replace("<mo>)</mo>", "<mo stretchy=\"false\">)</mo>");
    return "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mrow>" + set + "</mrow></math>";
  }

  private String say(String key) {
    return escaped(sentences.say(key));
  }

  static String escaped(String text) {
    return XmlEscapers.xmlAttributeEscaper().escape(text);
  }

  private static String style() {
    return ResourceText.read(HtmlSheet.class.getResourceAsStream("worksheet.css"), "worksheet.css");
  }
}
