package dev.gradus.teach.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.io.Resources;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.gradus.teach.Lesson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The accessibility rules of axe-core, on the page in several states.
class AccessibilityTest {
  private static void assertAccessible(LessonPage page, String state) throws IOException {
    String axe = Resources.toString(Resources.getResource("axe.min.js"), StandardCharsets.UTF_8);
    page.evaluate("(() => {" + axe + "})()");
    Object violations = page.evaluate(
        """
        async () => (await axe.run(document, {resultTypes: ['violations']})).violations
          .map(v => v.id + ': ' + v.help + ' ' + v.nodes.slice(0, 3).map(n => n.html + ' ' + (n.failureSummary || '')).join(' | '))""");
    assertEquals(List.of(), violations, state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#k=21", "#k=24&t=node&n=4&v=1", "#k=17&t=quiz", "#t=sort&d=1", "#k=34&f=2"})
  void theRulesHold(String state) throws IOException {
    Lesson lesson = PageTest.quiz().titled("Quiz").introducedBy("A paragraph.").trained(Training.at(0.1));
    try (LessonPage page = LessonPage.of(lesson)) {
      page.go(state);
      assertAccessible(page, state);
      page.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      assertAccessible(page, "dark " + state);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"#k=99&t=node&n=0&e=1", "#k=38&v=1", "#t=training"})
  void theRulesHoldForTensors(String state) throws IOException {
    try (LessonPage page = LessonPage.of(PageTest.tensors().trained(Training.at(0.1)))) {
      page.go(state);
      assertAccessible(page, state);
      page.page().setViewportSize(420, 800);
      assertAccessible(page, "narrow " + state);
    }
  }
}
