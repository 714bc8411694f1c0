package dev.gradus.teach.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.gradus.teach.Browser;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.page.LessonPage;
import dev.gradus.teach.replay.Sentences;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The lessons' pages in a real browser.
class LessonPagesTest {
  static List<String> names() {
    return Lessons.all().stream().map(Topic::name).toList();
  }

  private static Lesson lesson(String name) {
    return Lessons.get(name).lesson(Sentences.english());
  }

  @ParameterizedTest
  @MethodSource("names")
  void pageIsRightQuietAndCanBeAnswered(String name) throws IOException {
    try (LessonPage page = LessonPage.of(lesson(name))) {
      assertTrue(page.badge().startsWith("✓"), page.badge());
      assertEquals(0, page.evaluate("lesson.playedBack.length"), "every number follows when another is changed");
      page.evaluate("for (const tab of Object.keys(tabs)) { state.tab = tab; update(); }");
      page.page().click("#tab-quiz");
      int questions = (int) page.evaluate("lesson.questions.length");
      for (int i = 0; i < questions; i++) {
        int right = (int) page.evaluate("lesson.questions[" + i + "][2]");
        int choices = (int) page.evaluate("lesson.questions[" + i + "][1].length");
        for (int c = 0; c < choices; c++) {
          page.page().focus("#choice-" + i + "-" + c);
          page.press("Enter");
          String told = page.text("#asked-" + i + " ~ [role=status]");
          assertTrue(told.startsWith(c == right ? "Right. " : "Not quite. ") && told.length() > 20, told);
          assertEquals("true", page.page().getAttribute("#choice-" + i + "-" + c, "aria-pressed"));
        }
      }
      page.evaluate("update()");
      assertEquals(questions, page.evaluate("document.querySelectorAll('.choices [role=status]:not(:empty)').length"), "answers stay");
      page.assertQuiet();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void pageOpensWhereItIsMeantTo(String name) throws IOException {
    String opening = switch (name) {
      case "activations" -> "node s";
      case "relu" -> "node b2";
      case "saturation" -> "node p";
      case "matmul" -> "node A 1";
      case "convolution" -> "node K 4";
      case "neuron", "mlp", "moons" -> "training";
      case "order" -> "sort";
      default -> "step";
    };
    try (LessonPage page = LessonPage.of(lesson(name))) {
      String state = "state.tab + (state.node === null ? '' : ' ' + nodes[state.node].label) + (state.element ? ' ' + state.element : '')";
      assertEquals(opening, page.evaluate(state));
      page.go("#k=1&t=quiz");
      assertEquals("quiz", page.evaluate(state), "a link says otherwise");
    }
  }

  @Test
  void openingStepsAreThoseOfTheTexts() throws IOException {
    for (String expected : List.of("quiz We start at the top", "square Now x. It is used by", "softmax e sends ∂L/∂e ⊙ ∂e/∂z = ", "vanishing Done.")) {
      String[] parts = expected.split(" ", 2);
      try (LessonPage page = LessonPage.of(lesson(parts[0]))) {
        assertTrue(page.text("#sentence").startsWith(parts[1]), page.text("#sentence"));
      }
    }
  }

  /// The page's own descent is Java's, and what the page draws is what the network says.
  @ParameterizedTest
  @MethodSource("trained")
  void pageTrainsAsJavaDoes(String name) throws IOException {
    Lesson lesson = lesson(name);
    try (LessonPage page = LessonPage.of(lesson)) {
      page.page().click("#tab-training");
      page.evaluate("descend(50)");
      double rate = ((Number) page.evaluate("lesson.training.rate")).doubleValue();
      double loss = Descent.of(lesson).train(rate, 50).loss();
      assertEquals(loss, ((Number) page.evaluate("number(nodes[L].value)")).doubleValue(), 1e-9 * loss);
      page.evaluate("descend(150)");
      Object wrong = page.evaluate("lesson.training.boundary ? lesson.training.boundary.points.filter(p => p[2] === 2).length : 0");
      assertEquals(0, wrong);
      page.assertQuiet();
    }
  }

  static List<String> trained() {
    return List.of("neuron", "mlp", "relu", "saturation", "moons");
  }

  /// What the lesson on order says of its table.
  @Test
  void unsortedPushesAreWrongAsTold() throws IOException {
    try (LessonPage page = LessonPage.of(lesson("order"))) {
      assertEquals("a", page.evaluate("nodes[[...pushUnsorted().pushedWith].find(([v, g]) => g[0] !== number(nodes[v].gradient))[0]].label"));
      assertEquals(1, page.evaluate("pushUnsorted().pushedWith.get(nodes.find(n => n.label === 'a').id)[0]"));
      assertEquals(6, page.evaluate("pushUnsorted().got.get(nodes.find(n => n.label === 'x').id)[0]"));
      assertEquals(30, page.evaluate("number(nodes.find(n => n.label === 'x').gradient)"));
    }
  }

  @Test
  void questionsAreAccessible() throws IOException {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (LessonPage page = LessonPage.of(lesson("order"))) {
        page.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.page().click("#tab-quiz");
        page.page().click("#choice-0-0");
        page.page().click("#choice-1-0");
        assertEquals(List.of(), violations(new AxeBuilder(page.page()).include(List.of(".choices"))));
      }
    }
  }

  private static List<String> violations(AxeBuilder axe) {
    return axe.analyze().getViolations().stream().map(rule -> rule.getId() + ": " + rule.getHelp()).toList();
  }

  @Test
  void theIndexIsAPageOfItsOwn(@TempDir Path folder) throws IOException {
    Lessons.writeAll(folder, Sentences.english());
    List<String> messages = new ArrayList<>();
    try (Page page = Browser.page()) {
      page.onConsoleMessage(message -> messages.add(message.text()));
      page.onPageError(messages::add);
      page.setViewportSize(420, 900);
      page.navigate(folder.resolve("index.html").toUri().toString());
      assertFalse((boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth"), "wider than a telephone");
      String light = (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      assertFalse(light.equals(page.evaluate("getComputedStyle(document.body).backgroundColor")), "dark");
      assertEquals(List.of(), violations(new AxeBuilder(page)));
      page.click("text=Vanishing gradients");
      assertTrue(page.textContent("#badge").startsWith("✓"), page.textContent("#badge"));
    }
    assertEquals(List.of(), messages);
  }
}
