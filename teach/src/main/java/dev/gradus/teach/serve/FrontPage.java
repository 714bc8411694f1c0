package dev.gradus.teach.serve;

import com.google.common.collect.ImmutableMap;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.text.Html;
import dev.gradus.teach.text.ResourceText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The page with the boxes for a formula and its values, examples, and the lesson below. It has no script.
final class FrontPage {
  /// By the key of what they are called.
  private static final ImmutableMap<String, Inquiry> EXAMPLES =
      ImmutableMap.of(
          "serve.example.quiz", new Inquiry("sigmoid(sigmoid(x1*w1)*w2 + x2)", "x1=11 x2=5 w1=0 w2=0"),
          "serve.example.fan", new Inquiry("y = x*x; sin(y)*exp(y) + y", "x=0.5"),
          "serve.example.neuron", new Inquiry("h = tanh(w*x + b); (h - t)^2", "w=0.8 x=1.5 b=-0.3 t=1"),
          "serve.example.layer", new Inquiry(
              "h = tanh(x @ W + b); mean((h - t)^2)", "x=[[1, 2]] W=[[0.1, 0.2], [-0.4, 0.5]] b=[0, 1] t=[[1, 0]]"),
          "serve.example.softmax", new Inquiry("p = softmax(z, axis=0); -sum(t * log(p))", "z=[2, 1, -1] t=[0, 1, 0]"));

  private final Sentences sentences;
  private final String style = resource("serve.css");

  FrontPage(Sentences sentences) {
    this.sentences = sentences;
  }

  /// The boxes alone.
  Answer blank() {
    return page(200, Inquiry.NONE, "", "", Map.of());
  }

  /// The boxes, and the lesson of what stands in them.
  Answer lesson(Inquiry inquiry) {
    String address = Html.escaped("/lesson" + inquiry.query());
    String frame = "<p><a href=\"" + address + "\">" + say("serve.alone") + "</a></p>\n"
        + "<iframe sandbox=\"allow-scripts\" title=\"" + say("serve.lesson") + "\" src=\"" + address + "\"></iframe>";
    return page(200, inquiry, "", frame, Map.of());
  }

  /// The boxes as they were, and what is wrong.
  Answer problem(int status, Inquiry inquiry, String message) {
    return problem(status, inquiry, message, Map.of());
  }

  /// The same with headers that say what to do.
  Answer problem(int status, Inquiry inquiry, String message, Map<String, String> more) {
    String told = "<p role=\"alert\" class=\"problem\"><strong>" + say("serve.problem") + "</strong>\n<code>" + Html.escaped(message) + "</code></p>";
    return page(status, inquiry, told, "", more);
  }

  private Answer page(int status, Inquiry inquiry, String message, String lesson, Map<String, String> more) {
    Map<String, String> places = new LinkedHashMap<>();
    places.put("language", Html.escaped(sentences.language()));
    places.put("style", style);
    places.put("title", say("serve.title"));
    for (String key : List.of("formula", "values", "show", "examples")) {
      places.put(key + "Word", say("serve." + key));
    }
    places.put("formulaHint", say("serve.formula.hint"));
    places.put("valuesHint", say("serve.values.hint"));
    places.put("formula", Html.escaped(inquiry.formula()));
    places.put("values", Html.escaped(inquiry.values()));
    StringBuilder examples = new StringBuilder();
    EXAMPLES.forEach((key, example) -> examples.append("<li><a href=\"/").append(Html.escaped(example.query())).append("\">").append(say(key)).append("</a></li>\n"));
    places.put("list", examples.toString());
    places.put("message", message);
    places.put("lesson", lesson);
    String html = Html.filled(resource("serve.html"), places);
    String policy = "default-src 'none'; style-src '" + Html.hash(style)
        + "'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
    return new Answer(status, policy, html, more);
  }

  private String say(String key) {
    return Html.escaped(sentences.say(key));
  }

  private static String resource(String name) {
    return ResourceText.read(FrontPage.class.getResourceAsStream(name), name);
  }
}
