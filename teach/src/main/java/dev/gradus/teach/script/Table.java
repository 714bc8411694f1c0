package dev.gradus.teach.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;

/// Rows of which each is stored once and told by its number.
public final class Table {
  private final Map<JsonNode, Integer> numbers = new HashMap<>();
  private final ArrayNode rows = JsonNodeFactory.instance.arrayNode();

  /// The number of a row that equals this one.
  public int add(ArrayNode row) {
    return numbers.computeIfAbsent(row, added -> {
      rows.add(added);
      return rows.size() - 1;
    });
  }

  /// All rows by their numbers.
  public ArrayNode rows() {
    return rows;
  }
}
