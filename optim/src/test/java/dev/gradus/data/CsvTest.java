package dev.gradus.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  private static Table parse(String text) {
    return Table.parse("t.csv", text);
  }

  @Test
  void theFirstLineNamesTheColumns() {
    Table table = parse("a,b,c\n1,2,x\n3,4,y\n");
    assertEquals(List.of("a", "b", "c"), table.columns());
    assertEquals(2, table.size());
    assertEquals(List.of("2", "4"), table.texts("b"));
    assertEquals("t.csv: 2 rows of [a, b, c]", table.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void lineEndsOfAnySystem(String end) {
    Table table = parse("a,b" + end + "1,2" + end + end + "3,4");
    assertEquals(List.of("1", "3"), table.texts("a"));
    assertEquals(4, table.line(1));
  }

  @Test
  void quotedCells() {
    Table table = parse("\"a, or b\",c\n\"1\",\"say \"\"hi\"\"\"\n 2 ,\"two\nlines\"\n3,x\n");
    assertEquals(List.of("a, or b", "c"), table.columns());
    assertEquals(List.of("say \"hi\"", "two\nlines", "x"), table.texts("c"));
    assertArrayEquals(new double[] {1, 2, 3}, table.numbers("a, or b", Missing.refused()));
    assertEquals(5, table.line(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t"})
  void otherSeparators(String separator) {
    Table table = parse("\"a,b,c,d\"" + separator + "e" + separator + "f\n1" + separator + "2" + separator + "x, y\n");
    assertEquals(List.of("a,b,c,d", "e", "f"), table.columns());
    assertEquals(List.of("x, y"), table.texts("f"));
  }

  @Test
  void emptyLinesBeforeTheHeader() {
    Table table = parse("\n\na;b\n1;2\n");
    assertEquals(List.of("a", "b"), table.columns());
    assertEquals(4, table.line(0));
  }

  @Test
  void byteOrderMark(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("bom.csv"), "\uFEFFgrösse,b\n1,2\n");
    Table table = Table.read(file);
    assertEquals(List.of("grösse", "b"), table.columns());
    assertEquals("bom.csv", table.name());
  }

  @Test
  void otherEncodingsAreTold(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("old.csv"), "größe\n1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals("csv: the text must be UTF-8, but got other bytes in old.csv; save it as UTF-8", Refusal.of(() -> Table.read(file)));
    assertThrows(NoSuchFileException.class, () -> Table.read(folder.resolve("none.csv")));
  }

  @Test
  void aTableWithoutRows() {
    assertEquals(0, parse("a,b").size());
    assertEquals("csv: the first line must name the columns, but got no lines; add a header to t.csv", Refusal.of(() -> parse("\n")));
  }

  @Test
  void headersThatDoNotName() {
    assertEquals(
        "csv: each column must have a name of its own, but got none for column 2; fix line 1 of t.csv",
        Refusal.of(() -> parse("a,,c\n1,2,3\n")));
    assertEquals(
        "csv: each column must have a name of its own, but got \"a\" twice; fix line 2 of t.csv",
        Refusal.of(() -> parse("\na, a\n1,2\n")));
  }

  @Test
  void linesOfAnotherLength() {
    assertEquals(
        "csv: each line must have the header's 2 cells, but got 3 cells; fix line 4 of t.csv",
        Refusal.of(() -> parse("a,b\n1,2\n\n1,2,3\n")));
    assertEquals(
        "csv: each line must have the header's 2 cells, but got 1 cells; fix line 3 of t.csv",
        Refusal.of(() -> parse("a,b\n1,2\n1\n")));
  }

  @Test
  void quotesThatDoNotEnd() {
    assertEquals("csv: quotes must be closed, but got an open one; fix line 2 of t.csv", Refusal.of(() -> parse("a,b\n1,\"2\n3,4\n")));
    assertEquals("csv: quotes must be closed, but got an open one; fix line 3 of t.csv", Refusal.of(() -> parse("a,b\n1,2\n3,\"")));
    String message = Refusal.of(() -> parse("a,b\n1,2\n\"3\"3,4\n"));
    assertTrue(message.startsWith("csv: cells must be quoted as a whole, but got "), message);
    assertTrue(message.endsWith("; fix the quotes after line 2 of t.csv"), message);
    assertEquals(List.of("5\" pipe"), parse("a,b\n5\" pipe,2\n").texts("a"));
  }

  @Provide
  Arbitrary<List<List<String>>> cells() {
    Arbitrary<String> cell = Arbitraries.strings().withChars("ab1 ,;\"\n\t").ofMaxLength(6).map(text -> "x" + text + "x");
    return cell.list().ofSize(3).list().ofMinSize(1).ofMaxSize(6);
  }

  @Property(seed = "21", tries = 300)
  void whatIsQuotedByTheRulesComesBack(@ForAll("cells") List<List<String>> rows) {
    List<String> lines = new ArrayList<>(List.of("a,b,c"));
    for (List<String> row : rows) {
      lines.add(String.join(",", row.stream().map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"").toList()));
    }
    Table table = parse(String.join("\n", lines));
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(rows.get(i), List.of(table.texts("a").get(i), table.texts("b").get(i), table.texts("c").get(i)));
    }
  }
}
