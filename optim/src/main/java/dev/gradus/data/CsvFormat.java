package dev.gradus.data;

import com.google.common.base.CharMatcher;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.gradus.GradusException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Comma-separated values (RFC 4180) as tables.
final class CsvFormat {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /// A last line that is added: the library closes a quote that is open at the end of the text, which takes this line in.
  private static final String END = "end";

  private CsvFormat() {}

  static Table read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "a folder, not a table");
    }
    try {
      return parse(name, Files.readString(file, StandardCharsets.UTF_8));
    } catch (CharacterCodingException e) {
      GradusException told = new GradusException("csv", "the text must be UTF-8", "other bytes in " + name, "save it as UTF-8");
      told.initCause(e);
      throw told;
    }
  }

  static Table parse(String name, String text) {
    String content = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    List<CsvRecord> records = records(name, content);
    if (records.isEmpty()) {
      throw new GradusException("csv", "the first line must name the columns", "no lines", "add a header to " + name);
    }
    List<String> header = records.getFirst().getFields().stream().map(String::strip).toList();
    requireNames(name, header, records.getFirst().getStartingLineNumber());
    List<List<String>> columns = new ArrayList<>();
    header.forEach(column -> columns.add(new ArrayList<>(records.size())));
    long[] lines = new long[records.size() - 1];
    for (int row = 0; row < lines.length; row++) {
      CsvRecord record = records.get(row + 1);
      lines[row] = record.getStartingLineNumber();
      if (record.getFieldCount() != header.size()) {
        throw new GradusException(
            "csv",
            "each line must have the header's " + header.size() + " cells",
            record.getFieldCount() + " cells",
            "fix line " + lines[row] + " of " + name);
      }
      for (int column = 0; column < header.size(); column++) {
        columns.get(column).add(record.getField(column).strip());
      }
    }
    Map<String, List<String>> named = new LinkedHashMap<>();
    for (int column = 0; column < header.size(); column++) {
      named.put(header.get(column), columns.get(column));
    }
    return new Table(name, named, lines);
  }

  private static List<CsvRecord> records(String name, String content) {
    List<CsvRecord> records = new ArrayList<>();
    try (CsvReader<CsvRecord> reader = CsvReader.builder()
        .fieldSeparator(separator(content))
        .skipEmptyLines(true)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .ofCsvRecord(content + '\n' + END)) {
      reader.forEach(records::add);
    } catch (CsvParseException e) {
      long line = records.isEmpty() ? 0 : records.getLast().getStartingLineNumber();
      String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      GradusException told = new GradusException(
          "csv", "cells must be quoted as a whole", String.valueOf(reason), "fix the quotes after line " + line + " of " + name);
      told.initCause(e);
      throw told;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CsvRecord last = records.removeLast();
    if (!last.getFields().equals(List.of(END))) {
      throw new GradusException(
          "csv", "quotes must be closed", "an open one", "fix line " + last.getStartingLineNumber() + " of " + name);
    }
    return records;
  }

  /// The one of comma, semicolon and tab that stands in the first line most often, quoted text apart.
  private static char separator(String content) {
    StringBuilder header = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      boolean newline = !quoted && (c == '\n' || c == '\r');
      if (newline && !header.isEmpty()) {
        break;
      }
      quoted ^= c == '"';
      if (!quoted && !newline) {
        header.append(c);
      }
    }
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(header, candidate) > count(header, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static int count(CharSequence text, char wanted) {
    return CharMatcher.is(wanted).countIn(text);
  }

  private static void requireNames(String name, List<String> header, long line) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < header.size(); i++) {
      String column = header.get(i);
      if (column.isEmpty() || !seen.add(column)) {
        throw new GradusException(
            "csv",
            "each column must have a name of its own",
            column.isEmpty() ? "none for column " + (i + 1) : "\"" + column + "\" twice",
            "fix line " + line + " of " + name);
      }
    }
  }
}
