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
public final class LessonPage implements AutoCloseable {
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

  /// The page of a lesson.
  public static LessonPage of(Lesson lesson) throws IOException {
    return new LessonPage(lesson.toHtml(), "");
  }

  /// A page at a hash.
  public static LessonPage of(String html, String hash) throws IOException {
    return new LessonPage(html, hash);
  }

  /// Opens the page anew at a hash.
  public void go(String hash) {
    page.navigate("about:blank");
    page.navigate(file.toUri() + hash);
    page.waitForCondition(() -> !page.textContent("#badge").isEmpty());
  }

  /// The page, for what this class does not say.
  public Page page() {
    return page;
  }

  /// What a script says.
  public Object evaluate(String script) {
    return page.evaluate(script);
  }

  /// The text of the first element that matches.
  public String text(String selector) {
    return page.textContent(selector);
  }

  /// Whether the page agrees with Java.
  public String badge() {
    return text("#badge");
  }

  /// Presses a key.
  public void press(String key) {
    page.keyboard().press(key);
  }

  /// What was said on the console.
  public List<String> messages() {
    return messages;
  }

  /// What was fetched.
  public List<String> requests() {
    return requests;
  }

  /// Nothing was fetched but the file itself, and nothing was said on the console.
  public void assertQuiet() {
    assertEquals(List.of(), messages);
    assertEquals(List.of(), requests.stream().filter(url -> !url.startsWith(file.toUri().toString()) && !url.equals("about:blank")).toList());
  }

  @Override
  public void close() throws IOException {
    page.close();
    Files.deleteIfExists(file);
  }
}
