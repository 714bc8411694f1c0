package dev.gradus.teach.worksheet;

import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sigmoid;
import static dev.gradus.ops.Ops.square;
import static dev.gradus.ops.Ops.sum;
import static dev.gradus.ops.Ops.tanh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.gradus.GradusException;
import dev.gradus.graph.Node;
import dev.gradus.teach.Browser;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.RandomGraph;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class WorksheetTest {
  @Provide
  Arbitrary<RandomGraph> graphs() {
    return RandomGraph.upTo(12);
  }

  private static Worksheet sheet(Node loss, Set<Blank> blanks, String title) {
    return Worksheet.of(Lesson.of(loss).replay(), Sentences.english(), Settings.of(blanks, title));
  }

  static Node quiz() {
    Node x1 = parameter("x1", 11);
    Node x2 = parameter("x2", 5);
    Node w1 = parameter("w1", 0);
    Node w2 = parameter("w2", 0);
    return sigmoid(sigmoid(x1.times(w1)).times(w2).plus(x2));
  }

  /// A graph with two paths whose numbers all differ.
  private static Node paths() {
    Node x = parameter("x", 1.37);
    Node w = parameter("w", -0.83);
    Node h = sigmoid(x.times(w)).named("h");
    return square(h).times(x).plus(tanh(h).times(w)).named("y");
  }

  private static boolean mentions(String text, String number) {
    return Pattern.compile("(?<![0-9.])" + Pattern.quote(number) + "(?![0-9.])").matcher(text).find();
  }

  @Property(tries = 15, seed = "41")
  void exactlyTheChosenBlanksAreHidden(@ForAll Set<Blank> chosen) throws Exception {
    Set<Blank> blanks = chosen.isEmpty() ? EnumSet.allOf(Blank.class) : chosen;
    Replay replay = Lesson.of(paths()).replay();
    Settings settings = Settings.of(blanks, "");
    Plan plan = new Plan(replay, settings);
    Worksheet sheet = Worksheet.of(replay, Sentences.english(), settings);
    List<String> shown = plan.quantities().filter(q -> !q.isBlank()).map(q -> Figures.text(q.value())).toList();
    String page = xml(sheet.html());
    String answers = xml(sheet.answersHtml());
    plan.quantities().filter(Quantity::isBlank).forEach(quantity -> {
      String number = Figures.text(quantity.value());
      String digits = number.replace("≈ ", "");
      assertTrue(answers.contains(number) && sheet.answersText().contains("(" + quantity.number() + ") *" + number + "*"));
      if (!shown.contains(number) && digits.length() > 2) {
        assertFalse(mentions(sheet.text(), digits), () -> digits + "\n" + sheet.text());
        assertFalse(mentions(page, digits), digits);
      }
    });
    shown.forEach(number -> assertTrue(sheet.text().contains(number), number));
    for (int i = 1; i <= sheet.blanks(); i++) {
      assertTrue(sheet.text().contains("(" + i + ")") && page.contains("(" + i + ")"));
    }
    assertFalse(sheet.text().contains("(" + (sheet.blanks() + 1) + ")"));
    assertTrue(sheet.text().lines().allMatch(line -> line.length() <= 80), sheet::text);
  }

  /// The text of a page, which must be XML.
  private static String xml(String html) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html))).getDocumentElement().getElementsByTagName("body").item(0).getTextContent();
  }

  @Property(tries = 10, seed = "42")
  void pagesOfRandomGraphsAreXml(@ForAll("graphs") RandomGraph graph) throws Exception {
    Worksheet sheet = sheet(graph.result(), EnumSet.allOf(Blank.class), "");
    xml(sheet.html());
    xml(sheet.answersHtml());
  }

  @Test
  void blanksAreNumberedInTheOrderOfTheAlgorithm() {
    String text = sheet(paths(), EnumSet.allOf(Blank.class), "").text();
    List<Integer> numbers = new ArrayList<>();
    Pattern.compile("\\((\\d+)\\) _").matcher(text).results().forEach(found -> numbers.add(Integer.valueOf(found.group(1))));
    List<Integer> expected = new ArrayList<>();
    for (int i = 1; i <= numbers.size(); i++) {
      expected.add(i);
    }
    assertEquals(expected, numbers);
    assertTrue(text.indexOf("∂y/∂h") < text.indexOf("∂y/∂x ="), text);
  }

  @Test
  void hostileNamesAreInert() throws Exception {
    String hostile = "</title><script>alert(1)</script><img src=x onerror=alert(2)>\"'&]]>\u0000\u202e{u}";
    Node x = parameter(hostile, 2);
    Worksheet sheet = sheet(square(x).times(x).named("y<b>"), EnumSet.allOf(Blank.class), hostile);
    xml(sheet.html());
    assertFalse(sheet.html().contains("<script") || sheet.html().contains("<img") || sheet.html().contains("<b>"));
    assertFalse(sheet.text().contains("\u0000") || sheet.text().contains("\u202e"));
    try (Page page = Browser.page()) {
      List<String> messages = new ArrayList<>();
      page.onConsoleMessage(message -> messages.add(message.text()));
      page.onDialog(dialog -> messages.add(dialog.message()));
      page.setContent(sheet.html());
      assertEquals(List.of(), messages);
      assertEquals(0, page.locator("script, img, b").count());
      assertTrue(page.title().contains("alert(1)"));
    }
  }

  @Test
  void theQuizFitsOnOneOrTwoPages(@TempDir Path folder) throws IOException {
    Worksheet sheet = sheet(quiz(), EnumSet.allOf(Blank.class), "A neuron");
    for (String html : List.of(sheet.html(), sheet.answersHtml())) {
      for (String format : List.of("A4", "Letter")) {
        try (Page page = Browser.page()) {
          Path file = Files.writeString(folder.resolve("sheet.html"), html);
          List<String> messages = new ArrayList<>();
          page.onConsoleMessage(message -> messages.add(message.text()));
          page.navigate(file.toUri().toString());
          String pdf = new String(page.pdf(new Page.PdfOptions().setFormat(format).setPreferCSSPageSize(true)), StandardCharsets.ISO_8859_1);
          long pages = Pattern.compile("/Type\\s*/Page[^s]").matcher(pdf).results().count();
          assertTrue(pages == 1 || pages == 2, format + ": " + pages);
          assertEquals(List.of(), messages);
          page.setViewportSize(673, 1000);
          assertEquals(true, page.evaluate("document.documentElement.scrollWidth <= innerWidth"));
          assertEquals(true, page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize > '12px'"));
        }
      }
    }
  }

  @Test
  void picturesAreAlikeOnSheetAndAnswers() {
    Worksheet sheet = sheet(quiz(), EnumSet.allOf(Blank.class), "");
    Pattern boxes = Pattern.compile("<rect [^>]*>");
    List<String> of = boxes.matcher(sheet.html()).results().map(found -> found.group()).toList();
    assertEquals(9, of.size());
    assertEquals(of, boxes.matcher(sheet.answersHtml()).results().map(found -> found.group()).toList());
  }

  @Test
  void tensorsHaveABoxForEachElementAndAtMost16() {
    Node x = parameter("x", Tensor.of(Shape.of(2, 2), 1.0, 2, 3, 4));
    Node loss = sum(matmul(x, x));
    Worksheet sheet = sheet(loss, EnumSet.of(Blank.SUMS), "");
    assertTrue(sheet.text().contains("[[____, ____], [____, ____]]"), sheet.text());
    GradusException refused =
        assertThrows(GradusException.class, () -> sheet(sum(parameter("big", Tensor.ones(Shape.of(17)))), EnumSet.of(Blank.SUMS), ""));
    assertTrue(String.valueOf(refused.getMessage()).contains("big of shape [17]"), refused.getMessage());
  }

  @Test
  void anotherLanguage(@TempDir Path folder) throws IOException {
    Path german = Files.writeString(folder.resolve("de.properties"), "language = de\nworksheet.title = Rückwärts von Hand\n");
    Worksheet sheet = Worksheet.of(Lesson.of(quiz()).replay(), Sentences.english().translated(german), Settings.USUAL);
    assertTrue(sheet.html().contains("lang=\"de\"") && sheet.text().startsWith("Rückwärts von Hand"));
  }
}
