package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.teach.lessons.Lessons;
import dev.gradus.teach.lessons.Topic;
import dev.gradus.teach.replay.Sentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LessonFolderTest {
  @Test
  void listsAllLessons() {
    CommandRun run = CommandRun.of("lessons", "--list");
    assertEquals(0, run.code(), run.err());
    assertEquals(Lessons.all().size(), run.out().lines().count());
    for (Topic topic : Lessons.all()) {
      String line = "\\Q" + topic.name() + "\\E +\\Q" + topic.summary(Sentences.english()) + "\\E";
      assertTrue(run.out().lines().anyMatch(each -> each.matches(line)), topic.name());
    }
  }

  @Test
  void writesAFolder(@TempDir Path folder) throws IOException {
    Path german = folder.resolve("de.properties");
    Files.writeString(german, "language = de\nlesson.index.title = Lektionen\n");
    Path pages = folder.resolve("new/pages");
    CommandRun run = CommandRun.of("lessons", pages.toString(), "--language", german.toString());
    assertEquals(0, run.code(), run.err());
    assertEquals("wrote " + Lessons.all().size() + " lessons; open " + pages.resolve("index.html"), run.out().strip());
    assertTrue(Files.readString(pages.resolve("index.html")).contains("<h1>Lektionen</h1>"));
    assertTrue(Files.exists(pages.resolve("moons.html")));
  }

  @Test
  void refusesToWriteNowhere() {
    CommandRun run = CommandRun.of("lessons");
    assertEquals(2, run.code());
    assertEquals(
        "gradus: lessons: there must be a folder to write to, but got none; name one, or give --list\n",
        run.err().replace("\r\n", "\n"));
  }

  @Test
  void refusesWhatIsNoFolder(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    CommandRun run = CommandRun.of("lessons", file.toString());
    assertEquals(2, run.code());
    assertEquals("gradus: lessons: there must be a folder, or a place for one, but got " + file + "; choose another", run.err().strip());
    assertEquals("gradus: " + folder + ": a folder, not a file", CommandRun.of("lessons", "--list", "--language", folder.toString()).err().strip());
  }

  @Test
  void refusesALanguageThatIsNotThere(@TempDir Path folder) {
    CommandRun run = CommandRun.of("lessons", folder.toString(), "--language", folder.resolve("no").toString());
    assertEquals(2, run.code());
    assertTrue(run.err().contains("no such file"), run.err());
  }
}
