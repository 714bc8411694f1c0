package dev.gradus.teach.grading;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import dev.gradus.GradusException;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A student's numbers by the names of nodes.
///
/// @param gradients ∂L/∂u for some nodes u
/// @param values the values of some nodes; often none
public record Answers(ImmutableMap<String, Tensor> gradients, ImmutableMap<String, Tensor> values) {
  private static final int DEEPEST = 16;

  /// Checks the numbers.
  ///
  /// @throws GradusException where there are none, or one is not finite
  public Answers {
    if (gradients.isEmpty() && values.isEmpty()) {
      throw new GradusException("answers", "there must be a number to grade", "none", "give one for each node: {\"w\": 0.5}");
    }
    requireFinite(gradients);
    requireFinite(values);
  }

  /// Answers in the order of the maps.
  public static Answers of(Map<String, Tensor> gradients, Map<String, Tensor> values) {
    return new Answers(ImmutableMap.copyOf(gradients), ImmutableMap.copyOf(values));
  }

  private static void requireFinite(Map<String, Tensor> numbers) {
    numbers.forEach((name, tensor) -> {
      for (double x : tensor.toDoubles()) {
        if (!Double.isFinite(x)) {
          throw new GradusException("answers", "numbers must be finite", x + " for " + name, "leave out what is not known");
        }
      }
    });
  }

  /// Reads `{"node": number or nested list, …}`, or `{"gradients": {…}, "values": {…}}`. Values of bool nodes may be true and false.
  ///
  /// @throws GradusException for anything else
  public static Answers of(JsonNode json) {
    if (!json.isObject()) {
      throw new GradusException("answers", "the JSON must be an object", kind(json), "write {\"w\": 0.5}");
    }
    JsonNode gradients = json.get("gradients");
    JsonNode values = json.get("values");
    boolean isSplit = (gradients != null && gradients.isObject()) || (values != null && values.isObject());
    if (!isSplit) {
      return of(numbers(json), Map.of());
    }
    json.fieldNames().forEachRemaining(key -> {
      if (!key.equals("gradients") && !key.equals("values")) {
        throw new GradusException("answers", "beside \"gradients\" and \"values\" there is nothing", key, "move it into one of them");
      }
    });
    return of(gradients == null ? Map.of() : numbers(gradients), values == null ? Map.of() : numbers(values));
  }

  private static String kind(JsonNode json) {
    return switch (json.getNodeType()) {
      case ARRAY -> "a list";
      case STRING -> "a text";
      case MISSING -> "nothing";
      case NULL -> "null";
      default -> json.toString();
    };
  }

  private static Map<String, Tensor> numbers(JsonNode json) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    json.properties().forEach(entry -> {
      if (!entry.getValue().isNull()) {
        all.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
      }
    });
    return all;
  }

  private static Tensor tensor(String name, JsonNode json) {
    requireNumbers(name, json);
    try {
      Tensor tensor = Tensor.of(nested(json, 0));
      return tensor.dtype() == DType.BOOL ? tensor : tensor.cast(DType.F64);
    } catch (GradusException e) {
      throw new GradusException(
          "answers", name + " must be a number or a nested list of numbers", "uneven lists", "make all rows equally long, of numbers or of true and false");
    }
  }

  private static void requireNumbers(String name, JsonNode json) {
    Deque<JsonNode> left = new ArrayDeque<>(List.of(json));
    while (!left.isEmpty()) {
      JsonNode next = left.pop();
      if (next.isArray() && !next.isEmpty()) {
        next.forEach(left::push);
      } else if (!next.isNumber() && !next.isBoolean()) {
        throw new GradusException("answers", name + " must be a number or a nested list of numbers", next, "write {\"" + name + "\": 0.5}");
      }
    }
  }

  /// As deep as tensors are, so that recursion is safe.
  private static Object nested(JsonNode json, int depth) {
    if (!json.isArray()) {
      return json.isBoolean() ? json.booleanValue() : (Object) json.doubleValue();
    }
    if (depth == DEEPEST) {
      throw new GradusException("answers", "lists are nested " + DEEPEST + " deep at most", "more", "write [[1, 2], [3, 4]]");
    }
    List<Object> all = new ArrayList<>();
    json.forEach(element -> all.add(nested(element, depth + 1)));
    return all;
  }
}
