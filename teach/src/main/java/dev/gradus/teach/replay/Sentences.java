package dev.gradus.teach.replay;

import com.google.common.collect.ImmutableMap;
import dev.gradus.GradusException;
import dev.gradus.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every sentence that a lesson says, by key, in one language. They come from one properties file; a translation is another
/// file with the same keys, and what it leaves out is said in English.
///
/// ```java
/// Lesson german = Lesson.of(loss).in(Sentences.english().translated(Path.of("deutsch.properties")));
/// ```
public final class Sentences {
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  /// What stands between a key and what it does.
  private static final String DASH = " – ";

  private static final Sentences ENGLISH = new Sentences("en", read());

  private final String language;
  private final ImmutableMap<String, String> byKey;

  private Sentences(String language, Map<String, String> byKey) {
    this.language = language;
    this.byKey = ImmutableMap.copyOf(byKey);
  }

  /// The sentences that come with Gradus.
  public static Sentences english() {
    return ENGLISH;
  }

  private static Map<String, String> read() {
    try (InputStream in = Sentences.class.getResourceAsStream("/dev/gradus/teach/sentences.properties")) {
      if (in == null) {
        throw new IllegalStateException("the sentences are missing");
      }
      return read(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> read(Reader from) throws IOException {
    Properties properties = new Properties();
    properties.load(from);
    Map<String, String> all = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> all.put(key, properties.getProperty(key)));
    return all;
  }

  /// These sentences where `file` has no better ones. The key `language` names the language as HTML does, such as `de`.
  ///
  /// @param file a properties file in UTF-8
  /// @throws GradusException for a key that there is not, or a sentence with a place that the English one lacks
  public Sentences translated(Path file) throws IOException {
    String text = TextFile.read("sentences", file);
    Map<String, String> given;
    try {
      given = read(new StringReader(text));
    } catch (IllegalArgumentException e) {
      throw new GradusException("sentences", file + " must be a properties file", String.valueOf(e.getMessage()), "write key = sentence");
    }
    String named = given.getOrDefault("language", language);
    given.remove("language");
    given.forEach((key, sentence) -> {
      String english = byKey.get(key);
      if (english == null) {
        throw new GradusException("sentences", "a translation has the keys of the English file", key, "leave it out");
      }
      for (String place : places(sentence)) {
        if (!places(english).contains(place)) {
          throw new GradusException(
              "sentences", "\"" + key + "\" can mention " + places(english), "{" + place + "}", "use one of those");
        }
      }
      if (english.contains(DASH) && (key.startsWith("key.") || key.startsWith("sign.")) && !sentence.contains(DASH)) {
        throw new GradusException("sentences", "\"" + key + "\" must have \"" + DASH + "\" between what it explains and the explanation", sentence, "write it as in " + english);
      }
    });
    Map<String, String> all = new TreeMap<>(byKey);
    all.putAll(given);
    return new Sentences(named, all);
  }

  private static List<String> places(String sentence) {
    return PLACE.matcher(sentence).results().map(found -> found.group(1)).toList();
  }

  /// The language, as HTML's `lang` names it.
  public String language() {
    return language;
  }

  /// All sentences by key, unfilled.
  public Map<String, String> byKey() {
    return byKey;
  }

  /// The sentence of `key` with its places filled.
  ///
  /// @throws IllegalArgumentException where there is no such key
  public String say(String key, Map<String, String> places) {
    String sentence = byKey.get(key);
    if (sentence == null) {
      throw new IllegalArgumentException("no sentence " + key);
    }
    return PLACE.matcher(sentence)
        .replaceAll(found -> Matcher.quoteReplacement(places.getOrDefault(found.group(1), found.group())));
  }

  /// The sentence of `key`, which has no places.
  public String say(String key) {
    return say(key, Map.of());
  }
}
