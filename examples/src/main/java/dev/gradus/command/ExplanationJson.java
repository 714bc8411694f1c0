package dev.gradus.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gradus.diff.Gradients;
import dev.gradus.diff.Term;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.run.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A graph with its values, its gradients and the terms they are summed from, as JSON. A node's id is its place in
/// topological order.
final class ExplanationJson {
  private final Graph graph;
  private final Gradients gradients;
  private final Values values;

  private ExplanationJson(Gradients gradients, Values values) {
    this.graph = gradients.graph();
    this.gradients = gradients;
    this.values = values;
  }

  /// The JSON of `result`, whose leaves and definitions have the given names.
  static JsonNode of(Node result, Map<String, Node> named, Gradients gradients, Values values) {
    return new ExplanationJson(gradients, values).whole(result, named);
  }

  private JsonNode whole(Node result, Map<String, Node> named) {
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

  private JsonNode number(@Nullable Node node) {
    return node == null ? Json.NODES.nullNode() : Json.of(values.of(node));
  }
}
