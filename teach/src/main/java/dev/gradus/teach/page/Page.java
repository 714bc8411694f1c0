package dev.gradus.teach.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gradus.graph.Node;
import dev.gradus.teach.replay.Algorithm;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.replay.Step;
import dev.gradus.teach.script.Instructions;
import dev.gradus.teach.text.Html;
import dev.gradus.teach.text.ResourceText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A lesson as one page of HTML: it holds everything it needs, asks no network for anything, and runs only the script that its
/// Content-Security-Policy names.
public final class Page {
  private static final String STYLE = Compact.style(resource("page.css"));
  private static final String ENGINE = Compact.script(Instructions.engine());
  private static final String SCRIPTS =
      Stream.of("dom.js", "lesson.js", "graph.js", "tensor.js", "panel.js", "questions.js", "quiz.js", "training.js", "sort.js", "app.js")
          .map(name -> Compact.script(resource(name)))
          .collect(Collectors.joining());

  /// The first parts of keys whose sentences no page says.
  private static final Set<String> ELSEWHERE = Set.of("lesson", "worksheet", "terminal", "serve", "grade", "key", "sign");

  private final Narration narration;
  private final String title;
  private final List<String> text;
  private final List<Question> questions;
  private final Opening opening;
  private final PageData data;

  /// A page.
  ///
  /// @param narration the steps and the language they are told in
  /// @param title what stands at the top
  /// @param text paragraphs to read first
  /// @param source the text that nodes were made by
  /// @param training what the page needs to train, or null
  /// @param questions what the quiz asks besides the steps
  /// @param opening what is shown first
  public Page(
      Narration narration, String title, List<String> text, Source source, @Nullable Training training, List<Question> questions, Opening opening) {
    this.narration = narration;
    this.title = title;
    this.text = List.copyOf(text);
    this.questions = List.copyOf(questions);
    this.opening = opening;
    this.data = new PageData(narration, source, training);
  }

  /// The page.
  public String html() {
    Sentences sentences = narration.sentences();
    ObjectNode json = (ObjectNode) data.json();
    Views.add(json, narration.replay().graph());
    ObjectNode words = json.putObject("words");
    sentences.byKey().forEach((key, sentence) -> {
      if (!ELSEWHERE.contains(key.substring(0, Math.max(0, key.indexOf('.'))))) {
        words.put(key, sentence);
      }
    });
    json.put("opening", link(json.has("training")));
    if (!questions.isEmpty()) {
      questions(json.putArray("questions"));
    }
    String script = script(data.instructions());
    Map<String, String> places = new LinkedHashMap<>();
    places.put("language", Html.escaped(sentences.language()));
    places.put("title", Html.escaped(title));
    places.put("styleHash", Html.hash(STYLE));
    places.put("scriptHash", Html.hash(script));
    places.put("style", STYLE);
    places.put("text", text.isEmpty() ? "" : text.stream().map(p -> "<p>" + Html.escaped(p) + "</p>").collect(Collectors.joining("\n", "<section class=\"text\" data-label=\"page.text\">", "</section>")));
    places.put("algorithm", algorithm());
    places.put("help", help(sentences));
    places.put("data", inert(json));
    places.put("script", script);
    return Html.filled(resource("page.html"), places);
  }

  private String link(boolean isTrained) {
    Replay replay = narration.replay();
    Node node = opening.node();
    return opening.link(node == null ? 0 : replay.graph().indexOf(node), replay.steps().size(), isTrained);
  }

  /// Text, choices, the place of the right one, why; a choice is its text and the mistake that leads to it.
  private void questions(ArrayNode rows) {
    for (Question question : questions) {
      ArrayNode row = rows.addArray().add(question.text());
      ArrayNode choices = row.addArray();
      question.choices().forEach(choice -> choices.addArray().add(choice.text()).add(choice.mistake()));
      row.add(question.right()).add(question.why());
    }
  }

  private static String script(Instructions instructions) {
    return "\"use strict\";\n" + ENGINE + "const kernels = " + instructions.kernels() + ";\n" + SCRIPTS;
  }

  /// JSON in a script element: no `<` can end it.
  private static String inert(JsonNode json) {
    return json.toString().replace("<", "\\u003c");
  }

  private String algorithm() {
    StringBuilder lines = new StringBuilder();
    for (Algorithm line : Algorithm.values()) {
      lines.append("<li class=\"in").append(line.depth()).append('"');
      for (Step.Kind kind : Step.Kind.values()) {
        if (line.isCurrent(kind)) {
          lines.append(" data-kind=\"").append(PageData.number(kind)).append('"');
        }
      }
      String result = narration.label(narration.replay().result());
      lines.append('>').append(Html.escaped(line.text(narration.sentences(), result))).append("</li>");
    }
    return lines.toString();
  }

  /// The keys, and the signs that are not self-evident.
  private static String help(Sentences sentences) {
    StringBuilder rows = new StringBuilder("<dl>");
    sentences.byKey().forEach((key, text) -> {
      if (key.startsWith("key.") || key.startsWith("sign.")) {
        int cut = text.indexOf(" – ");
        String tag = key.startsWith("key.") ? "kbd" : "strong";
        rows.append("<dt><").append(tag).append('>').append(Html.escaped(text.substring(0, cut))).append("</").append(tag).append("></dt><dd>");
        rows.append(Html.escaped(text.substring(cut + 3))).append("</dd>");
      }
    });
    return rows.append("</dl>").toString();
  }

  static String resource(String name) {
    return ResourceText.read(Page.class.getResourceAsStream(name), name);
  }
}
