package dev.gradus.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Forward;
import dev.gradus.diff.Gradients;
import dev.gradus.formula.Formula;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One line of the reference data, as a graph and what must come out of it.
final class OracleCase {
  private static final ObjectMapper JSON = new ObjectMapper();

  final String file;
  final String id;
  final String op;
  private final JsonNode json;
  final List<Node> leaves = new ArrayList<>();
  final List<Node> operands = new ArrayList<>();
  final List<Node> results;

  private OracleCase(String file, JsonNode json) {
    this.file = file;
    this.json = json;
    this.id = json.get("id").asText();
    this.op = json.get("op").asText();
    for (JsonNode input : json.get("inputs")) {
      Tensor value = tensor(input);
      boolean differentiated = input.path("grad").asBoolean() && value.dtype().isFloating();
      leaves.add(differentiated ? Parameter.of("x" + leaves.size(), value) : Constant.of("c" + leaves.size(), value));
    }
    if (json.has("same")) {
      json.get("same").forEach(index -> operands.add(leaves.get(index.asInt())));
    } else {
      operands.addAll(leaves);
    }
    this.results = build();
  }

  static List<OracleCase> read(String file) {
    try (InputStream in = Objects.requireNonNull(OracleCase.class.getResourceAsStream("/oracle/" + file + ".jsonl"))) {
      List<OracleCase> cases = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        cases.add(new OracleCase(file, JSON.readTree(line)));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Node> build() {
    if (json.has("formula")) {
      Formula formula = Formula.parse(json.get("formula").asText());
      Map<String, Node> named = new HashMap<>();
      formula.names().forEach(name -> named.put(name, operands.get(name.equals("x") ? 0 : 1)));
      return List.of(formula.bind(named).result());
    }
    Map<String, @Nullable Object> settings = new LinkedHashMap<>();
    if (json.has("attrs")) {
      json.get("attrs").properties().forEach(field -> settings.put(field.getKey(), plain(field.getValue())));
    }
    Node made = Vocabulary.get(op).make(operands, settings);
    return made.results();
  }

  private static @Nullable Object plain(JsonNode value) {
    if (value.isArray()) {
      List<@Nullable Object> all = new ArrayList<>();
      value.forEach(element -> all.add(plain(element)));
      return all;
    }
    return value.isNull() ? null
        : value.isBoolean() ? (Object) value.asBoolean()
        : value.isIntegralNumber() ? (Object) value.asLong()
        : value.isNumber() ? (Object) value.asDouble()
        : value.asText();
  }

  static Tensor tensor(JsonNode json) {
    return tensor(shape(json.get("shape")), DType.of(json.get("dtype").asText()), json.get(json.has("data") ? "data" : "value"));
  }

  private static Shape shape(JsonNode dims) {
    int[] all = new int[dims.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = dims.get(i).asInt();
    }
    return Shape.of(all);
  }

  private static Tensor tensor(Shape shape, DType dtype, JsonNode elements) {
    double[] all = new double[elements.size()];
    for (int i = 0; i < all.length; i++) {
      JsonNode element = elements.get(i);
      all[i] = element.isBoolean() ? (element.asBoolean() ? 1 : 0) : element.isTextual()
          ? Double.parseDouble(element.asText().replace("inf", "Infinity").replace("nan", "NaN"))
          : element.asDouble();
    }
    return Tensor.of(shape, all).cast(dtype);
  }

  /// One comparison: what was computed, and what must come out.
  record Claim(String what, Tensor got, Tensor want) {}

  private List<JsonNode> perResult(String key) {
    return results.size() == 1 && !json.has("outputs") ? List.of(json.get(key)) : list(json.get(key));
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all;
  }

  boolean isDifferentiated() {
    return json.has("upstream") && !json.get("upstream").isNull() && (json.has("grads") || json.has("expect"));
  }

  boolean hasSecondOrder() {
    return json.has("second") || json.path("expect").has("second");
  }

  List<Claim> values(Engine engine) {
    List<Tensor> run = engine.run(results);
    List<JsonNode> wanted =
        json.has("outputs") ? list(json.get("outputs")) : List.of(json.get(json.has("output") ? "output" : "expect"));
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      claims.add(new Claim("value " + i, run.get(i), tensor(wanted.get(i))));
    }
    return claims;
  }

  private Node scalarised() {
    Node sum = null;
    List<JsonNode> upstream = perResult("upstream");
    for (int i = 0; i < results.size(); i++) {
      Node result = results.get(i);
      Node weight = Constant.of(tensor(result.shape(), result.dtype(), upstream.get(i)));
      Node term = Ops.sum(Elementwise.product(weight, result));
      sum = sum == null ? term : sum.plus(term);
    }
    return Objects.requireNonNull(sum);
  }

  private Gradients backward() {
    if (results.size() > 1) {
      return Backward.from(scalarised());
    }
    Node result = results.getFirst();
    return Backward.from(result, Constant.of(tensor(result.shape(), result.dtype(), perResult("upstream").getFirst())));
  }

  List<Claim> gradients(Engine engine) {
    JsonNode wanted = json.has("grads") ? json.get("grads") : json.get("expect").path("grads");
    return perLeaf("gradient", wanted, backward(), engine);
  }

  private List<Claim> perLeaf(String what, JsonNode wanted, Gradients gradients, Engine engine) {
    List<Integer> places = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      if (wanted.path(i).isArray()) {
        places.add(i);
        nodes.add(gradients.of(leaves.get(i)));
      }
    }
    List<Tensor> got = engine.run(nodes);
    List<Claim> claims = new ArrayList<>();
    for (int k = 0; k < places.size(); k++) {
      Node leaf = leaves.get(places.get(k));
      claims.add(
          new Claim(what + " " + places.get(k), got.get(k), tensor(leaf.shape(), leaf.dtype(), wanted.get(places.get(k)))));
    }
    return claims;
  }

  List<Claim> jvps(Engine engine) {
    Map<Node, Node> tangents = new HashMap<>();
    for (int i = 0; i < leaves.size(); i++) {
      if (json.get("tangents").get(i).isArray()) {
        Node leaf = leaves.get(i);
        tangents.put(leaf, Constant.of(tensor(leaf.shape(), leaf.dtype(), json.get("tangents").get(i))));
      }
    }
    List<JsonNode> wanted = perResult("jvp");
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Node result = results.get(i);
      Node moved = Forward.derivative(result, tangents);
      claims.add(new Claim("jvp " + i, engine.run(List.of(moved)).getFirst(), tensor(result.shape(), result.dtype(), wanted.get(i))));
    }
    return claims;
  }

  /// The gradients once more, by forward mode: element k of the gradient by a leaf is ⟨upstream, derivative along the
  /// k-th unit tangent⟩.
  List<Claim> gradientsByForwardMode(Engine engine) {
    Node result = results.getFirst();
    Node upstream = Constant.of(tensor(result.shape(), result.dtype(), perResult("upstream").getFirst()));
    JsonNode wanted = json.has("grads") ? json.get("grads") : json.get("expect").path("grads");
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      if (wanted.path(i).isArray()) {
        Node leaf = leaves.get(i);
        double[] columns = new double[leaf.shape().size()];
        for (int k = 0; k < columns.length; k++) {
          double[] unit = new double[columns.length];
          unit[k] = 1;
          Node tangent = Constant.of(Tensor.of(leaf.shape(), unit).cast(leaf.dtype()));
          Node moved = Forward.derivative(result, Map.of(leaf, tangent));
          Node column = Ops.sum(Elementwise.product(upstream, moved));
          columns[k] = engine.run(List.of(column)).getFirst().item();
        }
        Tensor got = Tensor.of(leaf.shape(), columns).cast(leaf.dtype());
        claims.add(new Claim("forward gradient " + i, got, tensor(leaf.shape(), leaf.dtype(), wanted.get(i))));
      }
    }
    return claims;
  }

  boolean hasJvp() {
    return json.has("jvp");
  }

  List<Claim> secondOrder(Engine engine) {
    JsonNode second = json.has("second") ? json.get("second") : json.get("expect").get("second");
    Gradients gradients = backward();
    Node sum = null;
    for (int i = 0; i < leaves.size(); i++) {
      if (second.get("w").get(i).isArray()) {
        Node leaf = leaves.get(i);
        Node weight = Constant.of(tensor(leaf.shape(), leaf.dtype(), second.get("w").get(i)));
        Node term = Ops.sum(Elementwise.product(weight, gradients.of(leaf)));
        sum = sum == null ? term : sum.plus(term);
      }
    }
    return perLeaf("second " + id, second.get("grads"), Backward.from(Objects.requireNonNull(sum)), engine);
  }

  @Override
  public String toString() {
    return id;
  }
}
