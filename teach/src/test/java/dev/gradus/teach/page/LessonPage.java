package dev.gradus.teach.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import dev.gradus.teach.Browser;
import dev.gradus.teach.Lesson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A lesson's page, opened from a file in a browser that notes requests and messages.
final class LessonPage implements AutoCloseable {
  private final Page page;
  private final Path file;
  private final List<String> requests = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();

  private LessonPage(String html, String hash) throws IOException {
    page = Browser.page();
    page.onRequest(request -> requests.add(request.url()));
    page.onConsoleMessage(message -> messages.add(message.text()));
    page.onPageError(messages::add);
    file = Files.createTempFile("lesson", ".html");
    Files.writeString(file, html);
    go(hash);
  }

  static LessonPage of(Lesson lesson) throws IOException {
    return new LessonPage(lesson.toHtml(), "");
  }

  static LessonPage of(String html, String hash) throws IOException {
    return new LessonPage(html, hash);
  }

  /// Opens the page anew at a hash.
  void go(String hash) {
    page.navigate("about:blank");
    page.navigate(file.toUri() + hash);
    page.waitForCondition(() -> !page.textContent("#badge").isEmpty());
  }

  Page page() {
    return page;
  }

  Object evaluate(String script) {
    return page.evaluate(script);
  }

  String text(String selector) {
    return page.textContent(selector);
  }

  String badge() {
    return text("#badge");
  }

  void press(String key) {
    page.keyboard().press(key);
  }

  List<String> messages() {
    return messages;
  }

  List<String> requests() {
    return requests;
  }

  /// Nothing was fetched but the file itself, and nothing was said on the console.
  void assertQuiet() {
    assertEquals(List.of(), messages);
    assertEquals(List.of(), requests.stream().filter(url -> !url.startsWith(file.toUri().toString()) && !url.equals("about:blank")).toList());
  }

  @Override
  public void close() throws IOException {
    page.close();
    Files.deleteIfExists(file);
  }
}
