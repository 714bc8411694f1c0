package dev.gradus.teach.lessons;

import com.google.common.collect.ImmutableList;
import dev.gradus.graph.SourceLine;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.page.Question;
import dev.gradus.teach.replay.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What one of the lessons that ship is about: its graph, and in any language its words.
public final class Topic {
  private final String name;
  private final Supplier<Lesson> graph;

  Topic(String name, Supplier<Lesson> graph) {
    this.name = name;
    this.graph = graph;
  }

  /// A short name, which the lesson's file has too.
  public String name() {
    return name;
  }

  /// The title.
  public String title(Sentences sentences) {
    return sentences.say(key("title"));
  }

  /// What it is about, on one line.
  public String summary(Sentences sentences) {
    return sentences.say(key("summary"));
  }

  /// The lesson in the language of some sentences.
  public Lesson lesson(Sentences sentences) {
    return built()
        .titled(title(sentences))
        .introducedBy(numbered(sentences, key("text")).toArray(String[]::new))
        .asking(questions(sentences))
        .in(sentences);
  }

  /// Lines of Java say nothing to a reader, and would be those of the caller. Formulas name lines of their own.
  private Lesson built() {
    try (var _ = SourceLine.inherit((SourceLine) null)) {
      return graph.get();
    }
  }

  /// Each wrong answer says which mistake leads to it; the right one is that which does not.
  private List<Question> questions(Sentences sentences) {
    ImmutableList.Builder<Question> all = ImmutableList.builder();
    for (int i = 1; has(sentences, key("question." + i)); i++) {
      String key = key("question." + i);
      List<Question.Choice> choices = new ArrayList<>();
      int right = -1;
      for (int c = 1; has(sentences, key + ".choice." + c); c++) {
        String choice = key + ".choice." + c;
        boolean isWrong = has(sentences, choice + ".mistake");
        right = isWrong ? right : c - 1;
        choices.add(new Question.Choice(sentences.say(choice), isWrong ? sentences.say(choice + ".mistake") : ""));
      }
      all.add(new Question(sentences.say(key), choices, right, sentences.say(key + ".why")));
    }
    return all.build();
  }

  private static List<String> numbered(Sentences sentences, String key) {
    ImmutableList.Builder<String> all = ImmutableList.builder();
    for (int i = 1; has(sentences, key + "." + i); i++) {
      all.add(sentences.say(key + "." + i));
    }
    return all.build();
  }

  private static boolean has(Sentences sentences, String key) {
    return sentences.byKey().containsKey(key);
  }

  private String key(String part) {
    return "lesson." + name + "." + part;
  }
}
