package dev.gradus.teach.lessons;

import dev.gradus.GradusException;
import dev.gradus.WholeFile;
import dev.gradus.ops.Vocabulary;
import dev.gradus.teach.replay.Sentences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The lessons that ship, in the order of a course.
///
/// ```java
/// Lessons.get("neuron").lesson(Sentences.english()).writeHtml(Path.of("neuron.html"));
/// Lessons.writeAll(Path.of("lessons"), Sentences.english());
/// ```
public final class Lessons {
  private static final List<Topic> ALL =
      List.of(
          new Topic("quiz", ChainRules::quiz),
          new Topic("activations", Units::activations),
          new Topic("square", ChainRules::square),
          new Topic("neuron", Networks::neuron),
          new Topic("mlp", Networks::mlp),
          new Topic("relu", Units::relu),
          new Topic("saturation", Units::saturation),
          new Topic("matmul", Tensors::matmul),
          new Topic("softmax", Tensors::softmax),
          new Topic("order", ChainRules::order),
          new Topic("vanishing", Units::vanishing),
          new Topic("convolution", Tensors::convolution),
          new Topic("moons", Networks::moons));

  private Lessons() {}

  /// All of them.
  public static List<Topic> all() {
    return ALL;
  }

  /// The one of that name.
  ///
  /// @throws GradusException when there is none; the message names one that may be meant, or says which there are
  public static Topic get(String name) {
    List<String> names = ALL.stream().map(Topic::name).toList();
    int at = names.indexOf(name);
    if (at < 0) {
      throw new GradusException(
          "lessons", "there must be a lesson of this name", name, Vocabulary.suggestion(name, names, "there are " + String.join(", ", names)));
    }
    return ALL.get(at);
  }

  /// Writes a page for each lesson, `NAME.html`, and at last `index.html`, which lists them. Each file is complete or as it
  /// was before; other files in the folder stay as they are.
  ///
  /// @param folder where to; made if missing
  /// @param sentences the language
  public static void writeAll(Path folder, Sentences sentences) throws IOException {
    Files.createDirectories(folder);
    for (Topic topic : ALL) {
      topic.lesson(sentences).writeHtml(folder.resolve(topic.name() + ".html"));
    }
    WholeFile.write(folder.resolve("index.html"), IndexPage.html(ALL, sentences).getBytes(StandardCharsets.UTF_8));
  }
}
