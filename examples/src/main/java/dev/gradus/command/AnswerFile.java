package dev.gradus.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.core.JsonParser;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.gradus.GradusException;
import dev.gradus.teach.grading.Answers;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A student's numbers in a file: JSON, or CSV with the columns `node`, `gradient` and, where wanted, `value` and `element`.
final class AnswerFile {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private static final int MOST_ELEMENTS = 1 << 20;

  private AnswerFile() {}

  static Answers read(Path file) throws IOException {
    String text = Files.readString(file);
    return file.toString().endsWith(".csv") ? csv(file, text) : json(file, text);
  }

  private static Answers json(Path file, String text) {
    try {
      return Answers.of(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw new GradusException("answers", file + " must be JSON", e.getOriginalMessage(), "write {\"w\": 0.5}, or name the file .csv if it is CSV");
    }
  }

  /// The elements of one node, by index.
  private static final class Elements {
    private final Map<List<Integer>, Double> byIndex = new LinkedHashMap<>();

    Tensor tensor(String name) {
      int rank = byIndex.keySet().iterator().next().size();
      int[] dims = new int[rank];
      for (List<Integer> index : byIndex.keySet()) {
        for (int axis = 0; axis < rank && index.size() == rank; axis++) {
          dims[axis] = Math.max(dims[axis], index.get(axis) + 1);
        }
      }
      long size = Arrays.stream(dims).asLongStream().reduce(1, (a, b) -> Math.min(MOST_ELEMENTS, a * b));
      boolean isWhole = byIndex.size() == size && byIndex.keySet().stream().allMatch(index -> index.size() == rank);
      if (!isWhole) {
        throw new GradusException("answers", name + " must have all its elements", byIndex.keySet(), "count them from 0: 0 1 for row 0, column 1");
      }
      Shape shape = Shape.of(dims);
      double[] all = new double[(int) size];
      int[] strides = shape.strides();
      byIndex.forEach((index, x) -> {
        int at = 0;
        for (int axis = 0; axis < rank; axis++) {
          at += index.get(axis) * strides[axis];
        }
        all[at] = x;
      });
      return Tensor.of(shape, all);
    }
  }

  private static Answers csv(Path file, String text) throws IOException {
    Map<String, Elements> gradients = new LinkedHashMap<>();
    Map<String, Elements> values = new LinkedHashMap<>();
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
      for (NamedCsvRecord row : reader) {
        String node = cell(row, "node");
        if (node.isEmpty()) {
          throw new GradusException("answers", "a table of answers must name a node in each row", row.getFields(), "head it node,gradient");
        }
        List<Integer> index = index(node, cell(row, "element"));
        put(gradients, node, index, cell(row, "gradient"));
        put(values, node, index, cell(row, "value"));
      }
    } catch (CsvParseException e) {
      throw new GradusException("answers", file + " must be CSV", String.valueOf(e.getMessage()), "head it node,gradient");
    }
    return Answers.of(tensors(gradients), tensors(values));
  }

  private static String cell(NamedCsvRecord row, String column) {
    return row.findField(column).orElse("").strip();
  }

  private static List<Integer> index(String node, String text) {
    List<Integer> index = new ArrayList<>();
    for (String part : text.split("[^0-9]+")) {
      if (part.length() > 6) {
        throw new GradusException("answers", "an element is counted by numbers from 0", text + " for " + node, "write 0 1 for row 0, column 1");
      }
      if (!part.isEmpty()) {
        index.add(Integer.valueOf(part));
      }
    }
    return index;
  }

  private static void put(Map<String, Elements> all, String node, List<Integer> index, String number) {
    if (number.isEmpty()) {
      return;
    }
    double x;
    try {
      x = Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw new GradusException("answers", "the number of " + node + " must be one", number, "write it as in 0.5");
    }
    if (all.computeIfAbsent(node, _ -> new Elements()).byIndex.put(index, x) != null) {
      throw new GradusException("answers", "each number must be given once", node + " twice", "leave one out, or add a column element");
    }
  }

  private static Map<String, Tensor> tensors(Map<String, Elements> all) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    all.forEach((name, elements) -> tensors.put(name, elements.tensor(name)));
    return tensors;
  }
}
