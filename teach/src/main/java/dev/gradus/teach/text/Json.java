package dev.gradus.teach.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.io.UncheckedIOException;
import java.util.List;

/// Tensors as JSON: nested arrays of numbers and bools, in which the strings `nan`, `inf` and `-inf` stand for the
/// numbers that JSON lacks.
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /// Makes objects and arrays.
  public static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /// The elements in nested arrays; of a scalar its one number.
  public static JsonNode of(Tensor tensor) {
    return ofNested(tensor.toNested());
  }

  /// The sizes of the axes.
  public static ArrayNode of(Shape shape) {
    ArrayNode dims = NODES.arrayNode();
    for (int dim : shape.dims()) {
      dims.add(dim);
    }
    return dims;
  }

  private static JsonNode ofNested(Object nested) {
    return switch (nested) {
      case List<?> list -> {
        ArrayNode all = NODES.arrayNode();
        list.forEach(element -> all.add(ofNested(element)));
        yield all;
      }
      case Double number when number.isNaN() -> NODES.textNode("nan");
      case Double number when number.isInfinite() -> NODES.textNode(number > 0 ? "inf" : "-inf");
      case Double number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Boolean truth -> NODES.booleanNode(truth);
      default -> throw new IllegalStateException("no JSON for " + nested.getClass());
    };
  }

  /// One line of JSON.
  public static String write(JsonNode json) {
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
