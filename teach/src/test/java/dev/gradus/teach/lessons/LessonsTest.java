package dev.gradus.teach.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import dev.gradus.teach.replay.Sentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folder that is written, and the words of the lessons.
final class LessonsTest {
  private static final Sentences ENGLISH = Sentences.english();

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> all = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        all.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return all;
  }

  @Test
  void writingTwiceGivesTheSameBytesAndLeavesOtherFilesAlone(@TempDir Path folder) throws IOException {
    Path made = folder.resolve("a/b");
    Lessons.writeAll(made, ENGLISH);
    Map<String, String> first = contents(made);
    Files.writeString(made.resolve("mine.txt"), "mine");
    Lessons.writeAll(made, ENGLISH);
    Map<String, String> second = contents(made);
    assertEquals("mine", second.remove("mine.txt"));
    assertEquals(first, second);
    assertEquals(Lessons.all().size() + 1, first.size());
  }

  @Test
  void theIndexLinksEveryPage(@TempDir Path folder) throws IOException {
    Lessons.writeAll(folder, ENGLISH);
    String index = Files.readString(folder.resolve("index.html"));
    List<String> links = Pattern.compile("href=\"([^\"]*)\"").matcher(index).results().map(found -> found.group(1)).toList();
    assertEquals(Lessons.all().stream().map(topic -> topic.name() + ".html").toList(), links);
    links.forEach(link -> assertTrue(Files.exists(folder.resolve(link)), link));
    assertFalse(index.contains("<script"), index);
  }

  /// A page says nothing of the other lessons, nor of the folder that was written from.
  @Test
  void pagesHoldOnlyTheirOwnWords() {
    String page = Lessons.get("quiz").lesson(ENGLISH).toHtml();
    assertFalse(page.contains("\"lesson."), "keys of lessons");
    assertFalse(page.contains(".java:"), "lines of this library");
    assertTrue(page.contains("formula:1"), "lines of the formula");
  }

  @Test
  void aNameThatIsNotThereIsRefusedWithTheNearest() {
    GradusException problem = assertThrows(GradusException.class, () -> Lessons.get("neurons"));
    assertEquals("lessons: there must be a lesson of this name, but got neurons; did you mean neuron?", problem.getMessage());
  }

  @Test
  void everyLessonHasItsWords() {
    for (Topic topic : Lessons.all()) {
      String start = "lesson." + topic.name() + ".";
      List<String> keys = ENGLISH.byKey().keySet().stream().filter(key -> key.startsWith(start)).map(key -> key.substring(start.length())).toList();
      long paragraphs = keys.stream().filter(key -> key.matches("text\\.\\d")).count();
      long questions = keys.stream().filter(key -> key.matches("question\\.\\d")).count();
      assertTrue(paragraphs >= 2 && paragraphs <= 4, topic.name() + " has " + paragraphs + " paragraphs");
      assertTrue(questions >= 2 && questions <= 4, topic.name() + " has " + questions + " questions");
      assertFalse(topic.summary(ENGLISH).isBlank(), topic.name());
      for (String key : keys) {
        assertTrue(key.matches("title|summary|text\\.[1-4]|question\\.\\d(\\.(why|choice\\.\\d(\\.mistake)?))?"), start + key);
        assertTrue(!key.matches("question\\.\\d") || right(start + key).size() == 1, start + key + " has one answer that is no mistake");
      }
    }
    Set<String> named = ENGLISH.byKey().keySet().stream().filter(key -> key.startsWith("lesson.")).map(key -> key.replaceFirst("lesson\\.(\\w+)\\..*", "$1")).collect(Collectors.toCollection(TreeSet::new));
    Set<String> expected = Lessons.all().stream().map(Topic::name).collect(Collectors.toCollection(TreeSet::new));
    expected.add("index");
    assertEquals(expected, named);
  }

  /// The places of the answers to a question that no mistake leads to.
  static List<String> right(String question) {
    Set<String> keys = ENGLISH.byKey().keySet();
    return IntStream.rangeClosed(1, 9)
        .filter(c -> keys.contains(question + ".choice." + c) && !keys.contains(question + ".choice." + c + ".mistake"))
        .mapToObj(String::valueOf)
        .toList();
  }

  @Test
  void rightAnswersAreNotAllInOnePlace() {
    List<String> places = new ArrayList<>();
    ENGLISH.byKey().keySet().stream().filter(key -> key.matches("lesson\\.\\w+\\.question\\.\\d")).forEach(key -> places.addAll(right(key)));
    assertTrue(places.size() > 30, places::toString);
    for (String place : List.of("1", "2", "3")) {
      long count = places.stream().filter(place::equals).count();
      assertTrue(count >= 4, count + " of " + places.size() + " right answers stand in place " + place);
    }
  }

  @Test
  void aTranslationIsUsed(@TempDir Path folder) throws IOException {
    Path german = folder.resolve("de.properties");
    Files.writeString(german, """
        language = de
        lesson.index.title = Lektionen
        lesson.quiz.title = Eine Prüfungsfrage
        lesson.quiz.question.2 = Was ist ∂f/∂w₁?
        """);
    Lessons.writeAll(folder, ENGLISH.translated(german));
    String index = Files.readString(folder.resolve("index.html"));
    assertTrue(index.contains("<html lang=\"de\">") && index.contains("<h1>Lektionen</h1>") && index.contains(">Eine Prüfungsfrage</a>"), index);
    String page = Files.readString(folder.resolve("quiz.html"));
    assertTrue(page.contains("Was ist ∂f/∂w₁?") && page.contains("What is ∂f/∂w₂?"), "one question translated, one not");
  }

  /// What the texts call `formula:2:5` is a line of the lesson's own formula.
  @Test
  void everyNodeOfAFormulaShowsItsLine() {
    for (Topic topic : Lessons.all()) {
      String page = topic.lesson(ENGLISH).toHtml();
      List<MatchResult> bare = Pattern.compile("\\[\"formula:[\\d:]+\"]").matcher(page).results().toList();
      assertEquals(0, bare.size(), topic.name());
    }
  }
}
