package dev.gradus.command;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.gradus.GradusException;
import dev.gradus.TextFile;
import dev.gradus.teach.grading.Answers;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A student's numbers in a file: JSON, or CSV with the columns `node`, `gradient` and, where wanted, `value` and `element`.
final class AnswerFile {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private static final Pattern TWICE = Pattern.compile("Duplicate field '(?<name>.*)'");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_.]{1,20}$");
  private static final Pattern NUMBERS = Pattern.compile("[0-9]+");
  private static final int LONGEST = 20;
  private static final int MOST_ELEMENTS = 1 << 20;

  private AnswerFile() {}

  /// Reads a file.
  ///
  /// @param shapes the shapes of nodes by their names, so that elements which a table lacks are noticed
  static Answers read(Path file, Map<String, Shape> shapes) throws IOException {
    String text = TextFile.read("answers", file);
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv") ? csv(file, text, shapes) : json(file, text);
  }

  private static Answers json(Path file, String text) {
    try {
      return Answers.of(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw new GradusException("answers", file + " must be JSON", offence(e, text), "write {\"w\": 0.5}, or name the file .csv if it is CSV");
    }
  }

  /// What is no JSON, and where.
  private static String offence(JsonProcessingException e, String text) {
    JsonLocation at = e.getLocation();
    if (at == null) {
      return "numbers too long or lists too deep";
    }
    int place = (int) at.getCharOffset();
    String rest = text.substring(place).lines().findFirst().orElse("");
    Matcher twice = TWICE.matcher(e.getOriginalMessage());
    Matcher word = WORD.matcher(text.substring(0, place));
    String what = e instanceof JsonEOFException ? "its end"
        : twice.matches() ? twice.group("name") + " twice"
        : e.getOriginalMessage().contains(" token '") && word.find() ? word.group()
        : rest.isEmpty() ? "a line break"
        : rest.substring(0, Math.min(LONGEST, rest.length()));
    return what + " in line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  /// The elements of one node, by index.
  private static final class Elements {
    private final Map<List<Integer>, Double> byIndex = new LinkedHashMap<>();
    private boolean areBools = true;

    /// The elements in the shape that they fit into, else in one just large enough.
    Tensor tensor(String name, @Nullable Shape expected) {
      int rank = byIndex.keySet().iterator().next().size();
      int[] dims = expected != null && expected.rank() == rank ? expected.dims() : new int[rank];
      for (List<Integer> index : byIndex.keySet()) {
        for (int axis = 0; axis < rank && index.size() == rank; axis++) {
          dims[axis] = Math.max(dims[axis], index.get(axis) + 1);
        }
      }
      long size = Arrays.stream(dims).asLongStream().reduce(1, (a, b) -> Math.min(MOST_ELEMENTS, a * b));
      boolean isWhole = byIndex.size() == size && byIndex.keySet().stream().allMatch(index -> index.size() == rank);
      if (!isWhole) {
        throw new GradusException("answers", name + " must have all its elements", "only " + byIndex.keySet(), "count them from 0: 0 1 for row 0, column 1");
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
      return areBools ? Tensor.of(shape, all).cast(DType.BOOL) : Tensor.of(shape, all);
    }
  }

  private static Answers csv(Path file, String text, Map<String, Shape> shapes) throws IOException {
    String head = text.lines().findFirst().orElse("");
    if (!head.contains(",") && (head.contains(";") || head.contains("\t"))) {
      throw new GradusException("answers", file + " must have commas between its columns", head, "save it as comma-separated values");
    }
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
    return Answers.of(tensors(gradients, shapes), tensors(values, shapes));
  }

  private static String cell(NamedCsvRecord row, String column) {
    return row.findField(column).orElse("").strip();
  }

  private static List<Integer> index(String node, String text) {
    List<Integer> index = new ArrayList<>();
    for (String part : NUMBERS.matcher(text).results().map(MatchResult::group).toList()) {
      if (part.length() > 6) {
        throw new GradusException("answers", "an element is counted by numbers from 0", text + " for " + node, "write 0 1 for row 0, column 1");
      }
      index.add(Integer.valueOf(part));
    }
    return index;
  }

  private static void put(Map<String, Elements> all, String node, List<Integer> index, String number) {
    if (number.isEmpty()) {
      return;
    }
    boolean isTrue = number.equalsIgnoreCase("true");
    boolean isBool = isTrue || number.equalsIgnoreCase("false");
    Elements elements = all.computeIfAbsent(node, _ -> new Elements());
    elements.areBools &= isBool;
    double x;
    try {
      x = isTrue ? 1 : isBool ? 0 : Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw new GradusException("answers", "the number of " + node + " must be one", number, "write it as in 0.5");
    }
    if (elements.byIndex.put(index, x) != null) {
      throw new GradusException("answers", "each number must be given once", node + " twice", "leave one out, or add a column element");
    }
  }

  private static Map<String, Tensor> tensors(Map<String, Elements> all, Map<String, Shape> shapes) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    all.forEach((name, elements) -> tensors.put(name, elements.tensor(name, shapes.get(name))));
    return tensors;
  }
}
