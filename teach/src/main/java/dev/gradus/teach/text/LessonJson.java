package dev.gradus.teach.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gradus.diff.Gradients;
import dev.gradus.diff.Term;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.run.Values;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Share;
import dev.gradus.teach.replay.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A graph with its values, its gradients, the terms they are summed from, and the steps in words, as JSON. A node's id is its
/// place in topological order.
public final class LessonJson {
  private final Narration narration;
  private final Graph graph;
  private final Gradients gradients;
  private final Values values;

  private LessonJson(Narration narration) {
    this.narration = narration;
    this.graph = narration.replay().graph();
    this.gradients = narration.replay().gradients();
    this.values = narration.replay().values();
  }

  /// One line of JSON.
  ///
  /// @param narration the steps, and the language
  /// @param named nodes by name; the gradients by those that are leaves stand together
  public static String of(Narration narration, Map<String, ? extends Node> named) {
    return Json.write(new LessonJson(narration).whole(narration.replay().result(), named));
  }

  private JsonNode whole(Node result, Map<String, ? extends Node> named) {
    List<List<Term>> terms = graph.nodes().stream().map(gradients::terms).toList();
    evaluateAll(terms);
    ObjectNode whole = Json.NODES.objectNode();
    whole.set("value", Json.of(values.of(result)));
    ArrayNode order = whole.putArray("order");
    ObjectNode leaves = whole.putObject("gradients");
    named.forEach((name, node) -> {
      if (node.operands().isEmpty()) {
        leaves.set(name, Json.of(values.of(gradients.of(node))));
      }
    });
    ArrayNode nodes = whole.putArray("nodes");
    for (int id = 0; id < graph.size(); id++) {
      order.add(id);
      nodes.add(node(id, terms.get(id)));
    }
    ArrayNode steps = whole.putArray("steps");
    narration.replay().steps().forEach(step -> steps.add(step(step)));
    return whole;
  }

  /// One walk in place of one for each number.
  private void evaluateAll(List<List<Term>> terms) {
    List<Node> wanted = new ArrayList<>(graph.outputs());
    for (Node node : graph.nodes()) {
      if (!node.isTuple()) {
        wanted.add(gradients.of(node));
      }
    }
    for (Term term : terms.stream().flatMap(List::stream).toList()) {
      wanted.add(term.product());
      if (term.local() != null) {
        wanted.add(term.local());
      }
    }
    values.evaluate(wanted);
  }

  private ObjectNode node(int id, List<Term> terms) {
    Node node = graph.nodes().get(id);
    ObjectNode json = Json.NODES.objectNode();
    json.put("id", id);
    json.put("name", node.name());
    json.put("op", node.kind());
    ArrayNode inputs = json.putArray("inputs");
    node.operands().forEach(operand -> inputs.add(graph.indexOf(operand)));
    if (node.isTuple()) {
      json.putNull("shape").putNull("value").putNull("gradient");
    } else {
      json.set("shape", Json.of(node.shape()));
      json.put("dtype", node.dtype().toString());
      json.set("value", Json.of(values.of(node)));
      json.set("gradient", Json.of(values.of(gradients.of(node))));
      json.put("flow", gradients.flow(node).name());
    }
    ArrayNode all = json.putArray("terms");
    terms.forEach(term -> all.add(term(term)));
    return json;
  }

  private ObjectNode term(Term term) {
    ObjectNode json = Json.NODES.objectNode();
    json.put("user", graph.indexOf(term.use().user()));
    json.put("slot", term.use().slot());
    json.set("upstream", number(term.upstream()));
    json.set("local", number(term.local()));
    json.put("rule", term.rule());
    json.set("product", number(term.product()));
    return json;
  }

  private ObjectNode step(Step step) {
    ObjectNode json = Json.NODES.objectNode();
    Node u = step.u();
    Share share = step.share();
    json.put("kind", step.kind().name());
    json.put("node", u == null ? null : graph.indexOf(u));
    json.put("user", share == null ? null : graph.indexOf(share.term().use().user()));
    json.put("slot", share == null ? null : share.term().use().slot());
    json.put("sentence", narration.sentence(step));
    return json;
  }

  private JsonNode number(@Nullable Node node) {
    return node == null ? Json.NODES.nullNode() : Json.of(values.of(node));
  }
}
