package dev.gradus.teach.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentencesTest {
  private static final Pattern KEY = Pattern.compile("\"((?:step|algorithm|terminal)\\.[a-z.]+|slot|several)\"");

  @TempDir private Path folder = Path.of("");

  /// Each key that the sources name is there, and each that is there is named, whole or by its beginning.
  @Test
  void theSourcesAndTheFileNameTheSameKeys() throws IOException {
    Set<String> named = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dev/gradus/teach"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        KEY.matcher(Files.readString(source)).results().forEach(found -> named.add(found.group(1)));
      }
    }
    Set<String> there = Sentences.english().byKey().keySet();
    assertTrue(named.size() > 30, named::toString);
    for (String key : named) {
      assertTrue(there.contains(key) || there.stream().anyMatch(other -> key.endsWith(".") && other.startsWith(key)), key);
    }
    for (String key : there) {
      boolean isNamed = named.contains(key)
          || named.stream().anyMatch(start -> key.startsWith(start.endsWith(".") ? start : start + "."));
      assertTrue(isNamed || !key.matches("(step|algorithm|terminal)\\..*"), key);
    }
  }

  @Test
  void whatATranslationLeavesOutIsEnglish() throws IOException, URISyntaxException {
    Sentences german = Sentences.english().translated(resource("/dev/gradus/teach/deutsch.properties"));
    assertEquals("de", german.language());
    assertEquals("en", Sentences.english().language());
    Replay replay = Lessons.replay(Lessons.quiz());
    Narration narration = new Narration(replay, german);
    assertEquals("Der Parameter x1 beginnt bei 11.", narration.sentence(replay.steps().getFirst()));
    assertEquals("v1 = x1 * w1 = 0.", narration.sentence(replay.steps().get(4)));
    assertEquals("L schickt ∂L/∂L · ∂L/∂v4 = 0.00664806.", narration.sentence(replay.steps().get(11)));
    assertTrue(narration.sentence(replay.steps().getLast()).endsWith("∂L/∂w2 = 0.00332403 und ∂L/∂x2 = 0.00664806."));
  }

  private static Path resource(String name) throws URISyntaxException {
    URL url = SentencesTest.class.getResource(name);
    return Path.of(url == null ? Path.of("none").toUri() : url.toURI());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("other.properties"), text);
  }

  private static String refusal(Path file) {
    return String.valueOf(
        assertThrows(GradusException.class, () -> Sentences.english().translated(file)).getMessage());
  }

  @Test
  void keysAndPlacesThatThereAreNotAreRefused() throws IOException {
    assertEquals(
        "sentences: a translation has the keys of the English file, but got step.sead; leave it out",
        refusal(file("step.sead = oben\n")));
    assertEquals(
        "sentences: \"step.open.none\" can mention [u, L], but got {w}; use one of those", refusal(file("step.open.none = {w}\n")));
  }

  @Test
  void filesThatCannotBeReadAreTold() throws IOException {
    assertThrows(NoSuchFileException.class, () -> Sentences.english().translated(folder.resolve("none.properties")));
    assertTrue(refusal(file("step.seed = \\u12\n")).contains("other.properties must be a properties file"));
    Path latin = Files.write(folder.resolve("latin.properties"), "step.seed = für\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals("sentences: " + latin + " must be written in UTF-8, but got other bytes; save it as UTF-8", refusal(latin));
  }

  @Test
  void aByteOrderMarkIsSkipped() throws IOException {
    assertEquals("oben", Sentences.english().translated(file("\uFEFFstep.seed = oben\n")).say("step.seed"));
  }

  @Test
  void aShortcutNeedsItsKeys() throws IOException {
    assertEquals("→ – weiter", Sentences.english().translated(file("key.01 = → – weiter\n")).say("key.01"));
    assertEquals(
        "sentences: \"key.01\" must have \" – \" between what it explains and the explanation, but got Pfeil: weiter; write it as in → or n – next step",
        refusal(file("key.01 = Pfeil: weiter\n")));
  }

  @Test
  void placesAreFilledOnceAndOthersStay() {
    assertEquals("{L} (slot {v})", Sentences.english().say("slot", Map.of("v", "{L}", "slot", "{v}")));
    assertEquals("$1 (slot {slot})", Sentences.english().say("slot", Map.of("v", "$1")));
    assertThrows(IllegalArgumentException.class, () -> Sentences.english().say("nothing"));
  }
}
